"""
What a key that stands in a web page is answered: that it was recorded, and nothing of what was said before.

Pure.  Whoever opens the page has that key, and may type anybody's number.
"""

from collections.abc import Mapping
from dataclasses import replace

from audit.entry import Json
from audit.work import Written

_TOLD = (
    "id",
    "contact",
    "purpose",
    "channel",
    "sender",
    "technology",
    "given_at",
    "recorded_at",
    "expires_at",
    "method",
)


def untold(written: Written) -> Written:
    """The answer, without what the person agreed to or refused before: a consent looks as if it were the first."""
    answer = dict(written.answer)
    said = answer.get("consents")
    if isinstance(said, list):
        waits = "confirmation_token" in answer
        answer["consents"] = [_as_first(each, waits=waits) for each in said if isinstance(each, Mapping)]
    if "withdrawn" in answer:
        answer |= {"withdrawn": [], "released_holds": []}
    return replace(written, answer=answer)


def _as_first(consent: Mapping[str, Json], *, waits: bool) -> Json:
    told = {name: consent[name] for name in _TOLD if name in consent}
    return {**told, "state": "pending" if waits else "granted", "historical_only": False}

"""
What entries do to the rows of wishes, and to the dates of consents.  Pure; the mirror of requests.py and of `consent.life`.
"""

from collections.abc import Mapping

from audit.checking.rows import Projection, Replayed, Told
from audit.checking.values import as_instant, as_object, as_uuid
from audit.entry import Json, canonical
from consent.wish_models import wishes

WISHES = Projection(wishes, "wish_id", clocked=frozenset({"at", "recorded_at", "ended_at", "end_recorded_at"}))


def life_in(facts: Mapping[str, Json], consent: Mapping[str, Json]) -> dict[str, object]:
    """The dates and links of a consent, by its entry and by what that says of it; entries of old tell of none."""
    dates = {name: None if (at := facts.get(name)) is None else as_instant(at) for name in ("confirm_by", "renew_at")}
    links = {name: None if (at := consent.get(name)) is None else as_uuid(at) for name in ("confirms", "supersedes")}
    token = facts.get("token")
    return {**dates, **links, "token_digest": None if token is None else bytes.fromhex(str(token))}


def wished(told: Told, into: Replayed) -> None:
    """The row of a wish."""
    row = {
        "contact_id": told.contact,
        "recorded_at": told.moment,
        "event_id": told.entry.event_id,
        "says": canonical(as_object(told.facts["says"])).decode(),
        "at": as_instant(told.facts["wished_at"]),
        "method": told.facts["method"],
        "ended_at": None,
        "end_recorded_at": None,
        "ended_by": None,
    }
    into.put(WISHES.name, as_uuid(told.facts["wish"]), told, row)


def wish_ended(told: Told, into: Replayed) -> None:
    """A wish that was taken back."""
    over = {
        "ended_at": as_instant(told.facts["ended_at"]),
        "end_recorded_at": told.moment,
        "ended_by": told.entry.event_id,
    }
    into.change(WISHES.name, as_uuid(told.facts["wish"]), told, over)

"""
Did the person agree to this: this purpose, on this channel, with this technology, from this sender?

The facts hold the last word per scope (see `ConsentFact`).  Where several scopes cover one call, events order by
when the person acted: a grant opens the call unless a refusal or withdrawal that covers it as well, whatever
either's breadth, is as recent or more so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from policies.decision import PASSES, Fails, Json, Outcome, Passes, Unknown, written
from policies.facts import ConsentFact, Facts
from policies.reasons import Code

_SAID_NO = {"refused": Code.CONSENT_REFUSED, "withdrawn": Code.CONSENT_WITHDRAWN}
_SAID = {**_SAID_NO, "granted": Code.CONSENT_EXPIRED, "pending": Code.CONSENT_PENDING}
_STRICTNESS = ("granted", "pending", "refused", "withdrawn")


@dataclass(frozen=True, slots=True)
class Consent:
    """A consent in force that covers the call, or why there is none.  Time alone never mends a failure."""

    lookback = timedelta(0)

    def check(self, facts: Facts, now: datetime) -> Outcome:
        """Passes until the last covering grant expires."""
        if facts.consents is None:
            return Unknown("consents")
        grants = [c for c in facts.consents if c.state == "granted" and _in_force(c, now) and _covers(c, facts)]
        if not grants:
            return _why_not(facts)
        if len(facts.consents) == 1:
            return Passes(grants[0].expires_at)  # Nothing else was ever said.
        if barred := _last_no(facts, max(grant.since for grant in grants)):
            return _fails(_SAID_NO[barred.state], facts, since=barred)
        return _until(grants)


def _in_force(consent: ConsentFact, now: datetime) -> bool:
    return consent.expires_at is None or now < consent.expires_at


def _until(grants: Iterable[ConsentFact]) -> Passes:
    ends = [grant.expires_at for grant in grants]
    finite = [end for end in ends if end is not None]
    return Passes(max(finite)) if len(finite) == len(ends) else PASSES


def _same_means(consent: ConsentFact, facts: Facts) -> bool:
    return consent.channel == facts.channel and facts.technology in consent.technology


def _for_sender(consent: ConsentFact, facts: Facts) -> bool:
    return consent.sender is None or (facts.sender is not None and consent.sender == facts.sender.id)


def _covers(consent: ConsentFact, facts: Facts) -> bool:
    return _same_means(consent, facts) and _for_sender(consent, facts)


def _last_no(facts: Facts, granted: datetime) -> ConsentFact | None:
    """The most recent no that covers the call and is not older than the grant; on a tie the no wins."""
    # Without a sender, a no to one sender may be a no to this one.
    unsure = facts.sender is None
    said_no = [
        c
        for c in facts.consents or ()
        if c.state in _SAID_NO and c.since >= granted and _same_means(c, facts) and (unsure or _for_sender(c, facts))
    ]
    return max(said_no, key=_recency, default=None)


def _recency(consent: ConsentFact) -> tuple[datetime, int]:
    strictness = _STRICTNESS.index(consent.state) if consent.state in _STRICTNESS else len(_STRICTNESS)
    return consent.since, strictness


def _why_not(facts: Facts) -> Fails:
    """The nearest miss: the last word on the very scope, else what would have to be different."""
    consents = facts.consents or ()
    if last := max((c for c in consents if _covers(c, facts)), key=_recency, default=None):
        code = _SAID.get(last.state, Code.CONSENT_MISSING)
        return _fails(code, facts, since=last)
    granted = [c for c in consents if c.state == "granted"]
    if any(_same_means(c, facts) for c in granted):
        return _fails(Code.CONSENT_SCOPE, facts, other="sender")
    if any(c.channel == facts.channel and _for_sender(c, facts) for c in granted):
        return _fails(Code.CONSENT_TECHNOLOGY, facts)
    if any(c.channel != facts.channel and _for_sender(c, facts) for c in granted):
        return _fails(Code.CONSENT_CHANNEL, facts)
    if facts.other_purposes or granted:
        return _fails(Code.CONSENT_SCOPE, facts, other="purpose" if facts.other_purposes else "sender")
    return _fails(Code.CONSENT_MISSING, facts)


def _fails(code: Code, facts: Facts, *, since: ConsentFact | None = None, other: str | None = None) -> Fails:
    params: dict[str, Json] = {"purpose": facts.purpose, "channel": facts.channel, "technology": facts.technology}
    if other is not None:
        params["other"] = other
    if since is not None and code is Code.CONSENT_EXPIRED:
        params["expired_at"] = written(since.expires_at)
    elif since is not None:
        params["since"] = written(since.since)
    return Fails(code, None, params)

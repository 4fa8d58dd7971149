"""
Did the person agree to this: this purpose, on this channel, with this technology, from this sender?

The facts hold the last word per scope (see `ConsentFact`).  Where several scopes cover one call, events order by
when the person acted: a grant opens the call unless a refusal or withdrawal that covers it as well, whatever
either's breadth, is as recent or more so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType

from policies.decision import PASSES, Fails, Outcome, Params, Passes, Unknown
from policies.facts import ConsentFact, Facts
from policies.reasons import Code

_SAID_NO = {"refused": Code.CONSENT_REFUSED, "withdrawn": Code.CONSENT_WITHDRAWN}
SAID = {**_SAID_NO, "granted": Code.CONSENT_EXPIRED, "pending": Code.CONSENT_PENDING}
_STRICTNESS = ("granted", "pending", "refused", "withdrawn")


@dataclass(frozen=True, slots=True)
class Consent:
    """
    A consent in force that covers the call, or why there is none.  Time alone never mends a failure.

    ``bases`` are those that suffice, None being all; ``max_age`` ends a consent on a basis so long after it was given,
    whatever was agreed.  With ``revoked_by_any``, a withdrawal for another purpose that is as recent ends it too.
    """

    bases: frozenset[str] | None = None
    max_age: Mapping[str, timedelta] = field(default_factory=dict)
    revoked_by_any: bool = False
    lookback = timedelta(0)
    remembers_refusals = timedelta(0)

    def check(self, facts: Facts, now: datetime) -> Outcome:
        """Passes until the last covering grant expires."""
        if facts.consents is None:
            return Unknown("consents")
        if self.revoked_by_any and facts.other_withdrawals is None:
            return Unknown("other_withdrawals")
        covering = _covering(facts)
        grants = [c for c in covering if c.state == "granted" and self.suffices(c, now)]
        if not grants:
            return self._why_not(covering, facts, now)
        barred = _last_no(facts) if len(facts.consents) > 1 else None
        elsewhere = max(facts.other_withdrawals or (), default=None) if self.revoked_by_any else None
        if barred is None and elsewhere is None:
            return self._until(grants)
        granted = max(grant.since for grant in grants)
        if barred is not None and barred.since >= granted:
            return _fails(_SAID_NO[barred.state], facts, {"since": barred.since})
        if elsewhere is not None and elsewhere >= granted:
            return _fails(Code.CONSENT_WITHDRAWN, facts, {"since": elsewhere, "other": "purpose"})
        # What was given before a no does not come back when what was given after it ends.
        last = max(at for at in (elsewhere, barred.since if barred else None) if at is not None)
        return self._until([grant for grant in grants if grant.since > last])

    def may_pass(self, facts: Facts, now: datetime) -> bool:
        """False only where `check` does not pass; told without working out why."""
        return any(c.state == "granted" and self.suffices(c, now) for c in facts.consents or ())

    def suffices(self, consent: ConsentFact, now: datetime) -> bool:
        """Whether a grant is on such a basis, and neither expired nor too old."""
        if self.bases is not None and consent.basis not in self.bases:
            return False
        if not self.max_age:
            return consent.expires_at is None or now < consent.expires_at
        if consent.basis is None:
            return False
        end = self.end(consent)
        return end is None or now < end

    def end(self, consent: ConsentFact) -> datetime | None:
        """When the consent ends: as agreed, or earlier by its age."""
        age = self.max_age.get(consent.basis) if self.max_age and consent.basis is not None else None
        if age is None:
            return consent.expires_at
        aged = consent.since + age
        return aged if consent.expires_at is None else min(aged, consent.expires_at)

    def _until(self, grants: Sequence[ConsentFact]) -> Passes:
        if len(grants) == 1:
            end = self.end(grants[0])
            return PASSES if end is None else Passes(end)
        ends = [self.end(grant) for grant in grants]
        finite = [end for end in ends if end is not None]
        return Passes(max(finite)) if len(finite) == len(ends) else PASSES

    def _why_not(self, covering: Sequence[ConsentFact], facts: Facts, now: datetime) -> Fails | Unknown:
        """The nearest miss: the last word on the very scope, else what would have to be different."""
        if not covering:
            return _nearest_miss(facts)
        last = covering[0] if len(covering) == 1 else max(covering, key=_recency)
        end = self.end(last)
        if last.state == "granted" and (end is None or now < end):
            if last.basis is None:
                return Unknown("consents.basis")
            return _fails(Code.CONSENT_BASIS, facts, {"basis": last.basis, "needs": sorted(self.bases or ())})
        if last.state == "pending" and has_lapsed(last, now):
            return _fails(Code.CONSENT_EXPIRED, facts, {"expired_at": last.confirm_by})
        code = SAID.get(last.state, Code.CONSENT_MISSING)
        return _fails(code, facts, {"expired_at": end} if code is Code.CONSENT_EXPIRED else {"since": last.since})


def has_lapsed(consent: ConsentFact, now: datetime) -> bool:
    """Whether what waits to be confirmed has waited for too long."""
    return consent.confirm_by is not None and consent.confirm_by <= now


def _same_means(consent: ConsentFact, facts: Facts) -> bool:
    return consent.channel == facts.channel and facts.technology in consent.technology


def _for_sender(consent: ConsentFact, facts: Facts) -> bool:
    return consent.sender is None or (facts.sender is not None and consent.sender == facts.sender.id)


def _covering(facts: Facts) -> list[ConsentFact]:
    """What was said of the very scope that is asked about."""
    channel, technology, found = facts.channel, facts.technology, []
    for c in facts.consents or ():
        if c.channel == channel and technology in c.technology and (c.sender is None or _for_sender(c, facts)):
            found.append(c)  # noqa: PERF401  # A list of one or two is made faster this way, for every call.
    return found


def _last_no(facts: Facts) -> ConsentFact | None:
    """The most recent no that covers the call."""
    # Without a sender, a no to one sender may be a no to this one.
    unsure = facts.sender is None
    said_no = [
        c
        for c in facts.consents or ()
        if c.state in _SAID_NO and _same_means(c, facts) and (unsure or _for_sender(c, facts))
    ]
    return max(said_no, key=_recency, default=None)


def _recency(consent: ConsentFact) -> tuple[datetime, int]:
    strictness = _STRICTNESS.index(consent.state) if consent.state in _STRICTNESS else len(_STRICTNESS)
    return consent.since, strictness


def _nearest_miss(facts: Facts) -> Fails:
    consents = facts.consents or ()
    granted = [c for c in consents if c.state == "granted"]
    if any(_same_means(c, facts) for c in granted):
        return _fails(Code.CONSENT_SCOPE, facts, {"other": "sender"})
    if any(c.channel == facts.channel and _for_sender(c, facts) for c in granted):
        return _fails(Code.CONSENT_TECHNOLOGY, facts)
    if any(c.channel != facts.channel and _for_sender(c, facts) for c in granted):
        return _fails(Code.CONSENT_CHANNEL, facts)
    if facts.other_purposes or granted:
        return _fails(Code.CONSENT_SCOPE, facts, {"other": "purpose" if facts.other_purposes else "sender"})
    return _fails(Code.CONSENT_MISSING, facts)


def _fails(code: Code, facts: Facts, more: Params = MappingProxyType({})) -> Fails:
    asked = {"purpose": facts.purpose, "channel": facts.channel, "technology": facts.technology, **more}
    return Fails(code, None, asked)

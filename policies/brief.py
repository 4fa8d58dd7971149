"""
What rules answer, in brief: whether they pass, and of a failure its code alone.

For whoever decides by the million (`policies.sifting`).  Each kind's quick answer is for what is usual, a consent or two and a few
calls; whatever is not, it leaves to ``check``.  A property test holds them to the same codes.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeAlias

from policies.decision import PASSES, Fails, Outcome, Passes
from policies.facts import ConsentFact, Facts
from policies.jointly import Jointly
from policies.kinds.attempts import NOT_PICKED_UP
from policies.kinds.cap import Cap
from policies.kinds.consent import SAID, Consent, has_lapsed
from policies.kinds.gap import Gap
from policies.kinds.permission import Permission
from policies.kinds.streak import Streak
from policies.kinds.window import Window
from policies.localtime import zones
from policies.reasons import Code
from policies.rules import Check

Brief: TypeAlias = Callable[[Facts, datetime], Outcome]

_FAILS: Mapping[Code, Fails] = {code: Fails(code) for code in Code}
_MISSING, _SCOPE = _FAILS[Code.CONSENT_MISSING], _FAILS[Code.CONSENT_SCOPE]
_TECHNOLOGY, _CHANNEL = _FAILS[Code.CONSENT_TECHNOLOGY], _FAILS[Code.CONSENT_CHANNEL]
_EXPIRED = _FAILS[Code.CONSENT_EXPIRED]
_GRANTED = frozenset({"temporary", "permanent"})
_NOT_GRANTED: Mapping[str, Fails] = {
    "none": _FAILS[Code.PERMISSION_MISSING],
    "declined": _FAILS[Code.PERMISSION_MISSING],
    "revoked": _FAILS[Code.PERMISSION_REVOKED],
}


def brief(test: Check) -> Brief:
    """The test's answer: passes until any instant or none, fails with its code and nothing more, or what is unknown."""
    return _BRIEFS.get(type(test), _check)(test)


def _check(test: Check) -> Brief:
    return test.check


def _consent(test: Consent) -> Brief:
    check, by_any = test.check, test.revoked_by_any

    def ask(facts: Facts, now: datetime) -> Outcome:
        consents = facts.consents
        if consents is None or len(consents) > 1 or (by_any and facts.other_withdrawals != ()):
            return check(facts, now)
        fails = not_agreed(facts, now)
        if fails is not None:
            return fails
        return PASSES if test.suffices(consents[0], now) else check(facts, now)

    return ask


def not_agreed(facts: Facts, now: datetime) -> Fails | None:
    """
    Why no rule about consent passes, of somebody with one consent at most; None if one was given for this very call.

    Nothing here hangs on the rule: what is granted and not over may still be too old for one, or on too weak a basis.
    """
    if not facts.consents:
        return _SCOPE if facts.other_purposes else _MISSING
    consent = facts.consents[0]
    for_sender = consent.sender is None or (facts.sender is not None and consent.sender == facts.sender.id)
    if not for_sender or consent.channel != facts.channel or facts.technology not in consent.technology:
        return _elsewhere(consent, facts, for_sender=for_sender)
    if consent.state != "granted":
        if consent.state == "pending" and has_lapsed(consent, now):
            return _EXPIRED
        return _FAILS[SAID.get(consent.state, Code.CONSENT_MISSING)]
    return _EXPIRED if consent.expires_at is not None and now >= consent.expires_at else None


def _elsewhere(consent: ConsentFact, facts: Facts, *, for_sender: bool) -> Fails:
    """Of the only consent, which does not cover the call: what would have to be different."""
    if consent.state != "granted":
        return _SCOPE if facts.other_purposes else _MISSING
    if consent.channel != facts.channel:
        return _CHANNEL if for_sender else _SCOPE
    return _TECHNOLOGY if for_sender and facts.technology not in consent.technology else _SCOPE


def _jointly(test: Jointly) -> Brief:
    own, together, check = _consent(test.own), _consent(test.all_of_them), test.check

    def ask(facts: Facts, now: datetime) -> Outcome:
        alone = own(facts, now)
        if not isinstance(alone, Passes):
            return alone
        return PASSES if isinstance(together(facts, now), Passes) else check(facts, now)

    return ask


def _window(test: Window) -> Brief:
    def ask(facts: Facts, now: datetime) -> Outcome:
        for start, end, passes in test.open_on(facts, now):
            if start <= now < end:
                return passes
        code = test.why_shut(facts, now)
        return test.check(facts, now) if code is None else _FAILS[code]

    return ask


def _permission(test: Permission) -> Brief:
    check = test.check

    def ask(facts: Facts, now: datetime) -> Outcome:
        permission = facts.permission
        if permission is None:
            return check(facts, now)
        state, end = permission.state, permission.expires_at
        if state == "permanent" and end is None:
            return PASSES
        if end is not None and state in _GRANTED:
            return PASSES if now < end else _FAILS[Code.PERMISSION_EXPIRED]
        return _NOT_GRANTED.get(state) or check(facts, now)

    return ask


def _is_told(facts: Facts, by_sender: bool) -> bool:
    return facts.attempts is not None and not (by_sender and facts.sender is None)


def _cap(test: Cap) -> Brief:
    check, fails, by_sender, by_day = test.check, Fails(test.code), test.scope.by_sender, not test.is_rolling

    def ask(facts: Facts, now: datetime) -> Outcome:
        if not _is_told(facts, by_sender) or (by_day and not zones(facts.zones)):
            return check(facts, now)
        return fails if test.is_reached(facts, now) else PASSES

    return ask


def _streak(test: Streak) -> Brief:
    check, limit, within, by_sender = test.check, test.limit, test.within, test.scope.by_sender

    def ask(facts: Facts, now: datetime) -> Outcome:
        if not _is_told(facts, by_sender):
            return check(facts, now)
        since, missed = now - within, 0
        for each in facts.attempts or ():
            if (each.outcome is None or each.outcome in NOT_PICKED_UP) and each.at > since:
                missed += 1
        return PASSES if missed < limit else check(facts, now)

    return ask


def _gap(test: Gap) -> Brief:
    check, reach, after, by_sender = test.check, test.remembers_refusals, test.after, test.scope.by_sender

    def ask(facts: Facts, now: datetime) -> Outcome:
        if not _is_told(facts, by_sender):
            return check(facts, now)
        if not facts.attempts:
            return PASSES
        since = now - reach
        for each in facts.attempts:
            if (after is None or each.outcome is None or each.outcome in after) and (each.ended_at or each.at) > since:
                return check(facts, now)
        return PASSES

    return ask


# Any: each is asked for its own kind alone.
_BRIEFS: Mapping[type[object], Callable[[Any], Brief]] = {
    Consent: _consent,
    Jointly: _jointly,
    Window: _window,
    Permission: _permission,
    Cap: _cap,
    Streak: _streak,
    Gap: _gap,
}

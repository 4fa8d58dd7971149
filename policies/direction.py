"""
Does a set of rules allow more than another?  Told from the rules alone, for every question there could be.

``compare`` says *tightening* only where that can be proven: then nothing that the base denies is allowed by the candidate,
whatever the facts.  Everything else is *loosening*, which means no more than that it cannot be ruled out.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

from policies.access import Access
from policies.closed_days import Proclamations
from policies.decision import Obligation
from policies.documents import canonical
from policies.kinds.cap import Cap, LocalDays
from policies.kinds.consent import Consent
from policies.kinds.gap import Gap
from policies.kinds.predicate import Predicate
from policies.kinds.register import Register
from policies.kinds.sender import Sender
from policies.kinds.streak import Streak
from policies.kinds.window import Window
from policies.obligations import Owed
from policies.openings import Span, Timetable, in_both
from policies.rules import Check, Rule, Selector
from policies.ruleset import RuleSet

Direction: TypeAlias = Literal["none", "tightening", "loosening"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """In which direction the candidate goes; for a loosening, what may allow more, a sentence each."""

    direction: Direction
    why: tuple[str, ...] = ()


def compare(base: RuleSet, candidate: RuleSet) -> Comparison:
    """What a change from ``base`` to ``candidate`` can do: nothing, only deny more, or perhaps allow more."""
    if base.hash == candidate.hash:
        return Comparison("none")
    why = (
        *_no_longer_met(base, candidate),
        *_no_longer_owed(base, candidate),
        *_newly_covered(base, candidate),
        *_newly_cured(base, candidate),
        *_newly_permitted(base.access, candidate.access),
    )
    return Comparison("loosening", why) if why else Comparison("tightening")


def _no_longer_met(base: RuleSet, candidate: RuleSet) -> Iterator[str]:
    """Every rule of the base MUST have one in the candidate that is at least as strict, wherever and whenever it binds."""
    by_kind: dict[str, list[Rule]] = {}
    for rule in candidate.rules:
        by_kind.setdefault(rule.kind, []).append(rule)
    for rule in base.rules:
        if not any(_as_strict(new, rule) for new in by_kind.get(rule.kind, ())):
            yield f"No rule of the candidate is as strict as {rule.id} of {rule.pack} (its {_ordinal(rule.variant)})."


def _no_longer_owed(base: RuleSet, candidate: RuleSet) -> Iterator[str]:
    """What an allow asks of whoever calls MUST still be asked, or more."""
    for old in base.owed:
        if not any(_binds_wherever(new, old) and _asks_as_much(new.given, old.given) for new in candidate.owed):
            yield f"No obligation of the candidate asks as much as {old.id} of {old.pack} (its {_ordinal(old.variant)})."


def _asks_as_much(new: Obligation, old: Obligation) -> bool:
    if new.type == old.type == "maximum_duration":
        return int(str(new.properties["seconds"])) <= int(str(old.properties["seconds"]))
    return (new.type, new.properties) == (old.type, old.properties)


def _newly_covered(base: RuleSet, candidate: RuleSet) -> Iterator[str]:
    """Whoever is in a country that no pack vouches for is not called."""
    if new := sorted(candidate.countries - base.countries):
        yield f"People in {', '.join(new)} could not be called before, since no pack covered them."


def _newly_permitted(base: Access, candidate: Access) -> Iterator[str]:
    """A pack about access narrows what others guard; one that is changed, or guards what nobody did, may permit more."""
    kept = {guard.hash for guard in candidate.guards}
    for guard in base.guards:
        if guard.hash not in kept:
            yield f"{guard.pack}, which is about access, is not in the candidate as it was."
    if new := sorted(candidate.guarded - base.guarded):
        yield f"Nothing could be permitted before with {', '.join(new)}, which no pack was about."


def _newly_cured(base: RuleSet, candidate: RuleSet) -> Iterator[str]:
    """A set that lacks a rule it cannot do without denies; one that binds where none did may open what that closed."""
    for need, meets in _NEEDS.items():
        before = [rule for rule in base.rules if meets(rule) and not rule.lenient]
        after = [rule for rule in candidate.rules if meets(rule) and not rule.lenient]
        if not all(any(_binds_wherever(old, new) for old in before) for new in after):
            yield f"Calls could be denied before for want of {need}, which the candidate has."


_NEEDS: Mapping[str, Callable[[Rule], bool]] = {
    "a rule about consent": lambda rule: rule.kind == "consent",
    "a rule about refusals": lambda rule: rule.kind == "suppression",
    "a rule about the platform's permission": lambda rule: rule.kind == "permission",
    "a rule of the platform or a jurisdiction": lambda rule: rule.layer in ("platform", "jurisdiction"),
}


def _as_strict(new: Rule, old: Rule) -> bool:
    """Does ``new`` bind wherever and whenever ``old`` does, and pass nothing that ``old`` does not pass?"""
    if new.lenient > old.lenient or not _binds_wherever(new, old):
        return False
    # A stricter test may be one that cannot tell where the other would fail, which a lenient rule then passes.
    return _same(new.test, old.test) if new.lenient else _passes_no_more(new.test, old.test)


def _same(new: Check, old: Check) -> bool:
    if isinstance(new, Predicate) and isinstance(old, Predicate):
        # As bytes: to Python true is 1, to a condition it is not.
        return (canonical(new.written), new.code) == (canonical(old.written), old.code)
    return new == old


def _binds_wherever(wide: Rule | Owed, narrow: Rule | Owed) -> bool:
    """Is the one asked wherever and whenever the other is?"""
    return (
        (wide.countries is None or (narrow.countries is not None and narrow.countries <= wide.countries))
        and _covers(wide.when, narrow.when)
        and _not_later(wide.start, narrow.start)
        and (wide.until is None or (narrow.until is not None and narrow.until <= wide.until))
    )


def _not_later(new: datetime | None, old: datetime | None) -> bool:
    return new is None or (old is not None and new <= old)


def _covers(new: Selector, old: Selector) -> bool:
    pairs = (
        (new.action, old.action),
        (new.category, old.category),
        (new.channel, old.channel),
        (new.technology, old.technology),
        (new.region, old.region),
    )
    return all(wide is None or (narrow is not None and narrow <= wide) for wide, narrow in pairs)


def _passes_no_more(new: Check, old: Check) -> bool:
    match new, old:
        case Cap(), Cap():
            return new.limit <= old.limit and replace(new, limit=old.limit, code=old.code) == old
        case Gap(), Gap():
            same = replace(new, wait=old.wait, written_wait=old.written_wait, code=old.code) == old
            return same and _no_shorter(new.wait, old.wait)
        case Streak(), Streak():
            longer = new.limit <= old.limit and new.within >= old.within
            return longer and replace(new, limit=old.limit, within=old.within, code=old.code) == old
        case Sender(), Sender():
            return new.deny_countries >= old.deny_countries and new.deny_restricted >= old.deny_restricted
        case Consent(), Consent():
            return _asks_no_less(new, old)
        case Register(), Register():
            return _believes_no_more(new, old)
        case Window(), Window():
            return _opens_no_more(new, old)
        case _:
            return _same(new, old)


def _no_shorter(new: timedelta | LocalDays, old: timedelta | LocalDays) -> bool:
    if isinstance(new, LocalDays) and isinstance(old, LocalDays):
        return new.days >= old.days
    return isinstance(new, timedelta) and isinstance(old, timedelta) and new >= old


def _asks_no_less(new: Consent, old: Consent) -> bool:
    fewer = old.bases is None or (new.bases is not None and new.bases <= old.bases)
    sooner = all(basis in new.max_age and new.max_age[basis] <= age for basis, age in old.max_age.items())
    return fewer and sooner and new.revoked_by_any >= old.revoked_by_any


def _believes_no_more(new: Register, old: Register) -> bool:
    younger = old.max_age is None or (new.max_age is not None and new.max_age <= old.max_age)
    waived = new.waiver is None or (old.waiver is not None and _asks_no_less(new.waiver, old.waiver))
    return younger and waived and (new.register, new.expect_listed) == (old.register, old.expect_listed)


def _opens_no_more(new: Window, old: Window) -> bool:
    return (
        (new.zone, new.holidays, new.countries, new.parts) == (old.zone, old.holidays, old.countries, old.parts)
        and _proclaims_no_less(new.agenda.proclaimed, old.agenda.proclaimed)
        and _within(new.agenda.timetable, old.agenda.timetable)
    )


def _proclaims_no_less(new: Proclamations, old: Proclamations) -> bool:
    known = dict(new)
    return all(days <= known.get(region, frozenset()) for region, days in old)


def _within(new: Timetable, old: Timetable) -> bool:
    """Is the one open only when the other is?  With one guard band: a longer one may reach over a pause to the next span."""
    return (
        new.guard == old.guard
        and all(map(_inside, new.week, old.week))
        and _narrows_no_less(new.holiday, old.holiday)
        and _narrows_no_less(new.eve, old.eve)
        and _dates_no_less(new.dates, old.dates)
    )


def _narrows_no_less(new: tuple[Span, ...] | None, old: tuple[Span, ...] | None) -> bool:
    return old is None or (new is not None and _inside(new, old))


def _dates_no_less(new: Mapping[str, tuple[Span, ...]], old: Mapping[str, tuple[Span, ...]]) -> bool:
    return all(key in new and _inside(new[key], spans) for key, spans in old.items())


def _inside(new: Iterable[Span], old: Iterable[Span]) -> bool:
    own = tuple(new)
    return in_both(own, tuple(old)) == own


def _ordinal(variant: int) -> str:
    return {1: "first", 2: "second", 3: "third"}.get(variant, f"{variant}th")

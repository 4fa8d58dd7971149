"""
What is wrong, or only odd, with packs that can be used: what their schema cannot see.

An *error* is a rule that cannot do what it says; a *warning* wants a second look; a *note* is what a reader should
know, such as every rule that lets pass what it cannot tell.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, TypeAlias

from policies.catalogue import Source, for_suite
from policies.documents import read_document
from policies.errors import DocumentInvalid
from policies.kinds.cap import Cap
from policies.kinds.window import Window
from policies.obligations import Owed, owed_by
from policies.openings import Span, in_both
from policies.pack_rules import CapRule, Grounded, RuleModel
from policies.rules import Rule, Selector, rules_of
from policies.trial import Report, run

Level: TypeAlias = Literal["error", "warning", "note"]
_CALLS = {"whatsapp_call", "voice"}
_OLD = timedelta(days=365)
_NEAR = timedelta(days=90)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing to look at: how bad it is, in which pack, at which line (0 where it is about all of it), and what."""

    pack: str
    line: int
    level: Level
    sentence: str


def lint(sources: Sequence[Source], now: datetime, above: Sequence[Source] = ()) -> list[Finding]:
    """
    Everything to look at in these packs, as they would be enforced together with those ``above`` them.

    The packs of countries are compared with those below them only where they are named as being above.
    ``now`` is when they are looked at: rules whose time is over, and sources nobody has read for a year, are said.
    """
    rules = {source.pack.name: rules_of(source.pack, ()) for source in sources}
    beside = [rule for each in rules.values() for rule in each if rule.countries is None]
    beside += [rule for source in above for rule in rules_of(source.pack, ())]
    others = [each for source in (*sources, *above) for each in owed_by(source.pack)]
    findings: list[Finding] = []
    for source in sources:
        findings += _of_rules(source, now)
        findings += _of_obligations(source, now, others)
        findings += _of_cases(source, sources)
        places = _lines(source, "rules", len(source.pack.rules))
        for rule, line in zip(rules[source.pack.name], places, strict=True):
            findings += (Finding(source.pack.name, line, *found) for found in _beside(rule, beside))
    return sorted(findings)


Found: TypeAlias = tuple[Level, str]


def _lines(source: Source, part: str, count: int) -> list[int]:
    document = read_document(source.text)
    return [document.lines.get((part, index), 0) for index in range(count)]


def _of_rules(source: Source, now: datetime) -> Iterator[Finding]:
    for model, line in zip(source.pack.rules, _lines(source, "rules", len(source.pack.rules)), strict=True):
        for level, sentence in (*_dates(model, now), *_reach(model), *_lenience(model), *_doubt(model, now.date())):
            yield Finding(source.pack.name, line, level, f"{model.id}: {sentence}")


def _of_obligations(source: Source, now: datetime, others: Sequence[Owed]) -> Iterator[Finding]:
    places = _lines(source, "obligations", len(source.pack.obligations))
    for model, owed, line in zip(source.pack.obligations, owed_by(source.pack), places, strict=True):
        found = (*_dates(model, now), *_channel(model), *_doubt(model, now.date()), *_in_vain(owed, others))
        yield from (Finding(source.pack.name, line, level, f"{model.id}: {sentence}") for level, sentence in found)


def _in_vain(owed: Owed, others: Sequence[Owed]) -> Iterator[Found]:
    """Durations that are never the shortest, because another pack asks for a shorter one wherever this one counts."""
    seconds = owed.given.properties.get("seconds")
    for other in others:
        theirs = other.given.properties.get("seconds")
        everywhere = _within_selector(owed.when, other.when) and other.countries is None
        forever = other.start is None and other.until is None and other.pack != owed.pack
        if isinstance(seconds, int) and isinstance(theirs, int) and theirs < seconds and everywhere and forever:
            yield "warning", f"never counts, since {other.pack} {other.id} ends calls after {theirs} seconds"


def _within_selector(inner: Selector, outer: Selector) -> bool:
    names = ("action", "category", "channel", "technology", "region")
    pairs = [(getattr(inner, name), getattr(outer, name)) for name in names]
    return all(b is None or (a is not None and a <= b) for a, b in pairs)


def _dates(model: Grounded, now: datetime) -> Iterator[Found]:
    start, until = model.effective.start, model.effective.until
    if until is not None and until <= now:
        yield "note", f"has not been in force since {until:%Y-%m-%d}; it is kept for calls before that"
    if until is not None and now < until <= now + _NEAR:
        yield "note", f"ends on {until:%Y-%m-%d}"
    if start is not None and now < start:
        yield "note", f"comes into force on {start:%Y-%m-%d}"


def _reach(model: RuleModel) -> Iterator[Found]:
    """Rules that no question ever meets."""
    yield from _channel(model)
    asks_requests = model.when.action == ["call.request_permission"]
    if isinstance(model, CapRule) and model.reset is not None and model.counts == "connected":
        yield "error", "counts conversations and begins anew with each: it never counts more than one"
    if asks_requests and model.when.channel is not None and "whatsapp_call" not in model.when.channel:
        yield "error", "is about requests for permission, which there are on whatsapp_call alone"


def _channel(model: Grounded) -> Iterator[Found]:
    if model.when.channel is not None and not set(model.when.channel) & _CALLS:
        yield "error", "is about no channel on which anybody is called, so that it is never asked"


def _lenience(model: RuleModel) -> Iterator[Found]:
    if model.on_unknown == "pass":
        yield "note", "lets a call pass when it cannot tell (on_unknown: pass)"
    if model.mode == "shadow":
        yield "note", "stops no call: what it says is only noted (mode: shadow)"


def _doubt(model: Grounded, today: date) -> Iterator[Found]:
    if model.basis == "law" and not model.source:
        yield "error", "says it is law and cites none"
    over = model.effective.until is not None and model.effective.until.date() <= today
    if model.source and not over and today - max(each.as_of for each in model.source) > _OLD:
        yield "warning", "nobody has looked at its sources for more than a year (as_of)"


def _of_cases(source: Source, own: Sequence[Source]) -> Iterator[Finding]:
    name = source.pack.name
    if source.suite is None:
        yield Finding(name, 0, "warning", "there are no cases beside it: write NAME.tests.yaml")
        return
    try:
        report = run(source.suite, for_suite(source.suite, own))
    except DocumentInvalid as error:
        yield Finding(name, 0, "error", f"its cases cannot be tried: {error}")
        return
    for sentence in _untried(source, report):
        yield Finding(name, 0, *sentence)


def _untried(source: Source, report: Report) -> Iterator[Found]:
    for result in report.results:
        if not result.passed:
            yield "error", f"the case “{result.name}” fails: {'; '.join(result.differences)}"
    for answer in report.untried(source.pack.name):
        yield "warning", f"no case shows this of a rule or an obligation: {answer}"


def _beside(rule: Rule, beside: Sequence[Rule]) -> Iterator[Found]:
    """What is odd about a rule beside those of higher layers that are asked with it."""
    higher = [other for other in beside if other.rank < rule.rank and _together(rule, other)]
    if isinstance(rule.test, Window):
        yield from _hours(rule, rule.test, higher)
    if isinstance(rule.test, Cap):
        yield from _counts(rule, rule.test, higher)


def _together(rule: Rule, other: Rule) -> bool:
    """Is there a question that both rules are surely asked?  Only rules for everybody, or for one country, compare."""
    pairs = (
        (rule.when.action, other.when.action),
        (rule.when.category, other.when.category),
        (rule.when.channel, other.when.channel),
        (rule.when.technology, other.when.technology),
    )
    return other.when.region is None and all(a is None or b is None or a & b for a, b in pairs)


def _hours(rule: Rule, window: Window, higher: Iterable[Rule]) -> Iterator[Found]:
    if window.zone != "contact":
        return  # Hours on another clock compare with nothing.
    for other in higher:
        if not isinstance(other.test, Window) or other.test.zone != "contact":
            continue
        mine, theirs = window.agenda.timetable.week, other.test.agenda.timetable.week
        who = f"{other.pack} {other.id}"
        if not any(in_both(a, b) for a, b in zip(mine, theirs, strict=True)):
            yield "error", f"{rule.id}: beside {who} no hour of the week is left"
            continue
        wider = [day for day, a, b in zip(_DAYS, mine, theirs, strict=True) if not _within(a, b)]
        if wider:
            days = ", ".join(wider)
            yield "warning", f"{rule.id}: is open when {who} is not ({days}); those hours never count"


def _within(inner: Sequence[Span], outer: Sequence[Span]) -> bool:
    return all(any(a <= start and end <= b for a, b in outer) for start, end in inner)


def _counts(rule: Rule, cap: Cap, higher: Iterable[Rule]) -> Iterator[Found]:
    for other in higher:
        test = other.test
        same = isinstance(test, Cap) and (test.per, test.counts, test.scope) == (cap.per, cap.counts, cap.scope)
        if isinstance(test, Cap) and same and test.limit <= cap.limit:
            yield "warning", f"{rule.id}: never reached, since {other.pack} {other.id} stops at {test.limit}"

"""
Trying rules before they bind anyone: cases in YAML beside a pack, each a question and the answer it must get.

A suite names the packs that are enforced together, a moment, facts by name, and cases.  Times in facts may be
relative to the case's moment: ``-PT2H`` is two hours before it.  An attempt may be repeated (``times: 100``, ``every:
PT1M``), and its hold lapses after 90 seconds unless it says otherwise.
"""

from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import zip_longest
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from consent.places import country_of
from policies.access import AccessQuestion, Action, Entity
from policies.decision import Decision, Fails, Outcome, Passes, Reason
from policies.documents import read_document
from policies.errors import FactsInvalid, Problem, SuiteInvalid
from policies.evaluator import evaluate, trace
from policies.facts import Facts
from policies.instants import parse_duration, parse_instant, rfc3339
from policies.kinds.window import Window
from policies.loading import checked, in_order
from policies.obligations import Owed
from policies.pack import Pack
from policies.pack_access import Property
from policies.pack_values import Instant, Name, Text, Written
from policies.rules import Rule
from policies.ruleset import RuleSet, compile_rules

_HOLD = timedelta(seconds=90)
Seen = Literal["passed", "failed", "unknown"]
Key: TypeAlias = tuple[str, str, int]  # pack, rule or obligation, and variant


class CaseWhen(Written):
    """The question: facts by name, with these members in place of theirs."""

    facts: Name
    changed: Annotated[dict[str, object], Field(alias="with")] = Field(default_factory=dict)


class Expect(Written):
    """
    The answer; a reason is a code, or a code and the rule that gives it (``QUIET_HOURS hours``).

    An obligation is a type, or a type and the obligation that gives it (``record_outcome outcome``).  Where none are
    stated, none are looked at.
    """

    decision: Literal["allow", "deny"]
    reasons: list[str] = Field(default_factory=list)
    obligations: list[str] | None = None
    retry_at: Instant | None = None


class About(Written):
    """The rule that a case is about, what it shows of it, and the words of the rule's source that it rests on."""

    rule: Name
    shows: Literal["allow", "deny", "edge"]
    cites: Text


class Case(Written):
    """One question and its answer; ``now`` is the suite's unless it says otherwise."""

    name: Text
    about: About | None = None
    now: Instant | None = None
    when: CaseWhen
    expect: Expect


class AskedEntity(Written):
    """A subject or a resource of a case about access."""

    type: Text
    id: Text
    properties: dict[Property, object] = Field(default_factory=dict)


class AskedAction(Written):
    """The action of a case about access."""

    name: Text
    properties: dict[Property, object] = Field(default_factory=dict)


class AccessCase(Written):
    """One question about access and its answer."""

    name: Text
    subject: AskedEntity
    action: AskedAction
    resource: AskedEntity
    expect: Literal["permit", "deny"]


class Suite(Written):
    """The cases of one file; those of a pack about access stand under ``access``, and time changes none of them."""

    suite: Text
    packs: Annotated[list[Name], Field(min_length=1)]
    now: Instant
    facts: dict[Name, dict[str, object]] = Field(default_factory=dict)
    tests: Annotated[list[Case], Field(min_length=1)] = Field(default_factory=list)
    access: Annotated[list[AccessCase], Field(min_length=1)] = Field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Result:
    """How one case came out; without differences it passed."""

    name: str
    differences: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Was the answer the expected one?"""
        return not self.differences


@dataclass(frozen=True, slots=True)
class Report:
    """
    How a suite came out, and what each rule was seen to answer; ``coverage`` is keyed by pack, rule and variant.

    ``given`` says, keyed alike, which obligations a case that states some was seen to bring about.
    """

    suite: str
    results: tuple[Result, ...]
    coverage: Mapping[Key, frozenset[Seen]]
    given: Mapping[Key, bool]

    @property
    def passed(self) -> bool:
        """Did every case pass?"""
        return all(result.passed for result in self.results)

    def untried(self, pack: str) -> tuple[str, ...]:
        """The answers of a pack's rules, and its obligations, named as ``es@1``, that no case has brought about."""
        rules = ((key, seen) for key, seen in self.coverage.items() if key[0] == pack)
        answers = (
            f"{rule} ({variant}) never {answer}"
            for (_, rule, variant), seen in rules
            for answer in ("passed", "failed", "unknown")
            if answer not in seen
        )
        owed = (key for key, given in self.given.items() if key[0] == pack and not given)
        return (*answers, *(f"{obligation} ({variant}) never given" for _, obligation, variant in owed))


def parse_suite(text: str, name: str = "the suite") -> Suite:
    """Read a suite from YAML; `SuiteInvalid` with every problem, its path and its line."""
    document = read_document(text)
    suite = checked(Suite, document.data, document)
    if isinstance(suite, list) or document.problems:
        raise SuiteInvalid(name, in_order(document, suite if isinstance(suite, list) else []))
    if not suite.tests and not suite.access:
        raise SuiteInvalid(name, [Problem("", 0, "a suite has cases: tests, or access")])
    unnamed = [case for case in suite.tests if case.when.facts not in suite.facts]
    if unnamed:
        raise SuiteInvalid(name, [Problem("facts", 0, f"no facts are called {case.when.facts}") for case in unnamed])
    return suite


def run(suite: Suite, packs: Mapping[str, Pack]) -> Report:
    """
    Ask every case of the rule set that the suite names, out of these packs by their ids, as if no rule were in shadow.

    `SuiteInvalid` when a pack is not among them, or the facts of a case cannot be read.
    """
    if absent := [name for name in suite.packs if name not in packs]:
        raise SuiteInvalid(suite.suite, [Problem("packs", 0, f"there is no pack {name}") for name in absent])
    compiled = compile_rules([packs[name] for name in suite.packs])
    rules = compiled.shadowed or compiled
    seen: dict[Key, set[Seen]] = {_key(rule): _surely(rule) for rule in rules.rules}
    seen |= {(guard.pack, rule.id, 1): set() for guard in rules.access.guards for rule in guard.rules}
    given = dict.fromkeys(map(_key, rules.owed), False)
    results = [_try(suite, case, rules, seen, given) for case in suite.tests]
    results += [_try_access(case, rules, seen) for case in suite.access]
    return Report(suite.suite, tuple(results), {key: frozenset(answers) for key, answers in seen.items()}, given)


def _key(each: Rule | Owed) -> Key:
    return each.pack or "", each.id, each.variant


def _surely(rule: Rule) -> set[Seen]:
    """The answers that need no case: hours in a zone that the rule names are never unknown."""
    named = isinstance(rule.test, Window) and rule.test.zone not in {"contact", "business"}
    return {"unknown"} if named else set()


def _try(
    suite: Suite, case: Case, rules: RuleSet, seen: Mapping[Key, set[Seen]], given: MutableMapping[Key, bool]
) -> Result:
    now = case.now or suite.now
    facts = _facts(suite, case, now)
    for step in trace(rules, facts, now):
        if step.rule.pack is not None:  # What people wish is nobody's rule to try.
            seen[_key(step.rule)].add(_answer(step.outcome))
    decision = evaluate(rules, facts, now)
    if decision.allow and case.expect.obligations is not None:
        # What two packs ask alike is given once, and was brought about by both.
        given.update((_key(each), True) for each in rules.owed if _asks_for_one_of(each, decision, facts, now))
    return Result(case.name, tuple(_differences(case.expect, decision)))


def _asks_for_one_of(owed: Owed, decision: Decision, facts: Facts, now: datetime) -> bool:
    countries = frozenset(map(country_of, facts.regions or ()))
    same = any(each[1:] == owed.given[1:] for each in decision.obligations)
    return same and owed.in_force(now) and owed.covers(facts, countries)


def _try_access(case: AccessCase, rules: RuleSet, seen: Mapping[Key, set[Seen]]) -> Result:
    subject, action, resource = case.subject, case.action, case.resource
    question = AccessQuestion(
        Entity(subject.type, subject.id, subject.properties),
        Action(action.name, action.properties),
        Entity(resource.type, resource.id, resource.properties),
    )
    for guard in rules.access.guards:
        for rule, outcome in guard.answers(question):
            seen[rule.pack, rule.id, 1].add(_answer(outcome))
    decided = "permit" if rules.access.permits(question) else "deny"
    return Result(case.name, () if decided == case.expect else (f"decided {decided}, not {case.expect}",))


def _answer(outcome: Outcome) -> Seen:
    if isinstance(outcome, Passes):
        return "passed"
    return "failed" if isinstance(outcome, Fails) else "unknown"


def _differences(expect: Expect, decision: Decision) -> Iterator[str]:
    if decision.allow != (expect.decision == "allow"):
        yield f"decided {'allow' if decision.allow else 'deny'}, not {expect.decision}"
    # A reason is written with its rule unless the case leaves the rule open there.
    pairs = zip_longest(decision.reasons, expect.reasons[: len(decision.reasons)], fillvalue="CODE rule")
    found = [_written(reason, with_rule=" " in wanted) for reason, wanted in pairs if isinstance(reason, Reason)]
    if found != expect.reasons:
        yield f"gave {found}, not {expect.reasons}"
    if expect.obligations is not None and (owed := _written_obligations(expect.obligations, decision)):
        yield f"asked for {owed}, not {expect.obligations}"
    if "retry_at" in expect.model_fields_set and decision.retry_at != expect.retry_at:
        yield f"retry at {_moment(decision.retry_at)}, not {_moment(expect.retry_at)}"


def _written_obligations(expected: Sequence[str], decision: Decision) -> list[str] | None:
    """What was asked for, written as it was expected; None where it is that."""
    given, wanted = list(decision.obligations), list(expected)
    full = [f"{each.type} {each.id.partition('/')[2]}" for each in given]
    for name, each in zip(full, given, strict=True):
        if (known := name if name in wanted else each.type if each.type in wanted else None) is None:
            return full
        wanted.remove(known)
    return full if wanted else None


def _moment(instant: datetime | None) -> str:
    return "null" if instant is None else rfc3339(instant)


def _written(reason: Reason, *, with_rule: bool) -> str:
    return f"{reason.code.value} {reason.rule}" if with_rule else reason.code.value


def _facts(suite: Suite, case: Case, now: datetime) -> Facts:
    try:
        written = _inherited(suite.facts, case.when.facts, ()) | case.when.changed
        return Facts.from_json({name: _resolved(value, now) for name, value in written.items()})
    except (FactsInvalid, ValueError) as error:
        raise SuiteInvalid(suite.suite, [Problem("tests", 0, f"{case.name}: {error}")]) from error


def _inherited(named: Mapping[str, Mapping[str, object]], name: str, below: Sequence[str]) -> dict[str, object]:
    if name in below or name not in named:
        raise FactsInvalid(f"facts called {name} do not exist, or extend themselves")
    own = dict(named[name])
    parent = own.pop("extends", None)
    return own if parent is None else _inherited(named, str(parent), (*below, name)) | own


def _resolved(value: object, now: datetime) -> object:
    """The value with its relative times made absolute and its repeated attempts written out."""
    if isinstance(value, str) and value[:2] in {"-P", "+P"}:
        span = parse_duration(value[1:])
        return rfc3339(now - span if value[0] == "-" else now + span)
    if isinstance(value, Mapping):
        return {name: _resolved(member, now) for name, member in value.items()}
    if isinstance(value, list):
        return [item for written in value for item in _repeated(_resolved(written, now))]
    return value


def _repeated(item: object) -> Iterator[object]:
    if not isinstance(item, Mapping) or "action" not in item:
        yield item
        return
    attempt = {name: value for name, value in item.items() if name not in {"times", "every"}}
    first, every = parse_instant(str(attempt["at"])), parse_duration(str(item.get("every", "PT1M")))
    lapses = parse_instant(str(attempt["expires_at"])) if "expires_at" in attempt else first + _HOLD
    for number in range(int(str(item.get("times", 1)))):
        yield attempt | {
            "at": rfc3339(first + number * every),
            "expires_at": rfc3339(lapses + number * every),
        }

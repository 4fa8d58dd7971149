"""
What two worlds make of the same decisions, counted.

Pure.  Tallies of different people add up to the tally of all, in whatever order and however they are grouped, so that any
number of processes comes to the same; what is kept besides counts is bounded.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from heapq import nsmallest
from typing import NamedTuple

from consent.places import country_of
from policies.kinds.attempts import PICKED_UP
from policies.recorded import Recorded
from policies.ruleset import RuleSet
from policies.simulating.memory import Known
from policies.simulating.stories import Lost, Reaches, Story
from policies.simulating.worlds import Assumed, Told, World

MOST_EXAMPLES = 20  # of each kind
MOST_PEOPLE = 20

STRICTER, LOOSER, UNSURE = "allow_to_deny", "deny_to_allow", "unsure"
_KINDS = {("allow", "deny"): STRICTER, ("deny", "allow"): LOOSER}
CALL = "call.place"
NOWHERE = "unknown"


class Example(NamedTuple):
    """One decision that comes out otherwise; the oldest of each kind are kept."""

    entry: int
    decision: Recorded
    base: Told
    candidate: Told


class Affected(NamedTuple):
    """How many answers to calls of one person change; sorts before those of whom fewer do."""

    fewer: int  # minus the number of changes
    contact: str
    stricter: int
    looser: int


@dataclass(slots=True)
class Tally:
    """The counts so far."""

    decisions: int = 0
    matrix: Counter[tuple[str, str]] = field(default_factory=Counter)  # of base and candidate
    changes: Counter[tuple[str, str, str]] = field(default_factory=Counter)  # kind, what is counted by, value
    unsure: Counter[tuple[str, str]] = field(default_factory=Counter)  # whose answer, and why
    untold: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)  # by outcome
    as_recorded: int = 0  # where the base's answer is the one that was given
    assumed: Counter[str] = field(default_factory=Counter)  # calls by world
    assuming: int = 0  # decisions that count a call that is only assumed
    first_at: datetime | None = None
    last_at: datetime | None = None
    affected: int = 0  # people
    most_changes: int = 0  # of one person
    people: list[Affected] = field(default_factory=list)
    examples: dict[str, list[Example]] = field(default_factory=dict)
    troubles: list[Lost] = field(default_factory=list)

    def add(self, decision: Recorded, base: Told, candidate: Told, fate: str | None) -> str | None:
        """One more decision, and what became of its call; the kind of change, if there is one."""
        self.decisions += 1
        self.matrix[base.answer, candidate.answer] += 1
        self.first_at = decision.now if self.first_at is None else min(self.first_at, decision.now)
        self.last_at = decision.now if self.last_at is None else max(self.last_at, decision.now)
        self.as_recorded += base.answer == ("allow" if decision.allow else "deny")
        self.assuming += base.assumes or candidate.assumes
        kind = _KINDS.get((base.answer, candidate.answer))
        if kind is not None:
            self._count(kind, decision, base, candidate, fate)
        for whose, told in (("base", base), ("candidate", candidate)):
            if told.why is not None:
                self.unsure[whose, told.why] += 1
                kind = kind or UNSURE
        if kind is not None:
            self._show(kind, Example(decision.entry, decision, base, candidate))
        return kind

    def _count(self, kind: str, decision: Recorded, base: Told, candidate: Told, fate: str | None) -> None:
        against = candidate if kind == STRICTER else base
        for name, values in (
            ("code", {each.code.value for each in against.findings}),
            ("layer", set(against.layers)),
            ("country", set(map(country_of, decision.facts.regions or ())) or {NOWHERE}),
            ("purpose", {decision.facts.purpose}),
        ):
            for value in values:
                self.changes[kind, name, value] += 1
        if kind == STRICTER and decision.allow and decision.facts.action == CALL:
            self.lost[fate or NOWHERE] += 1

    def _show(self, kind: str, example: Example) -> None:
        shown = self.examples.setdefault(kind, [])
        if len(shown) < MOST_EXAMPLES or example.entry < shown[-1].entry:
            shown.append(example)
            shown.sort(key=lambda each: each.entry)
            del shown[MOST_EXAMPLES:]

    def miss(self, lost: Lost) -> None:
        """One more decision of which nothing can be told."""
        self.untold[lost.why] += 1
        self.troubles.append(lost)
        self._cut()

    def end_person(self, contact: str | None, stricter: int, looser: int) -> None:
        """All of a person's decisions are counted, this many of them as changed."""
        changes = stricter + looser
        if contact is None or not changes:
            return
        self.affected += 1
        self.most_changes = max(self.most_changes, changes)
        self.people.append(Affected(-changes, contact, stricter, looser))
        if len(self.people) > 4 * MOST_PEOPLE:
            self._cut()

    def _cut(self) -> None:
        self.people = nsmallest(MOST_PEOPLE, self.people)
        self.troubles = nsmallest(MOST_EXAMPLES, self.troubles)

    @property
    def lost_connected(self) -> int:
        """How many lost calls were answered."""
        return sum(self.lost[each] for each in PICKED_UP)


def merged(tallies: Iterable[Tally]) -> Tally:
    """The tally of all: of the same decisions it is the same, however they were grouped."""
    whole = Tally()
    for each in tallies:
        merge(whole, each)
    return whole


def merge(whole: Tally, part: Tally) -> None:
    """Adds a tally of other people."""
    whole.decisions += part.decisions
    for name in ("matrix", "changes", "unsure", "untold", "lost", "assumed"):
        getattr(whole, name).update(getattr(part, name))
    whole.as_recorded += part.as_recorded
    whole.assuming += part.assuming
    whole.first_at = min((each for each in (whole.first_at, part.first_at) if each), default=None)
    whole.last_at = max((each for each in (whole.last_at, part.last_at) if each), default=None)
    whole.affected += part.affected
    whole.most_changes = max(whole.most_changes, part.most_changes)
    whole.people = nsmallest(MOST_PEOPLE, [*whole.people, *part.people])
    whole.troubles = nsmallest(MOST_EXAMPLES, [*whole.troubles, *part.troubles])
    for kind, shown in part.examples.items():
        every = [*whole.examples.get(kind, ()), *shown]
        whole.examples[kind] = nsmallest(MOST_EXAMPLES, every, key=lambda each: each.entry)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two rule sets, and how they are tried: each on the recorded facts, or each in a world of its own."""

    base: RuleSet
    candidate: RuleSet
    closed: bool
    assumed: Assumed

    def tell(self, people: Iterable[Story], reaches: Reaches) -> Tally:
        """What the two make of these people's decisions."""
        tally = Tally()
        for story in people:
            base, candidate = self._world(self.base), self._world(self.candidate)
            _tell(base, candidate, story, Known(reaches, accumulates=self.closed), tally)
        return tally

    def _world(self, rules: RuleSet) -> World:
        return World(rules, self.closed, self.assumed)


def _tell(base: World, candidate: World, story: Story, known: Known, tally: Tally) -> None:
    kinds: Counter[str | None] = Counter()
    for step in story.steps:
        if isinstance(step, Recorded):
            known.meet(step)
            kinds[_decide(base, candidate, step, known, story, tally)] += 1
            known.leave(step)
        elif isinstance(step, Lost):
            tally.miss(step)
            known.forget()
        else:
            known.hear(step)
    tally.end_person(story.contact, kinds[STRICTER], kinds[LOOSER])


def _decide(base: World, candidate: World, decision: Recorded, known: Known, story: Story, tally: Tally) -> str | None:
    told, other = base.tell(decision, known), candidate.tell(decision, known)
    tally.assumed["base"] += base.go_on(decision, told)
    tally.assumed["candidate"] += candidate.go_on(decision, other)
    fate = story.fates.get(decision.hold[0]) if decision.hold else None
    return tally.add(decision, told, other, fate)

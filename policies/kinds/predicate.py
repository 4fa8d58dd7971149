"""Does what the caller states satisfy a condition: is an agent free, is the shop open, is the bill paid?"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from policies.decision import PASSES, Fails, Json, Outcome, Unknown
from policies.facts import Facts, Stated
from policies.reasons import Code


@dataclass(frozen=True, slots=True)
class Absent:
    """A condition cannot be told, because this was not stated, or not as the kind of value it is compared with."""

    fact: str


Truth: TypeAlias = bool | Absent
Condition: TypeAlias = Callable[[Facts], Truth]


@dataclass(frozen=True, slots=True)
class Compared:
    """One stated fact, compared."""

    fact: str
    holds: Callable[[Stated], bool]
    of: type

    def __call__(self, facts: Facts) -> Truth:
        """Only values of one kind are compared: true is not 1, and "3" is not 3."""
        value = None if facts.stated is None else facts.stated.get(self.fact)
        return self.holds(value) if value is not None and type(value) is self.of else Absent(f"stated.{self.fact}")


@dataclass(frozen=True, slots=True)
class Every:
    """All of these; false as soon as one is, whatever is absent."""

    parts: tuple[Condition, ...]

    def __call__(self, facts: Facts) -> Truth:
        """Kleene's conjunction."""
        truths = [part(facts) for part in self.parts]
        if False in truths:
            return False
        return next((truth for truth in truths if isinstance(truth, Absent)), True)


@dataclass(frozen=True, slots=True)
class Either:
    """Any of these; true as soon as one is, whatever is absent."""

    parts: tuple[Condition, ...]

    def __call__(self, facts: Facts) -> Truth:
        """Kleene's disjunction."""
        truths = [part(facts) for part in self.parts]
        if True in truths:
            return True
        return next((truth for truth in truths if isinstance(truth, Absent)), False)


@dataclass(frozen=True, slots=True)
class Negated:
    """Not this; what cannot be told cannot be told the other way round either."""

    part: Condition

    def __call__(self, facts: Facts) -> Truth:
        """Kleene's negation."""
        truth = self.part(facts)
        return truth if isinstance(truth, Absent) else not truth


@dataclass(frozen=True, slots=True)
class Predicate:
    """A condition on stated facts, three-valued (Kleene).  Time alone never mends a failure."""

    needs: Condition
    written: Json
    code: Code = Code.PREDICATE_FAILED
    lookback = timedelta(0)
    remembers_refusals = timedelta(0)

    def check(self, facts: Facts, now: datetime) -> Outcome:
        """Fails when the condition is false; unknown when it cannot be told."""
        truth = self.needs(facts)
        if isinstance(truth, Absent):
            return Unknown(truth.fact)
        return PASSES if truth else Fails(self.code, None, {"needs": self.written})

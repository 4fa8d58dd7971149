"""
Conditions that any policy engine can be told: facts compared with constants, joined by *and* and *or*.

There is no *not*: `negated` writes it out, so that no engine pays for another's lack of one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

Value: TypeAlias = bool | int | str
Flat: TypeAlias = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Is:
    """The fact is this value; or, without ``equal``, another one."""

    fact: str
    value: Value
    equal: bool = True


@dataclass(frozen=True, slots=True)
class Among:
    """The fact is one of these texts; or, without ``inside``, none of them."""

    fact: str
    values: tuple[str, ...]
    inside: bool = True


@dataclass(frozen=True, slots=True)
class AtLeast:
    """The fact is this number or more."""

    fact: str
    bound: int


@dataclass(frozen=True, slots=True)
class Below:
    """The fact is less than this number."""

    fact: str
    bound: int


@dataclass(frozen=True, slots=True)
class Every:
    """All of these hold."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One of these holds."""

    parts: tuple["Condition", ...]


Leaf: TypeAlias = Is | Among | AtLeast | Below
Condition: TypeAlias = Leaf | Every | Either


def every(*parts: Condition) -> Condition:
    """All of these, without a conjunction inside a conjunction."""
    flat = [each for part in parts for each in (part.parts if isinstance(part, Every) else (part,))]
    return flat[0] if len(flat) == 1 else Every(tuple(flat))


def either(*parts: Condition) -> Condition:
    """One of these."""
    return parts[0] if len(parts) == 1 else Either(parts)


def among(fact: str, values: tuple[str, ...]) -> Condition:
    """The fact is one of these texts, of which there may be one."""
    return Is(fact, values[0]) if len(values) == 1 else Among(fact, values)


def negated(condition: Condition) -> Condition:
    """The opposite, with every *not* written out (De Morgan)."""
    match condition:
        case Is(fact, value, equal):
            return Is(fact, value, not equal)
        case Among(fact, values, inside):
            return Among(fact, values, not inside)
        case AtLeast(fact, bound):
            return Below(fact, bound)
        case Below(fact, bound):
            return AtLeast(fact, bound)
        case Every(parts):
            return either(*map(negated, parts))
        case Either(parts):
            return every(*map(negated, parts))


def holds(condition: Condition, facts: Flat) -> bool:
    """Whether the condition holds of these facts, none of which may be missing (KeyError)."""
    match condition:
        case Is(fact, value, equal):
            return (facts[fact] == value) is equal
        case Among(fact, values, inside):
            return (facts[fact] in values) is inside
        case AtLeast(fact, bound):
            return int(facts[fact]) >= bound
        case Below(fact, bound):
            return int(facts[fact]) < bound
        case Every(parts):
            return all(holds(part, facts) for part in parts)
        case Either(parts):
            return any(holds(part, facts) for part in parts)


def alternatives(condition: Condition) -> tuple[tuple[Leaf, ...], ...]:
    """The condition as alternatives, each of them comparisons that all hold: for engines that have no *or*."""
    match condition:
        case Every(parts):
            found: tuple[tuple[Leaf, ...], ...] = ((),)
            for part in parts:
                found = tuple((*one, *other) for one in found for other in alternatives(part))
            return found
        case Either(parts):
            return tuple(each for part in parts for each in alternatives(part))
        case _:
            return ((condition,),)

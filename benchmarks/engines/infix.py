"""
Conditions as expressions: ``a >= 3 and (b == "x" or c == true)``, in the words of each language.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.conditions import Among, AtLeast, Below, Condition, Either, Every, Is, Value


@dataclass(frozen=True, slots=True)
class Language:
    """How a language writes a fact, *and*, *or*, a value, and a fact that is among texts."""

    fact: Callable[[str], str]
    both: str
    one: str
    among: Callable[[str, tuple[str, ...]], str]
    not_among: Callable[[str, tuple[str, ...]], str]
    value: Callable[[Value], str] = json.dumps

    def write(self, condition: Condition) -> str:
        """The condition as text."""
        match condition:
            case Is(fact, value, equal):
                return f"{self.fact(fact)} {'==' if equal else '!='} {self.value(value)}"
            case Among(fact, values, inside):
                return (self.among if inside else self.not_among)(self.fact(fact), values)
            case AtLeast(fact, bound):
                return f"{self.fact(fact)} >= {bound}"
            case Below(fact, bound):
                return f"{self.fact(fact)} < {bound}"
            case Every(parts):
                return "(" + f" {self.both} ".join(map(self.write, parts)) + ")"
            case Either(parts):
                return "(" + f" {self.one} ".join(map(self.write, parts)) + ")"


def texts(values: tuple[str, ...]) -> str:
    """Texts between commas."""
    return ", ".join(map(json.dumps, values))

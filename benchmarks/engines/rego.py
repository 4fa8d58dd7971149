"""
Rego (regopy, which is rego-cpp): the set ``deny`` of a bundle that is built once, with a rule for each alternative.

Rego has no *or* within a rule: what may be one thing or another is written as several rules, as its documentation says.
"""

import json

import regopy

from benchmarks.conditions import Among, AtLeast, Below, Flat, Is, Leaf, alternatives
from benchmarks.engines.infix import texts
from benchmarks.translation import Translation

_ENTRY = "venia/deny"


class Engine:
    """Rego, told the rules."""

    def __init__(self, translation: Translation) -> None:
        builder = regopy.Interpreter()
        builder.add_module("venia", _module(translation))
        self._bundle = builder.build("x = data.venia.deny", [_ENTRY])
        self._interpreter = regopy.Interpreter()

    def applying(self, flat: Flat) -> list[int]:
        """The members of the set."""
        self._interpreter.set_input(flat)
        output = self._interpreter.query_bundle_entrypoint(self._bundle, _ENTRY)
        members: list[int] = json.loads(str(output))["expressions"][0]
        return members


def _module(translation: Translation) -> str:
    rules = [
        f"deny contains {number} if {{ {'; '.join(map(_compared, alternative))} }}"
        for number, each in enumerate(translation.denials)
        for alternative in alternatives(each.when)
    ]
    return "\n".join(["package venia", "import rego.v1", *rules])


def _compared(leaf: Leaf) -> str:
    match leaf:
        case Is(fact, value, equal):
            return f"input.{fact} {'==' if equal else '!='} {json.dumps(value)}"
        case Among(fact, values, inside):
            return f"{'' if inside else 'not '}input.{fact} in {{{texts(values)}}}"
        case AtLeast(fact, bound):
            return f"input.{fact} >= {bound}"
        case Below(fact, bound):
            return f"input.{fact} < {bound}"

"""
Casbin: a policy for each denial, whose rule the matcher evaluates (``eval``), as its documentation shows for ABAC.

By itself Casbin stops at the first policy that decides and names no other.  Here the matcher calls a function of ours
that notes the policy and says no, so that every policy is asked: otherwise there would be one reason to compare.
"""

import logging

import casbin

from benchmarks.conditions import Flat
from benchmarks.engines.infix import Language
from benchmarks.translation import Translation

_MODEL = """
[request_definition]
r = facts
[policy_definition]
p = rule, number
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = eval(p.rule) && note(p.number)
"""


def _compared(operator: str, joined: str, fact: str, values: tuple[str, ...]) -> str:
    return "(" + f" {joined} ".join(f"{fact} {operator} {value!r}" for value in values) + ")"


# Its expressions have no literal lists.
_CASBIN = Language(
    fact=lambda name: f"r.facts.{name}",
    both="&&",
    one="||",
    among=lambda fact, values: _compared("==", "||", fact, values),
    not_among=lambda fact, values: _compared("!=", "&&", fact, values),
    value=repr,
)


class Engine:
    """Casbin, told the rules."""

    def __init__(self, translation: Translation) -> None:
        self._noted: list[int] = []
        self._enforcer = casbin.Enforcer(casbin.Enforcer.new_model(text=_MODEL))
        self._enforcer.add_function("note", self._note)
        logging.getLogger("casbin").setLevel(logging.ERROR)
        for number, each in enumerate(translation.denials):
            self._enforcer.add_policy(_CASBIN.write(each.when), str(number))

    def _note(self, number: str) -> bool:
        self._noted.append(int(number))
        return False

    def applying(self, flat: Flat) -> list[int]:
        """The policies that were noted."""
        self._noted.clear()
        self._enforcer.enforce(flat)
        return self._noted

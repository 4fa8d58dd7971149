"""
CEL in Python (cel-python): an expression for each reason, compiled once and evaluated against the facts.
"""

import celpy

from benchmarks.missing import Facts
from benchmarks.missing.rules import CEL

_ENVIRONMENT = celpy.Environment()
_PROGRAMS = {code: _ENVIRONMENT.program(_ENVIRONMENT.compile(text)) for code, text in CEL.items()}


def ask(facts: Facts) -> tuple[str, ...] | None:
    """The codes of the expressions that hold."""
    activation = {name: celpy.json_to_cel(value) for name, value in facts.items()}
    return tuple(code for code, program in _PROGRAMS.items() if program.evaluate(activation)) or None

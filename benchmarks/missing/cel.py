"""
CEL in Rust (common-expression-language): an expression for each reason, compiled once and executed on the facts.
"""

import cel

from benchmarks.missing import Facts
from benchmarks.missing.rules import CEL

_PROGRAMS = {code: cel.compile(text) for code, text in CEL.items()}


def ask(facts: Facts) -> tuple[str, ...] | None:
    """The codes of the expressions that hold."""
    return tuple(code for code, program in _PROGRAMS.items() if program.execute(dict(facts))) or None

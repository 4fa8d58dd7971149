"""
JsonLogic in Rust (jsonlogic-rs): a rule for each reason, applied to the facts.
"""

import jsonlogic_rs

from benchmarks.missing import Facts
from benchmarks.missing.rules import JSON_LOGIC


def ask(facts: Facts) -> tuple[str, ...] | None:
    """The codes of the rules that hold."""
    return tuple(code for code, rule in JSON_LOGIC.items() if jsonlogic_rs.apply(rule, dict(facts))) or None

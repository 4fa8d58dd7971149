"""
JsonLogic in Python (json-logic-qubit): a rule for each reason, applied to the facts.
"""

import json_logic

from benchmarks.missing import Facts
from benchmarks.missing.rules import JSON_LOGIC


def ask(facts: Facts) -> tuple[str, ...] | None:
    """The codes of the rules that hold."""
    return tuple(code for code, rule in JSON_LOGIC.items() if json_logic.jsonLogic(rule, dict(facts))) or None

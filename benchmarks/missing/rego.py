"""
Rego (regopy): the set ``deny``, to which each rule adds its reason; an empty set is an allow.
"""

import json

import regopy

from benchmarks.missing import Facts

_MODULE = """
    package calls
    import rego.v1

    deny contains "QUIET_HOURS" if input.minute < 540
    deny contains "QUIET_HOURS" if input.minute >= 1260
    deny contains "HOLIDAY" if input.holiday
    deny contains "CAP_REACHED" if input.calls_today >= 3
    deny contains "COOL_OFF" if input.minutes_since_call < 30
    deny contains "REGISTER_LISTED" if input.on_register
    deny contains "SUPPRESSED" if input.opted_out
    deny contains "CONSENT_WITHDRAWN" if input.consent == "withdrawn"
"""
_INTERPRETER = regopy.Interpreter()
_INTERPRETER.add_module("calls", _MODULE)


def ask(facts: Facts) -> tuple[str, ...] | None:
    """The members of the set."""
    _INTERPRETER.set_input(dict(facts))
    found = json.loads(str(_INTERPRETER.query("data.calls.deny")))["expressions"][0]
    return tuple(found) or None

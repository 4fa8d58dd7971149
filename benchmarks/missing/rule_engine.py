"""
Rule Engine (rule-engine): a rule for each reason, matched against the facts.
"""

import rule_engine

from benchmarks.missing import Facts

_RULES = {
    "QUIET_HOURS": rule_engine.Rule("minute < 540 or minute >= 1260"),
    "HOLIDAY": rule_engine.Rule("holiday"),
    "CAP_REACHED": rule_engine.Rule("calls_today >= 3"),
    "COOL_OFF": rule_engine.Rule("minutes_since_call < 30"),
    "REGISTER_LISTED": rule_engine.Rule("on_register"),
    "SUPPRESSED": rule_engine.Rule("opted_out"),
    "CONSENT_WITHDRAWN": rule_engine.Rule('consent == "withdrawn"'),
}


def ask(facts: Facts) -> tuple[str, ...] | None:
    """The codes of the rules that match."""
    return tuple(code for code, rule in _RULES.items() if rule.matches(facts)) or None

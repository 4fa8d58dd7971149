"""
ZEN (zen-engine): a decision table whose hit policy collects every row, as its documentation shows; or expressions.
"""

import json

import zen

from benchmarks.missing import Facts

_CELLS = {
    "QUIET_HOURS": ("minute", "< 540 or >= 1260"),
    "HOLIDAY": ("holiday", "true"),
    "CAP_REACHED": ("calls_today", ">= 3"),
    "COOL_OFF": ("minutes_since_call", "< 30"),
    "REGISTER_LISTED": ("on_register", "true"),
    "SUPPRESSED": ("opted_out", "true"),
    "CONSENT_WITHDRAWN": ("consent", '"withdrawn"'),
}
_EXPRESSIONS = {
    "QUIET_HOURS": "minute < 540 or minute >= 1260",
    "HOLIDAY": "holiday",
    "CAP_REACHED": "calls_today >= 3",
    "COOL_OFF": "minutes_since_call < 30",
    "REGISTER_LISTED": "on_register",
    "SUPPRESSED": "opted_out",
    "CONSENT_WITHDRAWN": 'consent == "withdrawn"',
}


def _table() -> str:
    columns = [{"id": field, "name": field, "type": "expression", "field": field} for field, _ in _CELLS.values()]
    rows = [{"_id": code, field: cell, "code": json.dumps(code)} for code, (field, cell) in _CELLS.items()]
    outputs = [{"id": "code", "name": "code", "type": "expression", "field": "code"}]
    content = {"hitPolicy": "collect", "inputs": columns, "outputs": outputs, "rules": rows}
    nodes = [
        {"id": "request", "name": "request", "type": "inputNode"},
        {"id": "denials", "name": "denials", "type": "decisionTableNode", "content": content},
        {"id": "response", "name": "response", "type": "outputNode"},
    ]
    edges = [
        {"id": "1", "type": "edge", "sourceId": "request", "targetId": "denials"},
        {"id": "2", "type": "edge", "sourceId": "denials", "targetId": "response"},
    ]
    return json.dumps({"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges})


_DECISION = zen.ZenEngine().create_decision(_table())
_COMPILED = {code: zen.compile_expression(text) for code, text in _EXPRESSIONS.items()}


def ask(facts: Facts) -> tuple[str, ...] | None:
    """The codes of the rows that hold."""
    found = _DECISION.evaluate(dict(facts))["result"]
    return tuple(row["code"] for row in found) or None


def ask_expressions(facts: Facts) -> tuple[str, ...] | None:
    """The codes of the expressions that hold."""
    return tuple(code for code, expression in _COMPILED.items() if expression.evaluate(dict(facts))) or None

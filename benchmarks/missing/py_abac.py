"""
Py-ABAC: policies whose effect is to deny beside one that allows, combined by DenyOverrides; a denial names no policy.
"""

from py_abac import PDP, AccessRequest, EvaluationAlgorithm, Policy
from py_abac.storage.memory import MemoryStorage

from benchmarks.missing import Facts

_DENIED: tuple[tuple[str, dict[str, object]], ...] = (
    ("minute", {"condition": "Lt", "value": 540}),
    ("minute", {"condition": "Gte", "value": 1260}),
    ("holiday", {"condition": "IsIn", "values": [True]}),
    ("calls_today", {"condition": "Gte", "value": 3}),
    ("minutes_since_call", {"condition": "Lt", "value": 30}),
    ("on_register", {"condition": "IsIn", "values": [True]}),
    ("opted_out", {"condition": "IsIn", "values": [True]}),
    ("consent", {"condition": "Equals", "value": "withdrawn"}),
)


def _told() -> PDP:
    storage = MemoryStorage()
    rules = [({}, "allow"), *(({f"$.{fact}": condition}, "deny") for fact, condition in _DENIED)]
    for number, (context, effect) in enumerate(rules):
        asked = {"subject": {}, "resource": {}, "action": {"$.name": {"condition": "Equals", "value": "call"}}}
        policy = {"uid": str(number), "effect": effect, "targets": {}, "rules": {**asked, "context": context}}
        storage.add(Policy.from_json(policy))
    return PDP(storage, EvaluationAlgorithm.DENY_OVERRIDES)


_PDP = _told()


def ask(facts: Facts) -> tuple[str, ...] | None:
    """Yes or no."""
    request = {
        "subject": {"id": "acme", "attributes": {}},
        "resource": {"id": "ana", "attributes": {}},
        "action": {"id": "call", "attributes": {"name": "call"}},
        "context": dict(facts),
    }
    return None if _PDP.is_allowed(AccessRequest.from_json(request)) else ()

"""
Casbin: policies with a rule for ``eval()`` in the matcher, and the effect that its documentation calls deny-override.
"""

import logging

import casbin

from benchmarks.missing import Facts

_MODEL = """
[request_definition]
r = facts
[policy_definition]
p = rule, code, eft
[policy_effect]
e = !some(where (p.eft == deny))
[matchers]
m = eval(p.rule)
"""
_POLICIES = (
    ("r.facts.minute < 540 || r.facts.minute >= 1260", "QUIET_HOURS"),
    ("r.facts.holiday", "HOLIDAY"),
    ("r.facts.calls_today >= 3", "CAP_REACHED"),
    ("r.facts.minutes_since_call < 30", "COOL_OFF"),
    ("r.facts.on_register", "REGISTER_LISTED"),
    ("r.facts.opted_out", "SUPPRESSED"),
    ('r.facts.consent == "withdrawn"', "CONSENT_WITHDRAWN"),
)


def _told() -> casbin.Enforcer:
    enforcer = casbin.Enforcer(casbin.Enforcer.new_model(text=_MODEL))
    logging.getLogger("casbin").setLevel(logging.ERROR)
    for rule, code in _POLICIES:
        enforcer.add_policy(rule, code, "deny")
    return enforcer


_ENFORCER = _told()


def ask(facts: Facts) -> tuple[str, ...] | None:
    """The decision, and the policy that made it."""
    allowed, policy = _ENFORCER.enforce_ex(facts)
    return None if allowed else (policy[1],)

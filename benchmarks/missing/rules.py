"""
The rules as languages share them: expressions of CEL, and rules of JsonLogic.
"""

CEL = {
    "QUIET_HOURS": "minute < 540 || minute >= 1260",
    "HOLIDAY": "holiday",
    "CAP_REACHED": "calls_today >= 3",
    "COOL_OFF": "minutes_since_call < 30",
    "REGISTER_LISTED": "on_register",
    "SUPPRESSED": "opted_out",
    "CONSENT_WITHDRAWN": 'consent == "withdrawn"',
}
JSON_LOGIC: dict[str, object] = {
    "QUIET_HOURS": {"or": [{"<": [{"var": "minute"}, 540]}, {">=": [{"var": "minute"}, 1260]}]},
    "HOLIDAY": {"==": [{"var": "holiday"}, True]},
    "CAP_REACHED": {">=": [{"var": "calls_today"}, 3]},
    "COOL_OFF": {"<": [{"var": "minutes_since_call"}, 30]},
    "REGISTER_LISTED": {"==": [{"var": "on_register"}, True]},
    "SUPPRESSED": {"==": [{"var": "opted_out"}, True]},
    "CONSENT_WITHDRAWN": {"==": [{"var": "consent"}, "withdrawn"]},
}

"""
Vakt: policies that deny beside one that allows, their conditions in ``context``; a denial names no policy.
"""

import vakt
from vakt.rules import Any, Eq, GreaterOrEqual, Less, Or, Truthy

from benchmarks.missing import Facts

_DENIED = {
    "minute": Or(Less(540), GreaterOrEqual(1260)),
    "holiday": Truthy(),
    "calls_today": GreaterOrEqual(3),
    "minutes_since_call": Less(30),
    "on_register": Truthy(),
    "opted_out": Truthy(),
    "consent": Eq("withdrawn"),
}


def _told() -> vakt.Guard:
    storage, everything = vakt.MemoryStorage(), {"actions": [Eq("call")], "resources": [Any()], "subjects": [Any()]}
    storage.add(vakt.PolicyAllow(0, **everything))
    for number, (fact, rule) in enumerate(_DENIED.items(), start=1):
        storage.add(vakt.PolicyDeny(number, context={fact: rule}, **everything))
    return vakt.Guard(storage, vakt.RulesChecker())


_GUARD = _told()


def ask(facts: Facts) -> tuple[str, ...] | None:
    """Yes or no."""
    inquiry = vakt.Inquiry(action="call", resource="ana", subject="acme", context=dict(facts))
    return None if _GUARD.is_allowed(inquiry) else ()

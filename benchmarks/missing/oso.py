"""
Oso: rules in Polar that name a reason, queried for all of them.

Its documentation shows rules over objects of the application's classes; rules over a dictionary are written alike.
"""

from types import SimpleNamespace

from oso import Oso, Variable

from benchmarks.missing import Facts

_POLAR = """
    allow(_actor, "call", call) if not denied(_code, call);

    denied("QUIET_HOURS", call) if call.minute < 540 or call.minute >= 1260;
    denied("HOLIDAY", call) if call.holiday = true;
    denied("CAP_REACHED", call) if call.calls_today >= 3;
    denied("COOL_OFF", call) if call.minutes_since_call < 30;
    denied("REGISTER_LISTED", call) if call.on_register = true;
    denied("SUPPRESSED", call) if call.opted_out = true;
    denied("CONSENT_WITHDRAWN", call) if call.consent = "withdrawn";
"""


def _told() -> Oso:
    oso = Oso()
    oso.register_class(SimpleNamespace, name="Call")
    oso.load_str(_POLAR)
    return oso


_OSO = _told()


def ask(facts: Facts) -> tuple[str, ...] | None:
    """Every reason, of a call that is an object."""
    return _asked(SimpleNamespace(**facts))


def ask_dictionary(facts: Facts) -> tuple[str, ...] | None:
    """Every reason, of a call that is a dictionary."""
    return _asked(dict(facts))


def _asked(call: object) -> tuple[str, ...] | None:
    found = [result["bindings"]["code"] for result in _OSO.query_rule("denied", Variable("code"), call)]
    return tuple(found) or None

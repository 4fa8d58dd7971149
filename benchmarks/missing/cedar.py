"""
Cedar (cedarpy): ``forbid`` policies override the ``permit``, and are named among the reasons by their annotation.
"""

import cedarpy

from benchmarks.missing import Facts

_POLICIES = cedarpy.PolicySet.from_str("""
    permit (principal, action == Action::"call", resource);

    @id("QUIET_HOURS")
    forbid (principal, action == Action::"call", resource) when { context.minute < 540 || context.minute >= 1260 };
    @id("HOLIDAY")
    forbid (principal, action == Action::"call", resource) when { context.holiday };
    @id("CAP_REACHED")
    forbid (principal, action == Action::"call", resource) when { context.calls_today >= 3 };
    @id("COOL_OFF")
    forbid (principal, action == Action::"call", resource) when { context.minutes_since_call < 30 };
    @id("REGISTER_LISTED")
    forbid (principal, action == Action::"call", resource) when { context.on_register };
    @id("SUPPRESSED")
    forbid (principal, action == Action::"call", resource) when { context.opted_out };
    @id("CONSENT_WITHDRAWN")
    forbid (principal, action == Action::"call", resource) when { context.consent == "withdrawn" };
""")
_SCHEMA = cedarpy.Schema.from_str("""
    entity Business, Person;
    action call appliesTo {
        principal: Business, resource: Person,
        context: {
            minute: Long, holiday: Bool, calls_today: Long, minutes_since_call: Long,
            on_register: Bool, opted_out: Bool, consent: String
        }
    };
""")


def ask(facts: Facts) -> tuple[str, ...] | None:
    """The decision, and the annotations of the policies that made it."""
    return _asked(facts, None)


def ask_with_schema(facts: Facts) -> tuple[str, ...] | None:
    """The same; a request that does not follow the schema is not decided, and the error says what is wrong with it."""
    return _asked(facts, _SCHEMA)


def _asked(facts: Facts, schema: cedarpy.Schema | None) -> tuple[str, ...] | None:
    request = {
        "principal": 'Business::"acme"',
        "action": 'Action::"call"',
        "resource": 'Person::"ana"',
        "context": dict(facts),
    }
    result = cedarpy.is_authorized(request, _POLICIES, [], schema)
    if result.allowed:
        return None
    told = result.diagnostics
    return tuple(
        told.errors if result.decision is cedarpy.Decision.NoDecision else told.id_annotations_by_reason.values()
    )

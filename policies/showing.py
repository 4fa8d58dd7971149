"""
Rules and obligations in words, for people: what each asks, of which calls, since when, and on what it rests.
"""

from collections.abc import Iterator

from policies.pack_access import AccessRule
from policies.pack_obligations import ObligationModel
from policies.pack_rules import (
    CapRule,
    ConsentRule,
    GapRule,
    Grounded,
    PermissionRule,
    PlatformLimitRule,
    PredicateRule,
    RegisterRule,
    RuleModel,
    ScopedRule,
    SenderRule,
    StreakRule,
    SuppressionRule,
    WindowRule,
)

_COUNTED = {"attempt": "calls", "connected": "conversations", "request": "requests for permission"}


def describe(rule: RuleModel) -> Iterator[str]:
    """A rule, line by line."""
    yield f"of {in_short(rule)}"
    yield f"asks: {_demand(rule)}"
    yield from _dates(rule)
    if rule.on_unknown == "pass":
        yield "passes when it cannot tell"
    if rule.mode == "shadow":
        yield "in shadow: noted, and not enforced"
    yield from _sources(rule)


def describe_obligation(owed: ObligationModel) -> Iterator[str]:
    """An obligation, line by line."""
    yield f"of {in_short(owed)}"
    yield f"obliges: {obliges(owed)}"
    yield from _dates(owed)
    yield from _sources(owed)


def obliges(owed: ObligationModel) -> str:
    """What an obligation is, in a few words."""
    properties = owed.properties.model_dump()
    return owed.type + (
        f" ({', '.join(f'{name} {value}' for name, value in properties.items())})" if properties else ""
    )


def _dates(each: Grounded) -> Iterator[str]:
    start, until = each.effective.start, each.effective.until
    if start is not None or until is not None:
        yield "in force" + (f" from {start:%Y-%m-%d}" if start else "") + (f" until {until:%Y-%m-%d}" if until else "")


def _sources(each: Grounded) -> Iterator[str]:
    for source in each.source:
        address = f" {source.url}" if source.url else ""
        yield f"source: {source.cite} (as of {source.as_of}, {source.confidence}){address}"


def describe_access(rule: AccessRule) -> Iterator[str]:
    """A rule about access, line by line."""
    when = rule.when
    who = f" by {', '.join(when.subject)}" if when.subject else ""
    yield f"{rule.effect}s {', '.join(when.action)} of {', '.join(when.resource)}{who}"
    if rule.needs is not None:
        yield f"where the question satisfies {rule.needs.model_dump_json(by_alias=True, exclude_none=True)}"


def in_short(rule: Grounded) -> str:
    """The questions that a rule or an obligation is about, in a few words."""
    when = rule.when
    parts = [
        ", ".join(each)
        for each in (when.action, when.category, when.channel, when.technology, when.region)
        if each is not None
    ]
    return "; ".join(parts) or "every call"


def _demand(rule: RuleModel) -> str:
    match rule:
        case ConsentRule():
            return _consent(rule)
        case RegisterRule():
            return _register(rule)
        case WindowRule():
            days = ", ".join(f"{day} {' '.join(spans) or 'closed'}" for day, spans in rule.open.items())
            return f"an hour that is open in the zone of the {rule.zone}: {days}"
        case PredicateRule():
            return (
                f"that what the caller states satisfies {rule.needs.model_dump_json(by_alias=True, exclude_none=True)}"
            )
        case PermissionRule():
            return "a permission of the platform in force"
        case PlatformLimitRule():
            return "that no limit which the platform told of is in force"
        case SuppressionRule():
            return "that no refusal of the person covers the call"
        case SenderRule():
            denied = ", ".join(rule.deny_countries or ())
            return (
                "a known business number"
                + (f", of none of {denied}" if denied else "")
                + (", not restricted" if rule.deny_restricted else "")
            )
        case _:
            return _over_attempts(rule)


def _consent(rule: ConsentRule) -> str:
    bases = f" on the basis {' or '.join(rule.bases)}" if rule.bases else ""
    ages = "".join(f"; {basis} lasts {age.days} days" for basis, age in sorted(rule.max_age.items()))
    revoked = "; a withdrawal for any purpose ends it" if rule.revoked_by == "any" else ""
    return f"a consent in force that covers the call{bases}{ages}{revoked}"


def _register(rule: RegisterRule) -> str:
    expected = "in" if rule.expect == "listed" else "not in"
    age = f", in a copy of at most {rule.max_age.days} days" if rule.max_age else ""
    waived = f"; not asked where the person consented ({' or '.join(rule.waived_by)})" if rule.waived_by else ""
    return f"that the person stands {expected} the register {rule.register_name}{age}{waived}"


def _over_attempts(rule: CapRule | GapRule | StreakRule) -> str:
    whose = _scope(rule)
    match rule:
        case CapRule():
            return f"fewer than {_limit(rule)} {_COUNTED[rule.counts]} per {rule.per}{whose}"
        case GapRule():
            after = "any call" if isinstance(rule.after, str) else f"a call that ended {' or '.join(rule.after)}"
            return f"that {rule.wait} have passed since {after}{whose}"
        case StreakRule():
            return f"fewer than {_limit(rule)} calls in a row unanswered within {rule.within.days} days{whose}"


def _limit(rule: CapRule | StreakRule) -> str:
    test = "" if rule.sandbox_limit is None else f" (from test numbers {rule.sandbox_limit})"
    return f"{rule.limit}{test}"


def _scope(rule: ScopedRule) -> str:
    parts = [
        "from this number" if rule.scope == "contact+sender" else "",
        f"of {', '.join(rule.categories)}" if rule.categories else "",
        "for this purpose" if rule.purpose == "same" else "",
        "on another channel" if rule.channels == "other" else f"on {', '.join(rule.channels)}" if rule.channels else "",
    ]
    told = ", ".join(part for part in parts if part)
    return f" ({told})" if told else ""

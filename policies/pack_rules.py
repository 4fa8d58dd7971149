"""
The kinds of rules as they are written in a pack.

This is an edge: pydantic checks what people wrote.  `policies.rules` turns it into the plain values that decide.
"""

from datetime import timedelta
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, model_validator

from policies.pack_values import (
    Action,
    CallOutcome,
    Category,
    Channel,
    Count,
    Country,
    Day,
    Duration,
    Guard,
    HolidayRegion,
    Instant,
    Name,
    Period,
    Region,
    RegisteredCode,
    RegisteredSeverity,
    Technology,
    Text,
    Wait,
    Word,
    Written,
    Zone,
)


class Citation(Written):
    """Where a rule comes from, as of when, and how sure that is."""

    cite: Text
    url: Text | None = None
    as_of: Day
    confidence: Literal["high", "medium", "low"]


class Effective(Written):
    """The instants between which a rule is in force, the end excluded; one that is left out does not bound it."""

    start: Annotated[Instant | None, Field(alias="from")] = None
    until: Instant | None = None


class When(Written):
    """
    The questions a rule is about; a selector that is left out takes all.

    ``region`` names parts of a country, such as ``US-TX``.  A person of whom only the country is known may be in any
    of its parts, so that the rules of all of them apply.
    """

    action: Annotated[list[Action], Field(min_length=1)] | None = None
    category: Annotated[list[Category], Field(min_length=1)] | None = None
    channel: Annotated[list[Channel], Field(min_length=1)] | None = None
    technology: Annotated[list[Technology], Field(min_length=1)] | None = None
    region: Annotated[list[Region], Field(min_length=1)] | None = None


def meet(one: When, other: When) -> bool:
    """Is there a question that both may be about?  Regions apart: a person may be in several."""
    names = ("action", "category", "channel", "technology")
    pairs = [(getattr(one, name), getattr(other, name)) for name in names]
    return all(a is None or b is None or bool(set(a) & set(b)) for a, b in pairs)


class Deny(Written):
    """How a failure is reported, where it differs from the registry."""

    severity: RegisteredSeverity | None = None
    remedy: Text | None = None


class DenyAs(Deny):
    """As `Deny`, for kinds that fail in one way and may therefore be given another code."""

    code: RegisteredCode | None = None


class Grounded(Written):
    """What every rule and every obligation has: a name, what it rests on, since when, and of which questions."""

    id: Name
    basis: Literal["law", "platform", "default", "tenant"]
    source: list[Citation] = Field(default_factory=list)
    effective: Effective = Effective()
    when: When = When()


class RuleHead(Grounded):
    """
    What every rule has.

    With ``mode: shadow`` it is asked about every call and what it says is noted, and it stops none.
    """

    kind: str
    on_unknown: Literal["deny", "pass"] = "deny"
    mode: Literal["enforce", "shadow"] = "enforce"
    deny: Deny = Deny()


class ConsentRule(RuleHead):
    """
    The person must have agreed; see `policies.kinds.consent`.

    ``bases`` are those that suffice; ``max_age`` is how long a consent on each basis lasts, from when it was given;
    with ``revoked_by: any``, a later withdrawal for whatever purpose ends this consent too.
    """

    kind: Literal["consent"]
    bases: Annotated[list[Word], Field(min_length=1)] | None = None
    max_age: dict[Word, Duration] = Field(default_factory=dict)
    revoked_by: Literal["purpose", "any"] = "purpose"


class PermissionRule(RuleHead):
    """The platform's permission must be in force; see `policies.kinds.permission`."""

    kind: Literal["permission"]


class PlatformLimitRule(RuleHead):
    """No limit that the platform itself told of may be in force; see `policies.kinds.platform_limit`."""

    kind: Literal["platform"]


class SuppressionRule(RuleHead):
    """No suppression may cover the call; see `policies.kinds.suppression`."""

    kind: Literal["suppression"]


class RegisterRule(RuleHead):
    """
    What a register must say of the person; see `policies.kinds.register`.

    Not to stand in it, or with ``expect: listed`` to stand in it.  A consent in force on one of the bases in
    ``waived_by`` makes it unnecessary to ask, unless a rule of the pack about the same calls holds it too old.
    """

    kind: Literal["register"]
    register_name: Annotated[Name, Field(alias="register")]
    max_age: Duration | None = None
    expect: Literal["absent", "listed"] = "absent"
    waived_by: Annotated[list[Word], Field(min_length=1)] | None = None


class WindowRule(RuleHead):
    """
    The hour must be decent; see `policies.kinds.window`.

    Beside the days of the week, ``open`` may name ``hol`` (a holiday), ``eve`` (the day before one) and dates:
    ``12-24`` of every year, ``2026-11-03`` of one.  Each of these only narrows its day of the week.
    """

    kind: Literal["window"]
    open: dict[str, list[str]]
    zone: Zone = "contact"
    guard: Guard = timedelta(seconds=60)
    holidays: Annotated[list[HolidayRegion], Field(min_length=1)] | None = None


class ScopedRule(RuleHead):
    """
    A rule over earlier calls: whose, of which categories, on which channels, for which purpose.

    ``channels: other`` are all but the one that is asked about.
    """

    scope: Literal["contact", "contact+sender"] = "contact"
    categories: Annotated[list[Category], Field(min_length=1)] | None = None
    channels: Annotated[list[Channel], Field(min_length=1)] | Literal["other"] | None = None
    purpose: Literal["any", "same"] = "any"
    deny: DenyAs = DenyAs()


class CapRule(ScopedRule):
    """Not more than so many, or ``sandbox_limit`` from a test number; see `policies.kinds.cap`."""

    kind: Literal["cap"]
    limit: Count
    sandbox_limit: Count | None = None
    per: Period
    counts: Literal["attempt", "connected", "request"]
    reset: Literal["connected"] | None = None


class GapRule(ScopedRule):
    """Not so soon after; see `policies.kinds.gap`."""

    kind: Literal["gap"]
    after: Annotated[list[CallOutcome], Field(min_length=1)] | Literal["attempt"]
    wait: Wait


class StreakRule(ScopedRule):
    """Not after so many in a row unanswered, or ``sandbox_limit`` from a test number; see `policies.kinds.streak`."""

    kind: Literal["streak"]
    limit: Count
    sandbox_limit: Count | None = None
    within: Duration


class SenderRule(RuleHead):
    """The business number must be one that may call; see `policies.kinds.sender`."""

    kind: Literal["sender"]
    deny_countries: Annotated[list[Country], Field(min_length=1)] | None = None
    deny_restricted: bool = False


class Condition(Written):
    """
    A condition on what the caller states: ``{all: [...]}``, ``{any: [...]}``, ``{not: ...}``, or one fact compared.

    A fact is compared in one way: ``is`` (equal), ``in``, ``at_least`` or ``at_most``.
    """

    all: "Annotated[list[Condition], Field(min_length=1, max_length=20)] | None" = None
    any: "Annotated[list[Condition], Field(min_length=1, max_length=20)] | None" = None
    negated: Annotated["Condition | None", Field(alias="not")] = None
    fact: Word | None = None
    equal: Annotated[bool | int | str | None, Field(alias="is")] = None
    within: Annotated[list[bool | int | str] | None, Field(alias="in", min_length=1, max_length=100)] = None
    at_least: int | None = None
    at_most: int | None = None

    @model_validator(mode="after")
    def _one_thing(self) -> "Condition":
        compared = sum(each is not None for each in (self.equal, self.within, self.at_least, self.at_most))
        forms = sum(each is not None for each in (self.all, self.any, self.negated, self.fact))
        if forms != 1 or compared != (1 if self.fact is not None else 0):
            raise ValueError("give one of all, any, not and fact, and with a fact one of is, in, at_least and at_most")
        return self


class PredicateRule(RuleHead):
    """What the caller states must satisfy a condition; see `policies.kinds.predicate`."""

    kind: Literal["predicate"]
    needs: Condition


RuleModel: TypeAlias = (
    ConsentRule
    | PermissionRule
    | PlatformLimitRule
    | SuppressionRule
    | RegisterRule
    | WindowRule
    | CapRule
    | GapRule
    | StreakRule
    | SenderRule
    | PredicateRule
)
KINDS: dict[str, type[RuleModel]] = {
    "consent": ConsentRule,
    "permission": PermissionRule,
    "platform": PlatformLimitRule,
    "suppression": SuppressionRule,
    "register": RegisterRule,
    "window": WindowRule,
    "cap": CapRule,
    "gap": GapRule,
    "streak": StreakRule,
    "sender": SenderRule,
    "predicate": PredicateRule,
}

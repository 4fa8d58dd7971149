"""
The schema of a rule pack: what may stand in its YAML, and the sentence that says what may not.

This is an edge: pydantic checks what people wrote.  `policies.rules` turns it into the plain values that decide.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from policies.closed_days import country_of, known_region
from policies.instants import in_utc, parse_duration
from policies.localtime import country_codes, zone_names
from policies.reasons import Code, Severity

Layer: TypeAlias = Literal["platform", "jurisdiction", "tenant", "contact"]
Action: TypeAlias = Literal["call.place", "call.request_permission"]
Category: TypeAlias = Literal["marketing", "service", "transactional", "collections", "survey", "emergency"]
Channel: TypeAlias = Literal["whatsapp_call", "voice", "whatsapp_message", "sms", "email"]
Technology: TypeAlias = Literal["live", "prerecorded", "ai_voice"]
CallOutcome: TypeAlias = Literal["connected", "unanswered", "rejected", "failed", "refused", "opted_out"]

LAYERS: tuple[Layer, ...] = ("platform", "jurisdiction", "tenant", "contact")


def _duration(text: object) -> timedelta:
    if not isinstance(text, str) or not (span := parse_duration(text)):
        raise ValueError("write a duration longer than nothing, such as PT24H")
    return span


def _span(text: str) -> str:
    _duration(text)
    return text


def _guard(text: object) -> timedelta:
    span = parse_duration(text) if isinstance(text, str) else None
    if span is None or span > timedelta(hours=1):
        raise ValueError("write a duration of at most an hour, such as PT60S")
    return span


def _instant(text: object) -> datetime:
    moment = datetime.fromisoformat(text) if isinstance(text, str) else None
    if moment is None or moment.tzinfo is None:
        raise ValueError("write a moment with its offset, such as 2026-03-10T00:00:00Z")
    return in_utc(moment)


def _date(text: object) -> date:
    return date.fromisoformat(text if isinstance(text, str) else "")


def _code(text: object) -> Code:
    if text not in Code.__members__:
        raise ValueError("this code is not in the registry of reasons")
    return Code(str(text))


def _severity(text: object) -> Severity:
    if text not in list(Severity):
        raise ValueError("a severity is terminal, error, requestable or defer")
    return Severity(str(text))


def _zone(text: str) -> str:
    if text not in ("contact", "business") and text not in zone_names():
        raise ValueError("a zone is contact, business, or an IANA name such as Europe/Madrid")
    return text


def _country(text: str) -> str:
    if text not in country_codes():
        raise ValueError("a country is an ISO 3166 code of two capital letters, such as ES or GB")
    return text


def _region(text: str) -> str:
    if country_of(text) not in country_codes() or not known_region(text):
        raise ValueError("there is no calendar of holidays for this country, or part of one")
    return text


def _period(text: object) -> str:
    if text not in ("day", "week"):
        _duration(text)
    return str(text)


Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,62}$")]
Text = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Country = Annotated[str, AfterValidator(_country)]
Region = Annotated[str, AfterValidator(_region)]
Duration = Annotated[timedelta, BeforeValidator(_duration)]
Instant = Annotated[datetime, BeforeValidator(_instant)]
Count = Annotated[int, Field(ge=1, le=10_000)]


class Written(BaseModel):
    """Something a person wrote: nothing is guessed, nothing unknown is passed over."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class AppliesWhen(Written):
    """The countries whose people the pack protects."""

    country: Annotated[list[Country], Field(min_length=1)]


class Head(Written):
    """What a pack says about itself; its rules are checked one by one, so that every problem is found."""

    pack: Name
    version: Annotated[int, Field(ge=1)]
    layer: Layer
    title: Text | None = None
    applies_when: AppliesWhen | None = None
    rules: Annotated[list[object], Field(min_length=1)]


class Citation(Written):
    """Where a rule comes from, as of when, and how sure that is."""

    cite: Text
    url: Text | None = None
    as_of: Annotated[date, BeforeValidator(_date)]
    confidence: Literal["high", "medium", "low"]


class Effective(Written):
    """The instants between which a rule is in force, the end excluded; one that is left out does not bound it."""

    start: Annotated[Instant | None, Field(alias="from")] = None
    until: Instant | None = None


class When(Written):
    """The questions a rule is about; a selector that is left out takes all."""

    action: Annotated[list[Action], Field(min_length=1)] | None = None
    category: Annotated[list[Category], Field(min_length=1)] | None = None
    channel: Annotated[list[Channel], Field(min_length=1)] | None = None
    technology: Annotated[list[Technology], Field(min_length=1)] | None = None


class Deny(Written):
    """How a failure is reported, where it differs from the registry."""

    severity: Annotated[Severity, BeforeValidator(_severity)] | None = None
    remedy: Text | None = None


class DenyAs(Deny):
    """As `Deny`, for kinds that fail in one way and may therefore be given another code."""

    code: Annotated[Code, BeforeValidator(_code)] | None = None


class RuleHead(Written):
    """What every rule has."""

    id: Name
    kind: str
    basis: Literal["law", "platform", "default", "tenant"]
    source: list[Citation] = Field(default_factory=list)
    effective: Effective = Effective()
    when: When = When()
    on_unknown: Literal["deny", "pass"] = "deny"
    deny: Deny = Deny()


class ConsentRule(RuleHead):
    """The person must have agreed; see `policies.kinds.consent`."""

    kind: Literal["consent"]


class PermissionRule(RuleHead):
    """The platform's permission must be in force; see `policies.kinds.permission`."""

    kind: Literal["permission"]


class SuppressionRule(RuleHead):
    """No suppression may cover the call; see `policies.kinds.suppression`."""

    kind: Literal["suppression"]


class RegisterRule(RuleHead):
    """The person must not stand in a register; see `policies.kinds.register`."""

    kind: Literal["register"]
    register_name: Annotated[Name, Field(alias="register")]
    max_age: Duration | None = None


class WindowRule(RuleHead):
    """The hour must be decent; see `policies.kinds.window`."""

    kind: Literal["window"]
    open: dict[str, list[str]]
    zone: Annotated[str, AfterValidator(_zone)] = "contact"
    guard: Annotated[timedelta, BeforeValidator(_guard)] = timedelta(seconds=60)
    holidays: Annotated[list[Region], Field(min_length=1)] | None = None


class ScopedRule(RuleHead):
    """A rule over earlier calls: whose, of which categories, on which channels."""

    scope: Literal["contact", "contact+sender"] = "contact"
    categories: Annotated[list[Category], Field(min_length=1)] | None = None
    channels: Annotated[list[Channel], Field(min_length=1)] | None = None
    deny: DenyAs = DenyAs()


class CapRule(ScopedRule):
    """Not more than so many; see `policies.kinds.cap`."""

    kind: Literal["cap"]
    limit: Count
    per: Annotated[str, BeforeValidator(_period)]
    counts: Literal["attempt", "connected", "request"]
    reset: Literal["connected"] | None = None


class GapRule(ScopedRule):
    """Not so soon after; see `policies.kinds.gap`."""

    kind: Literal["gap"]
    after: Annotated[list[CallOutcome], Field(min_length=1)] | Literal["attempt"]
    wait: Annotated[str, AfterValidator(_span)]


class StreakRule(ScopedRule):
    """Not after so many in a row unanswered; see `policies.kinds.streak`."""

    kind: Literal["streak"]
    limit: Count
    within: Duration


class SenderRule(RuleHead):
    """The business number must be one that may call; see `policies.kinds.sender`."""

    kind: Literal["sender"]
    deny_countries: Annotated[list[Country], Field(min_length=1)] | None = None
    deny_restricted: bool = False


RuleModel: TypeAlias = (
    ConsentRule
    | PermissionRule
    | SuppressionRule
    | RegisterRule
    | WindowRule
    | CapRule
    | GapRule
    | StreakRule
    | SenderRule
)
KINDS: dict[str, type[RuleModel]] = {
    "consent": ConsentRule,
    "permission": PermissionRule,
    "suppression": SuppressionRule,
    "register": RegisterRule,
    "window": WindowRule,
    "cap": CapRule,
    "gap": GapRule,
    "streak": StreakRule,
    "sender": SenderRule,
}


@dataclass(frozen=True, slots=True)
class Pack:
    """
    A pack whose every rule was found usable, immutable and named by its content.

    ``content`` is the canonical form of the document as it was written, so that the name of a stored pack never
    changes when Venia learns a new default; ``hash`` is ``sha256:`` and the hex SHA-256 of it.
    """

    id: str
    version: int
    layer: Layer
    countries: frozenset[str]
    rules: tuple[RuleModel, ...]
    content: bytes
    hash: str

    @property
    def name(self) -> str:
        """The pack as reasons cite it: ``es@1``."""
        return f"{self.id}@{self.version}"

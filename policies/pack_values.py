"""
The values that may stand in a rule pack, each with the sentence that says what may not.
"""

import re
from datetime import date, datetime, timedelta
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema

from consent.places import country_of, is_region, zone_names
from policies.closed_days import known_region
from policies.errors import NotAnInstant
from policies.instants import in_utc, parse_duration
from policies.localtime import country_codes
from policies.reasons import Code, Severity

Layer: TypeAlias = Literal["platform", "jurisdiction", "tenant", "contact"]
Action: TypeAlias = Literal["call.place", "call.request_permission"]
Category: TypeAlias = Literal["marketing", "service", "transactional", "collections", "survey", "emergency"]
Channel: TypeAlias = Literal["whatsapp_call", "voice", "whatsapp_message", "sms", "email"]
Technology: TypeAlias = Literal["live", "prerecorded", "ai_voice"]
CallOutcome: TypeAlias = Literal["connected", "unanswered", "rejected", "failed", "refused", "opted_out"]

LAYERS: tuple[Layer, ...] = ("platform", "jurisdiction", "tenant", "contact")
INDEFINITE = timedelta(days=36_525)  # A hundred years: longer than anything is kept, or anybody is called.

_DURATION = {"type": "string", "pattern": r"^P(?=.)(\d{1,6}W|(\d{1,6}D)?(T(?=.)(\d{1,6}H)?(\d{1,6}M)?(\d{1,6}S)?)?)$"}
_DAYS = re.compile(r"([1-9]\d{0,2}) days", re.ASCII)
_REGION = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?", re.ASCII)


def _duration(text: object) -> timedelta:
    if not isinstance(text, str) or not (span := parse_duration(text)):
        raise ValueError("write a duration longer than nothing, such as PT24H")
    if span > INDEFINITE:
        raise ValueError("write a duration of at most a hundred years")
    return span


def _guard(text: object) -> timedelta:
    span = parse_duration(text) if isinstance(text, str) else None
    if span is None or span > timedelta(hours=1):
        raise ValueError("write a duration of at most an hour, such as PT60S")
    return span


def _instant(text: object) -> datetime:
    moment = datetime.fromisoformat(text) if isinstance(text, str) else None
    if moment is None or moment.tzinfo is None:
        raise ValueError("write a moment with its offset, such as 2026-03-10T00:00:00Z")
    try:
        return in_utc(moment)
    except NotAnInstant as error:
        raise ValueError(str(error)) from error


def _date(text: object) -> date:
    return date.fromisoformat(text if isinstance(text, str) else "")


def _code(text: object) -> Code:
    if not isinstance(text, str) or text not in Code.__members__:
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
    if not is_region(text):
        raise ValueError("a region is an ISO 3166 code such as ES or US-TX, of a part that is known to be one")
    return text


def _calendar(text: str) -> str:
    if not _REGION.fullmatch(text) or country_of(text) not in country_codes() or not known_region(text):
        raise ValueError("there is no calendar of holidays for this country, or part of one")
    return text


def days_of(text: str) -> int | None:
    """The number of local days in ``30 days``; None when it is written otherwise."""
    found = _DAYS.fullmatch(text)
    return int(found[1]) if found else None


def _period(text: object) -> str:
    if text not in ("day", "week") and not (isinstance(text, str) and days_of(text)):
        try:
            _duration(text)
        except ValueError as error:
            raise ValueError("write day, week, a number of local days (30 days) or a duration (PT24H)") from error
    return str(text)


def _wait(text: object) -> str:
    if text != "indefinite" and not (isinstance(text, str) and days_of(text)):
        try:
            _duration(text)
        except ValueError as error:
            raise ValueError("write a duration (PT36H), a number of local days (60 days) or indefinite") from error
    return str(text)


Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,62}$")]
Word = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,62}$")]
Text = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Country = Annotated[str, AfterValidator(_country)]
Region = Annotated[str, AfterValidator(_region)]
HolidayRegion = Annotated[str, AfterValidator(_calendar)]
Duration = Annotated[timedelta, BeforeValidator(_duration), WithJsonSchema(_DURATION)]
Guard = Annotated[timedelta, BeforeValidator(_guard), WithJsonSchema(_DURATION)]
Instant = Annotated[datetime, BeforeValidator(_instant)]
Day = Annotated[date, BeforeValidator(_date)]
Zone = Annotated[str, AfterValidator(_zone)]
Period = Annotated[str, BeforeValidator(_period), WithJsonSchema({"type": "string"})]
Wait = Annotated[str, BeforeValidator(_wait), WithJsonSchema({"type": "string"})]
RegisteredCode = Annotated[Code, BeforeValidator(_code)]
RegisteredSeverity = Annotated[Severity, BeforeValidator(_severity)]
Count = Annotated[int, Field(ge=1, le=10_000)]


class Written(BaseModel):
    """Something a person wrote: nothing is guessed, nothing unknown is passed over."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

"""
What callers send to ask, to hold and to plan.
"""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    StrictBool,
    StrictInt,
    StrictStr,
    ValidationInfo,
    field_validator,
)

from consent.edge import ContactBody, Moment, Name, SenderBody, Strict, Technology
from policies.authorizing import DEFAULT_HOLD, LONGEST_HOLD, SHORTEST_HOLD
from policies.gathering import Question
from policies.instants import parse_duration

T = TypeVar("T", bound=Mapping[str, object])

_MOST_FACTS = 20
_LARGEST = 1_000_000
_LONGEST_CLOSING = timedelta(days=30)
_TEXT = re.compile(r"[a-z0-9_.-]{1,64}", re.ASCII)
_LONG_NUMBER = re.compile(r"\d{7}", re.ASCII)


def _hold_lasting(text: str) -> str:
    if not SHORTEST_HOLD <= parse_duration(text) <= LONGEST_HOLD:
        raise ValueError("a hold lasts from PT10S to PT10M")
    return text


def _plain(value: object) -> object:
    """What is stated goes into the log, where nothing can be erased."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        if abs(value) > _LARGEST:
            raise ValueError("write a number within a million of nothing")
        return value
    if not isinstance(value, str):
        raise ValueError("write true or false, a whole number, or a short word")  # noqa: TRY004  Pydantic's protocol.
    if not _TEXT.fullmatch(value):
        raise ValueError("write a word of at most 64 small letters, digits, dots, dashes and underscores")
    return _of_nobody(value)


def _of_nobody(text: str) -> str:
    if _LONG_NUMBER.search(text):
        raise ValueError("write no number of seven digits or more: it could be a telephone's")
    return text


def _few_and_named_for_nobody(facts: T) -> T:
    # Counted here, as the framework describes an object of limited length as a list.
    if len(facts) > _MOST_FACTS:
        raise ValueError(f"state at most {_MOST_FACTS} facts")
    for name in facts:
        _of_nobody(name)
    return facts


Duration = Annotated[str, Field(max_length=64, examples=["PT90S"]), AfterValidator(_hold_lasting)]
FactName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,62}$")]
FactValue = Annotated[StrictBool | StrictInt | StrictStr, BeforeValidator(_plain)]
# Names are looked at here, where what is wrong with one is not told by quoting it.
StatedFacts = Annotated[dict[FactName, FactValue], AfterValidator(_few_and_named_for_nobody)]


class QuestionBody(Strict):
    """May this be done now?  ``facts`` are what the caller says of its own side, for rules that ask about it."""

    to: ContactBody
    from_: SenderBody = Field(alias="from")
    purpose: Name
    channel: Literal["whatsapp_call", "voice"] = "whatsapp_call"
    technology: Technology = "live"
    action: Literal["call.place", "call.request_permission"] = "call.place"
    facts: StatedFacts = Field(default_factory=dict, examples=[{"agents_available": 2, "shop_open": True}])

    def question(self) -> Question:
        """The question, without who asks."""
        return Question(
            self.to.reference(),
            self.from_.reference(),
            self.purpose,
            self.channel,
            self.technology,
            self.action,
            tuple(sorted(self.facts.items())) if self.facts else (),
        )


class CheckBody(QuestionBody):
    """A question that holds nothing; ``at`` and ``trace`` need scopes of their own."""

    detail: Literal["none", "reasons", "trace"] = "reasons"
    at: Moment | None = None


class PlanBody(QuestionBody):
    """When may this be done, from ``start`` to ``end``, at most eight days later?"""

    start: Moment
    end: Moment


class AuthorizeBody(QuestionBody):
    """A question whose allow is held for the one who asked."""

    reference: str | None = Field(default=None, min_length=1, max_length=128)
    token: StrictBool = Field(default=False, description="true asks for a decision token with an allow")
    ttl: Duration = f"PT{DEFAULT_HOLD.seconds}S"


class OutcomeBody(Strict):
    """How the call on a hold ended."""

    outcome: Literal["connected", "unanswered", "rejected", "failed", "refused", "opted_out"]
    at: Moment
    duration_s: int | None = Field(default=None, ge=0, le=86_400)
    error_code: int | None = Field(
        default=None,
        ge=1,
        le=9_999_999,
        description="the platform's code for a call that failed, which may close more than this call (docs/channels.md)",
    )
    retry_at: Moment | None = Field(
        default=None, description="beside error_code: when the platform says that it may be done again"
    )
    token: str | None = Field(
        default=None, min_length=1, max_length=4096, description="the decision token that came with the hold's allow"
    )

    @field_validator("error_code")
    @classmethod
    def _only_of_failures(cls, code: int | None, info: ValidationInfo) -> int | None:
        if code is not None and info.data.get("outcome", "failed") != "failed":
            raise ValueError(
                "an error code belongs to a call that failed: leave it out, or say that the outcome is failed"
            )
        return code

    @field_validator("retry_at")
    @classmethod
    def _only_with_a_code(cls, moment: datetime | None, info: ValidationInfo) -> datetime | None:
        if moment is not None and info.data.get("error_code", 0) is None:
            raise ValueError("it belongs to the platform's error_code: give that too, or leave it out")
        if moment is not None and moment > info.data.get("at", moment) + _LONGEST_CLOSING:
            raise ValueError("it is more than 30 days after the call: no limit of the platform lasts that long")
        return moment


class PermissionRequestBody(Strict):
    """Whom to ask for WhatsApp's permission to call, from which number, for which purpose."""

    to: ContactBody
    from_: SenderBody = Field(alias="from")
    purpose: Name
    template: str | None = Field(
        default=None,
        pattern=r"^[a-z0-9_]{1,512}$",
        description="an approved template with a call_permission_request component, for when the customer's window is closed",
    )
    language: str | None = Field(default=None, pattern=r"^[a-z]{2,3}(_[A-Z]{2})?$", examples=["es", "pt_BR"])

    def question(self) -> Question:
        """The question that is decided."""
        return Question(self.to.reference(), self.from_.reference(), self.purpose, action="call.request_permission")

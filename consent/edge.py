"""
What this package's routes take: people, senders and moments as callers write them.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    field_validator,
    model_validator,
)

from consent.errors import ConsentError
from consent.numbers import read_phone, read_user_id
from consent.places import Place
from consent.references import ContactReference
from consent.settings import SenderReference

Channel = Literal["whatsapp_call", "voice", "whatsapp_message", "sms", "email"]
Technology = Literal["live", "prerecorded", "ai_voice"]
Name = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z][A-Za-z0-9_.-]*$")]

_FIRST_YEAR = 1900


def _text_only(value: object) -> object:
    if not isinstance(value, str):
        raise ValueError("write a moment as text, such as 2026-11-20T10:00:00Z")  # noqa: TRY004  Pydantic's protocol.
    return value


def in_utc(moment: datetime) -> datetime:
    """The moment in UTC; ValueError where it has no offset, or lies where arithmetic or the database give up."""
    if moment.tzinfo is None:
        raise ValueError("write a moment with its offset, such as 2026-11-20T10:00:00Z")
    try:
        found = moment.astimezone(UTC)
    except OverflowError:
        found = datetime.min.replace(tzinfo=UTC)
    if found.year < _FIRST_YEAR:
        raise ValueError(f"write a moment of the years {_FIRST_YEAR} to 9999")
    return found


Moment = Annotated[AwareDatetime, BeforeValidator(_text_only), AfterValidator(in_utc)]


class Strict(BaseModel):
    """A body that refuses fields nobody knows: a misspelt field must not silently do nothing."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ContactBody(Strict):
    """A person: exactly one of id, phone (E.164) and whatsapp_user_id."""

    id: UUID | None = None
    phone: str | None = Field(default=None, examples=["+34600111222"])
    whatsapp_user_id: str | None = Field(default=None, examples=["ES.1234567890"])

    @field_validator("phone")
    @classmethod
    def _phone(cls, value: str | None) -> str | None:
        return _checked(value, read_phone)

    @field_validator("whatsapp_user_id")
    @classmethod
    def _user_id(cls, value: str | None) -> str | None:
        return _checked(value, read_user_id)

    @model_validator(mode="after")
    def _exactly_one(self) -> "ContactBody":
        if sum(value is not None for value in (self.id, self.phone, self.whatsapp_user_id)) != 1:
            raise ValueError("give exactly one of id, phone and whatsapp_user_id")
        return self

    def reference(self) -> ContactReference:
        """The person so named."""
        if self.id is not None:
            return ContactReference.id(self.id)
        if self.phone is not None:
            return ContactReference("phone", self.phone)
        return ContactReference("whatsapp_user_id", self.whatsapp_user_id or "")


class SenderBody(Strict):
    """A business number: exactly one of id, phone (E.164) and phone_number_id."""

    id: str | None = Field(default=None, max_length=64)
    phone: str | None = Field(default=None, examples=["+34910000000"])
    phone_number_id: str | None = Field(default=None, max_length=64, examples=["700600500400"])

    @field_validator("phone")
    @classmethod
    def _phone(cls, value: str | None) -> str | None:
        return _checked(value, read_phone)

    @model_validator(mode="after")
    def _exactly_one(self) -> "SenderBody":
        if sum(value is not None for value in (self.id, self.phone, self.phone_number_id)) != 1:
            raise ValueError("give exactly one of id, phone and phone_number_id")
        return self

    def reference(self) -> SenderReference:
        """The sender so named."""
        if self.id is not None:
            return SenderReference("id", self.id)
        if self.phone is not None:
            return SenderReference("phone", self.phone)
        return SenderReference("phone_number_id", self.phone_number_id or "")


def _checked(value: str | None, read: Callable[[str], Place]) -> str | None:
    if value is not None:
        try:
            read(value)
        except ConsentError as error:
            raise ValueError(str(error)) from error
    return value

"""
What is asked: may this person be called by this sender for this purpose now?

What is wrong with a question is the program's mistake and raises BadQuestion; whatever else goes wrong is an answer.
Numbers and user ids appear in no representation and in no message, so that no log has them by accident.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias, get_args
from uuid import UUID

Channel = Literal["whatsapp_call", "voice"]
Technology = Literal["live", "prerecorded", "ai_voice"]
Action = Literal["call.place", "call.request_permission"]
Fact: TypeAlias = bool | int | str

_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,63}")
_FACT_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")
_ID = re.compile(r"[^\x00-\x1f\x7f]{1,64}")


class BadQuestion(ValueError):
    """The program asked something that no server could answer; the message says what to write instead."""


@dataclass(frozen=True, slots=True)
class Phone:
    """A number in E.164, of a person or of a business.  Raises BadQuestion for anything else."""

    number: str = field(repr=False)

    def __post_init__(self) -> None:
        if not _is(self.number, _E164):
            raise BadQuestion("Write a telephone number as E.164 has it: a plus sign, then 7 to 15 digits.")

    def reference(self) -> dict[str, str]:
        """As the wire has it."""
        return {"phone": self.number}


@dataclass(frozen=True, slots=True)
class Contact:
    """A person whom Venia has met, by the id it gave them."""

    id: UUID

    def reference(self) -> dict[str, str]:
        """As the wire has it."""
        return {"id": str(self.id)}


@dataclass(frozen=True, slots=True)
class WhatsAppUser:
    """A person by their WhatsApp user id, such as ``ES.1234567890``."""

    user_id: str = field(repr=False)

    def __post_init__(self) -> None:
        _insist_on_id(self.user_id, "a WhatsApp user id")

    def reference(self) -> dict[str, str]:
        """As the wire has it."""
        return {"whatsapp_user_id": self.user_id}


@dataclass(frozen=True, slots=True)
class Sender:
    """A business number by the name it was given in Venia."""

    id: str

    def __post_init__(self) -> None:
        _insist_on_id(self.id, "a sender's id")

    def reference(self) -> dict[str, str]:
        """As the wire has it."""
        return {"id": self.id}


@dataclass(frozen=True, slots=True)
class PhoneNumberId:
    """A business number by the id that WhatsApp gave it."""

    phone_number_id: str

    def __post_init__(self) -> None:
        _insist_on_id(self.phone_number_id, "a phone number id")

    def reference(self) -> dict[str, str]:
        """As the wire has it."""
        return {"phone_number_id": self.phone_number_id}


Person: TypeAlias = Phone | Contact | WhatsAppUser
From: TypeAlias = Phone | Sender | PhoneNumberId


@dataclass(frozen=True, slots=True)
class Question:
    """
    May this be done now?

    ``facts`` are what the caller says of its own side, for rules that ask about it.  Raises BadQuestion.
    """

    to: Person
    sender: From
    purpose: str
    channel: Channel = "whatsapp_call"
    technology: Technology = "live"
    action: Action = "call.place"
    facts: Mapping[str, Fact] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not isinstance(self.to, get_args(Person)) or not isinstance(self.sender, get_args(From)):
            raise BadQuestion(
                "Name the person and the sender with Phone, Contact, WhatsAppUser, Sender, PhoneNumberId."
            )
        if not _is(self.purpose, _NAME):
            raise BadQuestion("Write a purpose as a word of at most 64 letters, digits, dots, dashes and underscores.")
        for told, known in ((self.channel, Channel), (self.technology, Technology), (self.action, Action)):
            if told not in get_args(known):
                raise BadQuestion(f"Write one of {', '.join(get_args(known))}.")
        for name, value in self.facts.items():
            if not _is(name, _FACT_NAME) or not isinstance(value, get_args(Fact)):
                raise BadQuestion("Write facts as small words with true, false, a whole number or a short word.")

    def body(self) -> dict[str, object]:
        """As the wire has it."""
        body: dict[str, object] = {
            "to": self.to.reference(),
            "from": self.sender.reference(),
            "purpose": self.purpose,
            "channel": self.channel,
            "technology": self.technology,
            "action": self.action,
        }
        return {**body, "facts": dict(self.facts)} if self.facts else body


def _insist_on_id(text: object, what: str) -> None:
    if not _is(text, _ID):
        raise BadQuestion(f"Write {what} as 1 to 64 printable characters.")


def _is(value: object, pattern: re.Pattern[str]) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None

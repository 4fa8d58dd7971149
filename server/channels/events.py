"""
What a delivery of any other provider than Meta may tell us, each thing as a value of its own.

They have what WhatsApp's items have (``whatsapp_items``): a key that is the same however often it is delivered, the
moment, the business number and the person.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from uuid import UUID

from audit.entry import Json
from consent.lifecycle import EVERYTHING, Extent
from consent.meaning import Meaning
from server.channels.whatsapp_items import Item

CallMethod = Literal["keypress", "agent", "inbound_call", "outbound_call"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Dated(Item):
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Message(_Dated):
    """Words, or a pressed button, already read; ``method`` says by what they came."""

    message_id: str
    text: str
    meaning: Meaning
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRefusal(_Dated):
    """
    A no in a call: pressed, spoken or reported by the agent; ``doubtful`` is for a person to read.

    ``person`` may be empty: then the call tells who it was; one of the two there is.  ``evidence`` is personal.
    """

    call_id: str | None
    method: CallMethod
    doubtful: bool = False
    extent: Extent = EVERYTHING
    language: str | None = None
    pattern: str | None = None
    evidence: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CallTold(_Dated):
    """
    How a call of the business goes on, or ended.

    ``hold`` is the one that the caller named; ``outcome`` None: only that there is a call; ``duration_s`` in seconds.
    """

    call_id: str
    channel: str
    hold: UUID | None
    outcome: str | None
    duration_s: int | None

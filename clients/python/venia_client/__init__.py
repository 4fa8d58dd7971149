"""
Asks Venia whether a person may be called now, and fails closed: no sure allow, no call.

What went wrong outside the program is a value (FailedClosed, Unreported), never an exception in the way of a call; what
is wrong with the program is BadQuestion.
"""

from venia_client.aio import AsyncClient
from venia_client.answers import (
    Authorized,
    Checked,
    Denied,
    FailedClosed,
    Held,
    Hold,
    MayCall,
    Obligation,
    Reason,
    Receipt,
    Why,
)
from venia_client.calls import Call
from venia_client.client import Client
from venia_client.patience import Patience
from venia_client.questions import BadQuestion, Contact, Phone, PhoneNumberId, Question, Sender, WhatsAppUser
from venia_client.reports import (
    CallUnreported,
    Outcome,
    Release,
    Report,
    Reported,
    Unknown,
    Unreported,
    Word,
    word_from_json,
)

__all__ = [
    "AsyncClient",
    "Authorized",
    "BadQuestion",
    "Call",
    "CallUnreported",
    "Checked",
    "Client",
    "Contact",
    "Denied",
    "FailedClosed",
    "Held",
    "Hold",
    "MayCall",
    "Obligation",
    "Outcome",
    "Patience",
    "Phone",
    "PhoneNumberId",
    "Question",
    "Reason",
    "Receipt",
    "Release",
    "Report",
    "Reported",
    "Sender",
    "Unknown",
    "Unreported",
    "WhatsAppUser",
    "Why",
    "Word",
    "word_from_json",
]

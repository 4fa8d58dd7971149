"""
How callers name a person, and whom a request names.
"""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from audit.work import Request
from consent.numbers import read_phone, read_user_id
from consent.places import Place

PHONE = "phone"
USER_ID = "whatsapp_user_id"


class ContactReference(NamedTuple):
    """How a caller names a person: by contact id, E.164 phone, or WhatsApp user id.  The value is checked."""

    kind: str  # "id", "phone" or "whatsapp_user_id"
    value: str

    @classmethod
    def phone(cls, text: str) -> "ContactReference":
        """Raises NotAPhoneNumber."""
        read_phone(text)
        return cls(PHONE, text)

    @classmethod
    def user_id(cls, text: str) -> "ContactReference":
        """Raises NotAUserId."""
        read_user_id(text)
        return cls(USER_ID, text)

    @classmethod
    def id(cls, contact: UUID) -> "ContactReference":
        """Names a person by what Venia calls them."""
        return cls("id", str(contact))

    def place(self) -> Place:
        """Where the identifier says that its owner may be."""
        return read_phone(self.value) if self.kind == PHONE else read_user_id(self.value)


def named_by(request: Request) -> Sequence[ContactReference]:
    """
    Everyone whom a request or a look names in its ``contacts``, so that they are found, locked and loaded for it.

    Most have it and some do not; a protocol checked at run time would say the same at fifty times the cost.
    """
    named: Sequence[ContactReference] = getattr(request, "contacts", ())
    return named

"""
What WhatsApp itself says of a permission, asked for by us: a dated fact that overrules what webhooks told before.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from audit.entry import Json
from audit.instants import rfc3339, rfc3339_or_none
from audit.work import Idempotency, Work
from consent.contacts import Contact, ContactBook
from consent.history import HistoryBook
from consent.lifecycle import PermissionEvent, permission_in_force
from consent.permission_limits import Limit, limit, limited_until
from consent.references import ContactReference
from consent.settings import SenderReference, SettingsBook

_GRANTS = ("temporary", "permanent")


@dataclass(frozen=True, slots=True)
class NotePermissionReading:
    """
    A permission as it was read: ``state`` is temporary, permanent or none; whatever else was answered MUST come as none.

    ``at`` is when it was asked for: what the person said while the answer was on its way is newer.  ``limits`` are what
    was said of actions.
    """

    tenant: UUID
    actor: str
    contact: ContactReference
    sender: SenderReference
    state: str
    expires_at: datetime | None
    at: datetime
    idempotency: Idempotency | None = None
    limits: Mapping[str, Limit] = field(default_factory=dict)

    @property
    def contacts(self) -> Sequence[ContactReference]:
        """The person whom it is about."""
        return (self.contact,)

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``permission.granted``, ``.revoked`` and ``.limited`` where the reading tells something new, else nothing."""
        sender = work[SettingsBook].current.known_sender(self.sender).id
        contact = work[ContactBook].meet(self.contact)
        for action, each in self.limits.items():
            before = limited_until(work[HistoryBook].of(contact).permissions, sender, action, work.now)
            if each.is_news(before):
                at, until, told = min(self.at, work.now), each.until, {"source": "reading"}
                limit(work, contact, sender, action, until or at, at=at, automatic=each.told, told=told)
        known = permission_in_force(work[HistoryBook].of(contact).permissions, sender, work.now)
        if self._is_news(known):
            self._note(work, contact, sender)
        return {"permission": self.state, "expires_at": rfc3339_or_none(self.expires_at)}

    def _is_news(self, known: PermissionEvent | None) -> bool:
        if self.state in _GRANTS:
            return known is None or (known.state, known.expires_at) != (self.state, self.expires_at)
        return known is not None and known.state in _GRANTS

    def _note(self, work: Work, contact: Contact, sender: str) -> None:
        granted, at = self.state in _GRANTS, min(self.at, work.now)
        state = self.state if granted else "revoked"
        event = PermissionEvent(uuid4(), state, sender, at, work.now, self.expires_at, automatic=True)
        facts: Mapping[str, Json] = {
            "permission": str(event.id),
            "state": state,
            "sender": sender,
            "at": rfc3339(at),
            "expires_at": rfc3339_or_none(self.expires_at),
            "automatic": True,
            "source": "reading",
        }
        entry = work.record("permission.granted" if granted else "permission.revoked", facts, contact=contact.id)
        work[HistoryBook].permit(contact, event, entry)

"""
A no that is said in a call: pressed on the keypad, spoken, or reported by the agent who heard it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from audit.entry import Json
from audit.instants import rfc3339
from audit.work import Idempotency, Work
from consent.contacts import Contact, ContactBook
from consent.errors import NobodyNamed
from consent.hearing import everyone_named, latest
from consent.lifecycle import EVERYTHING, MARKETING, Extent
from consent.references import ContactReference
from consent.reviewing import ReviewBook
from consent.settings import SettingsBook
from consent.withdrawing import OpenHolds, extent_json, suppress, withdraw
from policies.attempts import AttemptBook


@dataclass(frozen=True, slots=True)
class HearInCall:
    """
    Somebody refused in a call, or perhaps did (``doubtful``), which a person then reads.

    Where ``contacts`` names nobody, the call tells who it was.  ``evidence`` is personal, and kept as such.
    """

    tenant: UUID
    actor: str
    contacts: tuple[ContactReference, ...]
    call_ref: bytes | None  # the keyed hash of the vendor's call id, where the call was named
    at: datetime
    method: str  # keypress, agent, inbound_call or outbound_call
    doubtful: bool = False
    extent: Extent = EVERYTHING
    language: str | None = None
    pattern: str | None = None
    evidence: Mapping[str, Json] = field(default_factory=dict)
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``consent.withdrawn`` or ``reply.queued`` for everyone it is about.  Raises NobodyNamed."""
        attempt = None if self.call_ref is None else work[AttemptBook].of_call(self.tenant, self.call_ref)
        hold = None if attempt is None else attempt.id
        if self.contacts:
            people = everyone_named(work, self.contacts)
        elif attempt is not None and work[ContactBook].is_known(attempt.contact):
            people = [work[ContactBook].of_id(attempt.contact)]
        else:
            raise NobodyNamed
        for contact in people:
            self._refuse(work, contact, hold)
        return {"refused": len(people), "doubtful": self.doubtful}

    def _refuse(self, work: Work, contact: Contact, hold: UUID | None) -> None:
        said: Mapping[str, Json] = {
            "call_ref": None if self.call_ref is None else self.call_ref.hex(),
            "hold": None if hold is None else str(hold),
            "language": self.language,
            "pattern": self.pattern,
        }
        at = latest(self.at, work.now)
        if self.doubtful:
            self._queue(work, contact, at, said)
            return
        extent = self._extent(work)
        withdraw(work, contact, extent, at=at, method=self.method, facts=said, personal=self.evidence)

    def _extent(self, work: Work) -> Extent:
        """A scope that names what the tenant does not have is no reason to record less than was said."""
        known = work[SettingsBook].current.purposes
        misnamed = any(each not in known for each in self.extent.purposes or ())
        return EVERYTHING if misnamed else self.extent

    def _queue(self, work: Work, contact: Contact, at: datetime, said: Mapping[str, Json]) -> None:
        """Marketing stops at once; a person reads the rest."""
        review, released = uuid4(), work[OpenHolds].release(contact, MARKETING)
        facts: Mapping[str, Json] = {
            "method": self.method,
            "said_at": rfc3339(min(self.at, work.now)),
            **said,
            "review": str(review),
            "scope": extent_json(MARKETING),
            "released_holds": [str(each) for each in released],
        }
        personal = contact.personal(self.evidence)
        entry = work.record("reply.queued", facts, contact=contact.id, personal=personal)
        work[OpenHolds].sign(released, entry)
        suppression = suppress(work, contact, MARKETING, at=at, method=self.method, entry=entry)
        work[ReviewBook].open(review, contact, suppression, asked_at=at, entry=entry)

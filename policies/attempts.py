"""
Attempts to reach a person: holds, calls that nobody announced, and what became of them.

A hold is an attempt that was authorized.  Its expiry is a comparison, never an event: an expired hold counts as an
attempt of unknown outcome until somebody says how it went.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeAlias
from uuid import UUID

from audit.entry import Json
from audit.instants import rfc3339, rfc3339_or_none
from audit.link import Connection
from audit.work import Request, Work
from consent.contacts import Contact, ContactBook
from consent.lifecycle import Extent
from consent.withdrawing import OpenHolds
from policies import store
from policies.facts import AttemptFact
from policies.refusals import HoldUnknown
from policies.rulebook import RuleBook

Key: TypeAlias = tuple[UUID, UUID]  # tenant, and attempt or contact
LONGEST_CALL = timedelta(hours=4)  # beyond which a conversation whose end nobody told is taken to be over


@dataclass(slots=True)
class Attempt:
    """One attempt; only its state, outcome and call change."""

    tenant: UUID
    id: UUID
    contact: UUID
    sender: str | None
    action: str
    purpose: str | None
    category: str
    channel: str
    technology: str | None
    at: datetime
    expires_at: datetime
    state: str  # held, confirmed or released
    outcome: str | None = None
    outcome_at: datetime | None = None
    outcome_source: str | None = None  # caller or platform
    duration_s: int | None = None
    announced: bool = True
    call_ref: bytes | None = None
    released_by: str | None = None
    event_id: UUID | None = None  # the entry that last changed it

    def state_at(self, moment: datetime) -> str:
        """The state, with expiry computed."""
        return "expired" if self.state == "held" and self.expires_at <= moment else self.state

    def is_open(self, moment: datetime) -> bool:
        """Whether a call may still be placed on it."""
        return self.state == "held" and self.announced and self.call_ref is None and moment < self.expires_at

    def fact(self, as_of: datetime) -> AttemptFact:
        """The attempt as the rules see it at ``as_of``."""
        known = self.outcome_at is not None and self.outcome_at <= as_of
        return AttemptFact(
            self.at,
            self.action,
            self.purpose,
            self.category,
            self.channel,
            self.sender,
            self.outcome if known else None,
            # A call that the platform began may go on long after its hold lapsed, and is one until it is told to be over.
            max(self.expires_at, self.at + LONGEST_CALL)
            if self.call_ref is not None and not known
            else self.expires_at,
            # No call is over before it was placed, whatever a caller reports.
            max(self.outcome_at, self.at) if known and self.outcome_at else None,
        )

    def to_json(self, moment: datetime) -> dict[str, Json]:
        """The hold as answers show it."""
        return {
            "id": str(self.id),
            "state": self.state_at(moment),
            "expires_at": rfc3339(self.expires_at),
            "outcome": self.outcome,
            "outcome_at": rfc3339_or_none(self.outcome_at),
        }


class AttemptBook(OpenHolds):
    """The attempts to reach everyone in the batch."""

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._attempts: dict[Key, Attempt] = {}
        self._by_contact: dict[Key, list[Attempt]] = defaultdict(list)
        self._ids: list[Key] = []
        self._calls: list[tuple[UUID, bytes]] = []
        self._instants: list[datetime] = []
        self._made: dict[Key, Attempt] = {}
        self._changed: dict[Key, Attempt] = {}

    async def find(self, conn: Connection, requests: Sequence[Request]) -> None:
        """Finds whom the named attempts are about, so that those people are locked before anything is loaded."""
        self._ids = _given(requests, "attempt")
        self._calls = _given(requests, "call_ref")
        self._instants = [instant for _, instant in _given(requests, "looks_back_from")]
        for row in await store.find_attempts(conn, self._ids, self._calls):
            self.work[ContactBook].want(row.tenant_id, row.contact_id)

    async def load(self, conn: Connection) -> None:
        """Loads the attempts within reach of any rule, and the named ones however old."""
        people = self.work[ContactBook].touched()
        asked, rules = min([self.work.now, *self._instants]), self.work[RuleBook]
        since = (asked - rules.lookback, asked - rules.remembers_refusals, asked)
        for row in await store.load_attempts(conn, people, since, self._ids, self._calls):
            if (row.tenant_id, row.attempt_id) not in self._attempts:
                self._keep(Attempt(*tuple(row)))
                self.work.not_before(max(row.at, row.outcome_at or row.at))

    def known(self, tenant: UUID, attempt: UUID | None) -> Attempt:
        """The attempt of this id; HoldUnknown if there is none."""
        found = self._attempts.get((tenant, attempt)) if attempt else None
        if found is None:
            raise HoldUnknown
        return found

    def of(self, contact: Contact) -> list[Attempt]:
        """Everything that was tried with this person, whichever part of them was tried, oldest first."""
        made = self._by_contact.get((contact.tenant, contact.id))
        if contact.others:
            made = [each for part in contact.parts for each in self._by_contact.get((part.tenant, part.id), ())]
        return sorted(made, key=lambda each: (each.at, each.id)) if made else []

    def own(self, contact: Contact) -> list[Attempt]:
        """What was tried with this part alone, oldest first."""
        return sorted(self._by_contact.get((contact.tenant, contact.id), ()), key=lambda each: (each.at, each.id))

    def of_call(self, tenant: UUID, call_ref: bytes) -> Attempt | None:
        """The attempt that became this call."""
        same = (each for each in self._attempts.values() if each.tenant == tenant and each.call_ref == call_ref)
        return next(same, None)

    def make(self, attempt: Attempt) -> None:
        """Adds an attempt."""
        self._keep(attempt)
        self._made[(attempt.tenant, attempt.id)] = attempt

    def change(self, attempt: Attempt) -> None:
        """Notes that an attempt's state, outcome or call changed."""
        key = (attempt.tenant, attempt.id)
        if key not in self._made:
            self._changed[key] = attempt

    def _keep(self, attempt: Attempt) -> None:
        self._attempts[(attempt.tenant, attempt.id)] = attempt
        self._by_contact[(attempt.tenant, attempt.contact)].append(attempt)

    def release(self, contact: Contact, extent: Extent) -> list[UUID]:
        """
        Releases the person's open holds within the extent: what they took back cannot be relied on any more.

        Those of other parts of the person go as well, recorded by ``hold.revoked`` about that part.
        """
        for other in contact.others:
            gone = self._release(other, extent)
            if gone:  # Each part's rows follow from the entries about it.
                facts = {"with": str(contact.id), "released_holds": [str(hold) for hold in gone]}
                self.sign(gone, self.work.record("hold.revoked", facts, contact=other.id))
        return self._release(contact, extent)

    def _release(self, contact: Contact, extent: Extent) -> list[UUID]:
        released: list[UUID] = []
        for attempt in self.own(contact):
            within = extent.covers(
                purpose=attempt.purpose, category=attempt.category, channel=attempt.channel, sender=attempt.sender
            )
            if within and attempt.is_open(self.work.now):
                attempt.state, attempt.released_by = "released", "withdrawal"
                self.change(attempt)
                released.append(attempt.id)
        return released

    def stands(self, hold: UUID) -> bool:
        """Whether this hold is still open."""
        attempt = self._attempts.get((self.work.tenant, hold))
        return attempt is not None and attempt.is_open(self.work.now)

    def give_back(self, hold: UUID) -> list[UUID]:
        """Releases this hold unless it is over: what it was for did not happen, so that it counts for nothing."""
        attempt = self._attempts.get((self.work.tenant, hold))
        if attempt is None or attempt.outcome is not None or attempt.state != "held":
            return []
        attempt.state, attempt.released_by = "released", "withdrawal"
        self.change(attempt)
        return [hold]

    def sign(self, released: Sequence[UUID], entry: UUID) -> None:
        """Notes the entry that says why these holds were released."""
        for hold in released:
            self._attempts[(self.work.tenant, hold)].event_id = entry

    async def save(self, conn: Connection) -> None:
        """Two statements at most."""
        await store.save_attempts(
            conn,
            [_made(each) for each in self._made.values()],
            [_changed(each) for each in self._changed.values()],
        )


def _given(requests: Sequence[Request], name: str) -> list[tuple[UUID, Any]]:  # As the attribute's own type has it.
    """
    The tenant and the value of every request that has this attribute: ``attempt``, the id of a hold; ``call_ref``, the
    keyed hash of a vendor's call id; ``looks_back_from``, an instant other than now.
    """
    values = ((request.tenant, getattr(request, name, None)) for request in requests)
    return [(tenant, value) for tenant, value in values if value is not None]


def _made(attempt: Attempt) -> dict[str, object]:
    return {
        **_changed(attempt),
        "contact_id": attempt.contact,
        "sender_id": attempt.sender,
        "action": attempt.action,
        "purpose": attempt.purpose,
        "category": attempt.category,
        "channel": attempt.channel,
        "technology": attempt.technology,
        "at": attempt.at,
        "expires_at": attempt.expires_at,
        "announced": attempt.announced,
    }


def _changed(attempt: Attempt) -> dict[str, object]:
    return {
        "tenant_id": attempt.tenant,
        "attempt_id": attempt.id,
        "state": attempt.state,
        "outcome": attempt.outcome,
        "outcome_at": attempt.outcome_at,
        "outcome_source": attempt.outcome_source,
        "duration_s": attempt.duration_s,
        "call_ref": attempt.call_ref,
        "released_by": attempt.released_by,
        "event_id": attempt.event_id,
    }

"""
People as one tenant knows them, and the identifiers that point to them.

An identifier is found by its blind index (HMAC-SHA-256 under the tenant's key) and stored encrypted under the
contact's own data key.  One identifier points to one contact at a time.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias
from uuid import UUID, uuid4

from audit.instants import rfc3339
from audit.keys import random_key, seal
from audit.link import Connection
from audit.tenants import KeyRing
from audit.work import Book, Request, Work
from consent import store
from consent.errors import ContactUnknown
from consent.indexing import blind_indexes, identifier_context
from consent.joined.merges import Merge
from consent.joined.parts import Joined
from consent.lifecycle import Extent
from consent.person import Contact, Identifier
from consent.places import Place
from consent.references import ContactReference, named_by
from consent.tombstones import Tombstone, digest_of

__all__ = ("Contact", "ContactBook", "Heir", "Identifier")


@dataclass(frozen=True, slots=True)
class _Changes:
    contacts: list[dict[str, object]] = field(default_factory=list)
    identifiers: list[dict[str, object]] = field(default_factory=list)
    ended: list[dict[str, object]] = field(default_factory=list)
    inherited: list[tuple[UUID, UUID]] = field(default_factory=list)
    located: list[dict[str, object]] = field(default_factory=list)


Named: TypeAlias = tuple[UUID, ContactReference]
Heir: TypeAlias = Callable[[Contact, Sequence[Tombstone], UUID], None]


class ContactBook(Book):
    """
    The people of one batch.

    Locking order: the tenants' identifiers as such (advisory, shared), the blind indexes nobody owns yet (advisory,
    sorted), then the contacts (rows, sorted).  Whoever holds a contact waits for no blind index, so that two journals
    cannot wait for each other; whoever retires an index key holds the tenant's identifiers alone.

    Whoever names one part of a merged person has every part locked and loaded: see ``Joined``.
    """

    def __init__(self, work: Work, ring: KeyRing) -> None:
        super().__init__(work)
        self._ring = ring
        self._named: dict[Named, UUID | None] = {}
        self._blinds: dict[Named, Sequence[tuple[int, bytes]]] = {}
        self._wanted: set[tuple[UUID, UUID]] = set()
        self._touched: list[tuple[UUID, UUID]] | None = None  # as long as nobody else is
        self._contacts: dict[tuple[UUID, UUID], Contact] = {}
        self._tombstones: dict[tuple[UUID, str, bytes], list[Tombstone]] = {}
        self._values: dict[UUID, str] = {}  # of the identifiers that were met in this batch
        self._heirs: list[Heir] = []
        self._changes = _Changes()
        self._joined = Joined()

    # Before the decision: find, lock, load.

    def want(self, tenant: UUID, contact: UUID) -> None:
        """Has a contact locked and loaded that a request touches without naming it."""
        self._wanted.add((tenant, contact))
        self._touched = None

    async def join_wanted(self, conn: Connection) -> None:
        """Finds the parts of those who are wanted while others still find: what only looks has no later step for it."""
        for key in self._wanted:
            self._joined.ask(key)
        await self._join(conn)

    async def find(self, conn: Connection, requests: Sequence[Request]) -> None:
        """Resolves everyone the requests name."""
        for request in requests:
            for reference in named_by(request):
                contact = UUID(reference.value) if reference.kind == "id" else None
                self._named[(request.tenant, reference)] = contact
                if contact is not None:
                    self._joined.ask((request.tenant, contact))
            self._joined.remembers |= getattr(request, "known_at", None) is not None
        await self._resolve(conn)
        await self._join(conn)

    async def lock(self, conn: Connection) -> None:
        """Locks unowned identifiers, looks again for who may own them by now, and locks the contacts."""
        unowned = [key for key, contact in self._named.items() if contact is None]
        if unowned:
            blinds = [blind for key in unowned for _, blind in self._blind(*key)]
            await store.lock_blind_indexes(conn, {tenant for tenant, _ in unowned}, blinds)
            await self._resolve(conn)
        await self.join_wanted(conn)
        await store.lock_contacts(conn, self.touched())

    async def load(self, conn: Connection) -> None:
        """Loads contacts, identifiers in use and tombstones, and looks again whose the identifiers now are."""
        graves = [
            (tenant, reference.kind, self._digest(tenant, reference))
            for (tenant, reference), contact in self._named.items()
            if contact is None
        ]
        # Rows are unpacked in the order of their columns: by name would cost more than everything else here.
        keys = self.touched()
        people, identifiers, tombstones = await store.load_contacts(conn, keys, graves)
        contacts = self._contacts
        for at, wrapped, version, zone, region in people:
            tenant, person = key = keys[at]
            contacts[key] = Contact(tenant, person, wrapped, version, self._ring, zone, region, [])
        for at, identifier, kind, blind, region, zones, since in identifiers:
            place = Place(region, tuple(zones))
            contacts[keys[at]].identifiers.append(Identifier(identifier, kind, blind, place, since))
        for tenant, identity, kind, digest, purposes, categories, channels, sender, until in tombstones:
            refused = Extent(_tuple(purposes), _tuple(categories), _tuple(channels), sender)
            tombstone = Tombstone(identity, kind, digest, refused, until)
            self._tombstones.setdefault((tenant, kind, digest), []).append(tombstone)
        if not conn.is_snapshot:  # Which has not changed since it was looked at.
            self._look_again()
        self._joined.tie(contacts)

    def _look_again(self) -> None:
        """
        Between finding and locking, an identifier may have been given up or have passed to someone else.

        Where nobody has it any more, it was not locked as one that nobody has: the batch begins again.
        """
        owners = {
            (tenant, each.kind, each.blind_index): person
            for (tenant, person), contact in self._contacts.items()
            for each in contact.identifiers
        }
        for (tenant, reference), known in self._named.items():
            if reference.kind == "id" or known is None:
                continue
            owner = _first(owners.get((tenant, reference.kind, blind)) for _, blind in self._blind(tenant, reference))
            self._named[(tenant, reference)] = owner
            self.work.is_stale |= owner is None

    def touched(self) -> list[tuple[UUID, UUID]]:
        """Tenant and id of everyone whom the batch names or touches; complete once everything is locked."""
        if self._touched is None:
            named = {(tenant, contact) for (tenant, _), contact in self._named.items() if contact is not None}
            self._touched = sorted(self._joined.whole(named | self._wanted))
        return self._touched

    async def _join(self, conn: Connection) -> None:
        self._touched = None
        await self._joined.find(conn)

    async def _resolve(self, conn: Connection) -> None:
        self._touched = None
        # A blind index is of one tenant and kind: both are in what is hashed, one as its key.
        keys = {
            blind: named
            for named, contact in self._named.items()
            if contact is None
            for _, blind in self._blind(*named)
        }
        if keys:
            wanted = [(tenant, reference.kind, blind) for blind, (tenant, reference) in keys.items()]
            for blind, contact, is_merged in await store.find_identifiers(conn, wanted):
                tenant, _ = named = keys[blind]
                self._named[named] = contact
                if is_merged:
                    self._joined.ask((tenant, contact))

    def _blind(self, tenant: UUID, reference: ContactReference) -> Sequence[tuple[int, bytes]]:
        """The identifier's blind index under each key in use, with the key's version; the last is the current one."""
        known = self._blinds.get((tenant, reference))
        if known is None:
            known = blind_indexes(self._ring, tenant, reference.kind, reference.value)
            self._blinds[(tenant, reference)] = known
        return known

    def _digest(self, tenant: UUID, reference: ContactReference) -> bytes:
        return digest_of(self._ring[tenant].tombstones, reference.kind, reference.value)

    # The decision: who is this?

    def known(self, reference: ContactReference) -> Contact | None:
        """The person, if the current tenant knows them."""
        return self.found(self.work.tenant, reference)

    def found(self, tenant: UUID, reference: ContactReference) -> Contact | None:
        """The person, if this tenant knows them."""
        contact = self._named.get((tenant, reference))
        return None if contact is None else self._contacts.get((tenant, contact))

    def of_id(self, contact: UUID) -> Contact:
        """A person by id; ContactUnknown if they were not found when the batch was loaded."""
        found = self.loaded(contact)
        if found is None:
            raise ContactUnknown
        return found

    def loaded(self, contact: UUID) -> Contact | None:
        """A person by id, if they were loaded and are not erased."""
        return self._contacts.get((self.work.tenant, contact))

    @property
    def merges(self) -> Joined:
        """Which of them are one person."""
        return self._joined

    def join(self, merge: Merge) -> None:
        """Makes two people one, or two again if the merge was undone."""
        self._joined.note(self.work.tenant, merge)
        self._joined.tie(self._contacts)

    def is_known(self, contact: UUID) -> bool:
        """Whether the current tenant has this person; one who was erased is nobody."""
        return (self.work.tenant, contact) in self._contacts

    def everyone(self) -> Iterable[Contact]:
        """All contacts loaded for this batch."""
        return self._contacts.values()

    def meet(self, reference: ContactReference) -> Contact:
        """The person, met for the first time if need be; ContactUnknown for an id nobody has."""
        return self.meet_one_of((reference,))

    def meet_one_of(self, references: Sequence[ContactReference], since: datetime | None = None) -> Contact:
        """
        The person to whom all these identifiers belong, and the identifiers not met before made theirs: from ``since`` on.

        Where they point to different people the first one named is returned; see ``all_known`` for every one.
        """
        contact = next((each for each in map(self.known, references) if each is not None), None)
        if contact is None:
            if any(reference.kind == "id" for reference in references):
                raise ContactUnknown
            contact = self._create()
        for reference in references:
            if self.known(reference) is None:
                self._identify(contact, reference, since)
        return contact

    def all_known(self, references: Sequence[ContactReference]) -> list[Contact]:
        """Everyone to whom any of these identifiers belongs, each once."""
        return list({each.id: each for each in map(self.known, references) if each is not None}.values())

    def locate(self, contact: Contact, region: str | None, zone: str | None) -> None:
        """Notes where a person is, as it was stated; None where nothing is."""
        contact.region, contact.zone = region, zone
        for met in self._changes.contacts:
            if met["contact_id"] == contact.id:
                met.update(region=region, zone=zone)
                return
        self._changes.located.append(
            {"tenant_id": contact.tenant, "contact_id": contact.id, "region": region, "zone": zone}
        )

    def give_up(
        self, contact: Contact, at: datetime, only: Sequence[ContactReference] = ()
    ) -> list[tuple[UUID, datetime]]:
        """
        Ends the validity of a person's identifiers, or of some: whoever uses one next is somebody else.

        Returns the ids of those that ended, and when: at ``at``, or when each was first met if that was later.
        """
        blinds = {(each.kind, blind) for each in only for _, blind in self._blind(contact.tenant, each)}
        gone = [each for each in contact.identifiers if not only or (each.kind, each.blind_index) in blinds]
        met, given_up = {each["identifier_id"]: each for each in self._changes.identifiers}, []
        for each in gone:
            until = max(at, each.valid_from)
            given_up.append((each.id, until))
            if each.id in met:
                met[each.id]["valid_to"] = until
            else:
                ended = {"tenant_id": contact.tenant, "identifier_id": each.id, "valid_to": until}
                self._changes.ended.append(ended)
            contact.identifiers.remove(each)
        for named in [key for key, owner in self._named.items() if owner == contact.id and key[1].kind != "id"]:
            if not only or named[1] in only:
                self._named[named] = None
        return given_up

    # Those who were erased.

    def tombstones(self, reference: ContactReference) -> Sequence[Tombstone]:
        """What was refused by whoever had this identifier and was erased; nothing once somebody is known by it."""
        if reference.kind == "id" or self.known(reference) is not None:
            return ()
        tenant = self.work.tenant
        return self._tombstones.get((tenant, reference.kind, self._digest(tenant, reference)), ())

    def to_heirs(self, heir: Heir) -> None:
        """Has ``heir`` told of every contact who is met under an erased identifier, with the entry that says so."""
        self._heirs.append(heir)

    def values_met(self, contact: Contact) -> dict[UUID, str]:
        """The identifiers that this batch has met, in clear: they are not in the database yet."""
        return {each.id: self._values[each.id] for each in contact.identifiers if each.id in self._values}

    def forget(self, contact: Contact, tombstones: Sequence[Tombstone]) -> None:
        """Has nobody in this batch find the person again; their rows are somebody else's to delete."""
        del self._contacts[(contact.tenant, contact.id)]
        for named in [key for key, owner in self._named.items() if owner == contact.id and key[1].kind != "id"]:
            self._named[named] = None
        for each in tombstones:
            self._tombstones.setdefault((contact.tenant, each.kind, each.digest), []).append(each)

    def _create(self) -> Contact:
        tenant, identity = self.work.tenant, uuid4()
        key = random_key()
        version, wrapped = self._ring[tenant].wrap(key, identity)
        contact = Contact(tenant, identity, wrapped, version, self._ring, opened=(wrapped, key))
        self._contacts[(contact.tenant, contact.id)] = contact
        self._changes.contacts.append(
            {
                "tenant_id": contact.tenant,
                "contact_id": contact.id,
                "wrapped_key": contact.wrapped_key,
                "key_version": contact.key_version,
                "region": None,
                "zone": None,
                "created_at": self.work.now,
                "links_from": None,
            }
        )
        return contact

    def _identify(self, contact: Contact, reference: ContactReference, since: datetime | None = None) -> None:
        place, now, graves = reference.place(), self.work.now, self.tombstones(reference)
        version, blind = self._blind(contact.tenant, reference)[-1]
        identifier = Identifier(uuid4(), reference.kind, blind, place, now if since is None else min(since, now))
        contact.identifiers.append(identifier)
        self._named[(contact.tenant, reference)] = contact.id
        self._values[identifier.id] = reference.value
        self._changes.identifiers.append(
            {
                "tenant_id": contact.tenant,
                "identifier_id": identifier.id,
                "contact_id": contact.id,
                "kind": reference.kind,
                "blind_index": blind,
                "index_version": version,
                "sealed": seal(
                    contact.key,
                    reference.value.encode(),
                    identifier_context(contact.tenant, contact.id, identifier.kind),
                ),
                "region": place.region,
                "zones": place.zones,
                "valid_from": identifier.valid_from,
                "valid_to": None,
            }
        )
        entry = self.work.record(
            "contact.identified",
            {
                "identifier": str(identifier.id),
                "kind": reference.kind,
                "region": place.region,
                "zones": place.zones,
                "refused": [{"scope": each.extent.to_json(), "at": rfc3339(each.refused_at(now))} for each in graves],
                **({} if since is None else {"since": rfc3339(identifier.valid_from)}),
            },
            contact=contact.id,
            personal=contact.personal({reference.kind: reference.value}),
        )
        if graves:
            self._inherit(contact, graves, entry)

    def _inherit(self, contact: Contact, graves: Sequence[Tombstone], entry: UUID) -> None:
        """What was refused before the erasure is refused by whom we have met again, and waits for nobody else."""
        for heir in self._heirs:
            heir(contact, graves, entry)
        self._changes.inherited.extend((contact.tenant, each.id) for each in graves)
        del self._tombstones[(contact.tenant, graves[0].kind, graves[0].digest)]

    async def save(self, conn: Connection) -> None:
        """Inserts who was met, and ends what was given up."""
        changes = self._changes
        await store.save_contacts(conn, changes.contacts, changes.identifiers, changes.ended)
        await store.locate_contacts(conn, changes.located)
        await store.delete_tombstones(conn, changes.inherited)


def _tuple(values: Sequence[str] | None) -> tuple[str, ...] | None:
    return None if values is None else tuple(values)


def _first(found: Iterable[UUID | None]) -> UUID | None:
    return next((each for each in found if each is not None), None)

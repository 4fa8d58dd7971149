"""
What lies under a person's key, held against what their entries commit to.

An identifier is stored twice: sealed in its own row, and as a disclosure beside the entry that says it was met.  Either
proves itself by that entry's commitment, so that one is made again from the other and nothing is ever believed.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from audit.checking.people import Record
from audit.checking.rows import LOST, OTHER, Difference, Told
from audit.disclosure import commit, digest_of, value_of
from audit.errors import KeyUnusable
from audit.keys import seal, unseal
from audit.link import AnyConnection
from audit.tenants import KeyRing
from audit.work import disclosure_context
from consent import store
from consent.contacts import Contact
from consent.indexing import blind_indexes, identifier_context


@dataclass(frozen=True, slots=True)
class SealedIdentifier:
    """The columns of an identifier that no entry tells."""

    kind: str
    blind_index: bytes
    index_version: int
    sealed: bytes


@dataclass(slots=True)
class Sealed:
    """What is stored under one person's key; ``contact`` is None when the key is gone."""

    contact: Contact | None = None
    identifiers: dict[UUID, SealedIdentifier] = field(default_factory=dict)
    disclosures: dict[tuple[UUID, str], bytes] = field(default_factory=dict)

    def key(self) -> bytes | None:
        """The person's data key; None when it is gone, or does not open.  Raises KeyProviderAway."""
        try:
            return None if self.contact is None else self.contact.key
        except KeyUnusable:
            return None

    def value(self, told: Told) -> str | None:
        """The identifier that an entry says was met, from either copy that the entry commits to; None if neither is."""
        key, kind = self.key(), str(told.facts["kind"])
        if key is None or self.contact is None:
            return None
        event, stored = told.entry.event_id, self.identifiers.get(UUID(str(told.facts["identifier"])))
        copies = [_disclosed(key, self.contact.tenant, event, kind, self.disclosures.get((event, kind)))]
        if stored is not None:
            copies.append(_opened(key, stored.sealed, identifier_context(self.contact.tenant, self.contact.id, kind)))
        committed = _committed(told)
        return next((each for each in copies if each and commit(key, event, kind, each).digest in committed), None)


async def read_sealed(
    conn: AnyConnection, ring: KeyRing, tenant: UUID, people: Sequence[UUID]
) -> Mapping[UUID, Sealed]:
    """What is stored under the keys of these people."""
    found = defaultdict[UUID, Sealed](Sealed)
    contacts, identifiers, disclosures = await store.read_sealed(conn, tenant, people)
    for row in contacts:
        found[row.contact_id].contact = Contact(tenant, row.contact_id, row.wrapped_key, row.key_version, ring)
    for row in identifiers:
        stored = SealedIdentifier(row.kind, row.blind_index, row.index_version, row.sealed)
        found[row.contact_id].identifiers[row.identifier_id] = stored
    for row in disclosures:
        found[row.contact_id].disclosures[(row.event_id, row.name)] = row.sealed
    return found


def examine_sealed(sealed: Sealed, record: Record) -> Iterator[Difference]:
    """Where what lies under a person's key is not what their entries commit to."""
    contact, key = sealed.contact, sealed.key()
    if contact is None or record.is_erased or record.is_cut:
        return  # The rows themselves are told of as missing, left behind or nobody's.
    if key is None:
        yield Difference("contacts", str(contact.id), LOST, "wrapped_key", why="the person's data key does not open")
        return
    told = {each.entry.event_id: each for each in record.told}
    for (event, name), raw in sealed.disclosures.items():
        opened = _opened(key, raw, disclosure_context(contact.tenant, event, name))
        if event in told and (opened is None or digest_of(opened) not in _committed(told[event])):
            remade = told[event].event == "contact.identified" and sealed.value(told[event]) is not None
            kind, why = (OTHER, None) if remade else (LOST, "its entry commits to something else")
            yield Difference("disclosures", f"{event} {name}", kind, "sealed", entry=told[event].place, why=why)
    for each in record.told:
        if each.event == "contact.identified":
            yield from _of_identifier(sealed, contact, key, each)


def _of_identifier(sealed: Sealed, contact: Contact, key: bytes, told: Told) -> Iterator[Difference]:
    row = UUID(str(told.facts["identifier"]))
    stored, value = sealed.identifiers.get(row), sealed.value(told)
    if value is None:
        why = "neither copy of the identifier is what its entry commits to"
        yield Difference("identifiers", str(row), LOST, "sealed", entry=told.place, why=why)
    elif stored is not None:
        if _opened(key, stored.sealed, identifier_context(contact.tenant, contact.id, stored.kind)) != value:
            yield Difference("identifiers", str(row), OTHER, "sealed", entry=told.place)
        indexes = blind_indexes(contact.ring, contact.tenant, str(told.facts["kind"]), value)
        if (stored.index_version, stored.blind_index) not in indexes:
            yield Difference("identifiers", str(row), OTHER, "blind_index", entry=told.place)


def sealed_again(sealed: Sealed, told: Told) -> dict[str, object] | None:
    """The columns under keys of the identifier that an entry says was met, made again; None if it is lost."""
    value, kind = sealed.value(told), str(told.facts["kind"])
    if value is None or sealed.contact is None:
        return None
    version, blind = blind_indexes(sealed.contact.ring, sealed.contact.tenant, kind, value)[-1]
    context = identifier_context(sealed.contact.tenant, sealed.contact.id, kind)
    return {
        "blind_index": blind,
        "index_version": version,
        "sealed": seal(sealed.contact.key, value.encode(), context),
    }


def disclosed_again(sealed: Sealed, told: Told) -> dict[str, object] | None:
    """The disclosure beside an entry that says that an identifier was met, made again; None if it is lost."""
    value, kind = sealed.value(told), str(told.facts["kind"])
    if value is None or sealed.contact is None:
        return None
    tenant, event, key = sealed.contact.tenant, told.entry.event_id, sealed.contact.key
    disclosure = commit(key, event, kind, value).disclosure.encode()
    return {
        "tenant_id": tenant,
        "event_id": event,
        "name": kind,
        "contact_id": sealed.contact.id,
        "sealed": seal(key, disclosure, disclosure_context(tenant, event, kind)),
    }


def _committed(told: Told) -> Sequence[object]:
    digests = told.facts.get("sd", ())
    return digests if isinstance(digests, list) else ()


def _opened(key: bytes, raw: bytes | None, context: bytes) -> str | None:
    try:
        return None if raw is None else unseal(key, raw, context).decode()
    except (KeyUnusable, UnicodeDecodeError):
        return None


def _disclosed(key: bytes, tenant: UUID, event: UUID, name: str, raw: bytes | None) -> str | None:
    """The value in a sealed disclosure, which must still prove itself."""
    opened = _opened(key, raw, disclosure_context(tenant, event, name))
    try:
        return None if opened is None else str(value_of(opened))
    except ValueError:
        return None


async def other_tombstones(conn: AnyConnection, tenant: UUID, must: int) -> list[Difference]:
    """Where there are not as many tombstones as erasures have left and nobody has inherited since."""
    there = await store.count_tombstones(conn, tenant)
    why = "a tombstone names nobody, so that the log cannot make one again"
    return [] if there == must else [Difference("tombstones", "all", LOST, "count", must, there, why=why)]

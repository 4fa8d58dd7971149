"""
One entry and the proof that the log has it, for whoever hands both out together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from audit import store
from audit.disclosure import digest_of
from audit.entry import parse_entry
from audit.errors import BrokenChain, EntriesPruned
from audit.exporting.store import first_covering, read_erasures
from audit.keys import unseal
from audit.link import Column
from audit.merkle import leaf_hash
from audit.note import VerifierKey, parse_note
from audit.origins import incarnation_of, origin_of
from audit.pruning import pruned_to
from audit.published import checkpoint_at, inclusion_proof, read_keys
from audit.work import disclosure_context

_COLUMNS = "incarnation, entry_index, event_id, event, contact_id, body, leaf_hash"
_OF_EVENT = text(f"SELECT {_COLUMNS} FROM entries WHERE tenant_id = :tenant AND event_id = :event")  # noqa: S608  All constants.
_AT = text(
    f"SELECT {_COLUMNS} FROM entries "  # noqa: S608  As above.
    "WHERE tenant_id = :tenant AND incarnation = :incarnation AND entry_index = :index"
)
# The newest entry by which a person got a value of this name, not later than another entry of the log.
_IDENTIFIED = text(
    "SELECT DISTINCT ON (d.name) e.incarnation, e.entry_index, e.event_id, e.event, e.contact_id, e.body, e.leaf_hash, d.name "
    "FROM disclosures d JOIN entries e ON e.tenant_id = d.tenant_id AND e.event_id = d.event_id "
    "WHERE d.tenant_id = :tenant AND d.contact_id = :contact AND d.name = ANY(CAST(:names AS text[])) "
    "AND e.event = 'contact.identified' AND (e.incarnation, e.entry_index) <= (:incarnation, :index) "
    "ORDER BY d.name, e.incarnation DESC, e.entry_index DESC"
)
_SEALED = text(
    "SELECT name, sealed FROM disclosures WHERE tenant_id = :tenant AND event_id = :event "
    "AND name = ANY(CAST(:names AS text[])) ORDER BY name"
)
_NAMES = text("SELECT name FROM disclosures WHERE tenant_id = :tenant AND event_id = :event ORDER BY name")


@dataclass(frozen=True, slots=True)
class Entered:
    """An entry as it is stored, whose bytes have the hash that was stored with them."""

    origin: str
    index: int
    event_id: UUID
    event: str
    contact: UUID | None
    body: bytes


@dataclass(frozen=True, slots=True)
class Proven:
    """That a signed tree has an entry: the audit path (RFC 6962 §2.1.1), the checkpoint, and the keys that signed it."""

    size: int
    hashes: Sequence[bytes]
    checkpoint: str
    keys: Sequence[str]
    signed_at: datetime


async def entry_of_event(conn: AsyncConnection, tenant: UUID, event: UUID) -> Entered:
    """The entry of an event that rows speak of.  Raises EntriesPruned where its body is gone."""
    row = (await conn.execute(_OF_EVENT, {"tenant": tenant, "event": event})).one_or_none()
    log = await store.read_end(conn, tenant)
    if row is None:
        raise EntriesPruned(await pruned_to(conn, tenant, log.origin))
    return _entered(log.origin, row)


async def entry_at(conn: AsyncConnection, tenant: UUID, index: int, log: str | None = None) -> Entered | None:
    """The entry of this index of the tenant's log, or of an earlier one by its origin.  Raises EntriesPruned."""
    origin = (await store.read_end(conn, tenant)).origin
    if log is not None and log not in (origin_of(origin, each + 1) for each in range(incarnation_of(origin))):
        return None
    asked = log or origin
    if index < (pruned := await pruned_to(conn, tenant, asked)):
        raise EntriesPruned(pruned)
    found = {"tenant": tenant, "incarnation": incarnation_of(asked), "index": index}
    row = (await conn.execute(_AT, found)).one_or_none()
    return None if row is None else _entered(origin, row)


async def prove(conn: AsyncConnection, tenant: UUID, entered: Entered) -> Proven | None:
    """The proof of an entry in the first signed tree that has it; None until there is one."""
    size = await first_covering(conn, tenant, entered.origin, entered.index)
    if size is None:
        return None
    checkpoint = await checkpoint_at(conn, tenant, entered.origin, size)
    hashes = await inclusion_proof(conn, tenant, entered.origin, entered.index, size)
    note = parse_note(checkpoint.note)
    known = [each.vkey for each in await read_keys(conn, tenant) if each.origin == entered.origin]
    keys = [each for each in known if any(VerifierKey.parse(each).made(line) for line in note.signatures)]
    return Proven(size, hashes, checkpoint.note.decode(), keys, checkpoint.signed_at)


async def is_erased(conn: AsyncConnection, tenant: UUID, contact: UUID) -> bool:
    """Whether the log says that this person was erased."""
    return bool(await read_erasures(conn, tenant, [contact]))


async def field_names(conn: AsyncConnection, tenant: UUID, event: UUID) -> tuple[str, ...]:
    """The names of the personal fields that an entry commits to, as far as they are still there."""
    rows = await conn.execute(_NAMES, {"tenant": tenant, "event": event})
    return tuple(rows.scalars())


async def identified_before(
    conn: AsyncConnection, tenant: UUID, entered: Entered, names: Sequence[str]
) -> list[Entered]:
    """The entries by which the person of an entry had got identifiers of these kinds by then, one of each kind."""
    asked = {"incarnation": incarnation_of(entered.origin), "index": entered.index, "contact": entered.contact}
    rows = (await conn.execute(_IDENTIFIED, {"tenant": tenant, "names": list(names), **asked})).all()
    return [_entered(entered.origin, row) for row in rows]


async def disclose(
    conn: AsyncConnection, tenant: UUID, entered: Entered, names: Sequence[str], key: bytes
) -> tuple[str, ...]:
    """
    The disclosures of an entry's personal fields of these names, opened with its person's data key.

    Raises KeyUnusable, and BrokenChain for one that the entry does not commit to: nobody could verify it.
    """
    committed = parse_entry(entered.body, entered.index).payload.get("sd")
    digests = committed if isinstance(committed, list) else []
    shown = []
    for row in await conn.execute(_SEALED, {"tenant": tenant, "event": entered.event_id, "names": list(names)}):
        disclosure = unseal(key, row.sealed, disclosure_context(tenant, entered.event_id, row.name)).decode()
        if digest_of(disclosure) not in digests:
            raise BrokenChain(entered.index, f"it does not commit to what is stored as its {row.name}")
        shown.append(disclosure)
    return tuple(shown)


def _entered(origin: str, row: Column) -> Entered:
    if leaf_hash(row.body) != row.leaf_hash:
        raise BrokenChain(row.entry_index, "its bytes do not have the hash that was stored")
    own = origin_of(origin, row.incarnation)
    return Entered(own, row.entry_index, row.event_id, row.event, row.contact_id, row.body)

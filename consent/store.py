"""
The SQL of people, what they agreed to, and the tenant's settings.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import Table, TextClause, text
from sqlalchemy.ext.asyncio import AsyncConnection

from audit.link import Asked, Connection
from audit.rows import insert_rows, of_each, pairs_of, update_rows
from consent.joined.store import IS_MERGED
from consent.kept_models import deliveries, unreadable_items
from consent.models import (
    consents,
    contacts,
    identifiers,
    permissions,
    reviews,
    suppressions,
    tombstones,
)

AnyRow: TypeAlias = Any  # A row of either kind of connection; its columns are named by the callers.
Rows: TypeAlias = Sequence[AnyRow]
Values: TypeAlias = Sequence[Mapping[str, object]]
Key: TypeAlias = tuple[UUID, UUID]  # tenant and contact
Blind: TypeAlias = tuple[UUID, str, bytes]  # tenant, kind and blind index

# Ids are random and blind indexes keyed by tenant, so no pair of these arrays can be mismatched.
_THESE = "tenant_id = ANY(CAST(:tenants AS uuid[])) AND {column} = ANY(CAST(:ids AS uuid[]))"


def _of_contacts(table: Table, columns: str, condition: str = "") -> TextClause:
    names = f"SELECT w.place - 1 AS place, {columns} FROM {table.name}"
    return text(of_each(f"{names} WHERE tenant_id = w.tenant AND contact_id = w.id {condition}"))


_FIND_IDENTIFIERS = text(
    f"SELECT blind_index, contact_id, ({IS_MERGED}) AS is_merged FROM identifiers i "
    "WHERE tenant_id = ANY(CAST(:tenants AS uuid[])) AND kind = ANY(CAST(:kinds AS text[])) "
    "AND blind_index = ANY(CAST(:blind_indexes AS bytea[])) AND valid_to IS NULL"
)
_FIND_HOLDER = text(
    "SELECT contact_id FROM identifiers WHERE tenant_id = :tenant AND kind = :kind "
    "AND blind_index = ANY(CAST(:blind_indexes AS bytea[])) AND valid_from <= :at AND (valid_to IS NULL OR :at < valid_to) "
    "ORDER BY valid_from DESC, identifier_id LIMIT 1"
)
# A lock of its own statement: the statements after it see what its last holder committed.
# Tenants come before blind indexes, so that whoever waits for a tenant keeps nobody waiting for an identifier.
_LOCK_BLIND_INDEXES = text(
    "SELECT CASE WHEN k.is_tenant THEN pg_advisory_xact_lock_shared(k.key) ELSE pg_advisory_xact_lock(k.key) END "
    "FROM (SELECT true AS is_tenant, unnest(CAST(:tenants AS bigint[])) AS key UNION "
    "SELECT false, unnest(CAST(:keys AS bigint[])) ORDER BY 1 DESC, 2) k"
)
_LOCK_TENANT = text("SELECT pg_advisory_xact_lock(:key)")
# Whoever locks people also keeps the keys of their identifiers from being retired; that is done before any row is read.
_LOCK_CONTACTS = text(
    "SELECT contact_id FROM contacts "
    "WHERE (SELECT count(pg_advisory_xact_lock_shared(k)) FROM unnest(CAST(:keys AS bigint[])) AS k) >= 0 "
    f"AND {_THESE.format(column='contact_id')} ORDER BY tenant_id, contact_id FOR UPDATE"
)
_CONTACTS = _of_contacts(contacts, "wrapped_key, key_version, zone, region")
_IDENTIFIERS = _of_contacts(
    identifiers, "identifier_id, kind, blind_index, region, zones, valid_from", "AND valid_to IS NULL"
)
_TOMBSTONES = text(
    "SELECT tenant_id, tombstone_id, kind, digest, purposes, categories, channels, sender_id, until FROM tombstones "
    "WHERE tenant_id = ANY(CAST(:tenants AS uuid[])) AND digest = ANY(CAST(:digests AS bytea[])) "
    "ORDER BY until, tombstone_id"
)
_DELETE_TOMBSTONES = text(f"DELETE FROM tombstones WHERE {_THESE.format(column='tombstone_id')}")
_SEALED = text(
    f"SELECT tenant_id, contact_id, identifier_id, kind, sealed, index_version FROM identifiers WHERE {_THESE.format(column='contact_id')}"
)
_DISCLOSED = text(
    "SELECT contact_id, event_id, name, sealed FROM disclosures WHERE tenant_id = :tenant "
    "AND event_id = ANY(CAST(:events AS uuid[])) AND name = ANY(CAST(:names AS text[]))"
)
# Every table whose rows go with the person they are about.
_SAID = ("reviews", "wishes", "suppressions", "permissions", "consents")
FORGOTTEN = ("disclosures", "outbox", "reminders", "evidence_files", *_SAID, "merges", "identifiers", "contacts")
# Sealed deliveries, which go where they mention the person.
MENTIONING = ("unreadable_items", "deliveries")
_FORGET = tuple(text(f"DELETE FROM {table} WHERE {_THESE.format(column='contact_id')}") for table in FORGOTTEN)
_FORGET_MENTIONS = tuple(
    text(
        f"DELETE FROM {table} WHERE tenant_id = ANY(CAST(:tenants AS uuid[])) "
        "AND mentions && CAST(:mentions AS bytea[])"
    )
    for table in MENTIONING
)
_INDEXED_BY = text("SELECT count(*) FROM identifiers WHERE tenant_id = :tenant AND index_version = :version")
_WRAPPED_BY = text("SELECT count(*) FROM contacts WHERE tenant_id = :tenant AND key_version = :version")
_PEOPLE_BEHIND = (
    "(SELECT contact_id FROM contacts WHERE tenant_id = :tenant AND key_version <> :data "
    "UNION SELECT contact_id FROM identifiers WHERE tenant_id = :tenant AND index_version <> :index) behind"
)
_BEHIND = text(
    f"SELECT contact_id FROM {_PEOPLE_BEHIND} WHERE contact_id > CAST(:after AS uuid) ORDER BY contact_id LIMIT :most"
)
_COUNT_BEHIND = text(f"SELECT count(*) FROM {_PEOPLE_BEHIND}")
_LIST_PEOPLE = text(
    "SELECT contact_id FROM contacts WHERE tenant_id = :tenant "
    "AND contact_id > coalesce(CAST(:after AS uuid), '00000000-0000-0000-0000-000000000000') "
    "ORDER BY contact_id LIMIT :most"
)
_CONSENTS = _of_contacts(
    consents,
    "consent_id, state, purpose, channel, sender_id, technology, given_at, recorded_at, expires_at, method, basis, "
    "jurisdiction, event_id, confirm_by, confirms, renew_at, supersedes, trust",
)
_PERMISSIONS = _of_contacts(
    permissions, "permission_id, state, sender_id, at, recorded_at, expires_at, automatic, event_id"
)
_SUPPRESSIONS = _of_contacts(
    suppressions,
    "suppression_id, state, purposes, categories, channels, sender_id, lifts, at, recorded_at, method, event_id, until",
)


async def find_identifiers(conn: Connection, wanted: Sequence[Blind]) -> Rows:
    """Who has these identifiers now: blind index, contact, and whether that is a part of a merged person."""
    return await _all(
        conn,
        _FIND_IDENTIFIERS,
        {
            "tenants": list({tenant for tenant, _, _ in wanted}),
            "kinds": list({kind for _, kind, _ in wanted}),
            "blind_indexes": [blind for _, _, blind in wanted],
        },
    )


async def find_holder(
    conn: Connection, tenant: UUID, kind: str, blind_indexes: Sequence[bytes], at: datetime
) -> UUID | None:
    """Who had an identifier at a moment; where two say so, whoever has it since later."""
    asked = {"tenant": tenant, "kind": kind, "blind_indexes": list(blind_indexes), "at": at}
    return next((row.contact_id for row in await _all(conn, _FIND_HOLDER, asked)), None)


async def lock_blind_indexes(conn: Connection, tenants: Collection[UUID], blind_indexes: Sequence[bytes]) -> None:
    """Waits until nobody else is about to give one of these identifiers its first contact, or to retire its key."""
    keys = [int.from_bytes(blind[:8], signed=True) for blind in blind_indexes]
    await conn.execute(_LOCK_BLIND_INDEXES, {"tenants": [_identifiers_of(each) for each in tenants], "keys": keys})


async def lock_identifiers(conn: Connection, tenant: UUID) -> None:
    """Waits until nobody else is about to give an identifier of this tenant its first contact."""
    await conn.execute(_LOCK_TENANT, {"key": _identifiers_of(tenant)})


def _identifiers_of(tenant: UUID) -> int:
    return int.from_bytes(sha256(b"identifiers of " + tenant.bytes).digest()[:8], signed=True)


async def lock_contacts(conn: Connection, wanted: Sequence[Key]) -> None:
    """Locks these people, in sorted order, as a statement of its own."""
    if wanted:
        pairs = _pairs(wanted)
        keys = sorted(map(_identifiers_of, {tenant for tenant, _ in wanted}))
        await conn.execute(_LOCK_CONTACTS, {**pairs, "keys": keys})


async def load_contacts(conn: Connection, wanted: Sequence[Key], graves: Sequence[Blind]) -> Sequence[Rows]:
    """
    The people themselves, their identifiers in use, and the tombstones of these identifiers that nobody has.

    People and identifiers begin with the place among ``wanted`` of whom they are about.
    """
    pairs = pairs_of(wanted)
    asked: list[Asked] = [(_CONTACTS, pairs), (_IDENTIFIERS, pairs)] if wanted else []
    if graves:
        tenants, digests = list({tenant for tenant, _, _ in graves}), [digest for _, _, digest in graves]
        asked.append((_TOMBSTONES, {"tenants": tenants, "digests": digests}))
    found: list[Rows] = [rows.all() for rows in await conn.ask(*asked)] if asked else []
    return [*([] if wanted else [[], []]), *found, *([] if graves else [[]])]


async def delete_tombstones(conn: Connection, rows: Sequence[Key]) -> None:
    """Takes away tombstones of these (tenant, id)."""
    if rows:
        await conn.execute(_DELETE_TOMBSTONES, _pairs(rows))


async def load_histories(conn: Connection, wanted: Sequence[Key]) -> Sequence[Rows]:
    """Everything said about consent, permission and suppression; each row begins with the place among ``wanted``."""
    return await _each(conn, wanted, _CONSENTS, _PERMISSIONS, _SUPPRESSIONS)


async def _each(conn: Connection, wanted: Sequence[Key], *statements: TextClause) -> Sequence[Rows]:
    if not wanted:
        return [[] for _ in statements]
    pairs = pairs_of(wanted)
    return [rows.all() for rows in await conn.ask(*((statement, pairs) for statement in statements))]


async def save_contacts(conn: Connection, met: Values, identified: Values, ended: Values) -> None:
    """New people, new identifiers, and the end of old ones (first, since a new owner may follow at once)."""
    await insert_rows(conn, contacts, met)
    await update_rows(conn, identifiers, ("tenant_id", "identifier_id"), ended)
    await insert_rows(conn, identifiers, identified)


async def locate_contacts(conn: Connection, located: Values) -> None:
    """Where people are, as it was stated."""
    await update_rows(conn, contacts, ("tenant_id", "contact_id"), located)


async def load_sealed(conn: Connection, wanted: Sequence[Key]) -> Rows:
    """The sealed identifiers of these people, current and former."""
    return await _all(conn, _SEALED, _pairs(wanted)) if wanted else []


async def save_rekeyed(conn: Connection, wrapped: Values, indexed: Values) -> None:
    """Data keys that were wrapped anew, and identifiers with their new blind indexes."""
    await update_rows(conn, contacts, ("tenant_id", "contact_id"), wrapped)
    await update_rows(conn, identifiers, ("tenant_id", "identifier_id"), indexed)


async def count_of_key(conn: Connection, tenant: UUID, purpose: str, version: int) -> int:
    """How many rows of a tenant still need this version of its index or data key."""
    statement = _INDEXED_BY if purpose == "index" else _WRAPPED_BY
    return int(await conn.scalar(statement, {"tenant": tenant, "version": version}))


async def people_behind(
    conn: AsyncConnection, tenant: UUID, *, index: int, data: int, after: UUID, limit: int
) -> list[UUID]:
    """People after this id, in order, with an identifier or a data key of another version than the current one."""
    asked = {"tenant": tenant, "index": index, "data": data, "after": after, "most": limit}
    return [row.contact_id for row in await _all(conn, _BEHIND, asked)]


async def list_people(conn: AsyncConnection, tenant: UUID, after: UUID | None, most: int) -> list[UUID]:
    """At most so many people, in the order of their ids."""
    return list((await conn.execute(_LIST_PEOPLE, {"tenant": tenant, "after": after, "most": most})).scalars())


async def count_behind(conn: AsyncConnection, tenant: UUID, *, index: int, data: int) -> int:
    """How many people there are to move."""
    return int((await _all(conn, _COUNT_BEHIND, {"tenant": tenant, "index": index, "data": data}))[0][0])


async def insert_tombstones(conn: Connection, rows: Values) -> None:
    """What is left of people who are erased."""
    await insert_rows(conn, tombstones, rows)


async def forget_people(conn: Connection, people: Sequence[Key], mentions: Sequence[tuple[UUID, bytes]]) -> None:
    """Deletes all that is stored about these people, and the sealed deliveries that mention them."""
    for statement in _FORGET:
        await conn.execute(statement, _pairs(people))
    if mentions:
        tenants, digests = list({tenant for tenant, _ in mentions}), [digest for _, digest in mentions]
        for statement in _FORGET_MENTIONS:
            await conn.execute(statement, {"tenants": tenants, "mentions": digests})


async def save_histories(conn: Connection, said: Values, permitted: Values, suppressed: Values) -> None:
    """What was said in this batch."""
    await insert_rows(conn, consents, said)
    await insert_rows(conn, permissions, permitted)
    await insert_rows(conn, suppressions, suppressed)


async def save_reviews(conn: Connection, opened: Values, settled: Values) -> None:
    """Replies that wait for a person, and those that were read."""
    await insert_rows(conn, reviews, opened)
    await update_rows(conn, reviews, ("tenant_id", "review_id"), settled)


async def save_unreadable(conn: Connection, items: Values) -> None:
    """Deliveries that could not be understood, sealed."""
    await insert_rows(conn, unreadable_items, items)


async def save_deliveries(conn: Connection, kept: Values) -> None:
    """Deliveries as they came, sealed."""
    await insert_rows(conn, deliveries, kept)


async def load_reviews(conn: AsyncConnection, tenant: UUID, *, limit: int) -> Rows:
    """The oldest replies that wait for a person's reading."""
    return await _all(
        conn,
        text(
            "SELECT review_id, contact_id, asked_at, event_id FROM reviews "
            "WHERE tenant_id = :tenant AND settled_at IS NULL ORDER BY asked_at, review_id LIMIT :most"
        ),
        {"tenant": tenant, "most": limit},
    )


async def find_reviews(conn: Connection, wanted: Sequence[Key]) -> Rows:
    """The reviews of these ids, whoever they are about."""
    statement = text(
        "SELECT tenant_id, review_id, contact_id, suppression_id, asked_at, verdict FROM reviews "
        f"WHERE {_THESE.format(column='review_id')}"
    )
    return await _all(conn, statement, _pairs(wanted)) if wanted else []


async def read_wrapped_keys(
    conn: AsyncConnection, tenant: UUID, people: Collection[UUID]
) -> dict[UUID, tuple[int, bytes]]:
    """The wrapped data key of each of these people who still has one, and the version of the key that wraps it."""
    statement = text(
        "SELECT contact_id, key_version, wrapped_key FROM contacts "
        "WHERE tenant_id = :tenant AND contact_id = ANY(CAST(:people AS uuid[]))"
    )
    rows = await _all(conn, statement, {"tenant": tenant, "people": list(people)}) if people else []
    return {row.contact_id: (row.key_version, row.wrapped_key) for row in rows}


async def load_said(conn: Connection, tenant: UUID, events: Sequence[UUID], names: Sequence[str]) -> Rows:
    """The sealed fields of these names beside these entries: contact, event, name and what is sealed."""
    return await _all(conn, _DISCLOSED, {"tenant": tenant, "events": list(events), "names": list(names)})


async def read_sealed(conn: Connection | AsyncConnection, tenant: UUID, people: Sequence[UUID]) -> tuple[Rows, ...]:
    """The wrapped keys of these people, their identifiers, and the sealed disclosures about them."""
    asked, these = (
        {"tenant": tenant, "people": list(people)},
        "tenant_id = :tenant AND contact_id = ANY(CAST(:people AS uuid[]))",
    )
    columns = {
        "contacts": "contact_id, wrapped_key, key_version",
        "identifiers": "contact_id, identifier_id, kind, blind_index, index_version, sealed",
        "disclosures": "contact_id, event_id, name, sealed",
    }
    statements = (text(f"SELECT {names} FROM {table} WHERE {these}") for table, names in columns.items())
    return tuple([await _all(conn, statement, asked) for statement in statements])


async def count_tombstones(conn: Connection | AsyncConnection, tenant: UUID) -> int:
    """How many tombstones a tenant has."""
    statement = text("SELECT count(*) AS there FROM tombstones WHERE tenant_id = :tenant")
    return int((await _all(conn, statement, {"tenant": tenant}))[0].there)


async def _all(conn: Connection | AsyncConnection, statement: TextClause, parameters: Mapping[str, object]) -> Rows:
    return (await conn.execute(statement, parameters)).all()


def _pairs(keys: Sequence[Key]) -> dict[str, object]:
    return {"tenants": list({tenant for tenant, _ in keys}), "ids": [each for _, each in keys]}

"""
The database itself refuses to change the log, whoever asks, and shows nobody another tenant's rows.
"""

import asyncio
from collections.abc import Sequence

import asyncpg
import pytest
from asyncpg.exceptions import PostgresError

from tests.audit.peopled import Peopled
from tests.databases import fetch

ROLES = ("venia_owner", "venia_journal", "venia_reader", "venia_checkpointer", "venia_repair")
PUBLISHED = (
    "tiles",
    "checkpoints",
    "meta_leaves",
    "cosignatures",
    "timestamps",
    "log_keys",
    "checkpointer_reports",
)
REFUSED = "42501"  # insufficient_privilege, whether a grant, a policy or a trigger said no

UPDATE = "UPDATE entries SET event = 'note.forged'"
DELETE = "DELETE FROM entries"
TRUNCATE = "TRUNCATE entries"
REPLACE = (
    "INSERT INTO entries SELECT * FROM jsonb_populate_recordset(NULL::entries, '{rows}') "
    "ON CONFLICT (tenant_id, incarnation, entry_index) DO UPDATE SET event = 'note.forged'"
)


def attempts(url: str, statements: Sequence[str], *, role: str | None = None, before: Sequence[str] = ()) -> list[str]:
    """
    What became of each statement, tried alone after ``before`` and taken back: its SQLSTATE, or what it did.
    """

    async def attempt(conn: asyncpg.Connection, statement: str) -> str:
        transaction = conn.transaction()
        await transaction.start()
        try:
            for each in before:
                await conn.execute(each)
            return str(await conn.execute(statement))
        except PostgresError as error:
            return str(getattr(error, "sqlstate", None))
        finally:
            await transaction.rollback()

    async def run() -> list[str]:
        conn = await asyncpg.connect(url, server_settings={"role": role} if role else {})
        try:
            return [await attempt(conn, statement) for statement in statements]
        finally:
            await conn.close()

    return asyncio.run(run())


@pytest.fixture(name="forgeries", scope="module")
def _forgeries(peopled: Peopled) -> list[str]:
    rows = fetch(peopled.url, "SELECT jsonb_agg(e)::text AS rows FROM (SELECT * FROM entries ORDER BY 1, 2 LIMIT 3) e")
    return [UPDATE, DELETE, TRUNCATE, REPLACE.format(rows=rows[0]["rows"].replace("'", "''"))]


def tables(url: str) -> list[str]:
    rows = fetch(
        url, "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
    )
    return sorted(row["name"] for row in rows)


def changes_of(table: str) -> list[str]:
    return [
        f"INSERT INTO {table} DEFAULT VALUES",
        f"UPDATE {table} SET tenant_id = tenant_id",
        f"DELETE FROM {table}",
        f"TRUNCATE {table}",
    ]


@pytest.mark.parametrize("role", ["venia_journal", "venia_reader", "venia_checkpointer", "venia_repair"])
def test_no_role_that_runs_can_change_an_entry(peopled, forgeries, role):
    """
    UPDATE, DELETE, TRUNCATE and INSERT … ON CONFLICT DO UPDATE are no privilege of theirs.
    """
    assert attempts(peopled.url, forgeries, role=role) == [REFUSED] * 4


def test_the_owner_cannot_change_an_entry(peopled, forgeries):
    """
    Row security shows the owner no row to change; with that lifted, the triggers refuse.
    """
    lifted = ["ALTER TABLE entries NO FORCE ROW LEVEL SECURITY"]

    assert attempts(peopled.url, forgeries, role="venia_owner") == ["UPDATE 0", "DELETE 0", REFUSED, REFUSED]
    assert attempts(peopled.url, forgeries, role="venia_owner", before=lifted) == [REFUSED] * 4


@pytest.mark.parametrize("mode", ["origin", "replica", "local"])
def test_a_superuser_who_forgets_himself_is_refused(peopled, forgeries, mode):
    """
    The triggers fire under every replication role, where ordinary ones are skipped.
    """
    assert attempts(peopled.url, forgeries, before=[f"SET session_replication_role = {mode}"]) == [REFUSED] * 4


def test_no_role_switches_the_guards_off(peopled):
    """
    Neither a trigger nor row security is theirs to disable, nor the replication role to set.
    """
    switches = [
        "ALTER TABLE entries DISABLE TRIGGER append_only",
        "ALTER TABLE entries DISABLE TRIGGER ALL",
        "ALTER TABLE entries DISABLE ROW LEVEL SECURITY",
        "DROP TRIGGER append_only ON entries",
        "DROP TABLE entries",
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "SET session_replication_role = replica",
        "CREATE TABLE mine ()",
    ]

    for role in ("venia_journal", "venia_reader", "venia_checkpointer", "venia_repair"):
        assert attempts(peopled.url, switches, role=role) == [REFUSED] * len(switches)


@pytest.mark.parametrize("role", [None, "venia_journal"])
def test_a_log_cannot_shrink(peopled, role):
    """
    Its head moves forward or not at all, keeps its tenant and its name, and is never removed.
    """
    backwards = [
        "UPDATE log_heads SET size = size - 1",
        "UPDATE log_heads SET size = 0, edge = ''",
        "UPDATE log_heads SET origin = origin || 'x'",
        "UPDATE log_heads SET origin = origin || '/2', incarnation = incarnation + 1",
        "UPDATE log_heads SET incarnation = incarnation + 1, size = 0, edge = ''",
        "DELETE FROM log_heads",
        "TRUNCATE log_heads CASCADE",
    ]
    before = ["SET session_replication_role = replica"] if role is None else []

    assert attempts(peopled.url, backwards, role=role, before=before) == [REFUSED] * len(backwards)
    assert attempts(peopled.url, ["UPDATE log_heads SET last_at = last_at"], role=role) == ["UPDATE 2"]


@pytest.mark.parametrize("table", ["consents", "permissions", "suppressions", "disclosures", "tenants", "rule_sets"])
def test_the_journal_only_adds_to_history(peopled, table):
    """
    What people agreed to, and what the entries disclose, is never updated or deleted.
    """
    assert attempts(peopled.url, changes_of(table)[1:], role="venia_journal") == [REFUSED] * 3


@pytest.mark.parametrize("table", ["contacts", "identifiers", "consents", "disclosures"])
@pytest.mark.parametrize("mode", [None, "replica"])
def test_nobody_goes_without_an_entry_that_says_so(peopled, table, mode):
    """
    A person's rows are deleted once the log says that they were erased: not by the journal before, and by no slip of a
    superuser's.
    """
    delete, role = f"DELETE FROM {table}", None if mode else "venia_journal"
    before = [f"SET session_replication_role = {mode}"] if mode else []
    said = (
        "INSERT INTO entries (tenant_id, incarnation, entry_index, event_id, leaf_hash, previous, body, event, contact_id, "
        "recorded_at) SELECT tenant_id, 1, 1000 + row_number() OVER (), gen_random_uuid(), sha256(contact_id::text::bytea), "
        "sha256(contact_id::text::bytea), '\\x00', 'contact.erased', contact_id, now() FROM contacts"
    )

    assert attempts(peopled.url, [delete], role=role, before=before) == [REFUSED]
    assert attempts(peopled.url, [delete], role=role, before=[*before, said])[0].startswith("DELETE ")


def test_nobody_empties_a_table(peopled):
    """
    TRUNCATE is nobody's, not even the journal's.
    """
    emptying = [f"TRUNCATE {table}" for table in tables(peopled.url)]

    for role in ("venia_journal", "venia_reader", "venia_checkpointer", "venia_repair"):
        assert attempts(peopled.url, emptying, role=role) == [REFUSED] * len(emptying)


@pytest.mark.parametrize(("role", "own"), [("venia_reader", ()), ("venia_checkpointer", (*PUBLISHED, "dead_letters"))])
def test_who_reads_cannot_write_what_others_write(peopled, role, own):
    """
    No INSERT, UPDATE, DELETE or TRUNCATE, whichever tenant is shown; the checkpointer writes what it publishes alone, and what it could not deliver.
    """
    shown = [f"SET venia.tenant = '{peopled.one}'"]
    changes = [change for table in tables(peopled.url) if table not in own for change in changes_of(table)]

    assert attempts(peopled.url, changes, role=role, before=shown) == [REFUSED] * len(changes)
    assert len(changes) > 60


def test_the_journal_writes_nothing_that_is_published(peopled):
    """
    Checkpoints, tiles and keys are the checkpointer's; of an export the journal writes that it was asked for.
    """
    changes = [change for table in PUBLISHED for change in changes_of(table)]

    assert attempts(peopled.url, changes, role="venia_journal") == [REFUSED] * len(changes)


@pytest.mark.parametrize("table", ["tiles", "checkpoints", "meta_leaves", "cosignatures", "timestamps"])
def test_what_is_published_stays(peopled, table):
    """
    A checkpoint, a leaf of the meta-log, a cosignature, a token and the hashes of a tile are never changed or removed.
    """
    row = {
        "tiles": "'{0}', 'o', 0, 0, decode(repeat('ab', 64), 'hex')",
        "checkpoints": "'{0}', 'o', 1, decode(repeat('ab', 32), 'hex'), '', now(), NULL, NULL",
        "meta_leaves": "'{0}', 'm', 0, ''",
        "cosignatures": "'{0}', 'o', 1, 'w', now(), ''",
        "timestamps": "'{0}', 'o', 1, now(), '', ''",
    }[table]
    column = {"tiles": "hashes", "checkpoints": "note", "meta_leaves": "body", "cosignatures": "line"}.get(
        table, "token"
    )
    kind = "''" if table == "cosignatures" else "decode(repeat('cd', 96), 'hex')"
    made = [f"INSERT INTO {table} VALUES ({row.format(peopled.one)})", "SET session_replication_role = replica"]
    changes = [f"UPDATE {table} SET {column} = {kind}", f"DELETE FROM {table}", f"TRUNCATE {table}"]

    assert attempts(peopled.url, changes, before=made) == [REFUSED] * 3


def test_a_tile_grows(peopled):
    """
    More hashes behind those it has, and no fewer.
    """
    made = [f"INSERT INTO tiles VALUES ('{peopled.one}', 'o', 0, 0, decode(repeat('ab', 64), 'hex'))"]
    longer, shorter = (f"UPDATE tiles SET hashes = decode(repeat('ab', {n}), 'hex')" for n in (96, 32))

    assert attempts(peopled.url, [longer, shorter], role="venia_checkpointer", before=made) == ["UPDATE 1", REFUSED]


def test_the_reader_sees_nothing_until_a_tenant_is_shown(peopled):
    """
    Not in any table, and not with an empty setting either.
    """
    looks = [f"SELECT 1 FROM {table}" for table in tables(peopled.url)]

    assert attempts(peopled.url, looks, role="venia_reader") == ["SELECT 0"] * len(looks)
    assert attempts(peopled.url, looks, role="venia_reader", before=["SET venia.tenant = ''"]) == ["SELECT 0"] * len(
        looks
    )


def test_the_reader_sees_the_tenant_that_is_shown_and_no_other(peopled):
    """
    Every row of its own, in every table, and none of its neighbour's.
    """
    seen: dict[object, set[str]] = {peopled.one: set(), peopled.other: set()}
    for tenant, neighbour in ((peopled.one, peopled.other), (peopled.other, peopled.one)):
        names = tables(peopled.url)
        shown = [f"SET venia.tenant = '{tenant}'"]
        own = attempts(peopled.url, [f"SELECT 1 FROM {name} WHERE tenant_id = '{tenant}'" for name in names])
        looks = [f"SELECT 1 FROM {name}" for name in names]
        asked = [f"SELECT 1 FROM {name} WHERE tenant_id = '{neighbour}'" for name in names]
        seen[tenant] = {name for name, count in zip(names, own, strict=True) if count != "SELECT 0"}

        assert attempts(peopled.url, looks, role="venia_reader", before=shown) == own
        assert attempts(peopled.url, asked, role="venia_reader", before=shown) == ["SELECT 0"] * len(names)

    assert seen[peopled.one] == seen[peopled.other]
    assert {"entries", "disclosures", "contacts", "identifiers", "consents", "idempotency", "api_keys"} <= seen[
        peopled.one
    ]


def test_the_checkpointer_reads_the_logs_and_nothing_else(peopled):
    """
    Bodies and heads of every tenant, what was pruned, what it publishes, which exports, simulations and deliveries wait; no person, no secret, no setting.
    """
    names = tables(peopled.url)
    looks = attempts(peopled.url, [f"SELECT 1 FROM {name}" for name in names], role="venia_checkpointer")
    readable = {name for name, said in zip(names, looks, strict=True) if said != REFUSED}

    assert readable == {
        *("entries", "log_heads", "exports", "simulations", "prunings", "subscription_lines", "dead_letters"),
        *PUBLISHED,
    }
    assert looks[names.index("log_heads")] == "SELECT 2"


def test_a_repair_writes_nothing_that_the_log_does_not_tell_of(peopled):
    """
    Without its own entry in the same tenant's log, no row is changed, added or removed; others may not claim to repair.
    """
    mine = f"tenant_id = '{peopled.one}'"
    entry = fetch(peopled.url, f"SELECT event_id FROM entries WHERE {mine} LIMIT 1")[0]["event_id"]
    changes = [
        change
        for table in ("contacts", "consents", "suppressions", "disclosures")
        for change in (f"UPDATE {table} SET tenant_id = tenant_id WHERE {mine}", f"DELETE FROM {table} WHERE {mine}")
    ]
    unclaimed, claimed = ["SET venia.repair = ''"], [f"SET venia.repair = '{entry}'"]  # Of something else.
    own = [f"DELETE FROM consents WHERE {mine}"]

    assert attempts(peopled.url, changes, role="venia_repair", before=unclaimed) == [REFUSED, "DELETE 0"] * 4
    assert attempts(peopled.url, changes, role="venia_repair", before=claimed) == [REFUSED, "DELETE 0"] * 4
    assert attempts(peopled.url, own, role="venia_journal", before=claimed) == [REFUSED]


def test_no_role_can_log_in_or_do_more_than_it_was_given(database):
    """
    No login, no superuser, no way around row security, no other roles: they are taken on by who may.
    """
    rows = fetch(
        database,
        "SELECT rolname AS name, rolcanlogin OR rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb "
        "OR rolreplication OR EXISTS (SELECT FROM pg_auth_members WHERE member = r.oid) AS more FROM pg_roles r "
        "WHERE rolname LIKE 'venia%' ORDER BY 1",
    )

    assert [(row["name"], row["more"]) for row in rows] == [(name, False) for name in sorted(ROLES)]

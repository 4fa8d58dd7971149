"""
The schema keeps tenants apart and distributes by tenant: read off PostgreSQL's own catalogue.
"""

from collections.abc import Callable

import pytest

from server.db import migrate
from tests.databases import execute, fetch

TABLES = (
    "SELECT c.relname AS name FROM pg_class c WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace"
)
KEYS = """
    SELECT c.relname AS table, x.relname AS key, i.indisprimary AS is_primary, a.attname AS first, a.attnotnull AS always
    FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid
    LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
    WHERE i.indisunique AND c.relnamespace = 'public'::regnamespace
"""
REFERENCES = """
    SELECT k.conname AS name, a.attname AS from_column, b.attname AS to_column, k.confdeltype AS on_delete
    FROM pg_constraint k
    JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
    JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = k.confkey[1]
    WHERE k.contype = 'f' AND k.connamespace = 'public'::regnamespace
"""
SECURITY = """
    SELECT relname AS name, relrowsecurity AS enabled, relforcerowsecurity AS forced, relowner::regrole::text AS owner
    FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace AND relname <> 'alembic_version'
"""
READABLE = """
    SELECT tablename AS table, roles::text AS roles, cmd, qual, with_check FROM pg_policies
    WHERE NOT roles && ARRAY['venia_journal', 'venia_checkpointer', 'venia_repair']::name[]
"""
OWN_TENANT = "(tenant_id = (NULLIF(current_setting('venia.tenant'::text, true), ''::text))::uuid)"


@pytest.fixture(name="url", params=["migrated", "with mistakes"])
def _url(request: pytest.FixtureRequest, database: str) -> str:
    # The second shows that the questions below would find what they ask for.
    if request.param == "with mistakes":
        execute(
            database,
            "CREATE TABLE careless (id uuid PRIMARY KEY, tenant_id uuid NOT NULL, name text UNIQUE, "
            "friend uuid REFERENCES careless (id) ON DELETE CASCADE)",
            "CREATE UNIQUE INDEX careless_lower ON careless (lower(name))",
            "CREATE POLICY everyone ON careless USING (true)",
        )
    return database


def faults(rows: list[dict[str, object]], is_fault: Callable[[dict[str, object]], bool], name: str) -> set[object]:
    return {row[name] for row in rows if is_fault(row)}


def expected(url: str, *names: str) -> set[str]:
    """
    What must be found: nothing in our own schema, everything in the careless one.
    """
    has_mistakes = fetch(url, "SELECT to_regclass('careless') IS NOT NULL AS it")[0]["it"]
    return set(names) if has_mistakes else set()


def test_every_key_begins_with_the_tenant(url):
    """
    Primary and unique keys alike, constraints and indexes, so that a tenant's rows can live on a machine of their own.
    """
    rows = fetch(url, f"{KEYS} AND c.relname <> 'alembic_version'")
    found = faults(rows, lambda row: row["first"] != "tenant_id" or not row["always"], "key")

    assert found == expected(url, "careless_pkey", "careless_name_key", "careless_lower")
    assert len(rows) > 20


def test_every_table_has_a_primary_key(url):
    """
    Without one, nothing says what a row is.
    """
    tables = {row["name"] for row in fetch(url, TABLES)}
    keyed = {row["table"] for row in fetch(url, KEYS) if row["is_primary"]}

    assert tables == keyed
    assert {"tenants", "log_heads", "entries", "disclosures", "idempotency", "consents", "attempts"} <= tables


def test_no_foreign_key_crosses_tenants(url):
    """
    Each begins with tenant_id on both sides, and none deletes what refers to it.
    """
    rows = fetch(url, REFERENCES)
    found = faults(
        rows,
        lambda row: (row["from_column"], row["to_column"]) != ("tenant_id", "tenant_id") or row["on_delete"] == b"c",
        "name",
    )

    assert found == expected(url, "careless_friend_fkey")
    assert {"entries_tenant_id_fkey", "log_heads_tenant_id_fkey"} <= {row["name"] for row in rows}


def test_every_table_has_row_security_even_for_its_owner(url):
    """
    Enabled and forced, and the owner is a role that nobody logs in as.
    """
    rows = fetch(url, SECURITY)
    found = faults(rows, lambda row: not (row["enabled"] and row["forced"] and row["owner"] == "venia_owner"), "name")

    assert found == expected(url, "careless")


def test_the_reader_is_shown_its_tenant_alone(url):
    """
    Each table has one policy for readers, for SELECT, that compares the tenant, and none for everyone.
    """
    rows = fetch(url, READABLE)
    usual = {"roles": "{venia_reader}", "cmd": "SELECT", "qual": OWN_TENANT, "with_check": None}
    found = faults(rows, lambda row: row != {"table": row["table"], **usual}, "table")
    tables = {row["name"] for row in fetch(url, SECURITY)}

    assert found == expected(url, "careless")
    assert sorted(row["table"] for row in rows) == sorted(tables)


def test_the_log_and_its_head_are_guarded_always(database):
    """
    Their triggers fire for replicas too, before any change and before TRUNCATE.
    """
    rows = fetch(
        database,
        "SELECT tgrelid::regclass::text AS table, tgname AS name, tgenabled AS enabled FROM pg_trigger "
        "WHERE NOT tgisinternal ORDER BY 1, 2",
    )

    assert [
        (row["table"], row["name"], row["enabled"]) for row in rows if row["table"] in ("entries", "log_heads")
    ] == [
        ("entries", "append_only", b"A"),
        ("entries", "never_emptied", b"A"),
        ("log_heads", "never_emptied", b"A"),
        ("log_heads", "only_grows", b"A"),
    ]


def test_migrating_again_changes_nothing(database):
    """
    What is up to date stays as it is.
    """
    before = fetch(database, f"{KEYS} ORDER BY 1, 2")
    migrate(database)

    assert fetch(database, f"{KEYS} ORDER BY 1, 2") == before

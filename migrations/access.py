"""
How a migration gives a table to its owner, lets each role do what it may, and keeps tenants apart.
"""

from alembic import op

OWNER = "venia_owner"
JOURNAL = "venia_journal"
READER = "venia_reader"
CHECKPOINTER = "venia_checkpointer"
REPAIR = "venia_repair"

_OWN_TENANT = "tenant_id = NULLIF(current_setting('venia.tenant', true), '')::uuid"


def protect(table: str, *, journal: str = "SELECT", checkpointer: str | None = None) -> None:
    """
    Hands ``table`` to venia_owner; grants journal and checkpointer these privileges and the reader its tenant's rows.

    Row-level security is forced: without a tenant set, the reader sees nothing.
    """
    op.execute(f"ALTER TABLE {table} OWNER TO {OWNER}")
    op.execute(f"GRANT {journal} ON {table} TO {JOURNAL}")
    op.execute(f"GRANT SELECT ON {table} TO {READER}")
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY journal ON {table} TO {JOURNAL} USING (true) WITH CHECK (true)")
    op.execute(f"CREATE POLICY reader ON {table} FOR SELECT TO {READER} USING ({_OWN_TENANT})")
    if checkpointer is None:
        return
    op.execute(f"GRANT {checkpointer} ON {table} TO {CHECKPOINTER}")
    writes = "FOR SELECT TO {0} USING (true)" if checkpointer == "SELECT" else "TO {0} USING (true) WITH CHECK (true)"
    op.execute(f"CREATE POLICY checkpointer ON {table} {writes.format(CHECKPOINTER)}")

"""
What people wish of whoever may call them.
"""

from alembic import op

from migrations.access import REPAIR, protect

revision = "0019"
down_revision = "0018"

_WISHES = """
    CREATE TABLE wishes (
        tenant_id UUID NOT NULL,
        wish_id UUID NOT NULL,
        contact_id UUID NOT NULL,
        says TEXT NOT NULL,
        at TIMESTAMP WITH TIME ZONE NOT NULL,
        recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
        method TEXT NOT NULL,
        event_id UUID NOT NULL,
        ended_at TIMESTAMP WITH TIME ZONE,
        end_recorded_at TIMESTAMP WITH TIME ZONE,
        ended_by UUID,
        CONSTRAINT wishes_pkey PRIMARY KEY (tenant_id, wish_id),
        CONSTRAINT wishes_ended_check CHECK (
            (ended_at IS NULL) = (ended_by IS NULL) AND (ended_at IS NULL) = (end_recorded_at IS NULL)
        )
    )
"""

# As for every other table whose rows `venia fsck` makes again.
_ONLY_TOLD = {
    "select": "USING (true)",
    "insert": "WITH CHECK (is_repair(tenant_id))",
    "update": "USING (true) WITH CHECK (is_repair(tenant_id))",
    "delete": "USING (is_repair(tenant_id))",
}


def upgrade() -> None:
    """Creates the table and hands it out; its rows go with the person, as every row about one does."""
    op.execute("SET LOCAL lock_timeout = '10s'")
    op.execute(_WISHES)
    op.execute("CREATE INDEX wishes_contact_idx ON wishes (tenant_id, contact_id)")
    protect("wishes", journal="SELECT, INSERT, UPDATE, DELETE")
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON wishes TO {REPAIR}")
    for name, clause in _ONLY_TOLD.items():
        op.execute(f"CREATE POLICY repair_{name} ON wishes FOR {name} TO {REPAIR} {clause}")
    op.execute("CREATE TRIGGER only_erased BEFORE DELETE ON wishes FOR EACH ROW EXECUTE FUNCTION refuse_unerased()")
    op.execute("ALTER TABLE wishes ENABLE ALWAYS TRIGGER only_erased")


def downgrade() -> None:
    """Drops it; what people wished is in the log alone then, and is kept to by nobody."""
    op.execute("DROP TABLE wishes")

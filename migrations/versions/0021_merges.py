"""
Merges: which contacts are one person, by an officer's word.
"""

from alembic import op

from migrations.access import REPAIR, protect

revision = "0021"
down_revision = "0020"

_TABLE = """
    CREATE TABLE merges (
        tenant_id UUID NOT NULL,
        merge_id UUID NOT NULL,
        contact_id UUID NOT NULL,
        into_id UUID NOT NULL,
        reason TEXT NOT NULL,
        merged_at TIMESTAMP WITH TIME ZONE NOT NULL,
        merged_by TEXT NOT NULL,
        undone_at TIMESTAMP WITH TIME ZONE,
        undone_by TEXT,
        undone_because TEXT,
        event_id UUID NOT NULL,
        CONSTRAINT merges_pkey PRIMARY KEY (tenant_id, merge_id),
        CONSTRAINT merges_two_check CHECK (contact_id <> into_id),
        CONSTRAINT merges_undone_check
            CHECK ((undone_at IS NULL) = (undone_by IS NULL) AND (undone_at IS NULL) = (undone_because IS NULL))
    )
    """
_INDEXES = (
    "CREATE UNIQUE INDEX merges_in_force_key ON merges (tenant_id, contact_id) WHERE undone_at IS NULL",
    "CREATE INDEX merges_into_idx ON merges (tenant_id, into_id)",
    "CREATE INDEX merges_contact_idx ON merges (tenant_id, contact_id)",
)


def upgrade() -> None:
    """Creates the table: nobody is merged yet."""
    op.execute("SET LOCAL lock_timeout = '10s'")
    op.execute(_TABLE)
    for statement in _INDEXES:
        op.execute(statement)
    protect("merges", journal="SELECT, INSERT, UPDATE, DELETE")
    op.execute("CREATE TRIGGER only_erased BEFORE DELETE ON merges FOR EACH ROW EXECUTE FUNCTION refuse_unerased()")
    op.execute("ALTER TABLE merges ENABLE ALWAYS TRIGGER only_erased")
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON merges TO {REPAIR}")
    op.execute(f"CREATE POLICY repair_select ON merges FOR SELECT TO {REPAIR} USING (true)")
    op.execute(f"CREATE POLICY repair_insert ON merges FOR INSERT TO {REPAIR} WITH CHECK (is_repair(tenant_id))")
    op.execute(
        f"CREATE POLICY repair_update ON merges FOR UPDATE TO {REPAIR} USING (true) WITH CHECK (is_repair(tenant_id))"
    )
    op.execute(f"CREATE POLICY repair_delete ON merges FOR DELETE TO {REPAIR} USING (is_repair(tenant_id))")


def downgrade() -> None:
    """Drops it; refuses while anybody is merged, since each part alone would be asked about without the others' refusals."""
    op.execute(
        """
    DO $$ BEGIN
        IF EXISTS (SELECT 1 FROM merges WHERE undone_at IS NULL) THEN
            RAISE EXCEPTION 'Contacts are merged: undo these merges first.';
        END IF;
    END $$
    """
    )
    op.execute("DROP TABLE merges")

"""
Files of evidence, sealed under the keys of the people they are about.
"""

from alembic import op

from migrations.access import REPAIR, protect

revision = "0023"
down_revision = "0022"

_FILES = """
    CREATE TABLE evidence_files (
        tenant_id UUID NOT NULL,
        file_id UUID NOT NULL,
        contact_id UUID NOT NULL,
        blind BYTEA NOT NULL,
        media_type TEXT NOT NULL,
        size BIGINT NOT NULL,
        sealed BYTEA NOT NULL,
        added_at TIMESTAMP WITH TIME ZONE NOT NULL,
        event_id UUID NOT NULL,
        CONSTRAINT evidence_files_pkey PRIMARY KEY (tenant_id, file_id),
        CONSTRAINT evidence_files_tenant_id_contact_id_blind_key UNIQUE (tenant_id, contact_id, blind),
        CONSTRAINT evidence_files_blind_check CHECK (octet_length(blind) = 32)
    )
"""
_CLAUSES = {
    "insert": "WITH CHECK (is_repair(tenant_id))",
    "update": "USING (true) WITH CHECK (is_repair(tenant_id))",
    "delete": "USING (is_repair(tenant_id))",
}


def upgrade() -> None:
    """Creates the table; its rows go with the person, as every row about one does, and a repair may drop what nothing tells of."""
    op.execute("SET LOCAL lock_timeout = '10s'")
    op.execute(_FILES)
    op.execute(
        "ALTER TABLE evidence_files ALTER COLUMN sealed SET STORAGE EXTERNAL, ALTER COLUMN sealed SET STATISTICS 0"
    )
    protect("evidence_files", journal="SELECT, INSERT, DELETE")
    op.execute(
        "CREATE TRIGGER only_erased BEFORE DELETE ON evidence_files FOR EACH ROW EXECUTE FUNCTION refuse_unerased()"
    )
    op.execute("ALTER TABLE evidence_files ENABLE ALWAYS TRIGGER only_erased")
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON evidence_files TO {REPAIR}")
    op.execute(f"CREATE POLICY repair_select ON evidence_files FOR SELECT TO {REPAIR} USING (true)")
    for name, clause in _CLAUSES.items():
        op.execute(f"CREATE POLICY repair_{name} ON evidence_files FOR {name} TO {REPAIR} {clause}")


def downgrade() -> None:
    """Drops the files: read out first what must be kept."""
    op.execute("DROP TABLE evidence_files")

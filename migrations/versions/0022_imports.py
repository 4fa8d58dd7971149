"""
Imports: how far each file has come, and what became of its rows.
"""

from alembic import op

from migrations.access import protect

revision = "0022"
down_revision = "0021"

_TABLES = (
    """
    CREATE TABLE imports (
        tenant_id UUID NOT NULL,
        import_id UUID NOT NULL,
        format TEXT NOT NULL,
        actor TEXT NOT NULL,
        state TEXT NOT NULL,
        rows BIGINT NOT NULL,
        recorded BIGINT NOT NULL,
        history BIGINT NOT NULL,
        duplicate BIGINT NOT NULL,
        conflict BIGINT NOT NULL,
        refused BIGINT NOT NULL,
        digest BYTEA NOT NULL,
        begun_at TIMESTAMP WITH TIME ZONE NOT NULL,
        changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
        event_id UUID NOT NULL,
        CONSTRAINT imports_pkey PRIMARY KEY (tenant_id, import_id),
        CONSTRAINT imports_format_check CHECK (format IN ('csv', 'ndjson')),
        CONSTRAINT imports_state_check CHECK (state IN ('open', 'done', 'cancelled')),
        CONSTRAINT imports_digest_check CHECK (octet_length(digest) = 32)
    )
    """,
    """
    CREATE TABLE import_verdicts (
        tenant_id UUID NOT NULL,
        import_id UUID NOT NULL,
        first_row BIGINT NOT NULL,
        rows BIGINT NOT NULL,
        lines BYTEA NOT NULL,
        CONSTRAINT import_verdicts_pkey PRIMARY KEY (tenant_id, import_id, first_row),
        CONSTRAINT import_verdicts_rows_check CHECK (rows >= 1)
    )
    """,
)


def upgrade() -> None:
    """Creates the tables and hands them out; a verdict that was given is never given again."""
    op.execute("SET LOCAL lock_timeout = '10s'")
    for statement in _TABLES:
        op.execute(statement)
    op.execute("CREATE INDEX imports_begun_idx ON imports (tenant_id, begun_at)")
    protect("imports", journal="SELECT, INSERT, UPDATE")
    protect("import_verdicts", journal="SELECT, INSERT")
    op.execute("ALTER TABLE import_verdicts ALTER COLUMN lines SET STATISTICS 0")


def downgrade() -> None:
    """Drops them; what was imported stays."""
    for table in ("import_verdicts", "imports"):
        op.execute(f"DROP TABLE {table}")

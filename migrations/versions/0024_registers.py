"""
Registers: which load of each is in force, and the keyed hashes of its numbers in sorted blocks.
"""

from alembic import op

from migrations.access import REPAIR, protect

revision = "0024"
down_revision = "0023"

_TABLES = (
    """
    CREATE TABLE registers (
        tenant_id UUID NOT NULL,
        register TEXT NOT NULL,
        load_id UUID NOT NULL,
        lists TEXT NOT NULL,
        country TEXT,
        as_of TIMESTAMP WITH TIME ZONE NOT NULL,
        numbers BIGINT NOT NULL,
        bits INTEGER NOT NULL,
        file_hash BYTEA NOT NULL,
        blocks_hash BYTEA NOT NULL,
        loaded_at TIMESTAMP WITH TIME ZONE NOT NULL,
        loaded_by TEXT NOT NULL,
        event_id UUID NOT NULL,
        CONSTRAINT registers_pkey PRIMARY KEY (tenant_id, register),
        CONSTRAINT registers_tenant_id_load_id_key UNIQUE (tenant_id, load_id),
        CONSTRAINT registers_lists_check CHECK (lists IN ('exclusions', 'consents')),
        CONSTRAINT registers_size_check CHECK (numbers >= 0 AND bits BETWEEN 8 AND 24)
    )
    """,
    """
    CREATE TABLE register_blocks (
        tenant_id UUID NOT NULL,
        load_id UUID NOT NULL,
        bucket INTEGER NOT NULL,
        digests BYTEA NOT NULL,
        CONSTRAINT register_blocks_pkey PRIMARY KEY (tenant_id, load_id, bucket),
        CONSTRAINT register_blocks_digests_check CHECK (octet_length(digests) % 10 = 0)
    )
    """,
    # Hashes do not compress, and a block that lies beside its row costs a second look.
    "ALTER TABLE register_blocks ALTER COLUMN digests SET STORAGE PLAIN",
    # Nobody plans by what stands in a block.
    "ALTER TABLE register_blocks ALTER COLUMN digests SET STATISTICS 0",
)

# As for every row that a repair makes again: it says so in the log before.
_ONLY_TOLD = {
    "select": "USING (true)",
    "insert": "WITH CHECK (is_repair(tenant_id))",
    "update": "USING (true) WITH CHECK (is_repair(tenant_id))",
    "delete": "USING (is_repair(tenant_id))",
}


def upgrade() -> None:
    """Creates the tables and hands them out; blocks are written once and deleted, never changed."""
    op.execute("SET LOCAL lock_timeout = '10s'")
    for statement in _TABLES:
        op.execute(statement)
    protect("registers", journal="SELECT, INSERT, UPDATE, DELETE")
    protect("register_blocks", journal="SELECT, INSERT, DELETE")
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON registers TO {REPAIR}")
    for name, clause in _ONLY_TOLD.items():
        op.execute(f"CREATE POLICY repair_{name} ON registers FOR {name} TO {REPAIR} {clause}")


def downgrade() -> None:
    """Drops them: every register has to be loaded anew."""
    for table in ("register_blocks", "registers"):
        op.execute(f"DROP TABLE {table}")

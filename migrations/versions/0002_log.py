"""
The log: tenants, heads, entries, disclosures, idempotency.
"""

from alembic import op

from migrations.access import protect

revision = "0002"
down_revision = "0001"

_TABLES = (
    """
    CREATE TABLE tenants (
        tenant_id UUID NOT NULL,
        name TEXT NOT NULL,
        wrapped_root BYTEA NOT NULL,
        created_at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT tenants_pkey PRIMARY KEY (tenant_id)
    )
    """,
    """
    CREATE TABLE log_heads (
        tenant_id UUID NOT NULL,
        origin TEXT NOT NULL,
        size BIGINT NOT NULL,
        edge BYTEA NOT NULL,
        last_leaf BYTEA NOT NULL,
        last_at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT log_heads_pkey PRIMARY KEY (tenant_id),
        CONSTRAINT log_heads_tenant_id_fkey FOREIGN KEY(tenant_id) REFERENCES tenants (tenant_id) ON DELETE RESTRICT,
        CONSTRAINT log_heads_size_check CHECK (size >= 0),
        CONSTRAINT log_heads_last_leaf_check CHECK (octet_length(last_leaf) = 32)
    )
    """,
    """
    CREATE TABLE entries (
        tenant_id UUID NOT NULL,
        entry_index BIGINT NOT NULL,
        event_id UUID NOT NULL,
        leaf_hash BYTEA NOT NULL,
        previous BYTEA NOT NULL,
        body BYTEA NOT NULL,
        event TEXT NOT NULL,
        contact_id UUID,
        recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT entries_pkey PRIMARY KEY (tenant_id, entry_index),
        CONSTRAINT entries_tenant_id_event_id_key UNIQUE (tenant_id, event_id),
        CONSTRAINT entries_tenant_id_previous_key UNIQUE (tenant_id, previous),
        CONSTRAINT entries_tenant_id_fkey FOREIGN KEY(tenant_id) REFERENCES log_heads (tenant_id) ON DELETE RESTRICT,
        CONSTRAINT entries_entry_index_check CHECK (entry_index >= 0),
        CONSTRAINT entries_leaf_hash_check CHECK (octet_length(leaf_hash) = 32),
        CONSTRAINT entries_previous_check CHECK (octet_length(previous) = 32),
        CONSTRAINT entries_body_check CHECK (octet_length(body) BETWEEN 1 AND 65535)
    )
    """,
    "CREATE INDEX entries_timeline_idx ON entries (tenant_id, contact_id, entry_index)",
    """
    CREATE TABLE disclosures (
        tenant_id UUID NOT NULL,
        event_id UUID NOT NULL,
        name TEXT NOT NULL,
        contact_id UUID NOT NULL,
        sealed BYTEA NOT NULL,
        CONSTRAINT disclosures_pkey PRIMARY KEY (tenant_id, event_id, name)
    )
    """,
    "CREATE INDEX disclosures_contact_idx ON disclosures (tenant_id, contact_id)",
    """
    CREATE TABLE idempotency (
        tenant_id UUID NOT NULL,
        key TEXT NOT NULL,
        digest BYTEA NOT NULL,
        answer TEXT NOT NULL,
        entry_index BIGINT,
        leaf_hash BYTEA,
        recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT idempotency_pkey PRIMARY KEY (tenant_id, key)
    )
    """,
    "CREATE INDEX idempotency_age_idx ON idempotency (tenant_id, recorded_at)",
)

_GUARDS = (
    """
    CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'The log is append-only: % on % is refused.', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege';
    END $$
    """,
    "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON entries FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER never_emptied BEFORE TRUNCATE ON entries FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    # Ordinary triggers are skipped under session_replication_role = replica; these are not.
    "ALTER TABLE entries ENABLE ALWAYS TRIGGER append_only",
    "ALTER TABLE entries ENABLE ALWAYS TRIGGER never_emptied",
    """
    CREATE FUNCTION refuse_shorter_log() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' AND NEW.size >= OLD.size AND NEW.tenant_id = OLD.tenant_id AND NEW.origin = OLD.origin THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'A log only grows: % on % is refused.', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege';
    END $$
    """,
    "CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON log_heads FOR EACH ROW EXECUTE FUNCTION refuse_shorter_log()",
    "CREATE TRIGGER never_emptied BEFORE TRUNCATE ON log_heads FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "ALTER TABLE log_heads ENABLE ALWAYS TRIGGER only_grows",
    "ALTER TABLE log_heads ENABLE ALWAYS TRIGGER never_emptied",
)


def upgrade() -> None:
    """Creates the tables and hands them out."""
    for statement in (*_TABLES, *_GUARDS):
        op.execute(statement)
    op.execute("ALTER TABLE log_heads SET (fillfactor = 50)")
    protect("tenants", journal="SELECT, INSERT")
    protect("log_heads", journal="SELECT, INSERT, UPDATE", checkpointer="SELECT")
    protect("entries", journal="SELECT, INSERT", checkpointer="SELECT")
    protect("disclosures", journal="SELECT, INSERT")
    protect("idempotency", journal="SELECT, INSERT, DELETE")


def downgrade() -> None:
    """Drops them."""
    op.execute("DROP TABLE idempotency")
    op.execute("DROP TABLE disclosures")
    op.execute("DROP TABLE entries")
    op.execute("DROP TABLE log_heads")
    op.execute("DROP TABLE tenants")
    op.execute("DROP FUNCTION refuse_shorter_log")
    op.execute("DROP FUNCTION refuse_change")

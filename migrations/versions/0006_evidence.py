"""
Evidence: what the checkpointer publishes, exports, and incarnations of a log.
"""

from alembic import op

from migrations.access import CHECKPOINTER, protect

revision = "0006"
down_revision = "0005"

# A database that was restored from a backup begins a new incarnation of each log that lost entries.
_INCARNATIONS = (
    "ALTER TABLE log_heads ADD COLUMN incarnation INTEGER NOT NULL DEFAULT 1",
    "ALTER TABLE entries ADD COLUMN incarnation INTEGER NOT NULL DEFAULT 1",
    "ALTER TABLE entries DROP CONSTRAINT entries_pkey",
    "ALTER TABLE entries ADD CONSTRAINT entries_pkey PRIMARY KEY (tenant_id, incarnation, entry_index)",
    "ALTER TABLE entries DROP CONSTRAINT entries_tenant_id_previous_key",
    (
        "ALTER TABLE entries ADD CONSTRAINT entries_tenant_id_incarnation_previous_key "
        "UNIQUE (tenant_id, incarnation, previous)"
    ),
    "DROP INDEX entries_timeline_idx",
    "CREATE INDEX entries_timeline_idx ON entries (tenant_id, contact_id, incarnation, entry_index)",
    "ALTER TABLE idempotency ADD COLUMN incarnation INTEGER",
    "UPDATE idempotency SET incarnation = 1 WHERE entry_index IS NOT NULL",
    """
    CREATE OR REPLACE FUNCTION refuse_shorter_log() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' AND NEW.tenant_id = OLD.tenant_id THEN
            IF NEW.origin = OLD.origin AND NEW.incarnation = OLD.incarnation AND NEW.size >= OLD.size THEN
                RETURN NEW;
            END IF;
            -- A new incarnation is another log, which begins with nothing.
            IF NEW.origin <> OLD.origin AND NEW.incarnation > OLD.incarnation AND NEW.size = 0 THEN
                RETURN NEW;
            END IF;
        END IF;
        RAISE EXCEPTION 'A log only grows: % on % is refused.', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege';
    END $$
    """,
)

_TABLES = (
    """
    CREATE TABLE tiles (
        tenant_id UUID NOT NULL,
        origin TEXT NOT NULL,
        level SMALLINT NOT NULL,
        tile_index BIGINT NOT NULL,
        hashes BYTEA NOT NULL,
        CONSTRAINT tiles_pkey PRIMARY KEY (tenant_id, origin, level, tile_index),
        CONSTRAINT tiles_hashes_check CHECK (octet_length(hashes) % 32 = 0 AND octet_length(hashes) BETWEEN 32 AND 8192)
    )
    """,
    """
    CREATE TABLE checkpoints (
        tenant_id UUID NOT NULL,
        origin TEXT NOT NULL,
        size BIGINT NOT NULL,
        root BYTEA NOT NULL,
        note BYTEA NOT NULL,
        signed_at TIMESTAMP WITH TIME ZONE NOT NULL,
        meta_origin TEXT,
        meta_index BIGINT,
        CONSTRAINT checkpoints_pkey PRIMARY KEY (tenant_id, origin, size),
        CONSTRAINT checkpoints_root_check CHECK (octet_length(root) = 32)
    )
    """,
    "CREATE INDEX checkpoints_age_idx ON checkpoints (tenant_id, signed_at)",
    """
    CREATE TABLE meta_leaves (
        tenant_id UUID NOT NULL,
        meta_origin TEXT NOT NULL,
        meta_index BIGINT NOT NULL,
        body BYTEA NOT NULL,
        CONSTRAINT meta_leaves_pkey PRIMARY KEY (tenant_id, meta_origin, meta_index)
    )
    """,
    """
    CREATE TABLE cosignatures (
        tenant_id UUID NOT NULL,
        origin TEXT NOT NULL,
        size BIGINT NOT NULL,
        witness TEXT NOT NULL,
        cosigned_at TIMESTAMP WITH TIME ZONE NOT NULL,
        line TEXT NOT NULL,
        CONSTRAINT cosignatures_pkey PRIMARY KEY (tenant_id, origin, size, witness, cosigned_at)
    )
    """,
    """
    CREATE TABLE timestamps (
        tenant_id UUID NOT NULL,
        origin TEXT NOT NULL,
        size BIGINT NOT NULL,
        stamped_at TIMESTAMP WITH TIME ZONE NOT NULL,
        stamped BYTEA NOT NULL,
        token BYTEA NOT NULL,
        CONSTRAINT timestamps_pkey PRIMARY KEY (tenant_id, origin, size, stamped_at)
    )
    """,
    """
    CREATE TABLE log_keys (
        tenant_id UUID NOT NULL,
        origin TEXT NOT NULL,
        vkey TEXT NOT NULL,
        valid_from TIMESTAMP WITH TIME ZONE NOT NULL,
        valid_until TIMESTAMP WITH TIME ZONE,
        CONSTRAINT log_keys_pkey PRIMARY KEY (tenant_id, origin, vkey)
    )
    """,
    """
    CREATE TABLE checkpointer_reports (
        tenant_id UUID NOT NULL,
        reported_at TIMESTAMP WITH TIME ZONE NOT NULL,
        refusal TEXT,
        refused BIGINT NOT NULL,
        warning TEXT,
        CONSTRAINT checkpointer_reports_pkey PRIMARY KEY (tenant_id)
    )
    """,
    """
    CREATE TABLE exports (
        tenant_id UUID NOT NULL,
        export_id UUID NOT NULL,
        origin TEXT NOT NULL,
        entry_index BIGINT NOT NULL,
        format TEXT NOT NULL,
        first_index BIGINT NOT NULL,
        end_index BIGINT,
        contact_id UUID,
        disclose TEXT[] NOT NULL,
        actor TEXT NOT NULL,
        requested_at TIMESTAMP WITH TIME ZONE NOT NULL,
        state TEXT NOT NULL,
        done BIGINT NOT NULL,
        total BIGINT NOT NULL,
        detail TEXT,
        file TEXT,
        bytes BIGINT,
        digest BYTEA,
        ready_at TIMESTAMP WITH TIME ZONE,
        expires_at TIMESTAMP WITH TIME ZONE,
        CONSTRAINT exports_pkey PRIMARY KEY (tenant_id, export_id),
        CONSTRAINT exports_state_check CHECK (state IN ('queued', 'running', 'ready', 'failed', 'withdrawn'))
    )
    """,
    "CREATE INDEX exports_waiting_idx ON exports (tenant_id, requested_at) WHERE state IN ('queued', 'running')",
)

_GUARDS = (
    """
    CREATE FUNCTION refuse_other_tile() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' AND (NEW.tenant_id, NEW.origin, NEW.level, NEW.tile_index)
            = (OLD.tenant_id, OLD.origin, OLD.level, OLD.tile_index)
            AND substring(NEW.hashes FROM 1 FOR octet_length(OLD.hashes)) = OLD.hashes THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'A tile only grows: % on % is refused.', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege';
    END $$
    """,
    "CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON tiles FOR EACH ROW EXECUTE FUNCTION refuse_other_tile()",
    "ALTER TABLE tiles ENABLE ALWAYS TRIGGER only_grows",
    *(
        statement
        for table in ("checkpoints", "meta_leaves", "cosignatures", "timestamps")
        for statement in (
            (
                f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
            ),
            f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER append_only",
        )
    ),
    *(
        statement
        for table in ("tiles", "checkpoints", "meta_leaves", "cosignatures", "timestamps")
        for statement in (
            (
                f"CREATE TRIGGER never_emptied BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            ),
            f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER never_emptied",
        )
    ),
)

_DROPPED = (
    "checkpointer_reports",
    "exports",
    "log_keys",
    "timestamps",
    "cosignatures",
    "meta_leaves",
    "checkpoints",
    "tiles",
)


def upgrade() -> None:
    """Creates the tables and hands them out: the checkpointer writes its own, and of exports only how they go."""
    op.execute("SET LOCAL lock_timeout = '10s'")
    for statement in (*_INCARNATIONS, *_TABLES, *_GUARDS):
        op.execute(statement)
    protect("tiles", checkpointer="SELECT, INSERT, UPDATE")
    for table in ("checkpoints", "meta_leaves", "cosignatures", "timestamps"):
        protect(table, checkpointer="SELECT, INSERT")
    protect("log_keys", checkpointer="SELECT, INSERT, UPDATE")
    protect("checkpointer_reports", checkpointer="SELECT, INSERT, UPDATE, DELETE")
    protect("exports", journal="SELECT, INSERT", checkpointer="SELECT")
    op.execute(
        "GRANT UPDATE (state, done, total, detail, file, bytes, digest, ready_at, expires_at) "
        f"ON exports TO {CHECKPOINTER}"
    )
    op.execute(f"CREATE POLICY progress ON exports FOR UPDATE TO {CHECKPOINTER} USING (true) WITH CHECK (true)")


def downgrade() -> None:
    """Drops them; refuses by its constraints if a log has begun a second incarnation."""
    for table in _DROPPED:
        op.execute(f"DROP TABLE {table}")
    op.execute("DROP FUNCTION refuse_other_tile")
    op.execute("ALTER TABLE idempotency DROP COLUMN incarnation")
    op.execute("DROP INDEX entries_timeline_idx")
    op.execute("ALTER TABLE entries DROP CONSTRAINT entries_tenant_id_incarnation_previous_key")
    op.execute("ALTER TABLE entries DROP CONSTRAINT entries_pkey")
    op.execute("ALTER TABLE entries DROP COLUMN incarnation")
    op.execute("ALTER TABLE log_heads DROP COLUMN incarnation")
    op.execute("ALTER TABLE entries ADD CONSTRAINT entries_pkey PRIMARY KEY (tenant_id, entry_index)")
    op.execute("ALTER TABLE entries ADD CONSTRAINT entries_tenant_id_previous_key UNIQUE (tenant_id, previous)")
    op.execute("CREATE INDEX entries_timeline_idx ON entries (tenant_id, contact_id, entry_index)")
    op.execute(
        """
    CREATE OR REPLACE FUNCTION refuse_shorter_log() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' AND NEW.size >= OLD.size AND NEW.tenant_id = OLD.tenant_id AND NEW.origin = OLD.origin THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'A log only grows: % on % is refused.', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege';
    END $$
    """
    )

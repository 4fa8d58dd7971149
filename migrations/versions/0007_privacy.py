"""
Forgetting and keeping: versions of keys, tombstones, legal holds, retention, pruning, secrets that overlap.
"""

from alembic import op

from migrations.access import JOURNAL, protect

revision = "0007"
down_revision = "0006"

# A tenant's keys have versions; one without bytes of its own derives from the root.
_KEYS = (
    """
    CREATE TABLE tenant_keys (
        tenant_id UUID NOT NULL,
        purpose TEXT NOT NULL,
        version INTEGER NOT NULL,
        wrapped BYTEA,
        wrapped_by TEXT,
        created_at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT tenant_keys_pkey PRIMARY KEY (tenant_id, purpose, version),
        CONSTRAINT tenant_keys_purpose_check CHECK (purpose IN ('root', 'index', 'data')),
        CONSTRAINT tenant_keys_version_check CHECK (version >= 1 AND (purpose <> 'root' OR version = 1)),
        CONSTRAINT tenant_keys_wrapped_check CHECK ((wrapped IS NULL) = (wrapped_by IS NULL)),
        CONSTRAINT tenant_keys_derived_check CHECK (wrapped IS NOT NULL OR (purpose <> 'root' AND version = 1))
    )
    """,
    (
        "INSERT INTO tenant_keys SELECT tenant_id, 'root', 1, wrapped_root, 'local', created_at FROM tenants "
        "UNION ALL SELECT tenant_id, 'index', 1, NULL, NULL, created_at FROM tenants "
        "UNION ALL SELECT tenant_id, 'data', 1, NULL, NULL, created_at FROM tenants"
    ),
    "ALTER TABLE tenants DROP COLUMN wrapped_root",
    "ALTER TABLE tenants ADD COLUMN keys_revision BIGINT NOT NULL DEFAULT 1",
    # Version 0 is the key-encryption key itself, which wrapped every data key until now.
    "ALTER TABLE contacts ADD COLUMN key_version INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE contacts ALTER COLUMN key_version DROP DEFAULT",
    # Keyed hashes of the numbers that a sealed delivery mentions, so that erasing a person finds it.
    "ALTER TABLE unreadable_items ADD COLUMN mentions BYTEA[] NOT NULL DEFAULT '{}'",
    "ALTER TABLE unreadable_items ALTER COLUMN mentions DROP DEFAULT",
    "CREATE INDEX contacts_key_idx ON contacts (tenant_id, key_version, contact_id)",
    "ALTER TABLE identifiers ADD COLUMN index_version INTEGER NOT NULL DEFAULT 1",
    "ALTER TABLE identifiers ALTER COLUMN index_version DROP DEFAULT",
    "CREATE INDEX identifiers_key_idx ON identifiers (tenant_id, index_version, identifier_id)",
    "ALTER TABLE channels ADD COLUMN sealed_previous_app_secret BYTEA",
    "ALTER TABLE channels ADD COLUMN previous_until TIMESTAMP WITH TIME ZONE",
    (
        "ALTER TABLE channels ADD CONSTRAINT channels_previous_check "
        "CHECK ((sealed_previous_app_secret IS NULL) = (previous_until IS NULL))"
    ),
)

_TABLES = (
    # What an erased person refused, found by the identifier alone: no contact, and no moment finer than a day.
    """
    CREATE TABLE tombstones (
        tenant_id UUID NOT NULL,
        tombstone_id UUID NOT NULL,
        kind TEXT NOT NULL,
        digest BYTEA NOT NULL,
        purposes TEXT[],
        categories TEXT[],
        channels TEXT[],
        sender_id TEXT,
        until DATE NOT NULL,
        CONSTRAINT tombstones_pkey PRIMARY KEY (tenant_id, tombstone_id),
        CONSTRAINT tombstones_digest_check CHECK (octet_length(digest) = 32)
    )
    """,
    "CREATE INDEX tombstones_digest_idx ON tombstones (tenant_id, kind, digest)",
    """
    CREATE TABLE legal_holds (
        tenant_id UUID NOT NULL,
        legal_hold_id UUID NOT NULL,
        contact_id UUID,
        matter TEXT NOT NULL,
        reason TEXT NOT NULL,
        review_on DATE NOT NULL,
        placed_at TIMESTAMP WITH TIME ZONE NOT NULL,
        placed_by TEXT NOT NULL,
        reviewed_at TIMESTAMP WITH TIME ZONE,
        reviewed_by TEXT,
        lifted_at TIMESTAMP WITH TIME ZONE,
        lifted_by TEXT,
        lifted_because TEXT,
        event_id UUID NOT NULL,
        CONSTRAINT legal_holds_pkey PRIMARY KEY (tenant_id, legal_hold_id),
        CONSTRAINT legal_holds_lifted_check
            CHECK ((lifted_at IS NULL) = (lifted_by IS NULL) AND (lifted_at IS NULL) = (lifted_because IS NULL)),
        CONSTRAINT legal_holds_reviewed_check CHECK ((reviewed_at IS NULL) = (reviewed_by IS NULL))
    )
    """,
    "CREATE INDEX legal_holds_open_idx ON legal_holds (tenant_id, contact_id) WHERE lifted_at IS NULL",
    """
    CREATE TABLE retention_rules (
        tenant_id UUID NOT NULL,
        kind TEXT NOT NULL,
        days INTEGER NOT NULL,
        event_id UUID NOT NULL,
        CONSTRAINT retention_rules_pkey PRIMARY KEY (tenant_id, kind),
        CONSTRAINT retention_rules_days_check CHECK (days >= 1)
    )
    """,
    """
    CREATE TABLE prunings (
        tenant_id UUID NOT NULL,
        origin TEXT NOT NULL,
        incarnation INTEGER NOT NULL,
        up_to BIGINT NOT NULL,
        root BYTEA NOT NULL,
        pruned_at TIMESTAMP WITH TIME ZONE NOT NULL,
        event_id UUID NOT NULL,
        CONSTRAINT prunings_pkey PRIMARY KEY (tenant_id, origin, up_to),
        CONSTRAINT prunings_root_check CHECK (octet_length(root) = 32),
        CONSTRAINT prunings_up_to_check CHECK (up_to > 0 AND up_to % 256 = 0)
    )
    """,
    "ALTER TABLE exports ADD COLUMN language TEXT",
    "CREATE INDEX entries_erased_idx ON entries (tenant_id, incarnation, entry_index) WHERE event = 'contact.erased'",
)

_GUARDS = (
    # The prefix that a recorded pruning names may go, once a signed checkpoint covers it; nothing else ever.
    """
    CREATE FUNCTION refuse_unpruned() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' AND EXISTS (
            SELECT 1 FROM prunings p WHERE p.tenant_id = OLD.tenant_id AND p.incarnation = OLD.incarnation
            AND p.up_to > OLD.entry_index
        ) THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION 'The log is append-only: % on % is refused.', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege';
    END $$
    """,
    "DROP TRIGGER append_only ON entries",
    "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON entries FOR EACH ROW EXECUTE FUNCTION refuse_unpruned()",
    "ALTER TABLE entries ENABLE ALWAYS TRIGGER append_only",
    """
    CREATE FUNCTION refuse_unsigned_pruning() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (
            SELECT 1 FROM checkpoints c JOIN log_heads h ON h.tenant_id = c.tenant_id AND h.origin = c.origin
            WHERE c.tenant_id = NEW.tenant_id AND c.origin = NEW.origin AND c.size >= NEW.up_to
            AND h.incarnation = NEW.incarnation
        ) THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'No signed checkpoint covers what is to be pruned.' USING ERRCODE = 'insufficient_privilege';
    END $$
    """,
    ("CREATE TRIGGER only_signed BEFORE INSERT ON prunings FOR EACH ROW EXECUTE FUNCTION refuse_unsigned_pruning()"),
    "ALTER TABLE prunings ENABLE ALWAYS TRIGGER only_signed",
    "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON prunings FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "ALTER TABLE prunings ENABLE ALWAYS TRIGGER append_only",
    "CREATE TRIGGER never_emptied BEFORE TRUNCATE ON prunings FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "ALTER TABLE prunings ENABLE ALWAYS TRIGGER never_emptied",
)

# What is known of a person goes with an entry that says so, and in no other way.
_PEOPLE = ("contacts", "identifiers", "consents", "permissions", "suppressions", "reviews", "disclosures")
_UNERASED = (
    """
    CREATE FUNCTION refuse_unerased() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (
            SELECT 1 FROM entries e WHERE e.tenant_id = OLD.tenant_id AND e.contact_id = OLD.contact_id
            AND e.event = 'contact.erased'
        ) THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION 'Nobody was erased: % on % is refused.', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege';
    END $$
    """,
    *(
        statement
        for table in _PEOPLE
        for statement in (
            (f"CREATE TRIGGER only_erased BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_unerased()"),
            f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER only_erased",
        )
    ),
)

# The planner's samples of what is sealed would outlive the rows that they were taken from.
_UNSAMPLED = (
    ("contacts", "wrapped_key"),
    ("identifiers", "sealed"),
    ("disclosures", "sealed"),
    ("unreadable_items", "sealed"),
)

# What erasure and retention take away.
_FORGOTTEN = (
    "contacts",
    "identifiers",
    "consents",
    "permissions",
    "suppressions",
    "reviews",
    "disclosures",
    "unreadable_items",
    "attempts",
    "entries",
)


def upgrade() -> None:
    """Creates the tables and hands them out."""
    op.execute("SET LOCAL lock_timeout = '10s'")
    for statement in (*_KEYS, *_TABLES):
        op.execute(statement)
    protect("tenant_keys", journal="SELECT, INSERT, UPDATE, DELETE")
    protect("tombstones", journal="SELECT, INSERT, DELETE")
    protect("legal_holds", journal="SELECT, INSERT, UPDATE")
    protect("retention_rules", journal="SELECT, INSERT, UPDATE, DELETE")
    protect("prunings", journal="SELECT, INSERT", checkpointer="SELECT")
    for statement in (*_GUARDS, *_UNERASED):
        op.execute(statement)
    for table, column in _UNSAMPLED:
        op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 0")
    op.execute(f"GRANT UPDATE (keys_revision) ON tenants TO {JOURNAL}")
    op.execute(f"GRANT UPDATE ON channels TO {JOURNAL}")
    for table in _FORGOTTEN:
        op.execute(f"GRANT DELETE ON {table} TO {JOURNAL}")


def downgrade() -> None:
    """Drops them; refuses where a key was rotated or a body pruned, since what is gone cannot be put back."""
    op.execute(
        """
    DO $$ BEGIN
        IF EXISTS (SELECT 1 FROM prunings) OR EXISTS (SELECT 1 FROM tenant_keys WHERE version > 1)
            OR EXISTS (SELECT 1 FROM contacts WHERE key_version > 0) OR EXISTS (SELECT 1 FROM tombstones) THEN
            RAISE EXCEPTION 'Keys were rotated, people erased or bodies pruned: this cannot be undone.';
        END IF;
    END $$
    """
    )
    for table in _PEOPLE:
        op.execute(f"DROP TRIGGER only_erased ON {table}")
    op.execute("DROP FUNCTION refuse_unerased")
    for table, column in _UNSAMPLED:
        op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS -1")
    for table in _FORGOTTEN:
        op.execute(f"REVOKE DELETE ON {table} FROM {JOURNAL}")
    op.execute(f"REVOKE UPDATE ON channels FROM {JOURNAL}")
    op.execute("DROP TRIGGER append_only ON entries")
    op.execute(
        "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON entries FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute("ALTER TABLE entries ENABLE ALWAYS TRIGGER append_only")
    op.execute("DROP INDEX entries_erased_idx")
    op.execute("ALTER TABLE exports DROP COLUMN language")
    op.execute("DROP TABLE prunings")
    op.execute("DROP FUNCTION refuse_unsigned_pruning")
    op.execute("DROP FUNCTION refuse_unpruned")
    op.execute("DROP TABLE retention_rules")
    op.execute("DROP TABLE legal_holds")
    op.execute("DROP TABLE tombstones")
    op.execute("ALTER TABLE channels DROP CONSTRAINT channels_previous_check")
    op.execute("ALTER TABLE channels DROP COLUMN previous_until")
    op.execute("ALTER TABLE channels DROP COLUMN sealed_previous_app_secret")
    op.execute("ALTER TABLE unreadable_items DROP COLUMN mentions")
    op.execute("ALTER TABLE identifiers DROP COLUMN index_version")
    op.execute("ALTER TABLE contacts DROP COLUMN key_version")
    op.execute("ALTER TABLE tenants DROP COLUMN keys_revision")
    op.execute("ALTER TABLE tenants ADD COLUMN wrapped_root BYTEA")
    op.execute(
        "UPDATE tenants t SET wrapped_root = k.wrapped FROM tenant_keys k "
        "WHERE k.tenant_id = t.tenant_id AND k.purpose = 'root'"
    )
    op.execute("ALTER TABLE tenants ALTER COLUMN wrapped_root SET NOT NULL")
    op.execute("DROP TABLE tenant_keys")

"""
Checking and repair: how far a check has come, and a role that makes rows again from the log.
"""

from alembic import op

from migrations.access import REPAIR, protect

revision = "0008"
down_revision = "0007"

_PROGRESS = """
    CREATE TABLE fsck_progress (
        tenant_id UUID NOT NULL,
        verified TEXT,
        under_way TEXT,
        saved_at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT fsck_progress_pkey PRIMARY KEY (tenant_id)
    )
    """

_ROLE = f"""
    DO $$ BEGIN
        CREATE ROLE {REPAIR} NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END $$
    """

_READ = ("tenants", "tenant_keys", "log_heads", "entries", "checkpoints", "prunings", "log_keys", "retention_rules")
_REPAIRED = (
    "contacts",
    "identifiers",
    "consents",
    "permissions",
    "suppressions",
    "reviews",
    "legal_holds",
    "attempts",
    "idempotency",
    "disclosures",
    "tiles",
)

# A repair says in the log what it does, in the same transaction, before it may do what nobody else may.
_IS_REPAIR = f"""
    CREATE FUNCTION is_repair(tenant UUID) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
    BEGIN
        RETURN current_user = '{REPAIR}' AND EXISTS (
            SELECT 1 FROM entries e WHERE e.tenant_id = tenant AND e.event = 'projection.repaired'
            AND e.event_id = NULLIF(current_setting('venia.repair', true), '')::uuid
        );
    END $$
    """

# Rows may be locked before; none may be written.
_ONLY_TOLD = {
    "select": "USING (true)",
    "insert": "WITH CHECK (is_repair(tenant_id))",
    "update": "USING (true) WITH CHECK (is_repair(tenant_id))",
    "delete": "USING (is_repair(tenant_id))",
}

_UNERASED = """
    CREATE OR REPLACE FUNCTION refuse_unerased() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (
            SELECT 1 FROM entries e WHERE e.tenant_id = OLD.tenant_id AND e.contact_id = OLD.contact_id
            AND e.event = 'contact.erased'
        ) {or_repair} THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION 'Nobody was erased: % on % is refused.', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege';
    END $$
    """

_OTHER_TILE = """
    CREATE OR REPLACE FUNCTION refuse_other_tile() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' AND (NEW.tenant_id, NEW.origin, NEW.level, NEW.tile_index)
            = (OLD.tenant_id, OLD.origin, OLD.level, OLD.tile_index)
            AND (substring(NEW.hashes FROM 1 FOR octet_length(OLD.hashes)) = OLD.hashes {or_repair}) THEN
            RETURN NEW;
        END IF;
        {deletes}
        RAISE EXCEPTION 'A tile only grows: % on % is refused.', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege';
    END $$
    """

_OR_REPAIR = "OR is_repair(OLD.tenant_id)"
_DELETES = "IF TG_OP = 'DELETE' AND is_repair(OLD.tenant_id) THEN RETURN OLD; END IF;"


def upgrade() -> None:
    """Creates the table and the role, and lets it do what it is for."""
    op.execute("SET LOCAL lock_timeout = '10s'")
    op.execute(_PROGRESS)
    protect("fsck_progress", journal="SELECT, INSERT, UPDATE")
    op.execute(_ROLE)
    op.execute(f"GRANT {REPAIR} TO CURRENT_USER")
    op.execute(f"GRANT USAGE ON SCHEMA public TO {REPAIR}")
    op.execute(_IS_REPAIR)
    for table in _READ:
        op.execute(f"GRANT SELECT ON {table} TO {REPAIR}")
        op.execute(f"CREATE POLICY repair ON {table} TO {REPAIR} USING (true) WITH CHECK (true)")
    op.execute(f"GRANT INSERT ON entries TO {REPAIR}")
    op.execute(f"GRANT UPDATE ON log_heads TO {REPAIR}")
    for table in _REPAIRED:
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {REPAIR}")
        for name, clause in _ONLY_TOLD.items():
            op.execute(f"CREATE POLICY repair_{name} ON {table} FOR {name} TO {REPAIR} {clause}")
    op.execute(_UNERASED.format(or_repair=_OR_REPAIR))
    op.execute(_OTHER_TILE.format(or_repair=_OR_REPAIR, deletes=_DELETES))


def downgrade() -> None:
    """Takes all of it back; what was repaired stays."""
    op.execute(_OTHER_TILE.format(or_repair="", deletes=""))
    op.execute(_UNERASED.format(or_repair=""))
    op.execute(f"DROP OWNED BY {REPAIR}")
    op.execute("DROP FUNCTION is_repair")
    op.execute(
        f"""
        DO $$ BEGIN
            DROP ROLE {REPAIR};
        EXCEPTION WHEN dependent_objects_still_exist THEN NULL;
        END $$
        """
    )
    op.execute("DROP TABLE fsck_progress")

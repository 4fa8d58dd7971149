"""
The life of a consent: confirmed by, renewed at, what it takes the place of, and what is to be told of it when its time comes.
"""

from alembic import op

from migrations.access import protect

revision = "0027"
down_revision = "0026"

_COLUMNS = ("confirm_by", "confirms", "renew_at", "supersedes", "token_digest")
_REMINDERS = """
    CREATE TABLE reminders (
        tenant_id UUID NOT NULL,
        consent_id UUID NOT NULL,
        what TEXT NOT NULL,
        contact_id UUID NOT NULL,
        due_at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT reminders_pkey PRIMARY KEY (tenant_id, consent_id, what),
        CONSTRAINT reminders_what_check CHECK (what IN ('confirmation_lapsed', 'renewal_due', 'expired'))
    )
"""


def upgrade() -> None:
    """Adds the dates, which consents of old have not, and the table of what is due."""
    op.execute("SET LOCAL lock_timeout = '10s'")
    op.execute(
        "ALTER TABLE consents ADD COLUMN confirm_by TIMESTAMP WITH TIME ZONE, ADD COLUMN confirms UUID, "
        "ADD COLUMN renew_at TIMESTAMP WITH TIME ZONE, ADD COLUMN supersedes UUID, ADD COLUMN token_digest BYTEA"
    )
    for name, state in (("confirm_by", "pending"), ("confirms", "granted")):
        constraint = f"consents_{name}_check"
        op.execute(
            f"ALTER TABLE consents ADD CONSTRAINT {constraint} CHECK ({name} IS NULL OR state = '{state}') NOT VALID"
        )
        op.execute(f"ALTER TABLE consents VALIDATE CONSTRAINT {constraint}")
    op.execute("CREATE INDEX consents_token_idx ON consents (tenant_id, token_digest) WHERE token_digest IS NOT NULL")
    op.execute("ALTER TABLE consents ALTER COLUMN token_digest SET STATISTICS 0")
    op.execute(_REMINDERS)
    op.execute("CREATE INDEX reminders_contact_idx ON reminders (tenant_id, contact_id)")
    op.execute("CREATE INDEX reminders_due_idx ON reminders (due_at)")
    protect("reminders", journal="SELECT, INSERT, DELETE")


def downgrade() -> None:
    """Drops them; what waits to be confirmed then waits for good, and nobody is told of anything."""
    op.execute("DROP TABLE reminders")
    op.execute("DROP INDEX consents_token_idx")
    for name in _COLUMNS:
        op.execute(f"ALTER TABLE consents DROP COLUMN {name}")

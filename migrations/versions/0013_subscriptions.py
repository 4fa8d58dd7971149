"""
Subscriptions: who hears of which events, how far each line has come, and what could not be delivered.
"""

from alembic import op

from migrations.access import CHECKPOINTER, protect

revision = "0013"
down_revision = "0012"

_TABLES = (
    """
    CREATE TABLE subscriptions (
        tenant_id UUID NOT NULL,
        subscription_id UUID NOT NULL,
        url TEXT NOT NULL,
        types TEXT[] NOT NULL,
        sealed_secret BYTEA NOT NULL,
        state TEXT NOT NULL,
        created_at TIMESTAMP WITH TIME ZONE NOT NULL,
        event_id UUID NOT NULL,
        CONSTRAINT subscriptions_pkey PRIMARY KEY (tenant_id, subscription_id),
        CONSTRAINT subscriptions_state_check CHECK (state IN ('active', 'gone'))
    )
    """,
    # The line is the worker's: what it may write is apart from where events go and how they are signed.
    """
    CREATE TABLE subscription_lines (
        tenant_id UUID NOT NULL,
        subscription_id UUID NOT NULL,
        incarnation INTEGER NOT NULL,
        entry_index BIGINT NOT NULL,
        attempts INTEGER NOT NULL,
        next_at TIMESTAMP WITH TIME ZONE,
        detail TEXT,
        delivered_at TIMESTAMP WITH TIME ZONE,
        lease UUID,
        lease_until TIMESTAMP WITH TIME ZONE,
        CONSTRAINT subscription_lines_pkey PRIMARY KEY (tenant_id, subscription_id),
        CONSTRAINT subscription_lines_lease_check CHECK ((lease IS NULL) = (lease_until IS NULL))
    )
    """,
    """
    CREATE TABLE dead_letters (
        tenant_id UUID NOT NULL,
        subscription_id UUID NOT NULL,
        event_id UUID NOT NULL,
        incarnation INTEGER NOT NULL,
        entry_index BIGINT NOT NULL,
        event TEXT NOT NULL,
        attempts INTEGER NOT NULL,
        detail TEXT NOT NULL,
        died_at TIMESTAMP WITH TIME ZONE NOT NULL,
        asked_at TIMESTAMP WITH TIME ZONE,
        CONSTRAINT dead_letters_pkey PRIMARY KEY (tenant_id, subscription_id, event_id)
    )
    """,
)

_PROGRESS = "incarnation, entry_index, attempts, next_at, detail, delivered_at, lease, lease_until"


def upgrade() -> None:
    """Creates the tables and hands them out; the worker never sees a secret by its role."""
    op.execute("SET LOCAL lock_timeout = '10s'")
    for statement in _TABLES:
        op.execute(statement)
    op.execute(
        "CREATE INDEX dead_letters_asked_idx ON dead_letters (tenant_id, subscription_id) WHERE asked_at IS NOT NULL"
    )
    protect("subscriptions", journal="SELECT, INSERT, UPDATE, DELETE")
    protect("subscription_lines", journal="SELECT, INSERT, UPDATE, DELETE", checkpointer="SELECT")
    op.execute(f"GRANT UPDATE ({_PROGRESS}) ON subscription_lines TO {CHECKPOINTER}")
    op.execute(
        f"CREATE POLICY progress ON subscription_lines FOR UPDATE TO {CHECKPOINTER} USING (true) WITH CHECK (true)"
    )
    protect("dead_letters", journal="SELECT, UPDATE, DELETE", checkpointer="SELECT, INSERT, UPDATE, DELETE")
    op.execute("ALTER TABLE subscriptions ALTER COLUMN sealed_secret SET STATISTICS 0")


def downgrade() -> None:
    """Drops them; nobody hears of anything any more."""
    for table in ("dead_letters", "subscription_lines", "subscriptions"):
        op.execute(f"DROP TABLE {table}")

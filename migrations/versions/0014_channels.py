"""
Channels of other kinds, and the deliveries that are kept to be read again.
"""

from alembic import op

from migrations.access import protect

revision = "0014"
down_revision = "0013"

_DELIVERIES = """
    CREATE TABLE deliveries (
        tenant_id UUID NOT NULL,
        delivery_id UUID NOT NULL,
        channel_id TEXT NOT NULL,
        received_at TIMESTAMP WITH TIME ZONE NOT NULL,
        sealed BYTEA NOT NULL,
        mentions BYTEA[] NOT NULL,
        CONSTRAINT deliveries_pkey PRIMARY KEY (tenant_id, delivery_id)
    )
"""


def upgrade() -> None:
    """Lets channels be of more kinds, and creates the table of deliveries; erasure and retention delete its rows."""
    op.execute("SET LOCAL lock_timeout = '10s'")
    op.execute("ALTER TABLE channels DROP CONSTRAINT channels_kind_check")
    op.execute(
        "ALTER TABLE channels ADD CONSTRAINT channels_kind_check CHECK (kind IN ('whatsapp', 'twilio', 'generic'))"
    )
    op.execute(_DELIVERIES)
    op.execute("CREATE INDEX deliveries_age_idx ON deliveries (tenant_id, received_at)")
    op.execute("ALTER TABLE deliveries ALTER COLUMN sealed SET STATISTICS 0")
    protect("deliveries", journal="SELECT, INSERT, DELETE")


def downgrade() -> None:
    """Drops the table; refuses where a channel of another kind exists, whose deliveries nobody would read."""
    op.execute("DROP TABLE deliveries")
    op.execute("ALTER TABLE channels DROP CONSTRAINT channels_kind_check")
    op.execute("ALTER TABLE channels ADD CONSTRAINT channels_kind_check CHECK (kind = 'whatsapp')")

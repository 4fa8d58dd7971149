"""
What is sent to people: the outbox, and the token with which a channel answers.
"""

from alembic import op

from migrations.access import protect

revision = "0011"
down_revision = "0010"

_OUTBOX = """
    CREATE TABLE outbox (
        tenant_id UUID NOT NULL,
        message_id UUID NOT NULL,
        contact_id UUID NOT NULL,
        channel_id TEXT NOT NULL,
        phone_number_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        language TEXT NOT NULL,
        asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
        send_by TIMESTAMP WITH TIME ZONE NOT NULL,
        state TEXT NOT NULL,
        attempts INTEGER NOT NULL,
        next_at TIMESTAMP WITH TIME ZONE,
        hold_id UUID,
        template TEXT,
        event_id UUID NOT NULL,
        CONSTRAINT outbox_pkey PRIMARY KEY (tenant_id, message_id),
        CONSTRAINT outbox_kind_check CHECK (kind IN ('confirmation', 'help', 'permission_request')),
        CONSTRAINT outbox_state_check CHECK (state IN ('waiting', 'sending', 'sent', 'failed', 'lapsed')),
        CONSTRAINT outbox_hold_check CHECK ((hold_id IS NULL) = (kind <> 'permission_request')),
        CONSTRAINT outbox_next_check CHECK ((next_at IS NULL) = (state NOT IN ('waiting', 'sending')))
    )
"""


def upgrade() -> None:
    """Creates the outbox and hands it out; its rows go with the person, as every row about one does."""
    op.execute("SET LOCAL lock_timeout = '10s'")
    op.execute(_OUTBOX)
    op.execute("CREATE INDEX outbox_contact_idx ON outbox (tenant_id, contact_id, asked_at)")
    op.execute("CREATE INDEX outbox_due_idx ON outbox (next_at) WHERE next_at IS NOT NULL")
    protect("outbox", journal="SELECT, INSERT, UPDATE, DELETE")
    op.execute("CREATE TRIGGER only_erased BEFORE DELETE ON outbox FOR EACH ROW EXECUTE FUNCTION refuse_unerased()")
    op.execute("ALTER TABLE outbox ENABLE ALWAYS TRIGGER only_erased")
    op.execute("ALTER TABLE channels ADD COLUMN sealed_access_token BYTEA, ADD COLUMN contact_line TEXT")
    op.execute("ALTER TABLE channels ALTER COLUMN sealed_access_token SET STATISTICS 0")


def downgrade() -> None:
    """Drops them; what was not sent yet will not be."""
    op.execute("ALTER TABLE channels DROP COLUMN contact_line, DROP COLUMN sealed_access_token")
    op.execute("DROP TABLE outbox")

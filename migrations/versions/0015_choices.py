"""
What a channel's own buttons and list rows mean, as the business says.
"""

from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Adds what was said of them: nothing yet."""
    op.execute("SET LOCAL lock_timeout = '10s'")
    op.execute("ALTER TABLE channels ADD COLUMN choices TEXT[] NOT NULL DEFAULT '{}'")


def downgrade() -> None:
    """Drops it; buttons are then read by their words alone."""
    op.execute("ALTER TABLE channels DROP COLUMN choices")

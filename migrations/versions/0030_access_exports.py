"""
Exports about a person of several parts: whose entries are in them.
"""

from alembic import op

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    """Adds the parts; exports made before are about one contact."""
    op.execute("SET LOCAL lock_timeout = '10s'")
    op.execute("ALTER TABLE exports ADD COLUMN parts UUID[] NOT NULL DEFAULT '{}'")


def downgrade() -> None:
    """Drops them."""
    op.execute("ALTER TABLE exports DROP COLUMN parts")

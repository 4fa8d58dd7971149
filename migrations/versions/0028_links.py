"""
Links to a person's own page: from when on they count.
"""

from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    """Adds the moment; until it is said, every link counts."""
    op.execute("SET LOCAL lock_timeout = '10s'")
    op.execute("ALTER TABLE contacts ADD COLUMN links_from TIMESTAMP WITH TIME ZONE")


def downgrade() -> None:
    """Drops it: links that were replaced count again until they are over."""
    op.execute("ALTER TABLE contacts DROP COLUMN links_from")

"""
Refusals for a time: the end that the person gave.
"""

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Adds the end; what was refused before has none."""
    op.execute("SET LOCAL lock_timeout = '10s'")
    op.execute("ALTER TABLE suppressions ADD COLUMN until TIMESTAMP WITH TIME ZONE")
    op.execute(
        "ALTER TABLE suppressions ADD CONSTRAINT suppressions_until_check CHECK (until IS NULL OR state = 'set') NOT VALID"
    )
    op.execute("ALTER TABLE suppressions VALIDATE CONSTRAINT suppressions_until_check")


def downgrade() -> None:
    """Drops it: what was refused for a time is then refused for good."""
    op.execute("ALTER TABLE suppressions DROP COLUMN until")

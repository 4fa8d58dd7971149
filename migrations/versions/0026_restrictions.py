"""
Business numbers: each restriction by itself, and whether a number is for tests.
"""

from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    """Adds both; a restriction that is in force already has no name but that."""
    op.execute("SET LOCAL lock_timeout = '10s'")
    op.execute(
        "ALTER TABLE senders ADD COLUMN restrictions TEXT[] NOT NULL DEFAULT '{}', "
        "ADD COLUMN sandbox BOOLEAN NOT NULL DEFAULT false"
    )
    op.execute(
        "UPDATE senders SET restrictions = ARRAY[coalesce(to_char(restricted_until AT TIME ZONE 'UTC', "
        """'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), '-') || ' - earlier'] WHERE restricted"""
    )


def downgrade() -> None:
    """Drops them: a number is restricted until the last of them ends, and test numbers are as others."""
    op.execute("ALTER TABLE senders DROP COLUMN restrictions, DROP COLUMN sandbox")

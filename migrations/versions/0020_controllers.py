"""
Who answers for a tenant's calls, as the tenant says.
"""

from alembic import op

from migrations.access import protect

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Creates the table."""
    op.execute("SET LOCAL lock_timeout = '10s'")
    op.execute(
        """
        CREATE TABLE controllers (
            tenant_id UUID NOT NULL,
            stated TEXT NOT NULL,
            event_id UUID NOT NULL,
            CONSTRAINT controllers_pkey PRIMARY KEY (tenant_id)
        )
        """
    )
    protect("controllers", journal="SELECT, INSERT, UPDATE")


def downgrade() -> None:
    """Drops it; receipts then name nobody who answers."""
    op.execute("DROP TABLE controllers")

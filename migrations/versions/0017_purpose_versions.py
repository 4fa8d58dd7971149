"""
Versions of purposes, with their validity and the proof they ask for.
"""

from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Makes every purpose the first version of itself."""
    op.execute("SET LOCAL lock_timeout = '10s'")
    op.execute(
        "ALTER TABLE purposes ADD COLUMN version BIGINT NOT NULL DEFAULT 1, ADD COLUMN description TEXT, "
        "ADD COLUMN validity TEXT, ADD COLUMN demands TEXT[] NOT NULL DEFAULT '{}'"
    )
    op.execute("ALTER TABLE purposes DROP CONSTRAINT purposes_pkey")
    op.execute("ALTER TABLE purposes ADD CONSTRAINT purposes_pkey PRIMARY KEY (tenant_id, purpose, version)")


def downgrade() -> None:
    """Leaves the first version of each, which has the category of all."""
    op.execute("DELETE FROM purposes WHERE version > 1")
    op.execute("ALTER TABLE purposes DROP CONSTRAINT purposes_pkey")
    op.execute("ALTER TABLE purposes ADD CONSTRAINT purposes_pkey PRIMARY KEY (tenant_id, purpose)")
    for name in ("version", "description", "validity", "demands"):
        op.execute(f"ALTER TABLE purposes DROP COLUMN {name}")

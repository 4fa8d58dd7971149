"""
How far what an API key's holder writes is trusted.
"""

from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Takes every key there is for that of a system, which it was made for."""
    op.execute("SET LOCAL lock_timeout = '10s'")
    op.execute("ALTER TABLE api_keys ADD COLUMN trust TEXT NOT NULL DEFAULT 'system'")
    op.execute(
        "ALTER TABLE api_keys ADD CONSTRAINT api_keys_trust_check "
        "CHECK (trust IN ('public', 'system', 'officer', 'import')) NOT VALID"
    )
    op.execute("ALTER TABLE api_keys VALIDATE CONSTRAINT api_keys_trust_check")


def downgrade() -> None:
    """Drops it; a public key is then one like any other, so revoke those first."""
    op.execute("ALTER TABLE api_keys DROP COLUMN trust")

"""
What is told of a consent's proof, and whether a tenant keeps people's addresses whole.
"""

from alembic import op

revision = "0016"
down_revision = "0015"

_CHECKS = {
    "trust": "trust IN ('public', 'system', 'officer', 'import')",
    "giver": "giver IN ('self', 'delegate', 'guardian')",
    "expires_by": "expires_by IN ('stated', 'purpose')",
}


def upgrade() -> None:
    """Adds the columns; of what was recorded before, nothing is told."""
    op.execute("SET LOCAL lock_timeout = '10s'")
    op.execute(
        "ALTER TABLE consents ADD COLUMN purpose_version BIGINT, ADD COLUMN notice TEXT, "
        "ADD COLUMN notice_version BIGINT, ADD COLUMN notice_locale TEXT, ADD COLUMN proof TEXT[], "
        "ADD COLUMN trust TEXT, ADD COLUMN giver TEXT, ADD COLUMN expires_by TEXT"
    )
    for name, rule in _CHECKS.items():
        op.execute(f"ALTER TABLE consents ADD CONSTRAINT consents_{name}_check CHECK ({rule}) NOT VALID")
        op.execute(f"ALTER TABLE consents VALIDATE CONSTRAINT consents_{name}_check")
    op.execute("ALTER TABLE tenant_settings ADD COLUMN whole_addresses BOOLEAN NOT NULL DEFAULT false")


def downgrade() -> None:
    """Drops them; the log still tells."""
    op.execute("ALTER TABLE tenant_settings DROP COLUMN whole_addresses")
    for name in (
        "purpose_version",
        "notice",
        "notice_version",
        "notice_locale",
        "proof",
        "trust",
        "giver",
        "expires_by",
    ):
        op.execute(f"ALTER TABLE consents DROP COLUMN {name}")

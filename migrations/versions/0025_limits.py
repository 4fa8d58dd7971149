"""
What the platform says of its own limits stands beside its permissions.
"""

from alembic import op

revision = "0025"
down_revision = "0024"

_BEFORE = "'temporary', 'permanent', 'declined', 'revoked'"
_ENDING = "'temporary', 'calls_limited', 'requests_limited'"


def _check(name: str, condition: str) -> None:
    op.execute(f"ALTER TABLE permissions DROP CONSTRAINT permissions_{name}_check")
    op.execute(f"ALTER TABLE permissions ADD CONSTRAINT permissions_{name}_check CHECK ({condition}) NOT VALID")
    op.execute(f"ALTER TABLE permissions VALIDATE CONSTRAINT permissions_{name}_check")


def upgrade() -> None:
    """Lets a row say until when calls, or requests for permission, are limited."""
    op.execute("SET LOCAL lock_timeout = '10s'")
    _check("state", f"state IN ({_BEFORE}, 'calls_limited', 'requests_limited')")
    _check("expiry", f"(state IN ({_ENDING})) = (expires_at IS NOT NULL)")


def downgrade() -> None:
    """Forgets the limits; the platform tells of them again when one is met."""
    op.execute("DELETE FROM permissions WHERE state IN ('calls_limited', 'requests_limited')")
    _check("state", f"state IN ({_BEFORE})")
    _check("expiry", "(state = 'temporary') = (expires_at IS NOT NULL)")

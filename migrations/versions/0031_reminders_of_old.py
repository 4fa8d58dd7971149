"""
Has the dates of consents that were recorded before there were reminders be told of when they come.
"""

from alembic import op

revision = "0031"
down_revision = "0030"

_OPEN = """
    FROM consents AS c
    WHERE c.state = 'granted'
      AND c.expires_at > now()
"""


def upgrade() -> None:
    """As a consent recorded now would; what is over, or is reminded of already, is left alone."""
    op.execute("SET LOCAL lock_timeout = '10s'")
    for what, due_at in (("renewal_due", "renew_at"), ("expired", "expires_at")):
        op.execute(
            "INSERT INTO reminders (tenant_id, consent_id, what, contact_id, due_at) "
            f"SELECT c.tenant_id, c.consent_id, '{what}', c.contact_id, c.{due_at} {_OPEN} AND c.{due_at} > now() "
            "ON CONFLICT DO NOTHING"
        )


def downgrade() -> None:
    """Leaves them: they are told once, whoever made them."""

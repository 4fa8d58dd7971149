"""
API keys.
"""

from alembic import op

from migrations.access import protect

revision = "0005"
down_revision = "0004"

_TABLES = (
    """
    CREATE TABLE api_keys (
        tenant_id UUID NOT NULL,
        key_id BYTEA NOT NULL,
        name TEXT NOT NULL,
        prefix TEXT NOT NULL,
        digest BYTEA NOT NULL,
        scopes TEXT[] NOT NULL,
        rate_per_minute BIGINT,
        created_at TIMESTAMP WITH TIME ZONE NOT NULL,
        expires_at TIMESTAMP WITH TIME ZONE,
        revoked_at TIMESTAMP WITH TIME ZONE,
        CONSTRAINT api_keys_pkey PRIMARY KEY (tenant_id, key_id),
        CONSTRAINT api_keys_digest_check CHECK (octet_length(digest) = 32)
    )
    """,
)


def upgrade() -> None:
    """Creates the tables and hands them out."""
    for statement in _TABLES:
        op.execute(statement)
    protect("api_keys", journal="SELECT, INSERT, UPDATE")


def downgrade() -> None:
    """Drops them."""
    op.execute("DROP TABLE api_keys")

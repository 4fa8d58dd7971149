"""
The table of API keys.
"""

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, Column, LargeBinary, PrimaryKeyConstraint, Table, Text, Uuid

from audit.models import Instant, metadata

api_keys = Table(
    "api_keys",
    metadata,
    Column("tenant_id", Uuid, nullable=False),
    Column("key_id", LargeBinary, nullable=False),
    Column("name", Text, nullable=False),
    Column("prefix", Text, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("scopes", ARRAY(Text), nullable=False),
    Column("rate_per_minute", BigInteger),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant),
    Column("revoked_at", Instant),
    PrimaryKeyConstraint("tenant_id", "key_id"),
    CheckConstraint("octet_length(digest) = 32", name="digest"),
)

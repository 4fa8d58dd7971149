"""
The tables of API keys and of subscriptions.
"""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    Column,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    Uuid,
    text,
)

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
    Column("trust", Text, nullable=False, server_default="system"),  # in what its holder writes
    PrimaryKeyConstraint("tenant_id", "key_id"),
    CheckConstraint("trust IN ('public', 'system', 'officer', 'import')", name="trust"),
    CheckConstraint("octet_length(digest) = 32", name="digest"),
)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("tenant_id", Uuid, nullable=False),
    Column("subscription_id", Uuid, nullable=False),
    Column("url", Text, nullable=False),
    Column("types", ARRAY(Text), nullable=False),
    Column("sealed_secret", LargeBinary, nullable=False),
    Column("state", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("event_id", Uuid, nullable=False),
    PrimaryKeyConstraint("tenant_id", "subscription_id"),
    CheckConstraint("state IN ('active', 'gone')", name="state"),
)

subscription_lines = Table(
    "subscription_lines",
    metadata,
    Column("tenant_id", Uuid, nullable=False),
    Column("subscription_id", Uuid, nullable=False),
    Column("incarnation", Integer, nullable=False),  # with the index: the next entry to be delivered
    Column("entry_index", BigInteger, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", Instant),  # none: at once
    Column("detail", Text),
    Column("delivered_at", Instant),
    Column("lease", Uuid),  # of the worker that has the line now
    Column("lease_until", Instant),
    PrimaryKeyConstraint("tenant_id", "subscription_id"),
    CheckConstraint("(lease IS NULL) = (lease_until IS NULL)", name="lease"),
)

dead_letters = Table(
    "dead_letters",
    metadata,
    Column("tenant_id", Uuid, nullable=False),
    Column("subscription_id", Uuid, nullable=False),
    Column("event_id", Uuid, nullable=False),
    Column("incarnation", Integer, nullable=False),
    Column("entry_index", BigInteger, nullable=False),
    Column("event", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("detail", Text, nullable=False),
    Column("died_at", Instant, nullable=False),
    Column("asked_at", Instant),
    PrimaryKeyConstraint("tenant_id", "subscription_id", "event_id"),
    Index("dead_letters_asked_idx", "tenant_id", "subscription_id", postgresql_where=text("asked_at IS NOT NULL")),
)

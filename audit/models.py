"""
The tables of the log, and the one MetaData that all packages share.

Every primary and unique key begins with ``tenant_id`` and no foreign key crosses tenants.
"""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

metadata = MetaData(
    naming_convention={
        "pk": "%(table_name)s_pkey",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
        "ix": "%(table_name)s_%(column_0_N_name)s_idx",
        "ck": "%(table_name)s_%(constraint_name)s_check",
    }
)

Instant = DateTime(timezone=True)

tenants = Table(
    "tenants",
    metadata,
    Column("tenant_id", Uuid, nullable=False),
    Column("name", Text, nullable=False),
    Column("wrapped_root", LargeBinary, nullable=False),
    Column("created_at", Instant, nullable=False),
    PrimaryKeyConstraint("tenant_id"),
)

log_heads = Table(
    "log_heads",
    metadata,
    Column("tenant_id", Uuid, nullable=False),
    Column("origin", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("edge", LargeBinary, nullable=False),
    Column("last_leaf", LargeBinary, nullable=False),
    Column("last_at", Instant, nullable=False),
    PrimaryKeyConstraint("tenant_id"),
    ForeignKeyConstraint(["tenant_id"], ["tenants.tenant_id"], ondelete="RESTRICT"),
    CheckConstraint("size >= 0", name="size"),
    CheckConstraint("octet_length(last_leaf) = 32", name="last_leaf"),
)

entries = Table(
    "entries",
    metadata,
    Column("tenant_id", Uuid, nullable=False),
    Column("entry_index", BigInteger, nullable=False),
    Column("event_id", Uuid, nullable=False),
    Column("leaf_hash", LargeBinary, nullable=False),
    Column("previous", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("event", Text, nullable=False),
    Column("contact_id", Uuid),
    Column("recorded_at", Instant, nullable=False),
    PrimaryKeyConstraint("tenant_id", "entry_index"),
    UniqueConstraint("tenant_id", "event_id"),
    UniqueConstraint("tenant_id", "previous"),
    ForeignKeyConstraint(["tenant_id"], ["log_heads.tenant_id"], ondelete="RESTRICT"),
    CheckConstraint("entry_index >= 0", name="entry_index"),
    CheckConstraint("octet_length(leaf_hash) = 32", name="leaf_hash"),
    CheckConstraint("octet_length(previous) = 32", name="previous"),
    CheckConstraint("octet_length(body) BETWEEN 1 AND 65535", name="body"),
    Index("entries_timeline_idx", "tenant_id", "contact_id", "entry_index"),
)

disclosures = Table(
    "disclosures",
    metadata,
    Column("tenant_id", Uuid, nullable=False),
    Column("event_id", Uuid, nullable=False),
    Column("name", Text, nullable=False),
    Column("contact_id", Uuid, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    PrimaryKeyConstraint("tenant_id", "event_id", "name"),
    Index("disclosures_contact_idx", "tenant_id", "contact_id"),
)

idempotency = Table(
    "idempotency",
    metadata,
    Column("tenant_id", Uuid, nullable=False),
    Column("key", Text, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("answer", Text, nullable=False),
    Column("entry_index", BigInteger),
    Column("leaf_hash", LargeBinary),
    Column("recorded_at", Instant, nullable=False),
    PrimaryKeyConstraint("tenant_id", "key"),
    Index("idempotency_age_idx", "tenant_id", "recorded_at"),
)

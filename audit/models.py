"""
The tables of the log, and the one MetaData that all packages share.

Every primary and unique key begins with ``tenant_id`` and no foreign key crosses tenants.
"""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
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
    Column("created_at", Instant, nullable=False),
    Column("keys_revision", BigInteger, nullable=False, server_default=text("1")),
    PrimaryKeyConstraint("tenant_id"),
)

tenant_keys = Table(
    "tenant_keys",
    metadata,
    Column("tenant_id", Uuid, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("wrapped", LargeBinary),  # none: it derives from the root
    Column("wrapped_by", Text),
    Column("created_at", Instant, nullable=False),
    PrimaryKeyConstraint("tenant_id", "purpose", "version"),
    CheckConstraint("purpose IN ('root', 'index', 'data')", name="purpose"),
    CheckConstraint("version >= 1 AND (purpose <> 'root' OR version = 1)", name="version"),
    CheckConstraint("(wrapped IS NULL) = (wrapped_by IS NULL)", name="wrapped"),
    CheckConstraint("wrapped IS NOT NULL OR (purpose <> 'root' AND version = 1)", name="derived"),
)

log_heads = Table(
    "log_heads",
    metadata,
    Column("tenant_id", Uuid, nullable=False),
    Column("origin", Text, nullable=False),
    Column("incarnation", Integer, nullable=False, server_default=text("1")),
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
    Column("incarnation", Integer, nullable=False, server_default=text("1")),
    Column("entry_index", BigInteger, nullable=False),
    Column("event_id", Uuid, nullable=False),
    Column("leaf_hash", LargeBinary, nullable=False),
    Column("previous", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("event", Text, nullable=False),
    Column("contact_id", Uuid),
    Column("recorded_at", Instant, nullable=False),
    PrimaryKeyConstraint("tenant_id", "incarnation", "entry_index"),
    UniqueConstraint("tenant_id", "event_id"),
    UniqueConstraint("tenant_id", "incarnation", "previous"),
    ForeignKeyConstraint(["tenant_id"], ["log_heads.tenant_id"], ondelete="RESTRICT"),
    CheckConstraint("entry_index >= 0", name="entry_index"),
    CheckConstraint("octet_length(leaf_hash) = 32", name="leaf_hash"),
    CheckConstraint("octet_length(previous) = 32", name="previous"),
    CheckConstraint("octet_length(body) BETWEEN 1 AND 65535", name="body"),
    Index("entries_timeline_idx", "tenant_id", "contact_id", "incarnation", "entry_index"),
    Index(
        "entries_erased_idx",
        "tenant_id",
        "incarnation",
        "entry_index",
        postgresql_where=text("event = 'contact.erased'"),
    ),
)

prunings = Table(
    "prunings",
    metadata,
    Column("tenant_id", Uuid, nullable=False),
    Column("origin", Text, nullable=False),
    Column("incarnation", Integer, nullable=False),
    Column("up_to", BigInteger, nullable=False),  # the bodies of all entries before it are gone
    Column("root", LargeBinary, nullable=False),  # of the tree of that size
    Column("pruned_at", Instant, nullable=False),
    Column("event_id", Uuid, nullable=False),
    PrimaryKeyConstraint("tenant_id", "origin", "up_to"),
    CheckConstraint("octet_length(root) = 32", name="root"),
    CheckConstraint("up_to > 0 AND up_to % 256 = 0", name="up_to"),
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
    Column("incarnation", Integer),
    Column("entry_index", BigInteger),
    Column("leaf_hash", LargeBinary),
    Column("recorded_at", Instant, nullable=False),
    PrimaryKeyConstraint("tenant_id", "key"),
    Index("idempotency_age_idx", "tenant_id", "recorded_at"),
)

tiles = Table(
    "tiles",
    metadata,
    Column("tenant_id", Uuid, nullable=False),
    Column("origin", Text, nullable=False),
    Column("level", SmallInteger, nullable=False),
    Column("tile_index", BigInteger, nullable=False),
    Column("hashes", LargeBinary, nullable=False),  # all so far: a narrower partial tile is a prefix of it
    PrimaryKeyConstraint("tenant_id", "origin", "level", "tile_index"),
    CheckConstraint("octet_length(hashes) % 32 = 0 AND octet_length(hashes) BETWEEN 32 AND 8192", name="hashes"),
)

checkpoints = Table(
    "checkpoints",
    metadata,
    Column("tenant_id", Uuid, nullable=False),
    Column("origin", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("root", LargeBinary, nullable=False),
    Column("note", LargeBinary, nullable=False),  # with the log's own signatures; witnesses' lines are cosignatures
    Column("signed_at", Instant, nullable=False),
    Column("meta_origin", Text),
    Column("meta_index", BigInteger),  # its place in that meta-log
    PrimaryKeyConstraint("tenant_id", "origin", "size"),
    CheckConstraint("octet_length(root) = 32", name="root"),
    Index("checkpoints_age_idx", "tenant_id", "signed_at"),
)

meta_leaves = Table(
    "meta_leaves",
    metadata,
    Column("tenant_id", Uuid, nullable=False),
    Column("meta_origin", Text, nullable=False),
    Column("meta_index", BigInteger, nullable=False),
    Column("body", LargeBinary, nullable=False),
    PrimaryKeyConstraint("tenant_id", "meta_origin", "meta_index"),
)

cosignatures = Table(
    "cosignatures",
    metadata,
    Column("tenant_id", Uuid, nullable=False),
    Column("origin", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("witness", Text, nullable=False),
    Column("cosigned_at", Instant, nullable=False),
    Column("line", Text, nullable=False),
    PrimaryKeyConstraint("tenant_id", "origin", "size", "witness", "cosigned_at"),
)

timestamps = Table(
    "timestamps",
    metadata,
    Column("tenant_id", Uuid, nullable=False),
    Column("origin", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("stamped_at", Instant, nullable=False),
    Column("stamped", LargeBinary, nullable=False),  # the bytes that the authority saw: a note with its signatures
    Column("token", LargeBinary, nullable=False),
    PrimaryKeyConstraint("tenant_id", "origin", "size", "stamped_at"),
)

log_keys = Table(
    "log_keys",
    metadata,
    Column("tenant_id", Uuid, nullable=False),
    Column("origin", Text, nullable=False),
    Column("vkey", Text, nullable=False),
    Column("valid_from", Instant, nullable=False),
    Column("valid_until", Instant),
    PrimaryKeyConstraint("tenant_id", "origin", "vkey"),
)

checkpointer_reports = Table(
    "checkpointer_reports",
    metadata,
    Column("tenant_id", Uuid, nullable=False),
    Column("reported_at", Instant, nullable=False),
    Column("refusal", Text),  # why this log is not signed any more
    Column("refused", BigInteger, nullable=False),  # how many other logs are not signed, in the row of META
    Column("warning", Text),  # whose word on it is missing
    PrimaryKeyConstraint("tenant_id"),
)

exports = Table(
    "exports",
    metadata,
    Column("tenant_id", Uuid, nullable=False),
    Column("export_id", Uuid, nullable=False),
    Column("origin", Text, nullable=False),
    Column("entry_index", BigInteger, nullable=False),  # of its own entry
    Column("format", Text, nullable=False),
    Column("first_index", BigInteger, nullable=False),
    Column("end_index", BigInteger),
    Column("contact_id", Uuid),
    Column("disclose", ARRAY(Text), nullable=False),
    Column("actor", Text, nullable=False),
    Column("requested_at", Instant, nullable=False),
    Column("state", Text, nullable=False),
    Column("done", BigInteger, nullable=False),
    Column("total", BigInteger, nullable=False),
    Column("detail", Text),
    Column("file", Text),
    Column("bytes", BigInteger),
    Column("digest", LargeBinary),
    Column("ready_at", Instant),
    Column("expires_at", Instant),
    Column("language", Text),  # of a report for people
    Column("parts", ARRAY(Uuid), nullable=False, server_default="{}"),  # of the person, where they have more than one
    PrimaryKeyConstraint("tenant_id", "export_id"),
    CheckConstraint("state IN ('queued', 'running', 'ready', 'failed', 'withdrawn')", name="state"),
    Index(
        "exports_waiting_idx",
        "tenant_id",
        "requested_at",
        postgresql_where=text("state IN ('queued', 'running')"),
    ),
)

fsck_progress = Table(
    "fsck_progress",
    metadata,
    Column("tenant_id", Uuid, nullable=False),
    Column("verified", Text),  # up to where, when the last check that found nothing ended
    Column("under_way", Text),  # up to where the check has come that has not ended
    Column("saved_at", Instant, nullable=False),
    PrimaryKeyConstraint("tenant_id"),
)

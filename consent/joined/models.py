"""
The table of merges.
"""

from sqlalchemy import CheckConstraint, Column, Index, PrimaryKeyConstraint, Table, Text, Uuid, text

from audit.models import Instant, metadata

merges = Table(
    "merges",
    metadata,
    Column("tenant_id", Uuid, nullable=False),
    Column("merge_id", Uuid, nullable=False),
    Column("contact_id", Uuid, nullable=False),  # who was merged
    Column("into_id", Uuid, nullable=False),
    Column("reason", Text, nullable=False),
    Column("merged_at", Instant, nullable=False),
    Column("merged_by", Text, nullable=False),
    Column("undone_at", Instant),
    Column("undone_by", Text),
    Column("undone_because", Text),
    Column("event_id", Uuid, nullable=False),
    PrimaryKeyConstraint("tenant_id", "merge_id"),
    CheckConstraint("contact_id <> into_id", name="two"),
    CheckConstraint(
        "(undone_at IS NULL) = (undone_by IS NULL) AND (undone_at IS NULL) = (undone_because IS NULL)", name="undone"
    ),
    Index("merges_in_force_key", "tenant_id", "contact_id", unique=True, postgresql_where=text("undone_at IS NULL")),
    Index("merges_into_idx", "tenant_id", "into_id"),
    Index("merges_contact_idx", "tenant_id", "contact_id"),
)

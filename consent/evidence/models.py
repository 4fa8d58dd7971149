"""
The table of files of evidence.
"""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from audit.models import Instant, metadata

evidence_files = Table(
    "evidence_files",
    metadata,
    Column("tenant_id", Uuid, nullable=False),
    Column("file_id", Uuid, nullable=False),
    Column("contact_id", Uuid, nullable=False),
    Column("blind", LargeBinary, nullable=False),  # keyed hash of its SHA-256
    Column("media_type", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("added_at", Instant, nullable=False),
    Column("event_id", Uuid, nullable=False),
    PrimaryKeyConstraint("tenant_id", "file_id"),
    UniqueConstraint("tenant_id", "contact_id", "blind"),
    CheckConstraint("octet_length(blind) = 32", name="blind"),
)

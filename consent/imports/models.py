"""
The tables of imports: how far each has come, and what became of its rows.
"""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Index,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    Uuid,
)

from audit.models import Instant, metadata
from consent.imports.judging import VERDICTS

imports = Table(
    "imports",
    metadata,
    Column("tenant_id", Uuid, nullable=False),
    Column("import_id", Uuid, nullable=False),
    Column("format", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("rows", BigInteger, nullable=False),  # that have their verdict
    *(Column(name, BigInteger, nullable=False) for name in VERDICTS),  # how often each was given
    Column("digest", LargeBinary, nullable=False),  # over all these rows, keyed
    Column("begun_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("event_id", Uuid, nullable=False),  # of the entry that says where it is
    PrimaryKeyConstraint("tenant_id", "import_id"),
    CheckConstraint("format IN ('csv', 'ndjson')", name="format"),
    CheckConstraint("state IN ('open', 'done', 'cancelled')", name="state"),
    CheckConstraint("octet_length(digest) = 32", name="digest"),
    Index("imports_begun_idx", "tenant_id", "begun_at"),
)

import_verdicts = Table(
    "import_verdicts",
    metadata,
    Column("tenant_id", Uuid, nullable=False),
    Column("import_id", Uuid, nullable=False),
    Column("first_row", BigInteger, nullable=False),
    Column("rows", BigInteger, nullable=False),
    Column("lines", LargeBinary, nullable=False),  # a list of verdicts as JSON, deflated
    PrimaryKeyConstraint("tenant_id", "import_id", "first_row"),
    CheckConstraint("rows >= 1", name="rows"),
)

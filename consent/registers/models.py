"""
The tables of registers: which load of each is in force, and the keyed hashes of its numbers in sorted blocks.
"""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from audit.models import Instant, metadata

EXCLUSIONS, CONSENTS = LISTS = ("exclusions", "consents")

registers = Table(
    "registers",
    metadata,
    Column("tenant_id", Uuid, nullable=False),
    Column("register", Text, nullable=False),
    Column("load_id", Uuid, nullable=False),
    Column("lists", Text, nullable=False),
    Column("country", Text),  # of numbers written as at home; none: all are written with their country's code
    Column("as_of", Instant, nullable=False),  # when whoever keeps the register drew the list
    Column("numbers", BigInteger, nullable=False),
    Column("bits", Integer, nullable=False),
    Column("file_hash", LargeBinary, nullable=False),
    Column("blocks_hash", LargeBinary, nullable=False),
    Column("loaded_at", Instant, nullable=False),
    Column("loaded_by", Text, nullable=False),
    Column("event_id", Uuid, nullable=False),
    PrimaryKeyConstraint("tenant_id", "register"),
    UniqueConstraint("tenant_id", "load_id"),
    CheckConstraint("lists IN ('exclusions', 'consents')", name="lists"),
    CheckConstraint("numbers >= 0 AND bits BETWEEN 8 AND 24", name="size"),
)

# Every bucket has its row, an empty one too: a row that is not there is never taken for a number that is not listed.
register_blocks = Table(
    "register_blocks",
    metadata,
    Column("tenant_id", Uuid, nullable=False),
    Column("load_id", Uuid, nullable=False),
    Column("bucket", Integer, nullable=False),
    Column("digests", LargeBinary, nullable=False),
    PrimaryKeyConstraint("tenant_id", "load_id", "bucket"),
    CheckConstraint("octet_length(digests) % 10 = 0", name="digests"),
)

"""
The tables of what was delivered: kept sealed for a while, whole or in the pieces that nobody understood.
"""

from sqlalchemy import ARRAY, Column, Index, LargeBinary, PrimaryKeyConstraint, Table, Text, Uuid

from audit.models import Instant, metadata

unreadable_items = Table(
    "unreadable_items",
    metadata,
    Column("tenant_id", Uuid, nullable=False),
    Column("item_id", Uuid, nullable=False),
    Column("channel_id", Text, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("event_id", Uuid, nullable=False),
    Column("mentions", ARRAY(LargeBinary), nullable=False),  # keyed hashes of the numbers in it
    PrimaryKeyConstraint("tenant_id", "item_id"),
    Index("unreadable_items_age_idx", "tenant_id", "received_at"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("tenant_id", Uuid, nullable=False),
    Column("delivery_id", Uuid, nullable=False),
    Column("channel_id", Text, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("mentions", ARRAY(LargeBinary), nullable=False),  # keyed hashes of the numbers in it
    PrimaryKeyConstraint("tenant_id", "delivery_id"),
    Index("deliveries_age_idx", "tenant_id", "received_at"),
)

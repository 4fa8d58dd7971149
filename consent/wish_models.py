"""
The tables of wishes, and of what is to be told of consents when its time comes.
"""

from sqlalchemy import CheckConstraint, Column, Index, PrimaryKeyConstraint, Table, Text, Uuid

from audit.models import Instant, metadata

wishes = Table(
    "wishes",
    metadata,
    Column("tenant_id", Uuid, nullable=False),
    Column("wish_id", Uuid, nullable=False),
    Column("contact_id", Uuid, nullable=False),
    Column("says", Text, nullable=False),  # canonical JSON, as its entry has it
    Column("at", Instant, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("method", Text, nullable=False),
    Column("event_id", Uuid, nullable=False),
    Column("ended_at", Instant),
    Column("end_recorded_at", Instant),
    Column("ended_by", Uuid),  # the entry that says so
    PrimaryKeyConstraint("tenant_id", "wish_id"),
    CheckConstraint(
        "(ended_at IS NULL) = (ended_by IS NULL) AND (ended_at IS NULL) = (end_recorded_at IS NULL)", name="ended"
    ),
    Index("wishes_contact_idx", "tenant_id", "contact_id"),
)

# Work, and no state: what is to be told of consents when its time comes.
reminders = Table(
    "reminders",
    metadata,
    Column("tenant_id", Uuid, nullable=False),
    Column("consent_id", Uuid, nullable=False),
    Column("what", Text, nullable=False),
    Column("contact_id", Uuid, nullable=False),
    Column("due_at", Instant, nullable=False),
    PrimaryKeyConstraint("tenant_id", "consent_id", "what"),
    CheckConstraint("what IN ('confirmation_lapsed', 'renewal_due', 'expired')", name="what"),
    Index("reminders_contact_idx", "tenant_id", "contact_id"),
    Index("reminders_due_idx", "due_at"),
)

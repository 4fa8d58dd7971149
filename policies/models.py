"""
The tables of rules and of attempts to call.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Index,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    Uuid,
    text,
)

from audit.models import Instant, metadata

OUTCOMES = ("connected", "unanswered", "rejected", "failed", "refused", "opted_out")

rule_sets = Table(
    "rule_sets",
    metadata,
    Column("tenant_id", Uuid, nullable=False),
    Column("rule_set", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("created_at", Instant, nullable=False),
    PrimaryKeyConstraint("tenant_id", "rule_set"),
)

active_rules = Table(
    "active_rules",
    metadata,
    Column("tenant_id", Uuid, nullable=False),
    Column("rule_set", Text, nullable=False),
    Column("activated_at", Instant, nullable=False),
    PrimaryKeyConstraint("tenant_id"),
)

attempts = Table(
    "attempts",
    metadata,
    Column("tenant_id", Uuid, nullable=False),
    Column("attempt_id", Uuid, nullable=False),
    Column("contact_id", Uuid, nullable=False),
    Column("sender_id", Text),
    Column("action", Text, nullable=False),
    Column("purpose", Text),
    Column("category", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("technology", Text),
    Column("at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("state", Text, nullable=False),
    Column("outcome", Text),
    Column("outcome_at", Instant),
    Column("outcome_source", Text),
    Column("duration_s", BigInteger),
    Column("announced", Boolean, nullable=False),
    Column("call_ref", LargeBinary),
    Column("released_by", Text),
    Column("event_id", Uuid, nullable=False),
    PrimaryKeyConstraint("tenant_id", "attempt_id"),
    CheckConstraint("action IN ('call.place', 'call.request_permission')", name="action"),
    CheckConstraint("state IN ('held', 'confirmed', 'released')", name="state"),
    CheckConstraint(f"outcome IN {OUTCOMES!r}", name="outcome"),
    CheckConstraint("(state = 'confirmed') = (outcome IS NOT NULL)", name="confirmed"),
    CheckConstraint("outcome_source IN ('caller', 'platform')", name="outcome_source"),
    Index("attempts_contact_idx", "tenant_id", "contact_id", "at"),
    CheckConstraint("(state = 'released') = (released_by IS NOT NULL)", name="released"),
    CheckConstraint("released_by IN ('caller', 'withdrawal')", name="released_by"),
    Index(
        "attempts_call_key",
        "tenant_id",
        "call_ref",
        unique=True,
        postgresql_where=text("call_ref IS NOT NULL"),
    ),
)

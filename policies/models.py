"""
The tables of rules and of attempts to call.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
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
    Column("change_id", Uuid),
    Column("previous_set", Text),
    Column("next_set", Text),
    Column("next_at", Instant),
    Column("next_change_id", Uuid),
    Column("trial_set", Text),
    Column("trial_percent", Integer),
    Column("trial_change_id", Uuid),
    Column("trial_since", Instant),
    PrimaryKeyConstraint("tenant_id"),
    CheckConstraint("num_nulls(next_set, next_at, next_change_id) IN (0, 3)", name="next"),
    CheckConstraint("num_nulls(trial_set, trial_percent, trial_change_id, trial_since) IN (0, 4)", name="trial"),
    CheckConstraint("trial_percent BETWEEN 0 AND 100", name="trial_percent"),
)

rule_changes = Table(
    "rule_changes",
    metadata,
    Column("tenant_id", Uuid, nullable=False),
    Column("change_id", Uuid, nullable=False),
    Column("base_set", Text, nullable=False),
    Column("candidate_set", Text, nullable=False),
    Column("direction", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("checks", Text, nullable=False),
    Column("drafted_at", Instant, nullable=False),
    Column("drafted_by", Text, nullable=False),
    Column("report_hash", Text),
    Column("emergency", Boolean, nullable=False),
    Column("approved_at", Instant),
    Column("approved_by", Text),
    Column("activated_at", Instant),
    Column("activated_by", Text),
    Column("effective_at", Instant),
    Column("ended_at", Instant),
    Column("ended_by", Text),
    Column("event_id", Uuid, nullable=False),
    PrimaryKeyConstraint("tenant_id", "change_id"),
    CheckConstraint("direction IN ('tightening', 'loosening')", name="direction"),
    CheckConstraint("(approved_at IS NULL) = (approved_by IS NULL)", name="approved"),
    CheckConstraint("approved_by <> drafted_by", name="second_person"),
    CheckConstraint(
        "approved_at IS NULL OR report_hash IS NOT NULL OR (emergency AND direction = 'tightening')", name="rehearsed"
    ),
    CheckConstraint("num_nulls(activated_at, activated_by, effective_at) IN (0, 3)", name="activated"),
    CheckConstraint("activated_at IS NULL OR approved_at IS NOT NULL", name="approved_first"),
    CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name="ended"),
    Index("rule_changes_drafted_idx", "tenant_id", "drafted_at"),
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

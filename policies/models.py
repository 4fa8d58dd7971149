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
    Column("base_since", Instant, nullable=False),
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

shadow_attempts = Table(
    "shadow_attempts",
    metadata,
    Column("tenant_id", Uuid, nullable=False),
    Column("shadow", Text, nullable=False),
    Column("attempt_id", Uuid, nullable=False),
    Column("contact_id", Uuid, nullable=False),
    Column("is_imagined", Boolean, nullable=False),
    Column("sender_id", Text),
    Column("action", Text, nullable=False),
    Column("purpose", Text),
    Column("category", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("event_id", Uuid, nullable=False),
    PrimaryKeyConstraint("tenant_id", "shadow", "attempt_id"),
    Index("shadow_attempts_contact_idx", "tenant_id", "contact_id", "at"),
    Index("shadow_attempts_latest_idx", "tenant_id", "shadow", "at"),
)

shadow_tallies = Table(
    "shadow_tallies",
    metadata,
    Column("tenant_id", Uuid, nullable=False),
    Column("shadow", Text, nullable=False),
    Column("agreed", BigInteger, nullable=False),
    Column("would_deny", BigInteger, nullable=False),
    Column("would_allow", BigInteger, nullable=False),
    Column("since", Instant, nullable=False),
    PrimaryKeyConstraint("tenant_id", "shadow"),
)

simulations = Table(
    "simulations",
    metadata,
    Column("tenant_id", Uuid, nullable=False),
    Column("simulation_id", Uuid, nullable=False),
    Column("base_set", Text, nullable=False),
    Column("candidate_set", Text, nullable=False),
    Column("candidate", LargeBinary, nullable=False),  # its content: a candidate need not be published
    Column("mode", Text, nullable=False),
    Column("assume", Text),
    Column("origin", Text),
    Column("first_index", BigInteger),
    Column("end_index", BigInteger),
    Column("questions", BigInteger),  # how many, where they were asked about instead of a log
    Column("actor", Text, nullable=False),
    Column("requested_at", Instant, nullable=False),
    Column("state", Text, nullable=False),
    Column("done", BigInteger, nullable=False),
    Column("total", BigInteger, nullable=False),
    Column("starts", Integer, nullable=False),
    Column("detail", Text),
    Column("report", LargeBinary),
    Column("report_hash", Text),
    Column("ready_at", Instant),
    PrimaryKeyConstraint("tenant_id", "simulation_id"),
    CheckConstraint("mode IN ('point', 'closed_loop')", name="mode"),
    CheckConstraint(
        "(mode = 'closed_loop') = (assume IS NOT NULL) AND assume IN ('unknown', 'unanswered', 'connected')",
        name="assume",
    ),
    CheckConstraint(
        "(origin IS NULL) = (first_index IS NULL) AND (origin IS NULL) = (end_index IS NULL) "
        "AND (origin IS NULL) = (questions IS NOT NULL)",
        name="range",
    ),
    CheckConstraint("state IN ('queued', 'running', 'ready', 'failed', 'cancelled')", name="state"),
    CheckConstraint(
        "(state = 'ready') = (report IS NOT NULL) AND (report IS NULL) = (report_hash IS NULL) "
        "AND (report IS NULL) = (ready_at IS NULL)",
        name="ready",
    ),
    Index(
        "simulations_waiting_idx",
        "tenant_id",
        "requested_at",
        postgresql_where=text("state IN ('queued', 'running')"),
    ),
)

# The reports that the log tells of; a change of rules may be approved on one.
rule_reports = Table(
    "rule_reports",
    metadata,
    Column("tenant_id", Uuid, nullable=False),
    Column("report_hash", Text, nullable=False),
    Column("base_set", Text, nullable=False),
    Column("candidate_set", Text, nullable=False),
    Column("mode", Text, nullable=False),
    Column("decisions", BigInteger, nullable=False),
    Column("noted_at", Instant, nullable=False),
    Column("event_id", Uuid, nullable=False),
    PrimaryKeyConstraint("tenant_id", "report_hash"),
    CheckConstraint("mode IN ('point', 'closed_loop')", name="mode"),
)

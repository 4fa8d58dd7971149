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
    Column("noted_at", Instant, nullable=False),
    Column("event_id", Uuid, nullable=False),
    PrimaryKeyConstraint("tenant_id", "report_hash"),
    CheckConstraint("mode IN ('point', 'closed_loop')", name="mode"),
)

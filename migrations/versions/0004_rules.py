"""
Rules, and attempts to call.
"""

from alembic import op

from migrations.access import protect

revision = "0004"
down_revision = "0003"

_TABLES = (
    """
    CREATE TABLE rule_sets (
        tenant_id UUID NOT NULL,
        rule_set TEXT NOT NULL,
        content BYTEA NOT NULL,
        created_at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT rule_sets_pkey PRIMARY KEY (tenant_id, rule_set)
    )
    """,
    """
    CREATE TABLE active_rules (
        tenant_id UUID NOT NULL,
        rule_set TEXT NOT NULL,
        activated_at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT active_rules_pkey PRIMARY KEY (tenant_id)
    )
    """,
    """
    CREATE TABLE attempts (
        tenant_id UUID NOT NULL,
        attempt_id UUID NOT NULL,
        contact_id UUID NOT NULL,
        sender_id TEXT,
        action TEXT NOT NULL,
        purpose TEXT,
        category TEXT NOT NULL,
        channel TEXT NOT NULL,
        technology TEXT,
        at TIMESTAMP WITH TIME ZONE NOT NULL,
        expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
        state TEXT NOT NULL,
        outcome TEXT,
        outcome_at TIMESTAMP WITH TIME ZONE,
        outcome_source TEXT,
        duration_s BIGINT,
        announced BOOLEAN NOT NULL,
        call_ref BYTEA,
        released_by TEXT,
        event_id UUID NOT NULL,
        CONSTRAINT attempts_pkey PRIMARY KEY (tenant_id, attempt_id),
        CONSTRAINT attempts_action_check CHECK (action IN ('call.place', 'call.request_permission')),
        CONSTRAINT attempts_state_check CHECK (state IN ('held', 'confirmed', 'released')),
        CONSTRAINT attempts_outcome_check CHECK (outcome IN ('connected', 'unanswered', 'rejected', 'failed', 'refused', 'opted_out')),
        CONSTRAINT attempts_confirmed_check CHECK ((state = 'confirmed') = (outcome IS NOT NULL)),
        CONSTRAINT attempts_outcome_source_check CHECK (outcome_source IN ('caller', 'platform')),
        CONSTRAINT attempts_released_check CHECK ((state = 'released') = (released_by IS NOT NULL)),
        CONSTRAINT attempts_released_by_check CHECK (released_by IN ('caller', 'withdrawal'))
    )
    """,
    "CREATE UNIQUE INDEX attempts_call_key ON attempts (tenant_id, call_ref) WHERE call_ref IS NOT NULL",
    "CREATE INDEX attempts_contact_idx ON attempts (tenant_id, contact_id, at)",
)


def upgrade() -> None:
    """Creates the tables and hands them out."""
    for statement in _TABLES:
        op.execute(statement)
    protect("rule_sets", journal="SELECT, INSERT")
    protect("active_rules", journal="SELECT, INSERT, UPDATE")
    protect("attempts", journal="SELECT, INSERT, UPDATE")


def downgrade() -> None:
    """Drops them."""
    op.execute("DROP TABLE attempts")
    op.execute("DROP TABLE active_rules")
    op.execute("DROP TABLE rule_sets")

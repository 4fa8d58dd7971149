"""
Changes of rules: drafted, approved and activated; the set before, the next one, the one on trial, and what shadows say.
"""

from alembic import op

from migrations.access import protect

revision = "0010"
down_revision = "0009"

_CHANGES = """
    CREATE TABLE rule_changes (
        tenant_id UUID NOT NULL,
        change_id UUID NOT NULL,
        base_set TEXT NOT NULL,
        base_since TIMESTAMP WITH TIME ZONE NOT NULL,
        candidate_set TEXT NOT NULL,
        direction TEXT NOT NULL,
        reason TEXT NOT NULL,
        checks TEXT NOT NULL,
        drafted_at TIMESTAMP WITH TIME ZONE NOT NULL,
        drafted_by TEXT NOT NULL,
        report_hash TEXT,
        emergency BOOLEAN NOT NULL,
        approved_at TIMESTAMP WITH TIME ZONE,
        approved_by TEXT,
        activated_at TIMESTAMP WITH TIME ZONE,
        activated_by TEXT,
        effective_at TIMESTAMP WITH TIME ZONE,
        ended_at TIMESTAMP WITH TIME ZONE,
        ended_by TEXT,
        event_id UUID NOT NULL,
        CONSTRAINT rule_changes_pkey PRIMARY KEY (tenant_id, change_id),
        CONSTRAINT rule_changes_direction_check CHECK (direction IN ('tightening', 'loosening')),
        CONSTRAINT rule_changes_approved_check CHECK ((approved_at IS NULL) = (approved_by IS NULL)),
        CONSTRAINT rule_changes_second_person_check CHECK (approved_by <> drafted_by),
        CONSTRAINT rule_changes_rehearsed_check CHECK (
            approved_at IS NULL OR report_hash IS NOT NULL OR (emergency AND direction = 'tightening')
        ),
        CONSTRAINT rule_changes_activated_check CHECK (num_nulls(activated_at, activated_by, effective_at) IN (0, 3)),
        CONSTRAINT rule_changes_approved_first_check CHECK (activated_at IS NULL OR approved_at IS NOT NULL),
        CONSTRAINT rule_changes_ended_check CHECK ((ended_at IS NULL) = (ended_by IS NULL))
    )
"""
_COLUMNS = """
    ALTER TABLE active_rules
        ADD COLUMN change_id UUID,
        ADD COLUMN previous_set TEXT,
        ADD COLUMN next_set TEXT,
        ADD COLUMN next_at TIMESTAMP WITH TIME ZONE,
        ADD COLUMN next_change_id UUID,
        ADD COLUMN trial_set TEXT,
        ADD COLUMN trial_percent INTEGER,
        ADD COLUMN trial_change_id UUID,
        ADD COLUMN trial_since TIMESTAMP WITH TIME ZONE,
        ADD CONSTRAINT active_rules_next_check CHECK (num_nulls(next_set, next_at, next_change_id) IN (0, 3)),
        ADD CONSTRAINT active_rules_trial_check CHECK (
            num_nulls(trial_set, trial_percent, trial_change_id, trial_since) IN (0, 4)
        ),
        ADD CONSTRAINT active_rules_trial_percent_check CHECK (trial_percent BETWEEN 0 AND 100)
"""
_SHADOWS = """
    CREATE TABLE shadow_attempts (
        tenant_id UUID NOT NULL,
        shadow TEXT NOT NULL,
        attempt_id UUID NOT NULL,
        contact_id UUID NOT NULL,
        is_imagined BOOLEAN NOT NULL,
        sender_id TEXT,
        action TEXT NOT NULL,
        purpose TEXT,
        category TEXT NOT NULL,
        channel TEXT NOT NULL,
        at TIMESTAMP WITH TIME ZONE NOT NULL,
        expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
        event_id UUID NOT NULL,
        CONSTRAINT shadow_attempts_pkey PRIMARY KEY (tenant_id, shadow, attempt_id)
    )
"""
_TALLIES = """
    CREATE TABLE shadow_tallies (
        tenant_id UUID NOT NULL,
        shadow TEXT NOT NULL,
        agreed BIGINT NOT NULL,
        would_deny BIGINT NOT NULL,
        would_allow BIGINT NOT NULL,
        since TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT shadow_tallies_pkey PRIMARY KEY (tenant_id, shadow)
    )
"""


def upgrade() -> None:
    """Creates the tables of changes and shadows, and lets the row of a tenant say what came before and comes next."""
    op.execute(_CHANGES)
    op.execute("CREATE INDEX rule_changes_drafted_idx ON rule_changes (tenant_id, drafted_at)")
    protect("rule_changes", journal="SELECT, INSERT, UPDATE")
    op.execute(_COLUMNS)
    op.execute(_SHADOWS)
    op.execute("CREATE INDEX shadow_attempts_contact_idx ON shadow_attempts (tenant_id, contact_id, at)")
    op.execute("CREATE INDEX shadow_attempts_latest_idx ON shadow_attempts (tenant_id, shadow, at)")
    op.execute(_TALLIES)
    protect("shadow_attempts", journal="SELECT, INSERT, DELETE")
    protect("shadow_tallies", journal="SELECT, INSERT, UPDATE, DELETE")


def downgrade() -> None:
    """Drops them; what is in force stays in force."""
    for table in ("shadow_tallies", "shadow_attempts", "rule_changes"):
        op.execute(f"DROP TABLE {table}")
    op.execute(
        "ALTER TABLE active_rules DROP COLUMN change_id, DROP COLUMN previous_set, DROP COLUMN next_set, "
        "DROP COLUMN next_at, DROP COLUMN next_change_id, DROP COLUMN trial_set, DROP COLUMN trial_percent, "
        "DROP COLUMN trial_change_id, DROP COLUMN trial_since"
    )

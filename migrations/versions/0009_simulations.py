"""
Simulations: rules tried on the calls of the past, how far each has come, and the reports that were entered in the log.
"""

from alembic import op

from migrations.access import CHECKPOINTER, protect

revision = "0009"
down_revision = "0008"

_TABLES = (
    """
    CREATE TABLE simulations (
        tenant_id UUID NOT NULL,
        simulation_id UUID NOT NULL,
        base_set TEXT NOT NULL,
        candidate_set TEXT NOT NULL,
        candidate BYTEA NOT NULL,
        mode TEXT NOT NULL,
        assume TEXT,
        origin TEXT,
        first_index BIGINT,
        end_index BIGINT,
        questions BIGINT,
        actor TEXT NOT NULL,
        requested_at TIMESTAMP WITH TIME ZONE NOT NULL,
        state TEXT NOT NULL,
        done BIGINT NOT NULL,
        total BIGINT NOT NULL,
        starts INTEGER NOT NULL,
        detail TEXT,
        report BYTEA,
        report_hash TEXT,
        ready_at TIMESTAMP WITH TIME ZONE,
        CONSTRAINT simulations_pkey PRIMARY KEY (tenant_id, simulation_id),
        CONSTRAINT simulations_mode_check CHECK (mode IN ('point', 'closed_loop')),
        CONSTRAINT simulations_assume_check CHECK (
            (mode = 'closed_loop') = (assume IS NOT NULL) AND assume IN ('unknown', 'unanswered', 'connected')
        ),
        CONSTRAINT simulations_range_check CHECK (
            (origin IS NULL) = (first_index IS NULL) AND (origin IS NULL) = (end_index IS NULL)
            AND (origin IS NULL) = (questions IS NOT NULL)
        ),
        CONSTRAINT simulations_state_check CHECK (state IN ('queued', 'running', 'ready', 'failed', 'cancelled')),
        CONSTRAINT simulations_ready_check CHECK (
            (state = 'ready') = (report IS NOT NULL) AND (report IS NULL) = (report_hash IS NULL)
            AND (report IS NULL) = (ready_at IS NULL)
        )
    )
    """,
    (
        "CREATE INDEX simulations_waiting_idx ON simulations (tenant_id, requested_at) "
        "WHERE state IN ('queued', 'running')"
    ),
    """
    CREATE TABLE rule_reports (
        tenant_id UUID NOT NULL,
        report_hash TEXT NOT NULL,
        base_set TEXT NOT NULL,
        candidate_set TEXT NOT NULL,
        mode TEXT NOT NULL,
        decisions BIGINT NOT NULL,
        noted_at TIMESTAMP WITH TIME ZONE NOT NULL,
        event_id UUID NOT NULL,
        CONSTRAINT rule_reports_pkey PRIMARY KEY (tenant_id, report_hash),
        CONSTRAINT rule_reports_mode_check CHECK (mode IN ('point', 'closed_loop'))
    )
    """,
)


def upgrade() -> None:
    """Creates the tables and hands them out: of a simulation the worker writes how it goes, the journal how it ends."""
    op.execute("SET LOCAL lock_timeout = '10s'")
    for statement in _TABLES:
        op.execute(statement)
    protect("simulations", journal="SELECT, INSERT, UPDATE", checkpointer="SELECT")
    op.execute(f"GRANT UPDATE (state, done, total, starts, detail) ON simulations TO {CHECKPOINTER}")
    op.execute(f"CREATE POLICY progress ON simulations FOR UPDATE TO {CHECKPOINTER} USING (true) WITH CHECK (true)")
    protect("rule_reports", journal="SELECT, INSERT")


def downgrade() -> None:
    """Drops them."""
    op.execute("DROP TABLE rule_reports")
    op.execute("DROP TABLE simulations")

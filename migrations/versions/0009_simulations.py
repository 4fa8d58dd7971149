"""
Stand-in.
"""

from alembic import op

from migrations.access import protect

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Creates."""
    op.execute("""CREATE TABLE rule_reports (tenant_id UUID NOT NULL, report_hash TEXT NOT NULL, base_set TEXT NOT NULL,
      candidate_set TEXT NOT NULL, mode TEXT NOT NULL, noted_at TIMESTAMP WITH TIME ZONE NOT NULL, event_id UUID NOT NULL,
      CONSTRAINT rule_reports_pkey PRIMARY KEY (tenant_id, report_hash))""")
    protect("rule_reports", journal="SELECT, INSERT")


def downgrade() -> None:
    """Drops."""
    op.execute("DROP TABLE rule_reports")

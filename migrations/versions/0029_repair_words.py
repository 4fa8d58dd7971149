"""
Lets a repair make purposes and notices again from the log.
"""

from alembic import op

from migrations.access import REPAIR

revision = "0029"
down_revision = "0028"

_TABLES = ("purposes", "notices")


def upgrade() -> None:
    """As it does with the rows of people: only in a transaction whose entry says so."""
    op.execute("SET LOCAL lock_timeout = '10s'")
    for table in _TABLES:
        op.execute(f"GRANT SELECT, INSERT, DELETE ON {table} TO {REPAIR}")
        op.execute(f"CREATE POLICY repair_select ON {table} FOR SELECT TO {REPAIR} USING (true)")
        op.execute(f"CREATE POLICY repair_insert ON {table} FOR INSERT TO {REPAIR} WITH CHECK (is_repair(tenant_id))")
        op.execute(f"CREATE POLICY repair_delete ON {table} FOR DELETE TO {REPAIR} USING (is_repair(tenant_id))")
    op.execute(f"GRANT SELECT, UPDATE (revision) ON tenant_settings TO {REPAIR}")
    op.execute(f"CREATE POLICY repair_select ON tenant_settings FOR SELECT TO {REPAIR} USING (true)")
    op.execute(
        f"CREATE POLICY repair_update ON tenant_settings FOR UPDATE TO {REPAIR} USING (true) "
        "WITH CHECK (is_repair(tenant_id))"
    )


def downgrade() -> None:
    """Takes it back."""
    op.execute("DROP POLICY repair_update ON tenant_settings")
    op.execute("DROP POLICY repair_select ON tenant_settings")
    op.execute(f"REVOKE ALL ON tenant_settings FROM {REPAIR}")
    op.execute(f"REVOKE UPDATE (revision) ON tenant_settings FROM {REPAIR}")
    for table in _TABLES:
        for name in ("repair_delete", "repair_insert", "repair_select"):
            op.execute(f"DROP POLICY {name} ON {table}")
        op.execute(f"REVOKE ALL ON {table} FROM {REPAIR}")

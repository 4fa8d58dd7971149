"""
Roles: who owns, who writes, who reads, who signs.

Roles belong to the whole server, so that another database on it may use them too: going down drops them only when
nothing else needs them.
"""

from alembic import op

revision = "0001"
down_revision = None

_ROLES = ("venia_owner", "venia_journal", "venia_reader", "venia_checkpointer")


def upgrade() -> None:
    """Creates the roles, none of which can log in, and lets the migrating user act as each."""
    for role in _ROLES:
        op.execute(
            f"""
            DO $$ BEGIN
                CREATE ROLE {role} NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
            EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
            END $$
            """
        )
        op.execute(f"GRANT {role} TO CURRENT_USER")
    op.execute("GRANT USAGE, CREATE ON SCHEMA public TO venia_owner")
    op.execute("GRANT USAGE ON SCHEMA public TO venia_journal, venia_reader, venia_checkpointer")


def downgrade() -> None:
    """Takes back the grants and drops the roles that nothing else uses."""
    for role in _ROLES:
        op.execute(f"DROP OWNED BY {role}")
        op.execute(
            f"""
            DO $$ BEGIN
                DROP ROLE {role};
            EXCEPTION WHEN dependent_objects_still_exist THEN NULL;
            END $$
            """
        )

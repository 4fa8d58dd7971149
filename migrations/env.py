"""
How alembic reaches the database: with asyncpg, in one transaction per migration, never waiting long for a lock.
"""

import asyncio
import os

from alembic import context
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine

import consent.evidence.models
import consent.imports.models
import consent.joined.models
import consent.kept_models
import consent.models
import consent.registers.models
import policies.models
import server.models
from audit.models import metadata

_TABLES = (
    consent.joined.models,
    consent.models,
    consent.kept_models,
    consent.evidence.models,
    consent.imports.models,
    consent.registers.models,
    policies.models,
    server.models,
)  # Imported so that the metadata is whole.


def _migrate(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=metadata, transaction_per_migration=True)
    with context.begin_transaction():
        connection.execute(text("SET LOCAL lock_timeout = '5s'"))
        context.run_migrations()


async def _run() -> None:
    url = context.config.attributes.get("url") or os.environ["VENIA_DATABASE_URL"]
    engine = create_async_engine(str(url).replace("postgresql://", "postgresql+asyncpg://", 1))
    async with engine.connect() as connection:
        await connection.run_sync(_migrate)
    await engine.dispose()


asyncio.run(_run())

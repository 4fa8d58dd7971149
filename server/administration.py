"""
What the command line asks of the database beyond a tenant's own rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from audit.models import log_heads, tenants
from audit.work import Work
from consent.settings import Sender, SettingsBook


@dataclass(frozen=True, slots=True)
class TenantRow:
    """A tenant and how far its log has come."""

    id: UUID
    name: str
    log: str
    entries: int
    created_at: datetime


async def list_tenants(engine: AsyncEngine) -> list[TenantRow]:
    """Every tenant, oldest first; ``engine`` must see all of them, as the journal's does."""
    statement = (
        select(tenants.c.tenant_id, tenants.c.name, log_heads.c.origin, log_heads.c.size, tenants.c.created_at)
        .join(log_heads, log_heads.c.tenant_id == tenants.c.tenant_id)
        .order_by(tenants.c.created_at, tenants.c.tenant_id)
    )
    async with engine.connect() as conn:
        return [TenantRow(*row) for row in await conn.execute(statement)]


@dataclass(frozen=True, slots=True)
class Senders:
    """The business numbers of a tenant."""

    tenant: UUID
    contacts = ()

    def look(self, work: Work) -> Sequence[Sender]:
        """All senders, by id."""
        return tuple(work[SettingsBook].current.senders.values())

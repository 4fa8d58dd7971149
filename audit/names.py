"""
What tenants are called, for who names them in a request: never in an entry.
"""

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select

from audit.models import tenants
from audit.reader import Snapshots


@dataclass(frozen=True, slots=True)
class TenantNames:
    """The names of tenants, looked up once per process: a name never changes."""

    snapshots: Snapshots
    _known: dict[UUID, str] = field(default_factory=dict)

    async def of(self, tenant: UUID) -> str | None:
        """The tenant's name; None if there is no such tenant."""
        if tenant not in self._known:
            async with self.snapshots.of(tenant) as conn:
                name = await conn.scalar(select(tenants.c.name).where(tenants.c.tenant_id == tenant))
            if name is None:
                return None
            self._known[tenant] = name
        return self._known[tenant]

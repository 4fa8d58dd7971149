"""
The SQL of lists of whom not to contact.
"""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from consent.joined.store import IS_MERGED

# Whoever has refused anything, and every part of a merged person, since another part may have.
_REFUSING = text(
    "SELECT contact_id FROM contacts i WHERE tenant_id = :tenant AND contact_id > :after AND (EXISTS (SELECT 1 "
    "FROM suppressions s WHERE s.tenant_id = i.tenant_id AND s.contact_id = i.contact_id AND s.state = 'set') "
    f"OR {IS_MERGED}) ORDER BY contact_id LIMIT :most"
)


async def list_refusing(conn: AsyncConnection, tenant: UUID, after: UUID, most: int) -> list[UUID]:
    """People after this id, in order, of whom something may be refused."""
    rows = await conn.execute(_REFUSING, {"tenant": tenant, "after": after, "most": most})
    return list(rows.scalars())

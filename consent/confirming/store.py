"""
The SQL of what waits to be confirmed.
"""

from collections.abc import Sequence
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import text

from audit.link import Connection

AnyRow: TypeAlias = Any  # Its columns are named by whoever reads it.
Rows: TypeAlias = Sequence[AnyRow]

_COLUMNS = (
    "tenant_id, consent_id, contact_id, token_digest, purpose_version, notice, notice_version, notice_locale, proof, trust, "
    "giver, expires_by"
)
_ASKED = text(
    f"SELECT {_COLUMNS} FROM consents WHERE tenant_id = ANY(CAST(:tenants AS uuid[])) AND state = 'pending' "
    "AND (consent_id = ANY(CAST(:ids AS uuid[])) OR token_digest = ANY(CAST(:digests AS bytea[]))) "
    "ORDER BY recorded_at, consent_id"
)


async def find_asked(
    conn: Connection, tenants: Sequence[UUID], consents: Sequence[UUID], digests: Sequence[bytes]
) -> Rows:
    """What was asked under these ids, or is confirmed by tokens of these digests."""
    asked = {"tenants": list(tenants), "ids": list(consents), "digests": list(digests)}
    return (await conn.execute(_ASKED, asked)).all() if consents or digests else []

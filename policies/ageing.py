"""
Attempts that have aged: nobody asks about them any more, and whoever they were about may be gone.

What somebody refused is remembered for as long as the person is: some laws never let a business ask again.
"""

from sqlalchemy import text

from audit.ageing import Aged, AgedBook
from audit.link import Connection
from consent.retention import ATTEMPTS, Lookback

_OLD = (
    "FROM attempts a WHERE a.tenant_id = :tenant AND a.at < :before AND a.outcome IS DISTINCT FROM 'refused' "
    "AND a.outcome IS DISTINCT FROM 'opted_out' AND NOT EXISTS (SELECT 1 FROM legal_holds h "
    "WHERE h.tenant_id = a.tenant_id AND h.contact_id = a.contact_id AND h.lifted_at IS NULL)"
)


class AgedAttempts(AgedBook):
    """Attempts to reach people; those about a person under a legal hold stay."""

    kind = ATTEMPTS
    found = text(f"SELECT a.attempt_id AS id, a.contact_id AS example {_OLD} ORDER BY a.at, a.attempt_id LIMIT :most")
    counted = text(f"SELECT count(*) {_OLD}")
    deleted = text(
        "DELETE FROM attempts WHERE tenant_id = :tenant AND attempt_id = ANY(CAST(:ids AS uuid[])) AND at < :before"
    )

    async def load(self, conn: Connection) -> None:
        """Finds a piece of them; what the rules in force still look back at stays, whatever was ruled before them."""
        reach = self.work.now - self.work[Lookback].lookback
        self._asked = {tenant: Aged(min(each.before, reach), each.most) for tenant, each in self._asked.items()}
        await super().load(conn)

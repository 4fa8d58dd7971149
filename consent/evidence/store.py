"""
The SQL of the proof of many consents: columns that name nobody, and regions as coarse as decisions record them.
"""

from collections.abc import Sequence
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import text

from audit.link import AnyConnection

AnyRow: TypeAlias = Any  # A row of either kind of connection; its columns are named by the statements.
Rows: TypeAlias = Sequence[AnyRow]

# Where a consent may have to stand: as it was stated, else wherever the person may be.
_PLACES = (
    "CASE WHEN c.jurisdiction IS NOT NULL THEN ARRAY[c.jurisdiction] ELSE ARRAY(SELECT DISTINCT r.region FROM ("
    "SELECT p.region FROM contacts p WHERE p.tenant_id = c.tenant_id AND p.contact_id = c.contact_id UNION "
    "SELECT i.region FROM identifiers i WHERE i.tenant_id = c.tenant_id AND i.contact_id = c.contact_id "
    "AND i.valid_to IS NULL) r WHERE r.region IS NOT NULL ORDER BY r.region) END AS places"
)
_GIVEN = (
    "FROM consents c WHERE c.tenant_id = :tenant AND c.state IN ('granted', 'pending') "
    "AND (CAST(:purpose AS text) IS NULL OR c.purpose = :purpose)"
)
_CONSENTS = text(
    "SELECT c.consent_id, c.contact_id, c.purpose, c.purpose_version, c.channel, c.method, c.technology, c.given_at, "
    "c.recorded_at, c.expires_at, c.jurisdiction, c.notice, c.notice_version, c.notice_locale, c.proof, c.trust, c.giver, "
    f"c.event_id, {_PLACES} {_GIVEN} AND c.consent_id > :after ORDER BY c.consent_id LIMIT :most"
)
# Between two of these days the same is asked for, so that consents that differ only by their day are one group.
_GROUPS = text(
    "SELECT g.purpose, g.method, g.technology, g.jurisdiction, g.proof, g.trust, g.places, g.soon, g.ends, "
    "min(g.day) AS day, count(*) AS consents FROM (SELECT c.purpose, c.method, c.technology, c.jurisdiction, c.proof, c.trust, "
    f"{_PLACES}, c.recorded_at - c.given_at <= make_interval(secs => :prompt) AS soon, c.expires_at IS NOT NULL AS ends, "
    "CAST(c.given_at AT TIME ZONE 'UTC' AS date) AS day, "
    "width_bucket(CAST(c.given_at AT TIME ZONE 'UTC' AS date), CAST(:days AS date[])) AS period "
    f"{_GIVEN}) g GROUP BY g.purpose, g.method, g.technology, g.jurisdiction, g.proof, g.trust, g.places, g.soon, g.ends, "
    "g.period"
)


async def read_given(conn: AnyConnection, tenant: UUID, purpose: str | None, after: UUID, most: int) -> Rows:
    """Consents that were given or asked for, by id, with what is told of their proof."""
    asked = {"tenant": tenant, "purpose": purpose, "after": after, "most": most}
    return list(await conn.execute(_CONSENTS, asked))


async def read_groups(
    conn: AnyConnection, tenant: UUID, purpose: str | None, days: Sequence[object], prompt: float
) -> Rows:
    """How many consents there are of each kind of proof, in each period between these days."""
    asked = {"tenant": tenant, "purpose": purpose, "days": list(days), "prompt": prompt}
    return list(await conn.execute(_GROUPS, asked))

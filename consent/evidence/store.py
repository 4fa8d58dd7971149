"""
The SQL of the proof of many consents (columns that name nobody, and regions as coarse as decisions record them), and of files.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import text

from audit.link import AnyConnection, Connection
from audit.rows import insert_rows
from consent.evidence.models import evidence_files

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

_FILE = "f.tenant_id, f.file_id, f.contact_id, f.blind, f.media_type, f.size, f.event_id"
_FIND_FILES = text(
    f"SELECT {_FILE}, f.sealed FROM unnest(CAST(:tenants AS uuid[]), CAST(:files AS uuid[])) AS w(tenant, file) "
    "JOIN evidence_files f ON f.tenant_id = w.tenant AND f.file_id = w.file"
)
_LOAD_FILES = text(
    f"SELECT {_FILE} FROM unnest(CAST(:tenants AS uuid[]), CAST(:people AS uuid[])) AS w(tenant, person) "
    "JOIN evidence_files f ON f.tenant_id = w.tenant AND f.contact_id = w.person ORDER BY f.added_at, f.file_id"
)
_LIST_FILES = text(
    "SELECT file_id, media_type, size, added_at FROM evidence_files WHERE tenant_id = :tenant "
    "AND contact_id = :contact ORDER BY added_at, file_id"
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


async def find_files(conn: Connection, wanted: Sequence[tuple[UUID, UUID]]) -> Rows:
    """These files, of (tenant, id), with their content."""
    asked = {"tenants": [tenant for tenant, _ in wanted], "files": [file for _, file in wanted]}
    return list(await conn.execute(_FIND_FILES, asked)) if wanted else []


async def load_files(conn: Connection, people: Sequence[tuple[UUID, UUID]]) -> Rows:
    """The files of these people, of (tenant, id), without their content."""
    asked = {"tenants": [tenant for tenant, _ in people], "people": [person for _, person in people]}
    return list(await conn.execute(_LOAD_FILES, asked)) if people else []


async def list_files(conn: AnyConnection, tenant: UUID, contact: UUID) -> Rows:
    """The files of one person, oldest first."""
    return list(await conn.execute(_LIST_FILES, {"tenant": tenant, "contact": contact}))


async def insert_files(conn: Connection, rows: Sequence[Mapping[str, object]]) -> None:
    """Files that were added."""
    await insert_rows(conn, evidence_files, rows)

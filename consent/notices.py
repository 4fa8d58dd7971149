"""
The words that people were shown and the purposes that they were asked for, for whoever tells of them.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from audit.entry import Json
from consent import settings_store as store
from consent.proof.errors import NoticeAbsent
from consent.proof.wording import placeholders
from consent.settings import purpose_of
from consent.setup import purpose_json


async def read_notices(conn: AsyncConnection, tenant: UUID) -> Mapping[tuple[str, int, str], str]:
    """The text of every notice that a tenant has published, by id, version and locale."""
    rows = await store.read_notices(conn, tenant)
    return {(row.notice, row.version, row.locale): row.text for row in rows}


async def list_notices(conn: AsyncConnection, tenant: UUID) -> Sequence[Json]:
    """Every notice without its text, by id, version and locale."""
    return [_notice_json(row) for row in await store.read_notices(conn, tenant)]


async def find_notice(conn: AsyncConnection, tenant: UUID, notice: str, version: int, locale: str) -> Json:
    """One notice with its text.  Raises NoticeAbsent."""
    row = await store.read_notice(conn, tenant, notice, version, locale)
    if row is None:
        raise NoticeAbsent
    return {**_notice_json(row), "text": row.text}


async def list_purposes(conn: AsyncConnection, tenant: UUID) -> Sequence[Json]:
    """Every version of every purpose, the newest of each marked as current."""
    found = [purpose_of(row) for row in await store.read_purposes(conn, tenant)]
    newest = {each.name: each.version for each in found}  # in the order of their versions
    return [{**purpose_json(each), "current": newest[each.name] == each.version} for each in found]


def _notice_json(row: store.AnyRow) -> dict[str, Json]:
    return {
        "id": row.notice,
        "version": row.version,
        "locale": row.locale,
        "sha256": bytes(row.sha256).hex(),
        "variables": placeholders(row.text),
    }

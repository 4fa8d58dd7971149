"""
The route of shadows.
"""

from collections.abc import Mapping
from typing import Annotated

from litestar import get
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from audit.api import Asked, Desk
from audit.instants import rfc3339
from policies.shadows import store

_MOST = 200


@get("/v1/policies/shadows", opt={"scope": "policies:read"})
async def read_shadows(
    request: Asked, desk: NamedDependency[Desk], limit: Annotated[int, QueryParameter(ge=0, le=_MOST)] = 20
) -> Mapping[str, object]:
    """How often what is asked beside the rules agreed with them, and the latest calls on which it would have parted."""
    async with desk.snapshots.of(request.auth.tenant) as conn:
        tallies = await store.read_tallies(conn, request.auth.tenant)
        latest = await store.read_latest(conn, request.auth.tenant, limit)
    return {
        "shadows": [{**_named(row.shadow), **_counted(row)} for row in tallies],
        "latest": [{**_named(row.shadow), **_parted(row)} for row in latest],
    }


def _named(shadow: str) -> dict[str, object]:
    of, _, rule_set = shadow.partition(" ")
    return {"of": of, "rule_set": rule_set}


def _counted(row: store.AnyRow) -> dict[str, object]:
    counts = {"agreed": row.agreed, "would_deny": row.would_deny, "would_allow": row.would_allow}
    return {"since": rfc3339(row.since), **counts}


def _parted(row: store.AnyRow) -> dict[str, object]:
    would = "allow" if row.is_imagined else "deny"
    return {"index": row.entry_index, "at": rfc3339(row.at), "contact": str(row.contact_id), "would": would}


ROUTES = (read_shadows,)

"""
The routes of retention: what is kept for how long, and a run that takes away what its time is over for.
"""

from collections.abc import Mapping
from typing import Literal

import orjson
from litestar import get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response.base import ASGIResponse
from pydantic import Field

from audit.api import Asked, Desk, idempotency_of, json_response, written_response
from consent.edge import Strict
from consent.retention import MOST_DAYS, ReadRules, SetRetentionRule
from server.retention import Office, Run, carry_out, survey
from server.service import clock

Kind = Literal["evidence", "unreadable_items", "deliveries", "idempotency", "attempts"]


class RuleBody(Strict):
    """For how many days."""

    days: int = Field(ge=1, le=MOST_DAYS, examples=[1826])


class RunBody(Strict):
    """Whether only to say what would go."""

    dry_run: bool


@get("/v1/retention/rules", opt={"scope": "audit:read"})
async def read_retention_rules(request: Asked, desk: NamedDependency[Desk]) -> Mapping[str, object]:
    """For how many days each kind of thing is kept."""
    return {"rules": (await desk.reader.read(ReadRules(request.auth.tenant))).to_json()}


@put("/v1/retention/rules/{kind:str}", opt={"scope": "admin:write"}, status_code=200)
async def set_retention_rule(
    kind: FromPath[Kind], data: JSONBody[RuleBody], request: Asked, desk: NamedDependency[Desk]
) -> ASGIResponse:
    """Says for how many days one kind of thing is kept; never below what another rule needs."""
    once = await idempotency_of(request)
    wanted = SetRetentionRule(request.auth.tenant, request.auth.actor, kind, data.days, once)
    return written_response(await desk.journal.write(wanted), 200)


@post("/v1/retention/runs", opt={"scope": "contacts:erase"}, status_code=200)
async def run_retention(data: JSONBody[RunBody], request: Asked, desk: NamedDependency[Desk]) -> ASGIResponse:
    """Takes away what its time is over for, or says what would go and why; it may take minutes the first time."""
    office = Office(desk.journal, desk.reader, desk.snapshots)
    if data.dry_run:
        report = await survey(office, Run(request.auth.tenant, request.auth.actor, clock()))
        return json_response(orjson.dumps({**report.to_json(), "receipt": None}), 200, {})
    run = Run(request.auth.tenant, request.auth.actor, clock(), await idempotency_of(request))
    return written_response(await carry_out(office, run), 200)


ROUTES = (read_retention_rules, set_retention_rule, run_retention)

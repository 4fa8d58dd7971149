"""
The routes of simulations: ask for one, see how it goes, cancel it, read its report; and of decisions of the past.
"""

from uuid import UUID

import orjson
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response.base import ASGIResponse

from audit.api import Asked, Desk, idempotency_of, json_response, written_response
from audit.entry import Json
from audit.extracts import stretch
from audit.instants import rfc3339_or_none
from policies.explaining import explain
from policies.ruleset import RuleSet
from policies.simulating import store
from policies.simulating.edge import SimulationBody
from policies.simulating.errors import DecisionUnknown, QuestionsInLoop, SimulationNotReady
from policies.simulating.page import page
from policies.simulating.questions import asking
from policies.simulating.records import CLOSED_LOOP, READY, Simulation
from policies.simulating.requests import CancelSimulation, FindSimulation, Found, Range, RequestSimulation

_MOST = 2**62
_SCOPE = {"scope": "policies:simulate"}
# Nothing in a page of ours may load or run anything, whatever is written in it.
_PAGE_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
}


@post("/v1/policies/simulations", opt=_SCOPE, status_code=202)
async def request_simulation(
    data: JSONBody[SimulationBody], request: Asked, desk: NamedDependency[Desk]
) -> ASGIResponse:
    """Tries other rules on recorded decisions, or on questions; what it finds is entered in the log."""
    caller, once = request.auth, await idempotency_of(request)
    candidate = await data.candidate.rules(desk.snapshots, caller.tenant)
    found, within = None, None
    if data.questions is not None:
        found = await _told(desk, caller.tenant, data, candidate)
    else:
        within = await _range(desk, caller.tenant, data)
    wanted = RequestSimulation(
        tenant=caller.tenant,
        actor=caller.actor,
        candidate=candidate.hash,
        content=candidate.content,
        mode=data.mode,
        assume=data.assume,
        range=within,
        questions=None if data.questions is None else len(data.questions),
        found=found,
        idempotency=once,
    )
    return written_response(await desk.journal.write(wanted), 202)


@get("/v1/policies/simulations/{simulation:uuid}", opt=_SCOPE)
async def read_simulation(simulation: FromPath[UUID], request: Asked, desk: NamedDependency[Desk]) -> dict[str, Json]:
    """How a simulation goes: queued, running, ready, failed or cancelled."""
    return _told_json(await desk.reader.read(FindSimulation(request.auth.tenant, simulation)))


@post("/v1/policies/simulations/{simulation:uuid}/cancel", opt=_SCOPE, status_code=200)
async def cancel_simulation(simulation: FromPath[UUID], request: Asked, desk: NamedDependency[Desk]) -> ASGIResponse:
    """Ends a simulation that waits or runs; cancelling twice does nothing."""
    caller, once = request.auth, await idempotency_of(request)
    return written_response(
        await desk.journal.write(CancelSimulation(caller.tenant, caller.actor, simulation, once)), 200
    )


@get("/v1/policies/simulations/{simulation:uuid}/report", opt=_SCOPE, media_type="application/json")
async def read_report(simulation: FromPath[UUID], request: Asked, desk: NamedDependency[Desk]) -> ASGIResponse:
    """The report, in the canonical bytes of which report_hash is the SHA-256, with that hash beside it."""
    report_hash, content = await _report(desk, request.auth.tenant, simulation)
    body = b'{"report":' + content + b',"report_hash":"' + report_hash.encode() + b'"}'
    return json_response(body, 200, {})


@get("/v1/policies/simulations/{simulation:uuid}/report.html", opt=_SCOPE, media_type="text/html")
async def read_report_page(simulation: FromPath[UUID], request: Asked, desk: NamedDependency[Desk]) -> ASGIResponse:
    """The report as a page to print."""
    report_hash, content = await _report(desk, request.auth.tenant, simulation)
    made = page(orjson.loads(content), report_hash)
    return ASGIResponse(body=made.encode(), media_type="text/html", headers=_PAGE_HEADERS)


@get("/v1/decisions/{index:int}", opt={"scope": "decisions:trace"}, media_type="application/json")
async def explain_decision(index: FromPath[int], request: Asked, desk: NamedDependency[Desk]) -> ASGIResponse:
    """A recorded decision, rule by rule: what each rule answered, how it is written, and on what it rests."""
    found = await explain(desk.snapshots, request.auth.tenant, index) if 0 <= index < _MOST else None
    if found is None:
        raise DecisionUnknown(index)
    return json_response(orjson.dumps(found.to_json()), 200, {"Cache-Control": "private, no-store"})


async def _range(desk: Desk, tenant: UUID, body: SimulationBody) -> Range:
    async with desk.snapshots.of(tenant) as conn:
        within = await stretch(conn, tenant, body.from_, body.to)
    return Range(within.origin, within.first, within.end)


async def _told(desk: Desk, tenant: UUID, body: SimulationBody, candidate: RuleSet) -> Found:
    if body.mode == CLOSED_LOOP:
        raise QuestionsInLoop
    questions = await asking(desk.reader, tenant, candidate)
    await questions.ask([each.look(tenant) for each in body.questions or ()])
    return questions.found()


async def _report(desk: Desk, tenant: UUID, simulation: UUID) -> tuple[str, bytes]:
    found = await desk.reader.read(FindSimulation(tenant, simulation))
    if found.state != READY or found.report_hash is None:
        raise SimulationNotReady(found.state, found.detail)
    async with desk.snapshots.of(tenant) as conn:
        content = await store.read_report(conn, (tenant, simulation))
    if content is None:
        raise SimulationNotReady(found.state)
    return found.report_hash, content


def _told_json(found: Simulation) -> dict[str, Json]:
    return {
        "id": str(found.id),
        "state": found.state,
        "done": found.done,
        "total": found.total,
        "detail": found.detail,
        "mode": found.mode,
        "assume": found.assume,
        "base": found.base,
        "candidate": found.candidate,
        "log": found.origin,
        "from": found.first,
        "to": found.end,
        "questions": found.questions,
        "report_hash": found.report_hash,
        "ready_at": rfc3339_or_none(found.ready_at),
    }


ROUTES = (request_simulation, read_simulation, cancel_simulation, read_report, read_report_page, explain_decision)

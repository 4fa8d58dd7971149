"""
The routes of changes of rules.
"""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response.base import ASGIResponse
from pydantic import Field, StrictBool, StrictInt, StrictStr

from audit.api import Asked, Desk, idempotency_of, written_response
from consent.edge import Moment, Strict
from policies.changes.checks import checked
from policies.changes.drafting import OwnPack, assembled
from policies.changes.looks import FindBase, FindChange, FindInForce, ListChanges
from policies.changes.requests import ActivateChange, ApproveChange, DraftChange, StepBack, TryChange, WithdrawChange
from policies.pack import Pack
from policies.ruleset import compile_rules, packs_of

_MOST_PACKS = 200
_HASH = r"^sha256:[0-9a-f]{64}$"

Reason = Annotated[str, Field(min_length=1, max_length=500, examples=["calls before nine brought complaints"])]


class OwnPackBody(Strict):
    """A pack of one's own, in YAML, with the cases that show it to work."""

    yaml: Annotated[StrictStr, Field(min_length=1, max_length=300_000)]
    tests: Annotated[StrictStr, Field(min_length=1, max_length=300_000)]


class DraftBody(Strict):
    """
    All packs of the new set: a name such as es is the one that ships, acme@3 the one in force, else written out.

    With keep, only those that are new: the others in force stay, and one of the same id is replaced.
    """

    packs: Annotated[list[StrictStr | OwnPackBody], Field(min_length=1, max_length=_MOST_PACKS)]
    keep: StrictBool = False
    reason: Reason


class ApprovalBody(Strict):
    """On which simulation's report; without one only in an emergency, and only where the change can only deny more."""

    reason: Reason
    report_hash: Annotated[StrictStr, Field(pattern=_HASH)] | None = None
    emergency: StrictBool = False


class ActivationBody(Strict):
    """At once, or at an instant within a year."""

    reason: Reason
    at: Moment | None = None


class TrialBody(Strict):
    """For how many percent of the contacts; 0 only notes what would have been said, null ends the trial."""

    reason: Reason
    percent: Annotated[StrictInt, Field(ge=0, le=100)] | None


class ReasonBody(Strict):
    """Why."""

    reason: Reason


@post("/v1/policies/changes", opt={"scope": "policies:write"}, status_code=201)
async def draft_change(data: JSONBody[DraftBody], request: Asked, desk: NamedDependency[Desk]) -> ASGIResponse:
    """Drafts another set of packs, once the linter finds no error and every case beside them passes."""
    caller, once = request.auth, await idempotency_of(request)
    named = [each if isinstance(each, str) else OwnPack(each.yaml, each.tests) for each in data.packs]
    rules, now = await desk.reader.read(FindBase(caller.tenant))
    packs, checks = await asyncio.to_thread(_green, named, rules.content, now, keep=data.keep)
    wanted = DraftChange(caller.tenant, caller.actor, packs, data.reason, checks, rules.hash, once)
    return written_response(await desk.journal.write(wanted), 201)


def _green(named: list[str | OwnPack], in_force: bytes, now: datetime, *, keep: bool) -> tuple[tuple[Pack, ...], str]:
    drafted = assembled(named, packs_of(in_force), keep=keep)
    packs = tuple(each.source.pack for each in drafted)
    compile_rules(packs).prepare(now)  # Holidays are built here, where nobody waits, and not where it is written.
    return packs, checked(drafted, now)


@get("/v1/policies/changes", opt={"scope": "policies:read"})
async def list_changes(request: Asked, desk: NamedDependency[Desk]) -> Mapping[str, object]:
    """The latest changes of the tenant's rules, the newest first, each with its state."""
    return {"changes": await desk.reader.read(ListChanges(request.auth.tenant))}


@get("/v1/policies/changes/{change:uuid}", opt={"scope": "policies:read"})
async def find_change(change: FromPath[UUID], request: Asked, desk: NamedDependency[Desk]) -> Mapping[str, object]:
    """One change, with its state and what may allow more by it."""
    return await desk.reader.read(FindChange(request.auth.tenant, change))


@post("/v1/policies/changes/{change:uuid}/approval", opt={"scope": "policies:approve"}, status_code=200)
async def approve_change(
    change: FromPath[UUID], data: JSONBody[ApprovalBody], request: Asked, desk: NamedDependency[Desk]
) -> ASGIResponse:
    """Approves somebody else's change, on the report of its simulation."""
    caller, once = request.auth, await idempotency_of(request)
    wanted = ApproveChange(
        caller.tenant, caller.actor, change, data.reason, data.report_hash, data.emergency, idempotency=once
    )
    return written_response(await desk.journal.write(wanted), 200)


@post("/v1/policies/changes/{change:uuid}/activation", opt={"scope": "policies:write"}, status_code=200)
async def activate_change(
    change: FromPath[UUID], data: JSONBody[ActivationBody], request: Asked, desk: NamedDependency[Desk]
) -> ASGIResponse:
    """Puts an approved change in force, now or at an instant."""
    caller, once = request.auth, await idempotency_of(request)
    wanted = ActivateChange(caller.tenant, caller.actor, change, data.reason, data.at, once)
    return written_response(await desk.journal.write(wanted), 200)


@post("/v1/policies/changes/{change:uuid}/trial", opt={"scope": "policies:write"}, status_code=200)
async def try_change(
    change: FromPath[UUID], data: JSONBody[TrialBody], request: Asked, desk: NamedDependency[Desk]
) -> ASGIResponse:
    """Asks a change's rules beside those in force, for the record or for a share of the contacts; or ends that."""
    caller, once = request.auth, await idempotency_of(request)
    wanted = TryChange(caller.tenant, caller.actor, change, data.reason, data.percent, once)
    return written_response(await desk.journal.write(wanted), 200)


@post("/v1/policies/changes/{change:uuid}/withdrawal", opt={"scope": "policies:write"}, status_code=200)
async def withdraw_change(
    change: FromPath[UUID], data: JSONBody[ReasonBody], request: Asked, desk: NamedDependency[Desk]
) -> ASGIResponse:
    """Gives a change up that is not in force yet."""
    caller, once = request.auth, await idempotency_of(request)
    wanted = WithdrawChange(caller.tenant, caller.actor, change, data.reason, once)
    return written_response(await desk.journal.write(wanted), 200)


@get("/v1/policies/in-force", opt={"scope": "policies:read"})
async def find_in_force(request: Asked, desk: NamedDependency[Desk]) -> Mapping[str, object]:
    """The tenant's rules: in force, before, next and on trial."""
    return await desk.reader.read(FindInForce(request.auth.tenant))


@post("/v1/policies/rollback", opt={"scope": "policies:approve"}, status_code=200)
async def step_back(data: JSONBody[ReasonBody], request: Asked, desk: NamedDependency[Desk]) -> ASGIResponse:
    """Puts the set that was in force before in force again, at once; there is no second step back."""
    wanted = StepBack(request.auth.tenant, request.auth.actor, data.reason, await idempotency_of(request))
    return written_response(await desk.journal.write(wanted), 200)


ROUTES = (
    draft_change,
    list_changes,
    find_change,
    approve_change,
    activate_change,
    try_change,
    withdraw_change,
    find_in_force,
    step_back,
)

"""
The routes of decisions: check, authorize, outcome, release, and the keys of tokens.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import orjson
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import Response
from litestar.response.base import ASGIResponse

from audit.api import Asked, Caller, Desk, body_of, idempotency_for, idempotency_of, json_response, written_response
from audit.entry import Json
from audit.instants import rfc3339
from audit.journal import Journal
from audit.names import TenantNames
from audit.reader import Reader, Snapshots
from audit.work import Written
from policies.asking import RequestPermission
from policies.authorizing import Authorize
from policies.bodies import AuthorizeBody, CheckBody, OutcomeBody, PermissionRequestBody
from policies.checking import Check, Checked
from policies.decision import Decision
from policies.instants import parse_duration
from policies.reporting import ReleaseHold, ReportOutcome
from policies.tokens import Tokens

_JWKS = "application/jwk-set+json"
# Shorter than a new key is published before it signs (``venia rotate tokens``).
JWKS_SECONDS = 15


class Tally:
    """Counts decisions by outcome and by the codes of their reasons."""

    __slots__ = ()

    def count_decision(self, outcome: str, codes: Iterable[str], times: int = 1) -> None:
        """One more decision, or so many alike."""
        raise NotImplementedError  # Whoever measures knows where the numbers go.


class CallDesk(Desk):
    """What the routes of decisions work with."""

    def __init__(
        self,
        journal: Journal,
        reader: Reader,
        snapshots: Snapshots,
        *,
        exports: Path,
        tally: Tally,
        tokens: Tokens,
    ) -> None:
        super().__init__(journal, reader, snapshots, exports=exports)
        self.tally = tally
        self.tokens = tokens
        self.names = TenantNames(snapshots)

    def problem_of(self, error: Exception) -> Mapping[str, object]:
        """What went wrong with one of many questions, as an answer of its own would say it."""
        raise NotImplementedError  # Whoever knows the wire can tell.


# Every call is preceded by one of these two questions.  They are answered before the framework takes the request apart
# into arguments, which would cost as much as the decision; what the routes below declare is their description.


async def answer_check(request: Asked) -> ASGIResponse:
    """Decides without holding or writing anything."""
    caller, desk = request.auth, desk_of(request)
    look = look_of(CheckBody.model_validate_json(await body_of(request)), caller)
    checked = await desk.reader.read(look)
    desk.tally.count_decision(*outcome_of(checked.decision))
    return _checked_response(checked, look.detail)


async def answer_authorize(request: Asked) -> ASGIResponse:
    """Decides, and on allow holds the person's counters; every answer is in the log before it is given."""
    caller, desk = request.auth, desk_of(request)
    content = await body_of(request)
    body, once = AuthorizeBody.model_validate_json(content), idempotency_for(request, content)
    ttl = parse_duration(body.ttl)
    wanted = Authorize(caller.tenant, caller.actor, body.question(), body.reference, ttl, once, body.token)
    written = await desk.journal.write(wanted)
    if not written.replayed:
        answer = cast(dict[str, Any], written.answer)  # Made by this package, in the shape of a decision.
        desk.tally.count_decision(
            *_outcome(answer["decision"] == "allow", (each["code"] for each in answer["reasons"]))
        )
    return written_response(with_token(written, desk.tokens), 200)


@post("/v1/calls/check", opt={"scope": "decisions:read"}, status_code=200, before_request=answer_check)
async def check(data: JSONBody[CheckBody]) -> ASGIResponse:
    """Decides without holding or writing anything."""
    raise NotImplementedError  # answer_check has answered.


@post("/v1/calls/authorize", opt={"scope": "calls:authorize"}, status_code=200, before_request=answer_authorize)
async def authorize(data: JSONBody[AuthorizeBody]) -> ASGIResponse:
    """Decides, and on allow holds the person's counters; every answer is in the log before it is given."""
    raise NotImplementedError  # answer_authorize has answered.


@post("/v1/permissions/requests", opt={"scope": "calls:authorize"}, status_code=200)
async def request_permission(
    data: JSONBody[PermissionRequestBody],
    request: Asked,
    desk: NamedDependency[CallDesk],
) -> ASGIResponse:
    """Decides whether the person may be asked for WhatsApp's permission to call, and on allow asks them within five minutes."""
    caller, once = request.auth, await idempotency_of(request)
    wanted = RequestPermission(caller.tenant, caller.actor, data.question(), data.template, data.language, once)
    return written_response(await desk.journal.write(wanted), 200)


@post("/v1/calls/{hold:uuid}/outcome", opt={"scope": "calls:authorize"}, status_code=200)
async def report_outcome(
    hold: FromPath[UUID],
    data: JSONBody[OutcomeBody],
    request: Asked,
    desk: NamedDependency[CallDesk],
) -> ASGIResponse:
    """Says how the call ended; an opt-out during the call takes effect before this is answered."""
    caller, once = request.auth, await idempotency_of(request)
    shown = None if data.token is None else desk.tokens.read(data.token)
    told = (data.outcome, data.at, data.duration_s, data.error_code)
    wanted = ReportOutcome(caller.tenant, caller.actor, hold, *told, once, shown, data.retry_at)
    return written_response(await desk.journal.write(wanted), 200)


@post("/v1/calls/{hold:uuid}/release", opt={"scope": "calls:authorize"}, status_code=200)
async def release_hold(
    hold: FromPath[UUID],
    request: Asked,
    desk: NamedDependency[Desk],
) -> ASGIResponse:
    """Says that the call was not placed, which frees what the hold counted."""
    caller, once = request.auth, await idempotency_of(request)
    wanted = ReleaseHold(caller.tenant, caller.actor, hold, idempotency=once)
    return written_response(await desk.journal.write(wanted), 200)


@get("/.well-known/jwks.json", opt={"public": True}, media_type=_JWKS)
async def read_token_keys(desk: NamedDependency[CallDesk]) -> Response[Mapping[str, object]]:
    """The public keys of decision tokens (RFC 7517): that of now, the next one before it signs, and one just followed."""
    kept = {"Cache-Control": f"public, max-age={JWKS_SECONDS}"}
    return Response({"keys": desk.tokens.published()}, media_type=_JWKS, headers=kept)


def with_token(written: Written, tokens: Tokens) -> Written:
    """
    The answer with its token signed, where one was asked for and the call is allowed; a repetition gets the same bytes.

    The token is null only where its key was given up meanwhile.
    """
    claims, receipt = written.answer.get("token"), written.receipt
    if not isinstance(claims, Mapping):
        return written
    token = None if receipt is None else tokens.sign({"iss": receipt.log, **claims})
    return replace(written, answer={**written.answer, "token": token})


def desk_of(request: Asked) -> CallDesk:
    """What the application's routes work with."""
    desk: CallDesk = request.app.state.desk
    return desk


def look_of(body: CheckBody, caller: Caller) -> Check:
    """The body's question as a look; raises where the caller may not ask so much."""
    if body.detail == "trace":
        caller.require("decisions:trace")
    if body.at is not None:
        caller.require("decisions:simulate")
    return Check(caller.tenant, body.question(), body.at, traced=body.detail == "trace", detail=body.detail)


_ALLOWED: tuple[str, tuple[str, ...]] = ("allow", ())


def _outcome(allow: bool, codes: Iterable[str]) -> tuple[str, tuple[str, ...]]:
    return ("allow" if allow else "deny"), tuple(codes)


def outcome_of(decision: Decision) -> tuple[str, tuple[str, ...]]:
    """What a decision counts as: allow or deny, and the codes of its reasons."""
    return _ALLOWED if decision.allow else _outcome(False, (each.code for each in decision.reasons))


def checked_json(checked: Checked, detail: str) -> dict[str, Json]:
    """What was decided, as the wire has it, in as much detail as was asked for."""
    answer: dict[str, Json] = checked.decision.to_json()
    if detail == "none":
        del answer["reasons"]
    if detail == "trace":
        answer["trace"] = [step.to_json() for step in checked.steps]
    answer["contact"] = str(checked.contact) if checked.contact else None
    return answer


def _checked_response(checked: Checked, detail: str) -> ASGIResponse:
    # What changes from one moment to the next travels in headers: equal questions get equal bodies.
    headers = {"X-Decision-At": rfc3339(checked.at), "X-Rules-Microseconds": str(checked.rules_microseconds)}
    return json_response(orjson.dumps(checked_json(checked, detail)), 200, headers)


ROUTES = (check, authorize, request_permission, report_outcome, release_hold, read_token_keys)

"""
The routes that take many questions at once.
"""

from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing

from litestar import post
from litestar.di import NamedDependency
from litestar.response.base import ASGIResponse
from litestar.types import Receive, Send

from audit.api import Asked
from policies.api import CallDesk, checked_json, outcome_of
from policies.batches.answering import Read, Told, answering, answers_to
from policies.bodies import CheckBody, PlanBody
from policies.checking import Check, Checked
from policies.planning import Plan

NDJSON = "application/x-ndjson"
_OPT = {
    "scope": "decisions:read",
    "max_body": None,
    "content_types": (NDJSON, "application/ndjson", "application/jsonl"),
}


@post("/v1/calls/check-batch", opt=_OPT, status_code=200, media_type=NDJSON)
async def check_batch(request: Asked, desk: NamedDependency[CallDesk]) -> ASGIResponse:
    """
    Decides without holding or writing anything, a line of JSON for each question: the body of /v1/calls/check.

    Answers come in the same order, each with its line's number; a line that cannot be answered has an error.
    """
    caller = request.auth

    def read(line: bytes) -> Check:
        body = CheckBody.model_validate_json(line)
        if body.detail == "trace":
            caller.require("decisions:trace")
        if body.at is not None:
            caller.require("decisions:simulate")
        return Check(caller.tenant, body.question(), body.at, traced=body.detail == "trace", detail=body.detail)

    def told(checked: Checked) -> Mapping[str, object]:
        desk.tally.count_decision(*outcome_of(checked.decision))
        return checked_json(checked, checked.detail)

    return await _stream(request, desk, read, told)


@post("/v1/calls/plan", opt=_OPT, status_code=200, media_type=NDJSON)
async def plan(request: Asked, desk: NamedDependency[CallDesk]) -> ASGIResponse:
    """
    Says when each person may be called from `start` to `end`, a line of JSON for each question.

    Slots are half-open, and exact if nothing else changes; without any, the reasons are those at `start`.
    """
    caller = request.auth

    def read(line: bytes) -> Plan:
        body = PlanBody.model_validate_json(line)
        return Plan(caller.tenant, body.question(), body.start, body.end)

    return await _stream(request, desk, read, lambda planned: planned.to_json())


class Answers(ASGIResponse):
    """
    Answers that are sent while the body is still being read.

    The framework's own stream listens for the client's going away on the side, and would swallow the body's parts.
    """

    _should_set_content_length = False

    def __init__(self, pieces: AsyncGenerator[bytes, None]) -> None:
        super().__init__(media_type=NDJSON)
        self._pieces = pieces

    async def send_body(self, send: Send, receive: Receive) -> None:
        """Sends each piece as it comes; lets go of the rest when that fails."""
        async with aclosing(self._pieces) as pieces:
            async for piece in pieces:
                await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _stream(request: Asked, desk: CallDesk, read: Read, told: Told) -> Answers:
    chunks = _chunks(request)
    # A body of another type is refused when it is first read, which must be before an answer begins.
    first = await anext(chunks, b"")
    return Answers(answers_to(_after(first, chunks), answering(desk.reader, read, told, desk.problem_of)))


async def _after(first: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield first
    async for chunk in rest:
        yield chunk


async def _chunks(request: Asked) -> AsyncIterator[bytes]:
    """The body as it comes; it ends early where the caller goes away."""
    while True:
        message: Mapping[str, object] = await request.receive()
        if message["type"] != "http.request":
            return
        body = message["body"]
        if isinstance(body, bytes) and body:
            yield body
        if not message["more_body"]:
            return


ROUTES = (check_batch, plan)

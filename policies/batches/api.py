"""
The routes that take many questions at once.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from functools import partial
from typing import Annotated

import orjson
from litestar import post
from litestar.params import Body
from litestar.response.base import ASGIResponse
from litestar.types import Receive, ReceiveMessage, Send

from audit.api import Asked
from policies.api import desk_of, look_of
from policies.batches.answering import Read, Told, answering, answers_to
from policies.batches.reading import quickly_read
from policies.batches.telling import Telling
from policies.bodies import CheckBody, PlanBody
from policies.checking import Check
from policies.planning import Plan, Planned

NDJSON = "application/x-ndjson"
_OPT = {
    "scope": "decisions:read",
    "max_body": None,
    "content_types": (NDJSON, "application/ndjson", "application/jsonl"),
}

# As with one question: answered before the framework takes the request apart; what the routes below declare is their
# description, and a line's.


async def answer_check_batch(request: Asked) -> ASGIResponse:
    """Decides without holding or writing anything, line by line."""
    caller, telling = request.auth, Telling(desk_of(request).tally)

    def read(line: bytes) -> Check:
        return quickly_read(line, caller.tenant) or look_of(CheckBody.model_validate_json(line), caller)

    return await _answers(request, read, telling.tell, telling.settle)


async def answer_plan(request: Asked) -> ASGIResponse:
    """Says when each person may be called, line by line."""
    caller = request.auth

    def read(line: bytes) -> Plan:
        body = PlanBody.model_validate_json(line)
        # Whether that is far away, and needs a scope of its own, is seen when it is known what time it is.
        insist = partial(caller.require, "decisions:simulate")
        return Plan(caller.tenant, body.question(), body.start, body.end, insist)

    return await _answers(request, read, _planned)


def _planned(planned: Planned) -> bytes:
    return orjson.dumps(planned.to_json())


@post("/v1/calls/check-batch", opt=_OPT, status_code=200, media_type=NDJSON, before_request=answer_check_batch)
async def check_batch(data: Annotated[CheckBody, Body(media_type=NDJSON)]) -> ASGIResponse:
    """
    Decides without holding or writing anything, a line of JSON for each question: the body of /v1/calls/check.

    Answers come in the same order, each with its line's number; a line that cannot be answered has an error.
    """
    raise NotImplementedError  # answer_check_batch has answered.


@post("/v1/calls/plan", opt=_OPT, status_code=200, media_type=NDJSON, before_request=answer_plan)
async def plan(data: Annotated[PlanBody, Body(media_type=NDJSON)]) -> ASGIResponse:
    """
    Says when each person may be called from `start` to `end`, a line of JSON for each question.

    Slots are half-open, and exact if nothing else changes; without any, the reasons are those at `start`.
    """
    raise NotImplementedError  # answer_plan has answered.


class Incoming:
    """A body that is answered while it comes."""

    def __init__(self, first: ReceiveMessage, receive: Receive) -> None:
        self._first = first
        self._receive = receive
        self._parts: asyncio.Queue[bytes | None] = asyncio.Queue(1)

    async def listen(self) -> None:
        """Takes the body in, no faster than it is worked on, and ends when the client goes away."""
        message = self._first
        while message["type"] == "http.request":
            await self._parts.put(message["body"])
            if not message["more_body"]:
                await self._parts.put(None)
            message = await self._receive()

    async def parts(self) -> AsyncIterator[bytes]:
        """The body's parts, to its end."""
        while (part := await self._parts.get()) is not None:
            yield part


class Answers(ASGIResponse):
    """
    Answers that are sent while the body is still being read; all work on them ends when the client goes away.

    The framework's own stream listens for that on the side, and would swallow the body's parts.
    """

    _should_set_content_length = False

    def __init__(self, incoming: Incoming, pieces: AsyncGenerator[bytes, None]) -> None:
        super().__init__(media_type=NDJSON)
        self._incoming = incoming
        self._pieces = pieces

    async def send_body(self, send: Send, receive: Receive) -> None:
        """Sends each piece as it is ready."""
        tasks = [asyncio.create_task(self._send(send)), asyncio.create_task(self._incoming.listen())]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _send(self, send: Send) -> None:
        async with aclosing(self._pieces) as pieces:
            async for piece in pieces:
                await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _answers(request: Asked, read: Read, told: Told, settle: Callable[[], None] = lambda: None) -> Answers:
    # A body of another type is refused when it is first read, which must be before an answer begins.
    incoming = Incoming(await request.receive(), request.receive)
    desk = desk_of(request)
    answer = answering(desk.reader, read, told, desk.problem_of, settle)
    return Answers(incoming, answers_to(incoming.parts(), answer, desk.exports))


ROUTES = (check_batch, plan)

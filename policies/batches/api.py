"""
The routes that take many questions at once.
"""

from collections.abc import Callable
from functools import partial
from typing import Annotated

import orjson
from litestar import post
from litestar.params import Body
from litestar.response.base import ASGIResponse

from audit.api import Asked
from audit.streaming.api import NDJSON, Answers, Incoming
from policies.api import desk_of, look_of
from policies.batches.answering import Read, Told, answering, answers_to
from policies.batches.reading import quickly_read
from policies.batches.telling import Telling
from policies.bodies import CheckBody, PlanBody
from policies.checking import Check
from policies.planning import Plan, Planned

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


async def _answers(request: Asked, read: Read, told: Told, settle: Callable[[], None] = lambda: None) -> Answers:
    # A body of another type is refused when it is first read, which must be before an answer begins.
    incoming = Incoming(await request.receive(), request.receive)
    desk = desk_of(request)
    answer = answering(desk.reader, read, told, desk.problem_of, settle)
    return Answers(incoming, answers_to(incoming.parts(), answer, desk.exports))


ROUTES = (check_batch, plan)

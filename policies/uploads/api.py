"""
The route that takes questions of any number: a line that names the rules, then a line for each question.
"""

from collections.abc import AsyncIterator
from hashlib import sha256
from typing import Annotated
from uuid import UUID

from litestar import post
from litestar.exceptions import ClientException
from litestar.params import Body
from litestar.response.base import ASGIResponse
from pydantic import ValidationError

from audit.api import Asked, Desk, idempotency_for, written_response
from audit.streams import Line, groups_of_lines
from audit.work import Idempotency
from policies.ruleset import RuleSet
from policies.simulating.edge import PastQuestionBody, UploadBody
from policies.simulating.errors import UploadEmpty
from policies.simulating.questions import Asking, GatherFacts, asking
from policies.simulating.requests import RequestSimulation

NDJSON = "application/x-ndjson"
_OPT = {
    "scope": "policies:simulate",
    "max_body": None,
    "content_types": (NDJSON, "application/ndjson", "application/jsonl"),
}
_AT_ONCE = 512


class _Upload:
    """A body as it comes, and the hash of all of it."""

    def __init__(self, request: Asked) -> None:
        self._request = request
        self._hash = sha256()

    async def parts(self) -> AsyncIterator[bytes]:
        """The body's parts; ClientException when the caller went away before its end."""
        while True:
            message = await self._request.receive()
            if message["type"] != "http.request":
                raise ClientException("The body ended early.")
            self._hash.update(message["body"])
            yield message["body"]
            if not message["more_body"]:
                return

    def bound(self, once: Idempotency) -> Idempotency:
        """The key, bound to what was asked and to all of the body."""
        return Idempotency(once.key, sha256(once.digest + self._hash.digest()).digest())


async def answer_upload(request: Asked) -> ASGIResponse:
    """Tells of each question as it comes, and keeps none of them."""
    caller, desk, upload = request.auth, _desk_of(request), _Upload(request)
    once = idempotency_for(request, b"")
    told: tuple[Asking, RuleSet] | None = None
    async for lines in groups_of_lines(upload.parts(), _AT_ONCE):
        if told is None:
            candidate = await _rules(desk, caller.tenant, lines.pop(0))
            told = await asking(desk.reader, caller.tenant, candidate), candidate
        await told[0].ask([_question(caller.tenant, each) for each in lines])
    if told is None or told[0].asked == 0:
        raise UploadEmpty
    questions, candidate = told
    wanted = RequestSimulation(
        tenant=caller.tenant,
        actor=caller.actor,
        candidate=candidate.hash,
        content=candidate.content,
        questions=questions.asked,
        found=questions.found(),
        idempotency=upload.bound(once),
    )
    return written_response(await desk.journal.write(wanted), 202)


@post("/v1/policies/simulations/questions", opt=_OPT, status_code=202, before_request=answer_upload)
async def upload_questions(data: Annotated[PastQuestionBody, Body(media_type=NDJSON)]) -> ASGIResponse:
    """
    Tries rules on questions of any number: the first line is `{"candidate": …}`, each other one a question.

    A line that is no question is counted as one that cannot be answered.  Nothing of the questions is kept.
    """
    raise NotImplementedError  # answer_upload has answered.


async def _rules(desk: Desk, tenant: UUID, line: Line) -> RuleSet:
    if line.text is None:
        raise UploadEmpty
    return await UploadBody.model_validate_json(line.text).candidate.rules(desk.snapshots, tenant)


def _question(tenant: UUID, line: Line) -> GatherFacts | str:
    """The question of a line, or why it is none; what stands in it is not told, since it may be a number."""
    if line.text is None:
        return f"Line {line.number} is longer than a question may be."
    try:
        return PastQuestionBody.model_validate_json(line.text).look(tenant)
    except ValidationError:
        return f"Line {line.number} is no question with to, from, purpose and at."


def _desk_of(request: Asked) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


ROUTES = (upload_questions,)

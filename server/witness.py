"""
The web application of a witness (c2sp.org/tlog-witness v1.0.0), which needs no database and no tenant.

Whoever asks proves who they are with the log's signature; everything it tells is public.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime

import structlog
from litestar import Litestar, Request, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency, Provide
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response.base import ASGIResponse

from audit.witnessing.witness import TEXT, Answer, Witness
from server.operations import live
from server.problems import problem_handlers

# The longest proof, and a checkpoint with sixteen ML-DSA-44 signatures, which have 3 kB each.
MAX_BODY_BYTES = 131_072
# What a log should never cause: a tree that does not follow, or a signature of nobody who is trusted.
_SUSPICIOUS = {403, 422}

Clock = Callable[[], datetime]

log = structlog.stdlib.get_logger("server.witness")


class WitnessDesk:
    """What the routes work with."""

    def __init__(self, witness: Witness, clock: Clock) -> None:
        self.witness = witness
        self.clock = clock

    def add_checkpoint(self, body: bytes) -> Answer:
        """The witness's answer at this moment."""
        return self.witness.add_checkpoint(body, self.clock())


@post("/add-checkpoint", summary="Cosigns a checkpoint that extends the last one")
async def add_checkpoint(request: Request[object, object, State], desk: NamedDependency[WitnessDesk]) -> ASGIResponse:
    """A cosignature, or why there is none, with the statuses of tlog-witness; what is answered is on the disk."""
    answer = await asyncio.to_thread(desk.add_checkpoint, await request.body())
    if answer.status in _SUSPICIOUS:
        log.warning("checkpoint refused", status=answer.status, reason=answer.body.decode().strip())
    return _response(answer)


@get("/{log_id:str}/checkpoint", summary="The newest checkpoint cosigned")
async def latest(log_id: FromPath[str], desk: NamedDependency[WitnessDesk]) -> ASGIResponse:
    """The newest cosigned checkpoint of the log whose origin has this SHA-256: what a shorter log cannot explain away."""
    note = await asyncio.to_thread(desk.witness.latest, log_id)
    if note is None:
        raise NotFoundException
    return _response(Answer(200, note, TEXT))


def _response(answer: Answer) -> ASGIResponse:
    # As a header, because the framework would add a charset to a media type that is defined without.
    return ASGIResponse(body=answer.body, status_code=answer.status, headers={"content-type": answer.media_type})


def create_witness_app(witness: Witness, clock: Clock) -> Litestar:
    """The application around a witness."""
    return Litestar(
        [add_checkpoint, latest, live],
        dependencies={"desk": Provide(lambda: WitnessDesk(witness, clock), sync_to_thread=False)},
        exception_handlers=problem_handlers({}),
        openapi_config=None,
        request_max_body_size=MAX_BODY_BYTES,
        logging_config=None,
    )

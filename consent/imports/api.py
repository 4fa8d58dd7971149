"""
The routes of imports: send a file, try it, see how it goes, read what became of its rows, cancel it.
"""

import zlib
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from typing import Annotated, Any, Literal
from urllib.parse import parse_qsl
from uuid import UUID

import orjson
from litestar import get, post
from litestar.di import NamedDependency
from litestar.exceptions import ClientException, ValidationException
from litestar.params import Body, FromPath, FromQuery, QueryParameter
from litestar.response import Stream
from litestar.response.base import ASGIResponse

from audit.api import Asked, Desk, idempotency_for, idempotency_of, json_response, receipt_json, written_response
from audit.reader import Snapshots
from audit.streaming.api import NDJSON as _LINES
from audit.streaming.api import Answers, Incoming
from audit.streams import spooled
from consent.bodies import ConsentBody
from consent.imports import store
from consent.imports.carrying import told
from consent.imports.edge import Source, trust_of
from consent.imports.errors import OptionWrong
from consent.imports.judging import VERDICTS
from consent.imports.options import CSV, NDJSON, Options
from consent.imports.requests import BeginImport, CancelImport, Come, FindImport, import_of, verdicts_json
from consent.imports.running import Importing, Taken, begun, bound
from consent.imports.trying import Trial

_FORMATS = {"text/csv": CSV, _LINES: NDJSON, "application/ndjson": NDJSON, "application/jsonl": NDJSON}
_OPT = {"scope": "consents:write", "max_body": None, "content_types": tuple(_FORMATS)}
_READ = {"scope": "consents:read"}
_PIECES_AT_ONCE = 16
_OPTIONS = ("map", "set", "country", "zone")


class Upload:
    """A body as it comes."""

    def __init__(self, request: Asked) -> None:
        self._request = request

    async def parts(self) -> AsyncIterator[bytes]:
        """Its parts; ClientException when the caller went away before its end."""
        while True:
            message = await self._request.receive()
            if message["type"] != "http.request":
                raise ClientException("The body ended early.")
            yield message["body"]
            if not message["more_body"]:
                return


async def answer_import(request: Asked) -> ASGIResponse:
    """Takes a file in as it comes, and answers when all of it is recorded."""
    caller, desk = request.auth, _desk_of(request)
    caller.require("consents:withdraw")  # A file may hold both.
    once, options, incoming = idempotency_for(request, b""), _options(request), Upload(request)
    come: list[Come] = []
    facts: dict[str, Any] = {}  # What entries say of where a row was read, once the import has its name.
    taken = Taken(options, Source(caller.tenant, caller.actor, facts, trust_of(caller.trust)))

    async def begin(digest: bytes) -> Come:
        wanted = BeginImport(caller.tenant, caller.actor, options.format, digest, bound(once, options))
        come.append(await begun(desk.journal, desk.reader, wanted))
        facts["import"] = str(come[0].import_.id)
        return come[0]

    written = await Importing(desk.journal, taken, begin).run(incoming.parts())
    body = {**written.answer, "receipt": receipt_json(written.receipt)}
    replayed = come[0].import_.state != "open"
    return json_response(orjson.dumps(body), 200, {"Idempotent-Replay": "true"} if replayed else {})


@post("/v1/imports", opt=_OPT, status_code=200, before_request=answer_import)
async def import_file(
    data: Annotated[ConsentBody, Body(media_type=_LINES)],
    map_: Annotated[
        list[str] | None, QueryParameter(name="map", description="COLUMN=MEANING; nothing leaves it out")
    ] = None,
    set_: Annotated[list[str] | None, QueryParameter(name="set", description="COLUMN=VALUE, for all rows")] = None,
    country: FromQuery[str | None] = None,
    zone: FromQuery[str | None] = None,
) -> ASGIResponse:
    """
    Records the consents and withdrawals of a file, as text/csv or lines of JSON; the same file under the same key goes on where it was.

    A line is the body of /v1/consents or of /v1/consents/withdrawals, a column one of their fields.
    """
    raise NotImplementedError  # answer_import has answered.


async def answer_trial(request: Asked) -> ASGIResponse:
    """Says of each row what would become of it, as the file comes in; the last line is the sum."""
    caller, desk = request.auth, _desk_of(request)
    caller.require("consents:withdraw")
    taken = Taken(_options(request), Source(caller.tenant, caller.actor, {}, trust_of(caller.trust)))
    incoming = Incoming(await request.receive(), request.receive)
    listening = incoming.listening()
    lines = tried(Trial(desk.reader, taken), taken, incoming.parts())
    try:
        first = await anext(lines)  # What is wrong with the whole file is told before an answer begins.
    except BaseException:
        listening.cancel()
        raise
    return Answers(incoming, spooled(_again(first, lines), desk.exports))


async def tried(trial: Trial, taken: Taken, chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The verdicts of a dry run as lines of JSON, and last of all one with their sum."""
    counts: Counter[str] = Counter()
    async for verdicts in trial.verdicts(chunks):
        counts.update(each.verdict for each in verdicts)
        yield b"".join(each.to_json() + b"\n" for each in verdicts)
    total = verdicts_json([counts[name] for name in VERDICTS])
    yield orjson.dumps({"rows": taken.rows, "verdicts": total}) + b"\n"


async def _again(first: bytes, others: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield first
    async for each in others:
        yield each


@post("/v1/imports/trials", opt=_OPT, status_code=200, media_type=_LINES, before_request=answer_trial)
async def try_file(
    data: Annotated[ConsentBody, Body(media_type=_LINES)],
    map_: Annotated[
        list[str] | None, QueryParameter(name="map", description="COLUMN=MEANING; nothing leaves it out")
    ] = None,
    set_: Annotated[list[str] | None, QueryParameter(name="set", description="COLUMN=VALUE, for all rows")] = None,
    country: FromQuery[str | None] = None,
    zone: FromQuery[str | None] = None,
) -> ASGIResponse:
    """Says of every row of a file what would become of it, and writes nothing: a line of JSON each, and one with the sum."""
    raise NotImplementedError  # answer_trial has answered.


@get("/v1/imports", opt=_READ)
async def list_imports(
    request: Asked, desk: NamedDependency[Desk], limit: Annotated[int, QueryParameter(ge=1, le=500)] = 50
) -> Mapping[str, object]:
    """The imports, the newest first, and how far each has come."""
    async with desk.snapshots.of(request.auth.tenant) as conn:
        rows = await store.list_imports(conn, request.auth.tenant, limit)
    return {"imports": [import_of(row).to_json() for row in rows]}


@get("/v1/imports/{import_:uuid}", opt=_READ)
async def read_import(import_: FromPath[UUID], request: Asked, desk: NamedDependency[Desk]) -> Mapping[str, object]:
    """How an import goes: open (it goes on when its file comes again), done or cancelled; and what its rows came to."""
    return (await desk.reader.read(FindImport(request.auth.tenant, import_))).import_.to_json()


@get("/v1/imports/{import_:uuid}/verdicts", opt=_READ, media_type=_LINES)
async def read_verdicts(
    import_: FromPath[UUID],
    request: Asked,
    desk: NamedDependency[Desk],
    first: Annotated[int, QueryParameter(name="from", ge=1, lt=2**62, description="number of the first row")] = 1,
    only: FromQuery[Literal["recorded", "history", "duplicate", "conflict", "refused"] | None] = None,
) -> Stream:
    """What became of each row, a line of JSON each, in their order."""
    tenant = request.auth.tenant
    await desk.reader.read(FindImport(tenant, import_))
    return Stream(verdicts_of(desk.snapshots, (tenant, import_), first, only), media_type=_LINES)


@post("/v1/imports/{import_:uuid}/cancel", opt={"scope": "consents:write"}, status_code=200)
async def cancel_import(import_: FromPath[UUID], request: Asked, desk: NamedDependency[Desk]) -> ASGIResponse:
    """Ends an import before its file is over; what was recorded stays.  Cancelling twice does nothing."""
    caller, once = request.auth, await idempotency_of(request)
    return written_response(await desk.journal.write(CancelImport(caller.tenant, caller.actor, import_, once)), 200)


async def verdicts_of(
    snapshots: Snapshots, key: store.Key, first: int = 1, only: str | None = None
) -> AsyncIterator[bytes]:
    """The verdicts from row ``first`` on, some hundred lines at a time."""
    while True:
        async with snapshots.of(key[0]) as conn:
            pieces = await store.read_verdicts(conn, key, first, _PIECES_AT_ONCE)
        if not pieces:
            return
        for piece in pieces:
            kept = orjson.loads(zlib.decompress(piece.lines))[max(0, first - piece.first_row) :]
            yield b"".join([told(each) + b"\n" for each in kept if only in (None, each[2])])
            first = piece.first_row + piece.rows


def _options(request: Asked) -> Options:
    """How the file is to be read, as the query says."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    given = parse_qsl(request.scope["query_string"].decode("latin-1"), keep_blank_values=True)
    unknown = next((name for name, _ in given if name not in _OPTIONS), None)
    if unknown is not None:
        raise ValidationException(
            extra=[{"key": unknown[:64], "source": "query", "message": "This parameter is not known."}]
        )
    once = {name: [value for other, value in given if other == name] for name in _OPTIONS}
    for name in ("country", "zone"):
        if len(once[name]) > 1:
            raise OptionWrong(name, "say it once.")
    country, zone = (next(iter(once[name]), None) for name in ("country", "zone"))
    return Options.read(
        _FORMATS.get(media_type, NDJSON), country=country, zone=zone, mapped=once["map"], usual=once["set"]
    )


def _desk_of(request: Asked) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


ROUTES = (import_file, try_file, list_imports, read_import, read_verdicts, cancel_import)

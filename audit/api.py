"""
What every route shares about writing, and the routes of the log.
"""

import base64
from collections.abc import AsyncIterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Annotated, TypeAlias
from uuid import UUID

import orjson
from litestar import Request, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.exceptions import ClientException
from litestar.params import FromQuery, JSONBody, QueryParameter
from litestar.response import Stream
from litestar.response.base import ASGIResponse
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from audit import store
from audit.entry import Json
from audit.errors import EntriesPruned, KeyMissing, RangeUnknown
from audit.journal import Journal
from audit.pruning import pruned_to
from audit.reader import Reader, Snapshots
from audit.receipts import fates
from audit.work import Idempotency, Receipt, Written

_KEY_LENGTH = 255
_ENTRIES_AT_ONCE = 512


class Caller:
    """Who asks: the tenant, the name in the log, and a way to insist on a further scope."""

    __slots__ = ()

    tenant: UUID
    actor: str  # without personal data
    trust: str  # in what they write: public, system, officer or import

    def require(self, needed: str) -> None:
        """Raises unless the scope was granted."""
        raise NotImplementedError  # Whoever authenticates knows what was granted.


class Desk:
    """
    What routes work with.

    One dependency holds it all, since the framework starts a task group to resolve several; and it is no dataclass,
    since the framework would take one for data and refuse a subclass.
    """

    def __init__(self, journal: Journal, reader: Reader, snapshots: Snapshots, *, exports: Path) -> None:
        """``exports`` is the folder of the files of exports."""
        self.journal = journal
        self.reader = reader
        self.snapshots = snapshots
        self.exports = exports

    async def find_person(self, tenant: UUID, kind: str, value: str) -> UUID:
        """Whom an identifier points to: a phone, or a whatsapp_user_id."""
        raise NotImplementedError  # Whoever knows people can tell.

    async def find_parts(self, tenant: UUID, contact: UUID) -> Sequence[UUID]:
        """Every id of the person who has this one; of whom nobody knows any more, none."""
        raise NotImplementedError  # As above.


# A request whose credential was checked.
Asked: TypeAlias = Request[object, Caller, State]


async def body_of(request: Asked) -> bytes:
    """The whole body, whose size the edge limits; ClientException when the caller went away before its end."""
    body = b""
    while True:
        message = await request.receive()
        if message["type"] != "http.request":
            raise ClientException("The body ended early.")
        body += message["body"]
        if not message["more_body"]:
            return body


async def idempotency_of(request: Asked) -> Idempotency:
    """As ``idempotency_for``, for a route whose body the framework has read."""
    return idempotency_for(request, await request.body())


def idempotency_for(request: Asked, body: bytes) -> Idempotency:
    """
    The request's Idempotency-Key, bound to everything that was asked: method, path and body.

    Raises KeyMissing when there is none or it is not 1 to 255 printable ASCII characters.
    """
    key = next((value for name, value in request.scope["headers"] if name == b"idempotency-key"), b"").decode("latin-1")
    if not (0 < len(key) <= _KEY_LENGTH and key.isascii() and key.isprintable()):
        raise KeyMissing
    asked = sha256(f"{request.method} {request.scope['path']}\n".encode())
    asked.update(body)
    return Idempotency(f"api:{key}", asked.digest())


def receipt_json(receipt: Receipt | None) -> Json:
    """A receipt as answers carry it."""
    if receipt is None:
        return None
    return {"log": receipt.log, "index": receipt.index, "leaf_hash": base64.b64encode(receipt.leaf_hash).decode()}


def json_response(body: bytes, status_code: int, headers: Mapping[str, str]) -> ASGIResponse:
    """An answer that is encoded already: the framework has nothing left to work out."""
    return ASGIResponse(body=body, status_code=status_code, media_type="application/json", headers=dict(headers))


def written_response(written: Written, status_code: int) -> ASGIResponse:
    """The answer to a write, with its receipt; a repetition gets the first answer again and is told so."""
    body: Mapping[str, Json] = {**written.answer, "receipt": receipt_json(written.receipt)}
    headers = {"Idempotent-Replay": "true"} if written.replayed else {}
    return json_response(orjson.dumps(body), status_code, headers)


@get("/v1/audit/entries", opt={"scope": "audit:read"}, media_type="application/x-ndjson")
async def read_entries(
    request: Asked,
    desk: NamedDependency[Desk],
    first: Annotated[int, QueryParameter(name="from", ge=0, description="index of the first entry")] = 0,
    to: FromQuery[int | None] = None,
) -> Stream:
    """The entries of a half-open range of indexes, one line each, as they are hashed."""
    tenant = request.auth.tenant
    async with desk.snapshots.of(tenant) as conn:
        log = await store.read_end(conn, tenant)
        pruned = await pruned_to(conn, tenant, log.origin)
    end = log.size if to is None else to
    if not first <= end <= log.size:
        raise RangeUnknown(first, end, log.size)
    if first < min(pruned, end):
        raise EntriesPruned(pruned)
    return Stream(_lines(desk.snapshots, tenant, log.origin, first, end), media_type="application/x-ndjson")


async def _lines(snapshots: Snapshots, tenant: UUID, origin: str, first: int, end: int) -> AsyncIterator[bytes]:
    # A stream outlives the route's own transaction, and entries never change, so each chunk may have its own.
    for start in range(first, end, _ENTRIES_AT_ONCE):
        async with snapshots.of(tenant) as conn:
            rows = await store.read_entries(conn, tenant, origin, start, min(end, start + _ENTRIES_AT_ONCE))
            if not rows or rows[0][0] != start:  # Pruned since the stream began: it MUST NOT seem whole.
                raise EntriesPruned(await pruned_to(conn, tenant, origin))
        yield b"".join(
            orjson.dumps(
                {
                    "index": index,
                    "body": base64.b64encode(body).decode(),
                    "leaf_hash": base64.b64encode(leaf).decode(),
                }
            )
            + b"\n"
            for index, body, leaf in rows
        )


def _hash(text: str) -> str:
    if len(base64.b64decode(text, validate=True)) != 32:
        raise ValueError("a leaf hash has 32 bytes, in base64")
    return text


class ReceiptBody(BaseModel):
    """A receipt as it was given."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    log: str = Field(min_length=1, max_length=256)
    index: int = Field(ge=0, lt=2**62)
    leaf_hash: Annotated[str, AfterValidator(_hash)]

    def receipt(self) -> Receipt:
        """The same as the log knows it."""
        return Receipt(self.log, self.index, base64.b64decode(self.leaf_hash))


class ReceiptsBody(BaseModel):
    """The receipts that are asked about."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    receipts: Annotated[list[ReceiptBody], Field(min_length=1, max_length=1000)]


@post("/v1/audit/receipts", opt={"scope": "audit:read"}, status_code=200)
async def check_receipts(
    data: JSONBody[ReceiptsBody], request: Asked, desk: NamedDependency[Desk]
) -> Mapping[str, object]:
    """What became of the entries of these receipts: present, pruned, lost with a database (and where the log says so), or unknown."""
    async with desk.snapshots.of(request.auth.tenant) as conn:
        found = await fates(conn, request.auth.tenant, [each.receipt() for each in data.receipts])
    return {"receipts": [each.to_json() for each in found]}


ROUTES = (read_entries, check_receipts)

"""
The routes of registers: how they stand, what they say of a person, a file of one taken in, one dropped.
"""

from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from hashlib import sha256
from typing import Annotated, Literal

import orjson
from litestar import delete, get, post
from litestar.di import NamedDependency
from litestar.exceptions import ClientException
from litestar.params import Body, FromPath, JSONBody, QueryParameter
from litestar.response.base import ASGIResponse
from pydantic import BeforeValidator, Field

from audit.api import Asked, idempotency_for, json_response, written_response
from audit.work import Idempotency
from consent.edge import ContactBody, Moment, Strict
from consent.errors import ConsentError
from consent.registers.profiles import profile_of
from consent.registers.reading import Format
from consent.registers.records import Wanted
from consent.registers.requests import DropRegister
from policies.registers.looks import FindListed, ListRegisters
from server.channels.routes import ChannelDesk

_READ = {"scope": "registers:read"}
_TYPES = ("text/plain", "text/csv", "application/octet-stream")
_LOAD = {"scope": "registers:write", "max_body": None, "content_types": _TYPES}


def midnight(value: object) -> object:
    """A day is meant from its beginning in UTC: a list is never taken for younger than it is."""
    return f"{value}T00:00:00Z" if isinstance(value, str) and len(value) == len("2026-11-28") else value


class LoadQuery(Strict):
    """When the list was drawn, and how its file is written; what is not said is what is known of the register."""

    as_of: Annotated[Moment, BeforeValidator(midnight)]
    country: str | None = Field(default=None, pattern=r"^[A-Z]{2}$")
    column: str | None = Field(default=None, max_length=200)
    delimiter: str | None = Field(default=None, min_length=1, max_length=1)
    header: bool | None = None
    comment: str = Field(default="#", max_length=1)
    lists: Literal["exclusions", "consents"] | None = None
    force: bool = False
    dry_run: bool = False

    def written(self, register: str) -> Format:
        """How the file is written."""
        known = profile_of(register)
        columns = tuple(self.column.split(",")) if self.column else known.columns
        return Format(self.country or known.country, columns, self.delimiter, self.header, self.comment)


class _Upload:
    """A file as it comes, and everything that was asked of it."""

    def __init__(self, request: Asked) -> None:
        self._request = request
        self._once = idempotency_for(request, request.scope["query_string"])
        self._is_whole = False

    async def parts(self) -> AsyncIterator[bytes]:
        """The file's parts; ClientException when the caller went away before its end."""
        while not self._is_whole:
            message = await self._request.receive()
            if message["type"] != "http.request":
                raise ClientException("The body ended early.")
            self._is_whole = not message["more_body"]
            yield message["body"]

    async def drain(self) -> None:
        """Takes in what is left: many callers hear nothing before they have said all."""
        async for _ in self.parts():
            pass

    def bound(self, digest: bytes) -> Idempotency:
        """The key, bound to what was asked and to the file."""
        return Idempotency(self._once.key, sha256(self._once.digest + digest).digest())


async def answer_load(request: Asked) -> ASGIResponse:
    """Takes a file in as it comes, and keeps none of it."""
    caller, desk, register = request.auth, _desk_of(request), str(request.path_params["register"])
    query = LoadQuery.model_validate(dict(request.query_params.items()))
    upload, written = _Upload(request), query.written(register)
    lists = query.lists or profile_of(register).lists
    wanted = Wanted(caller.tenant, caller.actor, register, query.as_of, lists, written.country, query.force)
    try:
        if query.dry_run:
            return json_response(orjson.dumps(await desk.registers.try_out(wanted, written, upload.parts())), 200, {})
        return written_response(await desk.registers.load(wanted, written, upload.parts(), upload.bound), 201)
    except ConsentError:
        await upload.drain()
        raise


@post("/v1/registers/{register:str}/loads", opt=_LOAD, status_code=201, before_request=answer_load)
async def load_register(
    *,
    register: FromPath[str],
    data: Annotated[str, Body(media_type="text/csv")],
    as_of: Annotated[str, QueryParameter(description="when the list was drawn: a day, or an instant with its offset")],
    country: Annotated[str | None, QueryParameter(description="of numbers written as at home")] = None,
    column: Annotated[str | None, QueryParameter(description="names or places from 1, joined to one number")] = None,
    delimiter: Annotated[str | None, QueryParameter(description="between columns; that of the first line")] = None,
    header: Annotated[bool | None, QueryParameter(description="whether the first line names the columns")] = None,
    comment: Annotated[str, QueryParameter(description="with which lines begin that say nothing")] = "#",
    lists: Annotated[
        Literal["exclusions", "consents"] | None, QueryParameter(description="what it means to be listed")
    ] = None,
    force: Annotated[bool, QueryParameter(description="take a list that seems broken, or is older")] = False,
    dry_run: Annotated[bool, QueryParameter(description="say what would be loaded, and load nothing")] = False,
) -> ASGIResponse:
    """
    Takes in a register's file, one number a line or CSV, of any length, and puts it in the place of the load before at once.

    Numbers are kept as keyed hashes. A file with more than one unreadable line in a hundred, or with less than half the numbers of
    the load before, is refused unless forced; until a load is answered, every decision sees the one before.
    """
    raise NotImplementedError  # answer_load has answered.


@get("/v1/registers", opt=_READ)
async def list_registers(
    request: Asked,
    desk: NamedDependency[ChannelDesk],
    within_days: Annotated[int, QueryParameter(ge=0, le=366, description="how soon a load is called due")] = 7,
) -> Mapping[str, object]:
    """Every register that is loaded, or that a rule in force asks for: its date, until when it will do, and what is to be done."""
    found = await desk.reader.read(ListRegisters(request.auth.tenant, timedelta(days=within_days)))
    return {"registers": [each.to_json() for each in found]}


class ListedBody(Strict):
    """Whom to look up."""

    contact: ContactBody


@post("/v1/registers/lookup", opt=_READ, status_code=200)
async def look_up(
    data: JSONBody[ListedBody], request: Asked, desk: NamedDependency[ChannelDesk]
) -> Mapping[str, object]:
    """What the registers say of a person, as a decision is told: those that are loaded and that rules about them ask for."""
    return {"registers": await desk.reader.read(FindListed(request.auth.tenant, data.contact.reference()))}


@delete("/v1/registers/{register:str}", opt={"scope": "registers:write"}, status_code=200)
async def drop_register(register: FromPath[str], request: Asked, desk: NamedDependency[ChannelDesk]) -> ASGIResponse:
    """Has a register not be loaded any more: whatever rule asks for it denies."""
    wanted = DropRegister(request.auth.tenant, request.auth.actor, register)
    return written_response(await desk.registers.drop(wanted), 200)


def _desk_of(request: Asked) -> ChannelDesk:
    desk: ChannelDesk = request.app.state.desk
    return desk


ROUTES = (load_register, list_registers, look_up, drop_register)

"""
The routes of who is who: merges, changes of number, and numbers that are somebody else's.
"""

from collections.abc import Mapping
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response.base import ASGIResponse
from pydantic import Field

from audit.api import Asked, Desk, idempotency_of, written_response
from audit.entry import Json
from consent.edge import ContactBody, Moment, Strict
from consent.merging.requests import FindMerge, MergeContacts, UndoMerge
from consent.renumbering import ReassignNumber, RenumberContact


class MergeBody(Strict):
    """Which two contacts are one person, and how that is known, in words that name nobody."""

    from_: ContactBody = Field(alias="from")
    into: ContactBody
    reason: str = Field(min_length=1, max_length=200, examples=["showed the same identity card, ticket 4711"])


class UndoBody(Strict):
    """Why they are two after all, in words that name nobody."""

    reason: str = Field(min_length=1, max_length=200, examples=["two sisters, ticket 4712"])


@post("/v1/contacts/merges", opt={"scope": "contacts:write"}, status_code=201)
async def merge_contacts(data: JSONBody[MergeBody], request: Asked, desk: NamedDependency[Desk]) -> ASGIResponse:
    """Makes two contacts one person for every question; it can be undone."""
    caller, once = request.auth, await idempotency_of(request)
    wanted = MergeContacts(
        caller.tenant, caller.actor, data.from_.reference(), data.into.reference(), data.reason, once
    )
    return written_response(await desk.journal.write(wanted), 201)


@get("/v1/contacts/merges/{merge:uuid}", opt={"scope": "consents:read"})
async def read_merge(merge: FromPath[UUID], request: Asked, desk: NamedDependency[Desk]) -> Mapping[str, Json]:
    """One merge, and whether it was undone."""
    return await desk.reader.read(FindMerge(request.auth.tenant, merge))


@post("/v1/contacts/merges/{merge:uuid}/undo", opt={"scope": "contacts:write"}, status_code=200)
async def undo_merge(
    merge: FromPath[UUID], data: JSONBody[UndoBody], request: Asked, desk: NamedDependency[Desk]
) -> ASGIResponse:
    """Makes one person two again: each has what was theirs, and what was refused meanwhile is refused by both."""
    caller, once = request.auth, await idempotency_of(request)
    wanted = UndoMerge(caller.tenant, caller.actor, merge, data.reason, once)
    return written_response(await desk.journal.write(wanted), 200)


class RenumberingBody(Strict):
    """A person's old number and their new one, and since when."""

    old: ContactBody
    new: ContactBody
    at: Moment


class ReassignmentBody(Strict):
    """A number that is somebody else's, and since when."""

    contact: ContactBody
    since: Moment


@post("/v1/contacts/renumberings", opt={"scope": "contacts:write"}, status_code=201)
async def renumber_contact(
    data: JSONBody[RenumberingBody], request: Asked, desk: NamedDependency[Desk]
) -> ASGIResponse:
    """Notes a person's new number: what they refused goes with them, what they agreed to does not."""
    caller, once = request.auth, await idempotency_of(request)
    wanted = RenumberContact(caller.tenant, caller.actor, data.old.reference(), data.new.reference(), data.at, once)
    return written_response(await desk.journal.write(wanted), 201)


@post("/v1/contacts/reassignments", opt={"scope": "contacts:write"}, status_code=201)
async def reassign_number(
    data: JSONBody[ReassignmentBody], request: Asked, desk: NamedDependency[Desk]
) -> ASGIResponse:
    """Notes that a number is somebody else's: they start empty, but for what was refused under it since."""
    caller, once = request.auth, await idempotency_of(request)
    wanted = ReassignNumber(caller.tenant, caller.actor, data.contact.reference(), data.since, once)
    return written_response(await desk.journal.write(wanted), 201)


ROUTES = (merge_contacts, read_merge, undo_merge, renumber_contact, reassign_number)

"""
The routes of what people are shown and asked for, and of what proves that they agreed.
"""

from collections.abc import Mapping
from typing import Annotated, Literal
from uuid import UUID

from litestar import get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from litestar.response import Response
from litestar.response.base import ASGIResponse
from pydantic import AfterValidator, Field

from audit.api import Asked, Desk, idempotency_of, written_response
from audit.entry import Json
from audit.instants import rfc3339
from consent.edge import ContactBody, Name, Strict
from consent.evidence import store
from consent.evidence.files import AddFile, IsKnown, LookAtFile, decoded, name_of
from consent.evidence.listing import FIRST, ReadPurposes, StatesOf, numbers, row_json
from consent.evidence.listing import below as weak
from consent.notices import find_notice, list_notices, list_purposes
from consent.proof.duties import AS_OF, ROWS
from consent.proof.filetypes import LARGEST
from consent.proof.purposes import Demand
from consent.proof.wording import is_plain
from consent.settings import ReadEvidenceRules
from consent.setup import LONGEST_NOTICE, DefinePurpose, PublishNotice, RuleEvidence

Category = Literal["marketing", "service", "transactional", "collections", "survey", "emergency"]
Element = Literal["words", "act", "copy", "law", "prompt", "writer", "term"]


def _written(text: str) -> str:
    if not is_plain(text):
        raise ValueError("write text without control characters and marks of direction")
    return text


Written = Annotated[str, AfterValidator(_written)]


class NoticeTextBody(Strict):
    """The words that people are shown, in one version and locale; ``{name}`` is a placeholder."""

    id: Name
    version: int = Field(ge=1, le=1_000_000)
    locale: str = Field(min_length=2, max_length=35, examples=["es-ES"])
    text: Written = Field(min_length=1, max_length=LONGEST_NOTICE)


class DemandBody(Strict):
    """What a consent given in a place must have, beyond what is asked for there anyway, and what becomes of one without."""

    jurisdiction: str = Field(max_length=6, examples=["DE", "EU", "*"])
    elements: list[Element] = Field(default=[], max_length=7)
    missing: Literal["refuse", "flag"]

    def demand(self) -> Demand:
        """What is asked for."""
        return Demand(self.jurisdiction, tuple(dict.fromkeys(self.elements)), self.missing)


class PurposeBody(Strict):
    """What people are asked for; another definition of the same name is its next version."""

    purpose: Name
    category: Category
    description: Written | None = Field(default=None, min_length=1, max_length=500)
    validity: str | None = Field(default=None, max_length=20, examples=["P2Y"])
    proof: list[DemandBody] = Field(default=[], max_length=50)


class FileBody(Strict):
    """A file about a person: PDF, PNG, JPEG, WAV, OGG, MP3, M4A, AMR or plain text, at most 4 MiB, in base64."""

    contact: ContactBody
    content: str = Field(min_length=1, max_length=LARGEST * 4 // 3 + 4)


class RulesBody(Strict):
    """Whether evidence keeps a person's IP address whole, or its network alone."""

    ip: Literal["network", "whole"]


@post("/v1/notices", opt={"scope": "admin:write"}, status_code=201)
async def publish_notice(data: JSONBody[NoticeTextBody], request: Asked, desk: NamedDependency[Desk]) -> ASGIResponse:
    """Publishes the words of a notice: for good, in this version and locale."""
    caller, once = request.auth, await idempotency_of(request)
    wanted = PublishNotice(caller.tenant, caller.actor, data.id, data.version, data.locale, data.text, once)
    return written_response(await desk.journal.write(wanted), 201)


@get("/v1/notices", opt={"scope": "consents:read"})
async def read_notices(request: Asked, desk: NamedDependency[Desk]) -> Mapping[str, object]:
    """Every notice in its versions and locales, without the text, with the placeholders to be filled."""
    async with desk.snapshots.of(request.auth.tenant) as conn:
        return {"notices": await list_notices(conn, request.auth.tenant)}


@get("/v1/notices/{notice:str}/{version:int}/{locale:str}", opt={"scope": "consents:read"})
async def read_notice(
    notice: FromPath[str], version: FromPath[int], locale: FromPath[str], request: Asked, desk: NamedDependency[Desk]
) -> Json:
    """One notice with its text."""
    async with desk.snapshots.of(request.auth.tenant) as conn:
        return await find_notice(conn, request.auth.tenant, notice, version, locale)


@post("/v1/purposes", opt={"scope": "admin:write"}, status_code=201)
async def define_purpose(data: JSONBody[PurposeBody], request: Asked, desk: NamedDependency[Desk]) -> ASGIResponse:
    """Defines a purpose, or its next version; its category never changes."""
    caller, once = request.auth, await idempotency_of(request)
    demands = tuple(each.demand() for each in data.proof)
    wanted = DefinePurpose(
        caller.tenant, caller.actor, data.purpose, data.category, data.description, data.validity, demands, once
    )
    return written_response(await desk.journal.write(wanted), 201)


@get("/v1/purposes", opt={"scope": "consents:read"})
async def read_purposes(request: Asked, desk: NamedDependency[Desk]) -> Mapping[str, object]:
    """Every version of every purpose."""
    async with desk.snapshots.of(request.auth.tenant) as conn:
        return {"purposes": await list_purposes(conn, request.auth.tenant)}


@put("/v1/evidence/rules", opt={"scope": "admin:write"}, status_code=200)
async def rule_evidence(data: JSONBody[RulesBody], request: Asked, desk: NamedDependency[Desk]) -> ASGIResponse:
    """Says whether people's IP addresses are kept whole in evidence from now on."""
    caller, once = request.auth, await idempotency_of(request)
    wanted = RuleEvidence(caller.tenant, caller.actor, data.ip == "whole", once)
    return written_response(await desk.journal.write(wanted), 200)


@get("/v1/evidence/rules", opt={"scope": "consents:read"})
async def read_evidence_rules(request: Asked, desk: NamedDependency[Desk]) -> Mapping[str, object]:
    """How addresses are kept, and which proof is asked for where: the duties that ship, dated, with their sources."""
    whole = await desk.reader.read(ReadEvidenceRules(request.auth.tenant))
    return {
        "ip": "whole" if whole else "network",
        "as_of": AS_OF.isoformat(),
        "duties": [each.to_json() for each in ROWS],
    }


@get("/v1/consents/proof", opt={"scope": "consents:read"})
async def list_weak_consents(
    request: Asked,
    desk: NamedDependency[Desk],
    below: Annotated[int, QueryParameter(ge=1, le=101)] = 80,
    purpose: FromQuery[str | None] = None,
    cursor: FromQuery[UUID | None] = None,
    limit: Annotated[int, QueryParameter(ge=1, le=500)] = 100,
) -> Mapping[str, object]:
    """The consents whose proof is below a grade, and why: which would not stand if they were challenged."""
    tenant = request.auth.tenant
    purposes = await desk.reader.read(ReadPurposes(tenant))
    async with desk.snapshots.of(tenant) as conn:
        page = await weak(conn, tenant, purposes, score=below, purpose=purpose, after=cursor or FIRST, limit=limit)
    people = tuple({row.contact_id for row, _ in page.consents})
    states = await desk.reader.read(StatesOf(tenant, people))
    return {
        "consents": [row_json(row, graded, states) for row, graded in page.consents],
        "next": None if page.next is None else str(page.next),
    }


@get("/v1/consents/proof/purposes", opt={"scope": "consents:read"})
async def count_weak_consents(
    request: Asked,
    desk: NamedDependency[Desk],
    below: Annotated[int, QueryParameter(ge=1, le=101)] = 80,
    purpose: FromQuery[str | None] = None,
) -> Mapping[str, object]:
    """For each purpose how many consents are below a grade, and what lacks how often."""
    tenant = request.auth.tenant
    purposes = await desk.reader.read(ReadPurposes(tenant))
    async with desk.snapshots.of(tenant) as conn:
        return {"purposes": await numbers(conn, tenant, purposes, score=below, purpose=purpose)}


@post("/v1/evidence/files", opt={"scope": "consents:write", "max_body": LARGEST * 4 // 3 + 64 * 1024}, status_code=201)
async def add_file(data: JSONBody[FileBody], request: Asked, desk: NamedDependency[Desk]) -> ASGIResponse:
    """Keeps a file as evidence about a person, to be named by its SHA-256 in a consent."""
    caller, content = request.auth, decoded(data.content)
    wanted = AddFile(caller.tenant, caller.actor, data.contact.reference(), content, await idempotency_of(request))
    return written_response(await desk.journal.write(wanted, weight=len(content)), 201)


@get("/v1/evidence/files/{file:uuid}", opt={"scope": "audit:disclose"}, media_type="application/octet-stream")
async def read_file(file: FromPath[UUID], request: Asked, desk: NamedDependency[Desk]) -> Response[bytes]:
    """A file as it was uploaded; that it was looked at, and by whom, is an entry."""
    caller = request.auth
    found = (await desk.journal.write(LookAtFile(caller.tenant, caller.actor, file))).answer
    # It is shown by nobody's browser as a page: its bytes are a stranger's.
    headers = {
        "Content-Disposition": f'attachment; filename="{name_of(found)}"',
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "no-store",
    }
    return Response(decoded(str(found["content"])), media_type=str(found["media_type"]), headers=headers)


@get("/v1/contacts/{contact:uuid}/files", opt={"scope": "consents:read"})
async def list_files(contact: FromPath[UUID], request: Asked, desk: NamedDependency[Desk]) -> Mapping[str, object]:
    """The files about a person, oldest first: what they are, not what they hold."""
    await desk.reader.read(IsKnown(request.auth.tenant, contact))
    async with desk.snapshots.of(request.auth.tenant) as conn:
        rows = await store.list_files(conn, request.auth.tenant, contact)
    return {
        "files": [
            {"id": str(row.file_id), "media_type": row.media_type, "size": row.size, "added_at": rfc3339(row.added_at)}
            for row in rows
        ]
    }


ROUTES = (
    add_file,
    read_file,
    list_files,
    list_weak_consents,
    count_weak_consents,
    publish_notice,
    read_notices,
    read_notice,
    define_purpose,
    read_purposes,
    rule_evidence,
    read_evidence_rules,
)

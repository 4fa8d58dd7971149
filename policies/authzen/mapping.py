"""
From AuthZEN's words to ours: a business may call a contact, for a purpose; everything else is a question of access.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal
from unicodedata import normalize
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from consent.edge import ContactBody, Moment, Name, SenderBody, Technology
from consent.references import PHONE, USER_ID, ContactReference
from consent.settings import SenderReference
from policies.access import AccessQuestion, Action, Entity
from policies.authzen.bodies import ActionBody, EntityBody, EvaluationBody, read
from policies.authzen.evaluating import AskedCall, Evaluation, Named
from policies.authzen.refusals import RequestUnreadable
from policies.bodies import StatedFacts
from policies.facts import ACTIONS
from policies.pack_access import CONTACT

BUSINESS = "business"


class _Ours(BaseModel):
    """Members that Venia gives a meaning to, among others that it does not know."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class CallProperties(_Ours):
    """The properties of an action that is a call."""

    purpose: Name
    channel: Literal["whatsapp_call", "voice"] = "whatsapp_call"
    technology: Technology = "live"
    facts: StatedFacts = Field(default_factory=dict, max_length=20)


class CallContext(_Ours):
    """The context of a question about a call."""

    time: Moment | None = None
    detail: Literal["none", "reasons", "trace"] = "reasons"
    supported_obligations: list[str] | None = None


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: the tenant and its slug, a way to insist on scopes, and the address at which Venia is asked."""

    tenant: UUID
    slug: str | None
    require: Callable[[str], object]
    address: str


def slug_of(name: str) -> str:
    """A name as it stands in an id: small ASCII letters and digits, dashes between them."""
    plain = normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def evaluation_of(body: EvaluationBody, asker: Asker) -> Evaluation:
    """
    The question, ready to be looked at; what it says of a call and cannot be used is kept, to be told in the answer.

    Raises where the caller may not ask so much.
    """
    if body.resource.type != CONTACT:
        question = AccessQuestion(_entity(body.subject), _action(body.action), _entity(body.resource))
        return Evaluation(asker.tenant, question)
    try:
        return Evaluation(asker.tenant, call_of(body, asker))
    except RequestUnreadable as unusable:
        return Evaluation(asker.tenant, unusable)


def call_of(body: EvaluationBody, asker: Asker) -> AskedCall:
    """The question as one about a call; RequestUnreadable for a property or a context that cannot be used."""
    context = read(CallContext, _present(body.context), "/context")
    if context.time is not None:
        asker.require("decisions:simulate")
    if context.detail == "trace":
        asker.require("decisions:trace")
    # Of nobody who calls, and of nothing that is a call, no properties are asked for: the answer is no in any case.
    is_call = body.subject.type == BUSINESS and body.action.name in ACTIONS
    given = _present(body.action.properties) if is_call else {"purpose": "none"}
    properties = read(CallProperties, given, "/action/properties")
    supported = context.supported_obligations
    return AskedCall(
        tenant=asker.tenant,
        subject=_business(body.subject, asker),
        action=body.action.name,
        people=_people(body.resource),
        purpose=properties.purpose,
        channel=properties.channel,
        technology=properties.technology,
        stated=tuple(sorted(properties.facts.items())),
        at=context.time,
        detail=context.detail,
        supported=None if supported is None else frozenset(supported),
        address=asker.address,
    )


def _business(subject: EntityBody, asker: Asker) -> Named:
    """The business as a whole, or one of its senders; anybody else is nobody that Venia knows."""
    given = _present(subject.properties)
    named = [{name: given[name]} for name in ("phone_number_id", PHONE) if name in given]
    numbers = tuple(read(SenderBody, each, "/subject/properties").reference() for each in named)
    if subject.type != BUSINESS:
        return Named(None, is_whole=False, numbers=numbers)
    is_whole = subject.id == str(asker.tenant) or (asker.slug is not None and subject.id == asker.slug)
    return Named(SenderReference("id", subject.id), is_whole=is_whole, numbers=numbers)


def _people(resource: EntityBody) -> tuple[ContactReference, ...]:
    """Everything that names the person: an id of ours, and identifiers in the properties, which are never in an id."""
    given = _present(resource.properties)
    named = [{name: given[name]} for name in (PHONE, USER_ID) if name in given]
    people = [read(ContactBody, each, "/resource/properties").reference() for each in named]
    identity = _uuid(resource.id)
    return tuple(people) if identity is None else (ContactReference.id(identity), *people)


def _uuid(text: str) -> UUID | None:
    try:
        found = UUID(text)
    except ValueError:
        return None
    return found if str(found) == text.lower() else None


def _present(members: Mapping[str, object] | None) -> dict[str, object]:
    return {name: value for name, value in (members or {}).items() if value is not None}


def _entity(body: EntityBody) -> Entity:
    return Entity(body.type, body.id, body.properties or {})


def _action(body: ActionBody) -> Action:
    return Action(body.name, body.properties or {})

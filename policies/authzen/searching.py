"""
Searches: whom may this business call now, who of the business may call this person, what may be done.

Every result was evaluated as a question of its own, and is told so that the same question is permitted again.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias
from uuid import UUID

import orjson

from audit.reader import Reader, Snapshots
from audit.work import Work
from consent.listing import people_after
from consent.references import ContactReference
from consent.settings import SenderReference, SettingsBook, TenantSettings
from policies.access import Access
from policies.authzen.bodies import (
    ActionBody,
    ActionSearchBody,
    EntityBody,
    EvaluationBody,
    PageBody,
    ResourceSearchBody,
    SubjectSearchBody,
)
from policies.authzen.evaluating import ASK, AskedCall, Evaluation, Named
from policies.authzen.mapping import BUSINESS, Asker, evaluation_of
from policies.authzen.paging import Candidate, Page, Source, page_of, place_of
from policies.facts import TECHNOLOGIES
from policies.pack_access import CONTACT
from policies.rulebook import RuleBook

SearchBody: TypeAlias = SubjectSearchBody | ResourceSearchBody | ActionSearchBody

# What may be done with a contact: a call on either channel, or asking WhatsApp's permission for one.
_MEANS = (("call.place", "whatsapp_call"), ("call.place", "voice"), (ASK, "whatsapp_call"))
_NOBODY = str(UUID(int=0))  # Stands where an id is searched for, and belongs to nobody.


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a search looks through; ``is_about_something`` says of a call whether anybody could be called at all."""

    tenant: UUID
    call: AskedCall | None = None
    contacts = ()

    def look(self, work: Work) -> tuple[TenantSettings, Access, bool]:
        """The tenant's settings, its rules about access, and whether the call is about something."""
        is_about_something = self.call is None or self.call.is_about_something(work)
        return work[SettingsBook].current, work[RuleBook].active.access, is_about_something


@dataclass(frozen=True, slots=True)
class Found:
    """A page of results; ``error`` says why nothing could be searched for."""

    page: Page
    error: Exception | None = None


def refuse_other_pages(body: SearchBody, asker: Asker) -> None:
    """PageUnknown for the token of another search, whatever this one would find."""
    place_of(_binding(body, asker), body.page.token if body.page else None)


async def find_subjects(body: SubjectSearchBody, asker: Asker, reader: Reader) -> Found:
    """The senders that may call a contact; of anything else, the known entities that may do it."""
    of_calls = (body.subject.type, body.resource.type) == (BUSINESS, CONTACT)
    kind = BUSINESS if of_calls else body.subject.type
    evaluation = _evaluation(EntityBody(type=kind, id=_NOBODY), body.action, body.resource, body, asker)
    settings, access, _ = await reader.read(Surroundings(asker.tenant))
    if body.resource.type == CONTACT and not of_calls:
        return Found(Page((), ""))
    ids = sorted(settings.senders) if of_calls else access.entities(kind)
    source = _listed(ids, lambda each: Candidate(each, _by(evaluation, each), {"type": kind, "id": each}))
    return await _found(evaluation, reader, source, body, asker)


async def find_resources(body: ResourceSearchBody, asker: Asker, reader: Reader, snapshots: Snapshots) -> Found:
    """The contacts whom a business may call; of anything else, the known entities with which it may be done."""
    evaluation = _evaluation(body.subject, body.action, EntityBody(type=body.resource.type, id=_NOBODY), body, asker)
    call = evaluation.asked if isinstance(evaluation.asked, AskedCall) else None
    _, access, is_about_something = await reader.read(Surroundings(asker.tenant, call))
    if not is_about_something:
        return Found(Page((), ""))
    if body.resource.type == CONTACT:
        return await _found(evaluation, reader, _people(evaluation, asker.tenant, snapshots), body, asker)
    kind = body.resource.type
    source = _listed(
        access.entities(kind), lambda each: Candidate(each, _with(evaluation, each), {"type": kind, "id": each})
    )
    return await _found(evaluation, reader, source, body, asker)


async def find_actions(body: ActionSearchBody, asker: Asker, reader: Reader) -> Found:
    """What a business may do with a contact, for which purpose and by which means; of anything else, actions by name."""
    settings, access, _ = await reader.read(Surroundings(asker.tenant))
    names = access.actions(body.resource.type)
    actions = _acts(settings) if body.resource.type == CONTACT else (ActionBody(name=name) for name in names)
    by_place = {_place(action): action for action in actions}

    def candidate(place: str) -> Candidate:
        action = by_place[place]
        evaluation = _evaluation(body.subject, action, body.resource, body, asker)
        return Candidate(place, evaluation, action.model_dump(exclude_none=True))

    # What is wrong with the question is wrong with it whatever is to be done.
    first = next((candidate(place).evaluation for place in by_place), None)
    return await _found(first, reader, _listed(sorted(by_place), candidate), body, asker)


def _acts(settings: TenantSettings) -> Iterator[ActionBody]:
    for purpose in settings.purposes:
        for technology in TECHNOLOGIES:
            for name, channel in _MEANS:
                properties: dict[str, object] = {"purpose": purpose, "channel": channel, "technology": technology}
                yield ActionBody(name=name, properties=properties)


def _place(action: ActionBody) -> str:
    """An action's place in the order of its results."""
    return " ".join((*map(str, (action.properties or {}).values()), action.name))


def _evaluation(
    subject: EntityBody, action: ActionBody, resource: EntityBody, body: SearchBody, asker: Asker
) -> Evaluation:
    whole = EvaluationBody(subject=subject, action=action, resource=resource, context=body.context)
    evaluation = evaluation_of(whole, asker)
    asked = evaluation.asked
    return replace(evaluation, asked=replace(asked, is_searched=True)) if isinstance(asked, AskedCall) else evaluation


def _by(evaluation: Evaluation, subject: str) -> Evaluation:
    """The same question about another subject."""
    asked = evaluation.asked
    if isinstance(asked, AskedCall):
        return replace(evaluation, asked=replace(asked, subject=Named(SenderReference("id", subject), is_whole=False)))
    if isinstance(asked, Exception):
        return evaluation
    return replace(evaluation, asked=replace(asked, subject=replace(asked.subject, id=subject)))


def _with(evaluation: Evaluation, resource: str) -> Evaluation:
    """The same question about another resource."""
    asked = evaluation.asked
    if isinstance(asked, AskedCall):
        return replace(evaluation, asked=replace(asked, people=(ContactReference.id(UUID(resource)),)))
    if isinstance(asked, Exception):
        return evaluation
    return replace(evaluation, asked=replace(asked, resource=replace(asked.resource, id=resource)))


def _people(evaluation: Evaluation, tenant: UUID, snapshots: Snapshots) -> Source:
    async def people(place: str, most: int) -> Sequence[Candidate]:
        async with snapshots.of(tenant) as conn:
            found = await people_after(conn, tenant, UUID(place) if place else None, most)
        return [
            Candidate(str(each), _with(evaluation, str(each)), {"type": CONTACT, "id": str(each)}) for each in found
        ]

    return people


def _listed(places: Sequence[str], candidate: Callable[[str], Candidate]) -> Source:
    async def listed(place: str, most: int) -> Sequence[Candidate]:
        return [candidate(each) for each in [each for each in places if each > place][:most]]

    return listed


async def _found(
    evaluation: Evaluation | None, reader: Reader, source: Source, body: SearchBody, asker: Asker
) -> Found:
    if evaluation is not None and isinstance(evaluation.asked, Exception):
        return Found(Page((), ""), evaluation.asked)
    wanted: PageBody | None = body.page
    return Found(await page_of(reader, source, _binding(body, asker), wanted))


def _binding(body: SearchBody, asker: Asker) -> bytes:
    """Everything that was asked, but for the page."""
    asked: dict[str, Any] = body.model_dump(exclude={"page"})  # Any: properties hold whatever a caller wrote.
    return orjson.dumps([type(body).__name__, str(asker.tenant), asked], option=orjson.OPT_SORT_KEYS)

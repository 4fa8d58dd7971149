"""
Asking a person for WhatsApp's permission to call: decided like a call, and sent by whoever empties the outbox.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar
from uuid import UUID

from audit.entry import Json
from audit.instants import rfc3339
from audit.work import Idempotency, Work
from consent.contacts import ContactBook
from consent.outbox.book import OutboxBook
from consent.outbox.messages import WITHIN, Via
from consent.outbox.texts import language_of
from consent.places import country_of
from consent.references import ContactReference
from consent.settings import Channel, SenderReference, SettingsBook, TenantSettings
from policies.authorizing import Authorize
from policies.gathering import Question
from policies.refusals import NobodyAnswers

ACTION = "call.request_permission"


@dataclass(frozen=True, slots=True)
class RequestPermission:
    """
    May this person be asked for permission to be called?  If so, they are, within five minutes.

    ``template`` is the approved template that carries the request outside the customer's window; ``language`` is the
    template's, or that of our own sentence; None is the person's.
    """

    decides: ClassVar[bool] = True
    asks_registers: ClassVar[bool] = True
    tenant: UUID
    actor: str
    question: Question
    template: str | None = None
    language: str | None = None
    idempotency: Idempotency | None = None

    @property
    def contacts(self) -> Sequence[ContactReference]:
        """The person to be asked."""
        return (self.question.to,)

    def apply(self, work: Work) -> Mapping[str, Json]:
        """
        Records the decision and, on allow, ``permission.requested``; what is sent waits in the outbox.

        The hold counts as a request from now on; it is given back where the request could not be sent.  Raises
        NobodyAnswers, PurposeUnknown or ContactUnknown.
        """
        via = self._via(work)
        asked = Authorize(self.tenant, self.actor, replace(self.question, action=ACTION), ttl=WITHIN)
        answer = dict(asked.apply(work))
        hold = answer.pop("hold", None)
        if not isinstance(hold, Mapping):
            return {**answer, "request": None}
        contact = work[ContactBook].of_id(UUID(str(answer["contact"])))
        countries = tuple(country_of(place.region) for place in contact.places if place.region is not None)
        language = self.language if self.template else language_of(self.language, countries)
        message = work[OutboxBook].asking(contact, via, UUID(str(hold["id"])), language or "en", self.template)
        facts: Mapping[str, Json] = {
            "message": str(message.id),
            "hold": str(hold["id"]),
            "language": message.language,
            "template": message.template,
        }
        work[OutboxBook].queue(message, work.record("permission.requested", facts, contact=contact.id))
        request: Json = {"id": str(message.id), "hold": str(hold["id"]), "send_by": rfc3339(message.send_by)}
        return {**answer, "request": request}

    def _via(self, work: Work) -> Via:
        """The channel that can send, and the business number; refused before anything is decided."""
        channel, number = answering(work[SettingsBook].current, self.question.sender)
        return Via(channel.id, number)


def answering(settings: TenantSettings, reference: SenderReference | None) -> tuple[Channel, str]:
    """The WhatsApp channel with an access token, and the vendor's id of the business number; NobodyAnswers."""
    sender = settings.sender(reference) if reference else None
    channels = [each for _, each in sorted(settings.channels.items()) if each.sealed_access_token is not None]
    if sender is None or sender.phone_number_id is None or not channels:
        raise NobodyAnswers
    return channels[0], sender.phone_number_id

"""
Builders of what tests are about: words that people said, and requests to record them, each with sensible defaults.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import UUID, uuid4

from audit.work import Idempotency
from consent.hearing import HearReply
from consent.lifecycle import ConsentEvent, Extent, PermissionEvent, Scope, SuppressionEvent
from consent.references import ContactReference
from consent.replies import read
from consent.requests import RecordConsent, WithdrawConsent
from consent.settings import SenderReference
from policies.authorizing import Authorize
from policies.gathering import Question
from policies.reporting import ReportOutcome

NOW = datetime(2026, 11, 25, 11, tzinfo=UTC)  # A Wednesday, noon in Madrid: every window of the demo's packs is open.
SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ANA, BEN, EVA = "+34600111222", "+34600333444", "+34600555666"
SENDER = SenderReference("id", "acme-es")
OTHER_SENDER = SenderReference("id", "acme-2")
EVERYTHING_SHOWN = {"page_url": "https://shop.example/calls", "ip": "203.0.113.7", "user_agent": "Browser/1.0"}

_numbers = count(1)


def phone(number: int | None = None) -> str:
    """
    A Spanish mobile number, another one each time unless ``number`` says which.
    """
    return f"+34611{next(_numbers) if number is None else number:06}"


def ref(text: str | UUID) -> ContactReference:
    """
    A person by phone, by WhatsApp user id or by contact id, told apart by their form.
    """
    if isinstance(text, UUID):
        return ContactReference.id(text)
    return ContactReference.phone(text) if text.startswith("+") else ContactReference.user_id(text)


def once(key: str, about: bytes = b"") -> Idempotency:
    """
    An idempotency key, and what is asked under it.
    """
    return Idempotency(key, about)


# --- Words


def word(state="granted", at=NOW, **changed):
    """
    A word about being called by telephone for an offer, recorded when it was said.
    """
    usual = ConsentEvent(
        id=uuid4(),
        state=state,
        scope=Scope("offers", "voice", None),
        technology=("live",) if state in ("granted", "pending") else None,
        given_at=at,
        recorded_at=at,
        method="web_form",
    )
    return replace(usual, **changed)


def suppression(at=NOW, **changed):
    """
    A no to everything, recorded when it was said.
    """
    return replace(SuppressionEvent(uuid4(), "set", Extent(), at, at, "whatsapp_message"), **changed)


def permission(state="permanent", at=NOW, **changed):
    """
    A word about Meta's permission for the first sender; a temporary one lasts a week.
    """
    expires_at = at + 7 * DAY if state == "temporary" else None
    return replace(PermissionEvent(uuid4(), state, "acme-es", at, at, expires_at), **changed)


# --- Requests


def consent(tenant, to=ANA, *, at=NOW - DAY, **changed):
    """
    A web form's consent to transactional calls by a person on the telephone.
    """
    usual = RecordConsent(
        tenant=tenant,
        actor="test",
        contact=ref(to),
        purpose="order_updates",
        channels=("voice",),
        technology=("live",),
        given_at=at,
        method="web_form",
    )
    return replace(usual, **changed)


def withdrawal(tenant, to=ANA, *, at=NOW, **changed):
    """
    Everything taken back.
    """
    usual = WithdrawConsent(
        tenant=tenant,
        actor="test",
        contact=ref(to),
        purposes=None,
        channels=None,
        sender=None,
        withdrawn_at=at,
        method="sms",
    )
    return replace(usual, **changed)


def reply(tenant, *by, text="BAJA", at=NOW, **changed):
    """
    A WhatsApp message, read for its meaning; ``by`` are the identifiers it came with.
    """
    people = tuple(map(ref, by or (ANA,)))
    usual = HearReply(tenant, "channel:test", people, read(text), text, "wamid.T1", at, "whatsapp_message")
    return replace(usual, **changed)


def question(to=ANA, **changed):
    """
    May a person be called by telephone about an order?
    """
    return replace(Question(ref(to), SENDER, "order_updates", "voice"), **changed)


def authorization(tenant, to=ANA, *, ttl=90 * SECOND, reference=None, idempotency=None, **changed):
    """
    A request for a hold; what else is named changes the question.
    """
    return Authorize(tenant, "caller", question(to, **changed), reference, ttl, idempotency)


def outcome(tenant, hold, told="connected", *, at=NOW, duration_s=None):
    """
    A caller's report of how the call on a hold ended.
    """
    return ReportOutcome(tenant, "caller", UUID(hold), told, at, duration_s)

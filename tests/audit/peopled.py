"""
Tenants that have been at work: one row at least in every table of the log, of people and of settings.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from audit.work import Idempotency
from consent.hearing import HearPermission
from consent.references import ContactReference
from consent.requests import RecordConsent, WithdrawConsent
from consent.settings import SenderReference
from server.demo import PHONE_NUMBER_ID
from tests.live import live_service


@dataclass(frozen=True, slots=True)
class Peopled:
    """
    A database and the two tenants in it.
    """

    url: str
    one: UUID
    other: UUID


def at_work(url: str, home: Path) -> UUID:
    """
    Sets up a tenant like the demo's, records a person's consent, and returns the tenant.
    """
    with live_service(url, home) as live:
        live.write(
            RecordConsent(
                tenant=live.tenant,
                actor="test",
                contact=ContactReference.phone("+34600111222"),
                purpose="appointment_reminders",
                channels=("voice",),
                technology=("live",),
                given_at=datetime(2026, 11, 20, 10, tzinfo=UTC),
                method="web_form",
                evidence={"ip": "203.0.113.7"},
                idempotency=Idempotency("once", bytes(32)),
            )
        )
        person = (ContactReference.phone("+34600111222"),)
        sender = (SenderReference("phone_number_id", PHONE_NUMBER_ID),)
        now = datetime(2026, 11, 20, 10, tzinfo=UTC)
        live.write(HearPermission(live.tenant, "test", person, sender, "permanent", now, None, False, None, "wamid.1"))
        live.write(WithdrawConsent(live.tenant, "test", person[0], None, None, None, now, "sms"))
        return live.tenant

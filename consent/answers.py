"""
What this package's answers look like.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from audit.entry import Json
from audit.instants import rfc3339, rfc3339_or_none
from consent.contacts import Contact
from consent.lifecycle import PermissionEvent, Standing, SuppressionEvent


def consent_json(contact: Contact, standing: Standing, now: datetime, *, historical_only: bool = False) -> Json:
    """A consent, in the state it has at ``now``."""
    consent = standing.consent
    return {
        "id": str(consent.id),
        "contact": str(contact.id),
        "purpose": consent.scope.purpose,
        "channel": consent.scope.channel,
        "sender": consent.scope.sender,
        "technology": list(consent.technology or ()),
        "state": standing.state_at(now),
        "given_at": rfc3339(consent.given_at),
        "since": rfc3339(standing.since),
        "recorded_at": rfc3339(consent.recorded_at),
        "expires_at": rfc3339_or_none(consent.expires_at),
        "confirm_by": rfc3339_or_none(consent.confirm_by),
        "confirms": _id(consent.confirms),
        "renew_at": rfc3339_or_none(consent.renew_at),
        "supersedes": _id(consent.supersedes),
        "method": consent.method,
        "basis": consent.basis,
        "jurisdiction": consent.jurisdiction,
        "historical_only": historical_only,
    }


def permission_json(event: PermissionEvent, now: datetime) -> Json:
    """Meta's call permission, in the state it has at ``now``."""
    expired = event.expires_at is not None and event.expires_at <= now
    return {
        "sender": event.sender,
        "state": "expired" if expired else event.state,
        "at": rfc3339(event.at),
        "expires_at": rfc3339_or_none(event.expires_at),
        "automatic": event.automatic,
    }


def suppression_json(event: SuppressionEvent) -> Json:
    """A suppression in force."""
    extent = event.extent
    return {
        "id": str(event.id),
        "purposes": _list(extent.purposes),
        "categories": _list(extent.categories),
        "channels": _list(extent.channels),
        "sender": extent.sender,
        "since": rfc3339(event.at),
        "until": rfc3339_or_none(event.until),
        "method": event.method,
    }


def _id(identity: UUID | None) -> Json:
    return None if identity is None else str(identity)


def _list(values: Sequence[str] | None) -> Json:
    return None if values is None else list(values)

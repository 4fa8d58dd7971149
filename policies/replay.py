"""
The attempts that follow from the log: what every entry about a hold or a call does to its row.

Pure.  The write path is in attempts.py and beside it; this is its mirror, and a test holds the two together.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from uuid import UUID

from audit.checking.rows import Projection, Replayed, Told
from audit.checking.values import as_instant, as_object, as_texts, as_uuid
from policies.models import attempts

ATTEMPTS = Projection(attempts, "attempt_id")

_TABLE = ATTEMPTS.name
_UNUSED: Mapping[str, object] = MappingProxyType(
    {"outcome": None, "outcome_at": None, "outcome_source": None, "duration_s": None, "released_by": None}
)


def replay(told: Told, into: Replayed) -> None:
    """Makes or changes the attempt that an entry is about, and releases the holds that it names."""
    step = _STEPS.get(told.event)
    if step is not None:
        step(told, into)
    for hold in as_texts(told.facts.get("released_holds", ())):
        released = {"state": "released", "released_by": "withdrawal", "event_id": told.entry.event_id}
        into.change(_TABLE, UUID(hold), told, released)


def _allowed(told: Told, into: Replayed) -> None:
    facts, hold = as_object(told.facts["facts"]), told.facts["hold"]
    sender = as_object(facts.get("sender") or {})
    _make(
        told,
        into,
        as_uuid(as_object(hold)["id"]),
        {
            "sender_id": sender.get("id"),
            "action": facts["action"],
            "purpose": facts.get("purpose"),
            "category": facts["category"],
            "channel": facts["channel"],
            "technology": facts.get("technology"),
            "at": as_instant(told.facts["now"]),
            "expires_at": as_instant(as_object(hold)["expires_at"]),
            "announced": True,
            "call_ref": None,
        },
    )


def _unannounced(told: Told, into: Replayed) -> None:
    at = as_instant(told.facts["at"])
    _make(
        told,
        into,
        as_uuid(told.facts["attempt"]),
        {
            "sender_id": told.facts["sender"],
            "action": "call.place",
            "purpose": None,
            "category": "marketing",
            "channel": told.facts.get("channel", "whatsapp_call"),  # Older entries know no other.
            "technology": None,
            "at": at,
            "expires_at": at,
            "announced": False,
            "call_ref": bytes.fromhex(str(told.facts["call_ref"])),
        },
    )


def _make(told: Told, into: Replayed, attempt: UUID, values: Mapping[str, object]) -> None:
    row = {"contact_id": told.contact, **values, "state": "held", **_UNUSED, "event_id": told.entry.event_id}
    into.put(_TABLE, attempt, told, row)


def _recognised(told: Told, into: Replayed) -> None:
    call_ref = bytes.fromhex(str(told.facts["call_ref"]))
    into.change(_TABLE, _hold(told), told, {"call_ref": call_ref, "event_id": told.entry.event_id})


def _reported(told: Told, into: Replayed) -> None:
    source, known = told.facts["source"], into.get(_TABLE, _hold(told), told)["outcome_source"]
    row = {
        "state": "confirmed",
        "outcome": told.facts["outcome"],
        "outcome_at": as_instant(told.facts["at"]),
        "outcome_source": "platform" if "platform" in (source, known) else source,
        "duration_s": told.facts["duration_s"],
        "released_by": None,
        "event_id": told.entry.event_id,
    }
    into.change(_TABLE, _hold(told), told, row)


def _released(told: Told, into: Replayed) -> None:
    row = {"state": "released", "released_by": "caller", "event_id": told.entry.event_id}
    into.change(_TABLE, _hold(told), told, row)


_STEPS: Mapping[str, Callable[[Told, Replayed], None]] = {
    "decision.allowed": _allowed,
    "call.unannounced": _unannounced,
    "call.recognised": _recognised,
    "call.reported": _reported,
    "call.amended": _reported,
    "hold.released": _released,
}


def _hold(told: Told) -> UUID:
    return as_uuid(told.facts["hold"])

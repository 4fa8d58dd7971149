"""
An entry of the log as CloudEvents 1.0 says what happened.

Pure.  It holds what a timeline shows: random ids and facts.  The facts of a decision stay away, since a subscriber has
no use for a person's whole history; ``/v1/decisions/{index}`` explains it to whoever may know.
"""

from collections.abc import Mapping

from audit.entry import Entry, Json, timestamp
from audit.following import Place

MEDIA_TYPE = "application/cloudevents+json"
_ELSEWHERE = frozenset({"event", "actor", "contact", "sd", "facts"})
_STATES = {
    "call.reported": "confirmed",
    "call.amended": "confirmed",
    "call.recognised": "placed",
    "call.unannounced": "placed",
    "hold.released": "released",
}


def cloud_event(entry: Entry, after: Place) -> dict[str, Json]:
    """The event in the JSON format of CloudEvents; ``after`` becomes its ``cursor``, from which the next is read."""
    told = entry.payload
    contact = told.get("contact")
    data: dict[str, Json] = {
        "index": entry.index,
        "at": timestamp(entry.recorded_at),
        "event": told["event"],
        "actor": told["actor"],
        "contact": contact,
        "details": {name: value for name, value in told.items() if name not in _ELSEWHERE},
    }
    call = _call(told)
    return {
        "specversion": "1.0",
        "id": str(entry.event_id),
        "source": entry.origin,
        "type": told["event"],
        "time": timestamp(entry.recorded_at),
        **({} if contact is None else {"subject": contact}),
        "datacontenttype": "application/json",
        "cursor": str(after),
        "data": data if call is None else {**data, "call": call},
    }


def _call(told: Mapping[str, Json]) -> dict[str, Json] | None:
    """The call that the event is about, by the id that authorize gave it; None if it is about none."""
    event, hold = str(told["event"]), told.get("hold")
    if event == "decision.allowed" and isinstance(hold, Mapping):
        return {"id": hold["id"], "state": "held", "expires_at": hold["expires_at"]}
    if event not in _STATES:
        return None
    call: dict[str, Json] = {
        "id": told.get("attempt") if event == "call.unannounced" else hold,
        "state": _STATES[event],
    }
    if _STATES[event] == "confirmed":
        call |= {"outcome": told.get("outcome"), "duration_s": told.get("duration_s"), "at": told.get("at")}
    return call

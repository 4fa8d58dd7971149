"""
One delivery as it came in, and what is in it, by the kind of its channel.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl
from uuid import UUID

from server.channels.generic import read_generic
from server.channels.receiving import Reading
from server.channels.requests import Delivery
from server.channels.told import Told
from server.channels.twilio import read_twilio
from server.channels.twilio_signature import form_fields, is_form
from server.channels.whatsapp import parse
from server.channels.whatsapp_items import Item


@dataclass(frozen=True, slots=True)
class Incoming:
    """The body of a delivery with what else it is understood by; ``query`` is that of the address."""

    kind: str
    tenant: UUID
    channel: str
    raw: bytes
    content_type: str | None
    query: str
    received_at: datetime
    delivery_id: str | None = None  # as its sender names it, where it does


def decoded(incoming: Incoming) -> object:
    """The body as JSON, or a form as an object of its fields; JSONDecodeError where it is neither."""
    if incoming.kind == "twilio" and is_form(incoming.content_type):
        return dict(form_fields(incoming.raw))
    try:
        # Half of a surrogate pair included: one torn emoji must not stop what came with it.
        return json.loads(incoming.raw)
    except (ValueError, RecursionError):
        raise json.JSONDecodeError("The delivery is no JSON.", "", 0) from None


def understood(incoming: Incoming, body: object, key: bytes) -> tuple[Reading, Sequence[Item]]:
    """Every item of a delivery, and who makes requests of them; ``key`` is the tenant's for vendors' ids."""
    if incoming.kind == "twilio":
        told = Told(incoming.tenant, incoming.channel, "twilio", key)
        query = dict(parse_qsl(incoming.query, keep_blank_values=True))
        return told, read_twilio(_texts(body), query, incoming.received_at)
    if incoming.kind == "generic":
        told = Told(incoming.tenant, incoming.channel, f"generic:{incoming.channel}", key)
        return told, read_generic(body, incoming.delivery_id or "", incoming.received_at)
    items = parse(body if isinstance(body, dict) else {"entry": [body]})
    return Delivery(incoming.tenant, incoming.channel, key), items


def _texts(body: object) -> Mapping[str, str]:
    """The texts and numbers of an object; what else it holds Twilio does not send."""
    fields = body if isinstance(body, dict) else {}
    kept = {name: value for name, value in fields.items() if isinstance(value, (str, int)) and value is not True}
    return {name: str(value) for name, value in kept.items()}

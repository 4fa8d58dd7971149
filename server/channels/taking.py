"""
One delivery as it came in, and what is in it, by the kind of its channel.
"""

import hashlib
import hmac
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl
from uuid import UUID

from audit.work import Idempotency
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

    def packed(self) -> bytes:
        """All of it as bytes, to be kept: a line of JSON, and the body as it came; small."""
        told = {
            "v": 1,
            "kind": self.kind,
            "content_type": self.content_type,
            "query": self.query,
            "received_at": self.received_at.isoformat(),
            "delivery_id": self.delivery_id,
        }
        return zlib.compress(json.dumps(told).encode() + b"\n" + self.raw, 1)

    def once(self, key: bytes) -> Idempotency:
        """By what the same delivery is known; one that names itself MUST NOT say something else under the same name."""
        body = hashlib.sha256(self.raw).digest()
        if self.delivery_id is not None:
            named = hmac.digest(key, f"delivery\0{self.delivery_id}".encode(), "sha256")
            return Idempotency(f"delivery:{self.channel}:{named.hex()}", body)
        seen = hmac.digest(key, b"delivery\0" + body + self.query.encode(errors="replace"), "sha256")
        return Idempotency(f"delivery:{self.channel}:{seen.hex()}", b"")


def unpacked(tenant: UUID, channel: str, content: bytes) -> Incoming:
    """A delivery that was kept."""
    line, _, raw = zlib.decompress(content).partition(b"\n")
    told = json.loads(line)
    moment = datetime.fromisoformat(told["received_at"])
    kind, content_type, query, named = (told[name] for name in ("kind", "content_type", "query", "delivery_id"))
    return Incoming(kind, tenant, channel, raw, content_type, query, moment, named)


def everyone_in(incoming: Incoming, body: object, items: Sequence[Item]) -> str:
    """Text in which everyone stands whom a delivery is about, as it was written and as it was understood."""
    people = [each.person for each in items]
    moved = [getattr(each, name, None) for each in items for name in ("old_phone", "new_phone", "previous", "current")]
    known = {each for person in people for each in (person.phone, person.user_id)} | set(moved)
    form = incoming.kind == "twilio" and isinstance(body, dict)
    written = " ".join(map(str, body.values())) if form and isinstance(body, dict) else incoming.raw.decode("latin-1")
    return "\n".join([written, incoming.query, *sorted(filter(None, known))])


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

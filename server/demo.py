"""
The demo tenant: everything needed to try Venia within a minute.
"""

import json
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

from audit.instants import rfc3339
from audit.keys import read_secret, write_secret
from audit.note import LogKey
from audit.tenants import OpenTenant, new_origin
from audit.work import Request
from consent.setup import AddChannel, AddSender, DefinePurpose, PublishNotice, StateZone
from policies.loading import builtin
from policies.rulebook import ActivateRules
from server.channels.routes import channel_id
from server.credentials import mint, read
from server.keys import CreateKey, find_key
from server.service import Service, clock, keys_home
from server.settings import Settings

ACTOR = "demo"
PACKS = ("core", "whatsapp", "es", "acme")
PURPOSES = {
    "offers": "marketing",
    "appointment_reminders": "service",
    "order_updates": "transactional",
    "overdue_payments": "collections",
}
SCOPES = {
    "admin": ("*",),
    "caller": ("decisions:read", "calls:authorize"),
    "officer": ("audit:*", "consents:read", "decisions:*", "policies:*", "contacts:erase"),
    "capture": ("consents:write", "consents:withdraw", "consents:read"),
}
BUSINESS_PHONE = "+34910000000"
PHONE_NUMBER_ID = "700600500400"
NOTICE = (
    "Acepto que Acme me llame por WhatsApp para los fines que he elegido. "
    "Puedo retirar mi consentimiento en cualquier momento respondiendo BAJA."
)


def demo_file(settings: Settings) -> Path:
    """Where the demo's keys and secrets are written, for its owner only."""
    return settings.home / "demo.json"


async def seed(service: Service) -> dict[str, Any]:  # A JSON document.
    """The demo tenant as demo.json describes it, made on the first start and left alone afterwards."""
    path = demo_file(service.settings)
    known = await _known(service, path)
    if known is not None:
        return known
    tenant, origin = uuid4(), new_origin(service.settings.deployment)
    channel, verify_token, app_secret = channel_id(tenant, 1), secrets.token_urlsafe(24), secrets.token_hex(24)
    minted = {name: mint(tenant) for name in SCOPES}
    requests: list[Request] = [
        OpenTenant(tenant, "Demo", origin, ACTOR),
        StateZone(tenant, ACTOR, "Europe/Madrid"),
        *(DefinePurpose(tenant, ACTOR, purpose, category) for purpose, category in PURPOSES.items()),
        PublishNotice(tenant, ACTOR, "calls-es", 3, "es-ES", NOTICE),
        AddSender(tenant, ACTOR, "acme-es", BUSINESS_PHONE, PHONE_NUMBER_ID),
        AddChannel(tenant, ACTOR, channel, app_secret, verify_token),
        ActivateRules(tenant, ACTOR, tuple(builtin(name) for name in PACKS)),
        *(CreateKey(tenant, ACTOR, key, name, SCOPES[name]) for name, (_, key) in minted.items()),
    ]
    for request in requests:
        await service.journal.write(request)
    log_key = LogKey.from_file(keys_home(service.settings) / "logs" / f"{tenant}.key", origin)
    described: dict[str, Any] = {
        "base_url": _base_url(service.settings),
        "tenant": str(tenant),
        "keys": {name: text for name, (text, _) in minted.items()},
        "whatsapp": {
            "channel": channel,
            "verify_token": verify_token,
            "app_secret": app_secret,
            "phone_number_id": PHONE_NUMBER_ID,
            "display_phone_number": BUSINESS_PHONE,
        },
        "log": {"origin": origin, "vkey": log_key.verifier()},
    }
    _write(path, described)
    return described


async def _known(service: Service, path: Path) -> dict[str, Any] | None:
    """What an earlier start described, at the address of this one; None if the database knows no such tenant."""
    if not path.exists():
        return None
    described: dict[str, Any] = json.loads(read_secret(path))
    key = read(described["keys"]["admin"])
    if key is None or await find_key(service.snapshots, key.tenant, key.key_id) is None:
        return None
    if described["base_url"] != _base_url(service.settings):
        described["base_url"] = _base_url(service.settings)
        _write(path, described)
    return described


def _base_url(settings: Settings) -> str:
    return f"http://{settings.host}:{settings.port}"


def _write(path: Path, described: Mapping[str, Any]) -> None:
    write_secret(path, json.dumps(described, indent=2).encode() + b"\n")


def how_to_try(settings: Settings, described: Mapping[str, Any]) -> list[str]:
    """What `make run` prints: where it runs, and three lines to try, the keys read from the file and not shown."""
    file, url = demo_file(settings), described["base_url"]
    key = f'python3 -c \'import json,sys; print(json.load(open("{file}"))["keys"][sys.argv[1]])\''
    json_type = "-H 'Content-Type: application/json'"
    person = '"phone": "+34600111222"'
    given_at = rfc3339(clock())
    consent = (
        f'{{"contact": {{{person}}}, "purpose": "order_updates", "channels": ["voice"], '
        f'"given_at": "{given_at}", "method": "web_form"}}'
    )
    check = (
        f'{{"to": {{{person}}}, "from": {{"phone": "{BUSINESS_PHONE}"}}, "purpose": "order_updates", '
        f'"channel": "voice"}}'
    )
    stop = f'{{"contact": {{{person}}}, "withdrawn_at": "{given_at}", "method": "sms"}}'
    return [
        f"Venia runs at {url} (docs at {url}/docs). The demo's keys are in {file}.",
        "Try it, from another terminal:",
        f'curl -s {url}/v1/consents -H "Authorization: Bearer $({key} capture)" -H "Idempotency-Key: try-1" '
        f"{json_type} -d '{consent}'",
        f"curl -s {url}/v1/calls/check -H \"Authorization: Bearer $({key} caller)\" {json_type} -d '{check}'",
        f'curl -s {url}/v1/consents/withdrawals -H "Authorization: Bearer $({key} capture)" '
        f"-H \"Idempotency-Key: try-2\" {json_type} -d '{stop}'",
    ]

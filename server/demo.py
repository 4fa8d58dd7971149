"""
The demo tenant: everything needed to try Venia within a minute.
"""

import json
import secrets
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias
from uuid import uuid4

from audit.instants import rfc3339
from audit.keys import read_secret, write_secret
from audit.origins import new_origin
from audit.tenants import OpenTenant
from audit.work import Request
from consent.setup import AddChannel, AddSender, DefinePurpose, PublishNotice, StateZone
from policies.catalogue import builtin, jurisdictions
from policies.rulebook import ActivateRules
from server.channels.routes import channel_id
from server.credentials import mint, read
from server.keys import CreateKey, find_key
from server.service import Service, clock
from server.settings import Settings
from server.signing_keys import log_keys

ACTOR = "demo"
PACKS = ("core", "whatsapp", *jurisdictions(), "acme")
PURPOSES = {
    "offers": "marketing",
    "appointment_reminders": "service",
    "order_updates": "transactional",
    "overdue_payments": "collections",
}
SCOPES = {
    "admin": ("*",),
    "caller": ("decisions:read", "calls:authorize"),
    "officer": ("audit:*", "consents:read", "decisions:*", "policies:*", "contacts:write", "contacts:erase"),
    "capture": ("consents:write", "consents:withdraw", "consents:read"),
}
BUSINESS_PHONE = "+34910000000"
PHONE_NUMBER_ID = "700600500400"
NOTICE = (
    "Acepto que Acme me llame por WhatsApp para los fines que he elegido. "
    "Puedo retirar mi consentimiento en cualquier momento respondiendo BAJA."
)


Described: TypeAlias = dict[str, Any]  # A JSON document: what demo.json holds.


def demo_file(settings: Settings) -> Path:
    """Where the demo's keys and secrets are written, for its owner only."""
    return settings.home / "demo.json"


async def seed(service: Service) -> Described:
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
    described: Described = {
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
        "log": {"origin": origin, "vkey": log_keys(service.settings, origin)[-1].verifier()},
    }
    _write(path, described)
    return described


def _read(path: Path) -> Described | None:
    if not path.exists():
        return None
    described: Described = json.loads(read_secret(path))
    return described


async def _known(service: Service, path: Path) -> Described | None:
    """What an earlier start described, at the address of this one; None if the database knows no such tenant."""
    described = _read(path)
    if described is None:
        return None
    key = read(described["keys"]["admin"])
    if key is None or await find_key(service.snapshots, key.tenant, key.key_id) is None:
        return None
    vkey = log_keys(service.settings, described["log"]["origin"])[-1].verifier()
    if (described["base_url"], described["log"]["vkey"]) != (_base_url(service.settings), vkey):
        described["base_url"], described["log"]["vkey"] = _base_url(service.settings), vkey
        _write(path, described)
    return described


def _base_url(settings: Settings) -> str:
    return f"http://{settings.host}:{settings.port}"


def _write(path: Path, described: Mapping[str, object]) -> None:
    write_secret(path, json.dumps(described, indent=2).encode() + b"\n")


def how_to_try(settings: Settings, described: Described) -> list[str]:
    """What `make run` prints: where it runs, and three requests to try, with the keys read from the file."""
    file, url, now = demo_file(settings).resolve(), described["base_url"], clock()
    person = '{"phone": "+34600111222"}'
    body = {
        "consents": f'{{"contact": {person}, "purpose": "order_updates", "channels": ["voice"], '
        f'"given_at": "{rfc3339(now)}", "method": "web_form"}}',
        "calls/check": f'{{"to": {person}, "from": {{"phone": "{BUSINESS_PHONE}"}}, "purpose": "order_updates", '
        '"channel": "voice"}',
        "consents/withdrawals": f'{{"contact": {person}, "withdrawn_at": "{rfc3339(now)}", "method": "sms"}}',
    }
    key = f"""key() {{ python3 -c "import json; print(json.load(open('{file}'))['keys']['$1'])"; }}"""
    return [
        f"Venia runs at {url}; its routes are described at {url}/docs. Ctrl-C stops it.",
        "Try it from another terminal: opt in, ask, opt out (then ask again).",
        "",
        f"  {key}",
        *(f"  {_curl(url, path, content, now)}" for path, content in body.items()),
        "",
    ]


def _curl(url: str, path: str, content: str, now: datetime) -> str:
    holder, once = ("caller", "") if path == "calls/check" else ("capture", f"try-{path}-{now:%H%M%S}")
    headers = [f"Authorization: Bearer $(key {holder})", "Content-Type: application/json"]
    headers += [f"Idempotency-Key: {once}"] if once else []
    return " ".join(["curl -s", f"{url}/v1/{path}", *(f'-H "{each}"' for each in headers), f"-d '{content}'"])

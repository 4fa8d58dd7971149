"""
The whole application in this process, on a migrated database, with the demo's tenant and another one.
"""

import asyncio
import base64
import itertools
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeAlias
from uuid import UUID, uuid4

import httpx
from litestar import Litestar
from litestar.testing import TestClient

from audit.entry import Entry, parse_entry
from audit.merkle import leaf_hash
from audit.origins import new_origin
from audit.tenants import OpenTenant
from consent.setup import AddSender, DefinePurpose, StateZone
from policies.catalogue import builtin
from policies.rulebook import ActivateRules
from server import demo
from server.app import create_app
from server.credentials import PUBLIC_SCOPES, mint
from server.keys import CreateKey, RevokeKey
from server.service import Service, running
from server.settings import Settings
from tests.channels import payloads

Json: TypeAlias = dict[str, Any]  # What a test sends and gets is JSON, and it reaches into it by name.

SENDER: Json = {"phone_number_id": demo.PHONE_NUMBER_ID}
# A purpose and a channel that may be called at any hour, so that no test depends on the time of day.
ANY_TIME: Json = {"purpose": "order_updates", "channel": "voice"}

_numbers = itertools.count(600_200_000)


def new_phone() -> str:
    """
    A number that nobody in the tests has had before.
    """
    return f"+34{next(_numbers)}"


def ago(**span: float) -> str:
    """
    A moment that long before now, as callers write it.
    """
    return (datetime.now(UTC) - timedelta(**span)).isoformat()


@dataclass(frozen=True, slots=True)
class Api:
    """
    A client with the keys of the demo and of others; ``key`` is a name of one of them, or None for no credential.
    """

    client: TestClient[Litestar]
    demo: Json
    keys: dict[str, str]
    settings: Settings
    url: str = field(repr=False)

    def post(
        self, path: str, body: object = None, *, key: str | None = "admin", once: str | None = "", **headers: str
    ) -> httpx.Response:
        """
        Posts JSON; ``once`` is the Idempotency-Key, a fresh one if empty, and None sends none.
        """
        sent = self._bearing(key) | {name.replace("_", "-"): value for name, value in headers.items()}
        if once is not None:
            sent["Idempotency-Key"] = once or str(uuid4())
        if body is None:
            return self.client.post(path, headers=sent)
        return self.client.post(path, json=body, headers=sent)

    def get(self, path: str, *, key: str | None = "admin", **params: object) -> httpx.Response:
        """
        Gets, with these parameters in the query; a trailing underscore lets Python's own words through.
        """
        query = {name.rstrip("_"): str(value) for name, value in params.items()}
        return self.client.get(path, params=query, headers=self._bearing(key))

    def _bearing(self, key: str | None) -> dict[str, str]:
        return {} if key is None else {"Authorization": f"Bearer {self.keys.get(key, key)}"}

    # What most tests begin with.

    def agree(self, phone: str, **changes: object) -> Json:
        """
        Records a consent, half an hour old unless ``changes`` say otherwise, and returns the answer.
        """
        answer = self.post("/v1/consents", consent(phone, **changes))
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    def check(self, phone: str, **changes: object) -> Json:
        """
        Asks whether the person may be called.
        """
        answer = self.post("/v1/calls/check", question(phone, **changes), once=None)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def authorize(self, phone: str, **changes: object) -> Json:
        """
        Asks for a hold.
        """
        answer = self.post("/v1/calls/authorize", question(phone, **changes))
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def held(self, phone: str) -> str:
        """
        The id of a hold on a person who has agreed to it.
        """
        self.agree(phone)
        return str(self.authorize(phone)["hold"]["id"])

    def deliver(self, *changes: Json) -> httpx.Response:
        """
        Delivers changes as WhatsApp does, signed.
        """
        raw, signature = payloads.signed(payloads.delivery(*changes), self.secret)
        return self.deliver_raw(raw, signature)

    def deliver_raw(self, raw: bytes, signature: str | None) -> httpx.Response:
        """
        Posts these bytes to the demo's channel.
        """
        headers = {"Content-Type": "application/json"} | ({"X-Hub-Signature-256": signature} if signature else {})
        return self.client.post(f"/webhooks/whatsapp/{self.channel}", content=raw, headers=headers)

    @property
    def channel(self) -> str:
        """
        The demo's WhatsApp channel.
        """
        return str(self.demo["whatsapp"]["channel"])

    @property
    def secret(self) -> bytes:
        """
        The channel's app secret.
        """
        return str(self.demo["whatsapp"]["app_secret"]).encode()

    def size(self) -> int:
        """
        How many entries the demo's log has.
        """
        return len(self.get("/v1/audit/entries").text.splitlines())

    def entries(self, first: int = 0) -> list[Entry]:
        """
        The demo's log from an index on, every leaf hash verified.
        """
        return verified(self.get("/v1/audit/entries", from_=first).text)

    def events(self, first: int = 0) -> list[str]:
        """
        What was entered from an index on.
        """
        return [str(entry.payload["event"]) for entry in self.entries(first)]

    def timeline(self, contact: str) -> list[Json]:
        """
        Everything about a person, newest first.
        """
        return list(self.get(f"/v1/contacts/{contact}/timeline", limit=500).json()["events"])


def consent(phone: str, **changes: object) -> Json:
    """
    The body that records a consent to be called by voice about orders.
    """
    body: Json = {"contact": {"phone": phone}, "purpose": "order_updates", "channels": ["voice"]}
    return {**body, "given_at": ago(minutes=30), "method": "web_form", **changes}


def question(phone: str, **changes: object) -> Json:
    """
    The body that asks whether this may be done.
    """
    return {"to": {"phone": phone}, "from": SENDER, **ANY_TIME, **changes}


def withdrawal(phone: str, **changes: object) -> Json:
    """
    The body that takes everything back.
    """
    return {"contact": {"phone": phone}, "withdrawn_at": ago(seconds=1), "method": "sms", **changes}


def codes(answer: Json) -> list[str]:
    """
    The codes of a decision's reasons.
    """
    return [str(each["code"]) for each in answer["reasons"]]


def pointers(answer: httpx.Response) -> list[str]:
    """
    Where a problem says that the input was wrong.
    """
    return [str(each["pointer"]) for each in answer.json()["errors"]]


def verified(lines: str) -> list[Entry]:
    """
    The entries of NDJSON lines, each leaf hash computed anew.
    """
    found = []
    for line in map(json.loads, lines.splitlines()):
        body = base64.b64decode(line["body"], validate=True)
        assert base64.b64encode(leaf_hash(body)).decode() == line["leaf_hash"]
        found.append(parse_entry(body, line["index"]))
    return found


@contextmanager
def serving(url: str, home: Path, **settings: Any) -> Iterator[Api]:  # Any: whatever a setting may be.
    """
    Seeds the demo and a second tenant, and runs the application until the block ends.
    """
    chosen = Settings(home=home, database_url=url, credential_cache_seconds=0, checkpointer="off", **settings)
    described, keys = asyncio.run(_seed(chosen, url))
    with TestClient(create_app(chosen, url), raise_server_exceptions=False) as client:
        yield Api(client, described, keys, chosen, url)


async def _seed(settings: Settings, url: str) -> tuple[Json, dict[str, str]]:
    async with running(settings, url) as service:
        described = await demo.seed(service)
        keys = await _more_keys(service, UUID(described["tenant"]))
        return described, {**described["keys"], **keys, "stranger": await _another_tenant(service)}


async def _more_keys(service: Service, tenant: UUID) -> dict[str, str]:
    """
    Keys that open nothing, two that may do one thing alone, and one that may ask twice a minute.
    """
    past = datetime.now(UTC) - timedelta(seconds=1)
    wanted: dict[str, tuple[tuple[str, ...], int | None, datetime | None]] = {
        "expired": (("*",), None, past),
        "revoked": (("*",), None, None),
        "opt-outs": (("consents:withdraw",), None, None),
        "exporter": (("audit:export",), None, None),
        "hurried": (("*",), 2, None),
    }
    made = {}
    for name, (scopes, rate, expires_at) in wanted.items():
        text, key = mint(tenant)
        await service.journal.write(CreateKey(tenant, "test", key, name, scopes, rate, expires_at))
        if name == "revoked":
            await service.journal.write(RevokeKey(tenant, "test", key.key_id))
        made[name] = text
    made["form"], key = mint(tenant)
    await service.journal.write(CreateKey(tenant, "test", key, "form", tuple(sorted(PUBLIC_SCOPES)), trust="public"))
    return made


async def _another_tenant(service: Service) -> str:
    """
    A tenant set up like the demo's, and its key for everything.
    """
    tenant = uuid4()
    text, key = mint(tenant)
    for request in (
        OpenTenant(tenant, "Other", new_origin(service.settings.deployment), "test"),
        StateZone(tenant, "test", "Europe/Madrid"),
        DefinePurpose(tenant, "test", "order_updates", "transactional"),
        AddSender(tenant, "test", "other-es", "+34910000001", "700600500401"),
        ActivateRules(tenant, "test", tuple(builtin(name) for name in demo.PACKS)),
        CreateKey(tenant, "test", key, "everything", ("*",)),
    ):
        await service.journal.write(request)
    return text

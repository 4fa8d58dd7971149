"""
What a real server process writes: nothing about a person and no secret, whatever is asked of it and however it fails.
"""

import json
import time
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from tests.channels import payloads
from tests.channels.payloads import Customer, calls, delivery, messages, preferences, signed
from tests.databases import execute
from tests.server.api import ago, consent, question, withdrawal
from tests.server.process import Process

PHONE, SECOND, THIRD = "+34699731842", "+34699731843", "+447400731844"
BSUID = "ES.73184273184273184200"
WAMID = "wamid.HBgLMzQ2OTk3MzE4NDIVAgA"
EMAIL = "ana.uniqua@mail.example"
IP, AGENT = "203.0.113.173", "Uniqua-Browser"
WORDS = "uniquely-said-words"
NAME = "Ana Uniqua"

PERSONAL = [
    *(form for phone in (PHONE, SECOND, THIRD) for form in (phone, phone[1:], phone[3:])),
    "699 731 842",
    BSUID,
    BSUID[3:],
    WAMID,
    EMAIL,
    "ana.uniqua",
    IP,
    AGENT,
    WORDS,
    NAME,
]


def test_nothing_about_a_person_is_ever_written(database: str, tmp_path: Path):
    """
    Consents, decisions, webhooks, bad input, unknown paths and failures inside: none of it leaves a trace in the log.
    """
    with Process(tmp_path / "home", database, VENIA_LOG_LEVEL="debug") as server:
        statuses = [*_consents(server), *_decisions(server), *_webhooks(server), *_nonsense(server)]
        expected = {status for status in statuses if status < 500}
        broken = _broken_inside(server, database)
        secrets = [
            *server.demo["keys"].values(),
            *(server.demo["whatsapp"][each] for each in ("app_secret", "verify_token")),
        ]
        server.end()
        written = server.output()

    assert set(statuses) == expected
    assert {200, 201, 400, 401, 404, 422} <= expected
    assert broken == [500, 500, 500]
    assert written.count("Traceback") >= 3
    assert [each for each in (*PERSONAL, *secrets) if each in written] == []


def test_every_line_is_an_object_with_the_requests_id(database: str, tmp_path: Path):
    """
    One line a request, as JSON, with its id, route template and status; SQL and values are not among them.
    """
    with Process(tmp_path / "home", database, VENIA_LOG_LEVEL="debug") as server:
        headers = server.headers() | {"X-Request-ID": "look-for-me"}
        server.client.post("/v1/calls/check", json=question(PHONE), headers=headers)
        server.end()
        lines = [json.loads(line) for line in server.output().splitlines() if line.startswith("{")]
    [found] = [line for line in lines if line.get("request_id") == "look-for-me"]

    assert {name: found[name] for name in ("event", "method", "route", "status")} == {
        "event": "request",
        "method": "POST",
        "route": "/v1/calls/check",
        "status": 200,
    }


def _consents(server: Process) -> list[int]:
    evidence = {
        "page_url": f"https://shop.example/?mail={EMAIL}",
        "ip": IP,
        "user_agent": AGENT,
        "message_id": WAMID,
        "text": f"{WORDS} {NAME} {EMAIL} 699 731 842",
    }
    asked = [
        server.post("/v1/consents", consent(PHONE, evidence=evidence)),
        server.post("/v1/consents", consent("", contact={"whatsapp_user_id": BSUID}, evidence=evidence)),
        server.post("/v1/consents/withdrawals", withdrawal(SECOND, evidence=evidence)),
        server.post("/v1/contacts/lookup", {"contact": {"phone": PHONE}}),
        server.post("/v1/contacts/lookup", {"contact": {"phone": THIRD}}),
    ]
    contact = asked[0].json()["consents"][0]["contact"]
    asked += [server.get(f"/v1/contacts/{contact}/{what}") for what in ("consents", "timeline")]
    return [each.status_code for each in asked]


def _decisions(server: Process) -> list[int]:
    held = server.post("/v1/calls/authorize", question(PHONE, reference="job-1"))
    hold = held.json()["hold"]["id"]
    asked = [
        held,
        server.post("/v1/calls/check", question(PHONE, detail="trace")),
        server.post("/v1/calls/check", question("", to={"whatsapp_user_id": BSUID})),
        server.post("/v1/calls/authorize", question(THIRD)),
        server.post("/v1/calls/authorize", question(PHONE, reference=f"{EMAIL}")),
        server.post(f"/v1/calls/{hold}/outcome", {"outcome": "connected", "at": ago(seconds=0)}),
        server.get("/v1/audit/entries"),
    ]
    return [each.status_code for each in asked]


def _webhooks(server: Process) -> list[int]:
    ana, now = Customer(PHONE[1:], BSUID, NAME), int(time.time())
    people = (ana,)
    call: payloads.Json = {"id": f"wacid.{WORDS}", "to": ana, "at": now, "opaque": f"for {PHONE}"}
    strange = {"id": WAMID, "from": PHONE[1:], "type": WORDS, "timestamp": "never", "mail": EMAIL}
    body = delivery(
        messages(payloads.text(f"BAJA {WORDS} {EMAIL}", id=WAMID, by=ana, at=now), people=people),
        messages(payloads.text("No me interesa", id=f"{WAMID}2", by=ana, at=now), people=people),
        messages(payloads.permanent_grant(id=f"{WAMID}3", by=ana, at=now), people=people),
        messages(strange, people=people),
        messages(
            payloads.number_changed(THIRD[1:], id=f"{WAMID}4", of=Customer(SECOND[1:], None, NAME), at=now), people=()
        ),
        calls(payloads.connect(**call), people=people),
        preferences(payloads.preference("stop", of=ana, at=now), people=people),
    )
    raw, signature = signed(body, server.demo["whatsapp"]["app_secret"].encode())
    path = f"/webhooks/whatsapp/{server.demo['whatsapp']['channel']}"
    sent = [(raw, signature), (raw, "sha256=0"), (raw[:-1], signature)]
    answers = [server.client.post(path, content=raw, headers={"X-Hub-Signature-256": each}) for raw, each in sent]
    token = {"hub.mode": "subscribe", "hub.verify_token": f"{EMAIL}", "hub.challenge": PHONE}
    return [each.status_code for each in (*answers, server.client.get(path, params=token))]


def _nonsense(server: Process) -> list[int]:
    bad_phone = f"{PHONE}x{EMAIL}"
    asked = [
        server.post("/v1/consents", consent(bad_phone, given_at=WORDS, **{PHONE: EMAIL})),
        server.post("/v1/consents", consent(PHONE, purpose=f"p{PHONE[1:]}")),
        server.post("/v1/calls/check", question(PHONE, at=PHONE)),
        server.get(f"/v1/contacts/{PHONE}/timeline?cursor={EMAIL}"),
        server.get(f"/{PHONE}/{EMAIL}?who={BSUID}"),
        server.client.post("/v1/consents", content=f'{{"contact": "{PHONE}", {EMAIL}', headers=server.headers()),
        server.client.get("/v1/reviews", headers={"Authorization": f"Bearer {EMAIL}", "X-Request-ID": PHONE}),
        server.client.get("/v1/reviews", headers={"Authorization": f"Basic {uuid4()}", "User-Agent": AGENT}),
    ]
    return [each.status_code for each in asked]


def _broken_inside(server: Process, database: str) -> list[int]:
    """
    Failures that nobody foresaw: tables that are not there, in the midst of requests about people.
    """
    execute(database, "ALTER TABLE consents RENAME TO lost", "ALTER TABLE entries RENAME TO lost_too")
    asked: list[httpx.Response] = [
        server.post("/v1/consents", consent(PHONE, evidence={"text": f"{WORDS} {EMAIL}"})),
        server.post("/v1/calls/check", question(PHONE)),
        server.post("/v1/contacts/lookup", {"contact": {"phone": PHONE}}),
    ]
    with pytest.raises(httpx.RemoteProtocolError):  # An answer that had begun is broken off.
        server.get("/v1/audit/entries?from=0")
    return [each.status_code for each in asked]

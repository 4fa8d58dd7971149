"""
After an erasure nothing tells who the person was: not the database's files, nor its logs, nor ours, nor any export.
"""

import asyncio
import base64
import io
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from server.db import migrate
from tests.channels import payloads
from tests.channels.payloads import Customer, delivery, messages, signed
from tests.databases import execute, fetch
from tests.postgres import ThrowawayPostgres
from tests.server.api import consent, question
from tests.server.process import Process, eventually

PHONE, USER_ID = "+34699731842", "ES.73184273184273184200"
WAMID = "wamid." + base64.b64encode(b"\x1d\x07\x15\x34699731842\x15\x02").decode()
WORDS, AGENT = "uniquely-said-words basta de tonterias", "Uniqua-Browser/7"
OTHER = "+34699731900"


@pytest.fixture
def own_postgres() -> Iterator[ThrowawayPostgres]:
    """
    A server whose files are nobody else's.
    """
    with tempfile.TemporaryDirectory(prefix="venia-erasure-") as folder:
        server = ThrowawayPostgres(Path(folder))
        server.start()
        try:
            yield server
        finally:
            server.stop()


def deliver(server: Process, body: dict[str, Any]) -> int:
    """
    A signed delivery.
    """
    whatsapp = server.demo["whatsapp"]
    raw, signature = signed(body, whatsapp["app_secret"].encode())
    headers = {"X-Hub-Signature-256": signature}
    return server.client.post(f"/webhooks/whatsapp/{whatsapp['channel']}", content=raw, headers=headers).status_code


def stored_of(url: str, tenant: str, contact: str) -> set[bytes]:
    """
    Every stored form of the person's data: sealed, wrapped and hashed.
    """
    rows = {
        "identifiers": ("sealed", "blind_index"),
        "contacts": ("wrapped_key",),
        "disclosures": ("sealed",),
    }
    found = {
        bytes(row[column])
        for table, columns in rows.items()
        for row in fetch(url, f"SELECT * FROM {table} WHERE contact_id = $1", contact)
        for column in columns
    }
    unreadable = fetch(url, "SELECT sealed FROM unreadable_items WHERE tenant_id = $1", tenant)
    return found | {bytes(row["sealed"]) for row in unreadable}


def spellings(text: str) -> set[bytes]:
    """
    A text as it might have been written down.
    """
    plain = text.encode()
    encoded = set()
    for lead in range(3):  # In base64, a text looks different at each of three places.
        whole = base64.b64encode(bytes(lead) + plain)[(0, 2, 3)[lead] : (lead + len(plain)) * 8 // 6]
        encoded |= {whole, whole.translate(bytes.maketrans(b"+/", b"-_"))}
    return {plain, text.encode("utf-16-le"), plain.hex().encode(), plain.hex().upper().encode()} | encoded


def files(*folders: Path) -> Iterator[tuple[Path, bytes]]:
    """
    Every file below, and the members of every ZIP.
    """
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file() and not path.is_socket():
                content = path.read_bytes()
                yield path, content
                if content[:2] == b"PK":
                    with zipfile.ZipFile(io.BytesIO(content)) as archive:
                        for name in archive.namelist():
                            yield path / name, archive.read(name)


def found_in(needles: set[bytes], *folders: Path) -> list[tuple[str, bytes]]:
    """
    Where any of these bytes stands.
    """
    return [(str(path), needle) for path, content in files(*folders) for needle in needles if needle in content]


def vacuum(url: str) -> None:
    """
    What docs/privacy.md tells the operator to do: rewrite the tables, and let go of the write-ahead log.
    """

    async def run() -> None:
        connection = await asyncpg.connect(url)
        try:
            for statement in (
                "ALTER SYSTEM SET wal_recycle = off",
                "ALTER SYSTEM SET min_wal_size = '32MB'",
                "SELECT pg_reload_conf()",
                "VACUUM (FULL, ANALYZE)",
                "VACUUM FULL pg_statistic",  # What was sampled before stands there as rows that are dead since then.
                "CHECKPOINT",
                "SELECT pg_switch_wal()",
                "SELECT pg_switch_wal()",
                "CHECKPOINT",
            ):
                await connection.execute(statement)
                # A switch does nothing at the beginning of a segment, and only what follows one is a new one's.
                await connection.execute("CREATE TABLE IF NOT EXISTS nothing (n int); INSERT INTO nothing VALUES (1)")
        finally:
            await connection.close()

    asyncio.run(run())


def test_no_byte_is_left_that_tells_who_it_was(own_postgres: ThrowawayPostgres, tmp_path: Path):
    """
    Neither the number in any spelling nor any of its stored forms: sealed, wrapped, hashed, sampled or logged.
    """
    url = own_postgres.url
    migrate(url)
    person = Customer(PHONE[1:], USER_ID)
    said = payloads.text(WORDS, id=WAMID, by=person)
    with Process(tmp_path / "home", url, VENIA_LOG_LEVEL="debug") as server:
        evidence = {"user_agent": AGENT, "message_id": WAMID, "text": WORDS}
        assert server.post("/v1/consents", consent(PHONE, evidence=evidence)).status_code == 201
        assert server.post("/v1/consents", consent(OTHER)).status_code == 201
        assert deliver(server, delivery(messages(said, people=(person,)))) == 200
        assert deliver(server, {"entry": [{"changes": [{"field": "novelty", "value": {"who": PHONE[1:]}}]}]}) == 200
        assert server.post("/v1/calls/authorize", question(PHONE)).status_code == 200
        contact = server.post("/v1/contacts/lookup", {"contact": {"phone": PHONE}}).json()["contact"]
        asked = {"format": "bundle", "disclose": ["*"]}
        export = server.post("/v1/audit/exports", asked).json()["id"]
        eventually(lambda: server.get(f"/v1/audit/exports/{export}").json()["state"] == "ready")
        needles = {each for text in (PHONE[1:], PHONE[3:], USER_ID, WAMID, WORDS, AGENT) for each in spellings(text)}
        stored = stored_of(url, server.demo["tenant"], contact)
        execute(url, "ANALYZE")
        execute(url, "CHECKPOINT")  # Until then a row may stand only in the write-ahead log, there across two pages.
        before = found_in(needles | stored, own_postgres.data, tmp_path / "home")

        erased = server.post("/v1/contacts/erasures", {"contact": {"phone": PHONE}, "reason": "ticket 4711"})
        assert server.post("/v1/calls/authorize", question(PHONE)).json()["decision"] == "deny"
        gone = server.get(f"/v1/audit/exports/{export}/download")
        eventually(lambda: not list((tmp_path / "home" / "exports").glob("*.zip")))
        left = server.post("/v1/contacts/lookup", {"contact": {"phone": OTHER}})
        server.end()
    vacuum(url)

    assert erased.status_code == 202
    assert erased.json()["contact"] == contact
    assert gone.status_code == 410
    assert left.status_code == 200
    # Before, the needles do stand there: the search would find them.
    assert {needle for _, needle in before} >= stored
    assert {needle for _, needle in before} & spellings(WORDS)
    assert found_in(needles | stored, own_postgres.data, tmp_path / "home") == []

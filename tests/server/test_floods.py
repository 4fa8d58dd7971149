"""
More than there is room for: deliveries wait, none is answered with a server error, and no item of any is lost.
"""

import asyncio
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.channels import payloads
from tests.channels.payloads import Customer, delivery, messages, signed, text
from tests.databases import create_database, drop_database, in_database
from tests.postgres import ThrowawayPostgres
from tests.server.api import Api, codes, new_phone, serving


@pytest.fixture
def cramped(postgres: ThrowawayPostgres, template: str, tmp_path: Path) -> Iterator[Api]:
    """
    An application whose journal has room for forty requests.
    """
    name = f"venia_{uuid.uuid4().hex}"
    create_database(postgres.url, name, template)
    with serving(in_database(postgres.url, name), tmp_path, queue_size=40, batch_size=20) as running:
        yield running
    drop_database(postgres.url, name)


def noes(people: list[Customer]) -> payloads.Json:
    """
    A delivery in which everyone says no.
    """
    moment = int(time.time())
    said = [text("BAJA", id=f"wamid.{uuid.uuid4().hex}", by=each, at=moment) for each in people]
    return delivery(*(messages(each, people=(who,)) for each, who in zip(said, people, strict=True)))


def test_a_flood_waits_and_is_taken(cramped: Api):
    """
    Twelve deliveries at once, of five times the room that there is: each is answered with 200, and everyone is heard.
    """
    people = [[Customer(new_phone()[1:], None) for _ in range(16)] for _ in range(12)]
    sent = [signed(noes(each), cramped.secret) for each in people]

    async def flood() -> list[int]:
        transport = httpx.ASGITransport(cramped.client.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://venia") as client:
            path = f"/webhooks/whatsapp/{cramped.channel}"
            posts = (client.post(path, content=raw, headers={"X-Hub-Signature-256": by}) for raw, by in sent)
            return [each.status_code for each in await asyncio.gather(*posts)]

    before = cramped.size()
    statuses = cramped.client.blocking_portal.call(flood)

    assert statuses == [200] * len(sent)
    assert cramped.events(before).count("consent.withdrawn") == 16 * 12
    assert "SUPPRESSED" in codes(cramped.check(f"+{people[-1][-1].wa_id}"))

"""
Deliveries as they came: kept sealed, read again without a second effect, gone with whom they mention.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar
from uuid import UUID, uuid4

import pytest

from consent.deliveries import KeepDelivery
from server.channels.replaying import Archive, Report, replay
from server.channels.taking import Incoming, unpacked
from server.service import Service, clock, running
from tests.channels import twilio_like
from tests.channels.payloads import Customer, messages, text
from tests.databases import fetch
from tests.server.api import Api, Json, codes, new_phone
from tests.server.other_channels import WEBHOOK_SECRET, Generic, Twilio, add_channel

T = TypeVar("T")

BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def twilio(api: Api) -> Twilio:
    """
    A Twilio channel of the demo's tenant.
    """
    return Twilio(api, add_channel(api, "twilio", twilio_like.TOKEN, 40))


@pytest.fixture(scope="module")
def generic(api: Api) -> Generic:
    """
    A generic channel of the demo's tenant.
    """
    return Generic(api, add_channel(api, "generic", WEBHOOK_SECRET, 41))


def kept(api: Api) -> list[Json]:
    """
    The rows of kept deliveries.
    """
    return [dict(each) for each in fetch(api.url, "SELECT * FROM deliveries ORDER BY received_at")]


def again(api: Api, channel: str | None = None, now: datetime | None = None) -> Report:
    """
    A run over everything that is kept.
    """

    async def run(service: Service) -> Report:
        archive = Archive(service.journal, service.reader, service.snapshots, service.ring)
        tenant = UUID(api.demo["tenant"])
        return await replay(archive, tenant, channel=channel, since=BEGINNING, now=now or clock())

    return in_service(api, run)


def in_service(api: Api, work: Callable[[Service], Awaitable[T]]) -> T:
    """
    What this does with a service of its own on the same database.
    """

    async def run() -> T:
        async with running(api.settings, api.url) as service:
            return await work(service)

    return asyncio.run(run())


def no_by(phone: str, at: int | None = None) -> Json:
    """
    A change in which someone says no.
    """
    who = Customer(phone[1:], None)
    moment = int(datetime.now(UTC).timestamp()) if at is None else at
    return messages(text("BAJA", id=f"wamid.{uuid4().hex}", by=who, at=moment), people=(who,))


def test_every_delivery_is_kept_sealed_once(api: Api, twilio: Twilio, generic: Generic):
    """
    Of each channel; a repetition keeps no second copy, and no word or number stands in the row.
    """
    before, phone = len(kept(api)), new_phone()
    event = {"type": "message", "id": uuid4().hex, "channel": "sms", "text": "STOP", "contact": {"phone": phone}}
    change, sms = no_by(phone), twilio_like.message(f"SM{uuid4().hex}", phone, "STOP")
    for _ in range(2):
        api.deliver(change)
        twilio.post(sms)
        generic.post(event, id=f"msg_of_{phone}")
    rows = kept(api)[before:]

    assert [each["channel_id"] for each in rows] == [api.channel, twilio.channel, generic.channel]
    assert not any(phone[1:].encode() in row["sealed"] or b"STOP" in row["sealed"] for row in rows)


def test_what_is_not_signed_is_not_kept(api: Api, twilio: Twilio, generic: Generic):
    """
    Nobody fills the table who does not hold a secret.
    """
    before = len(kept(api))
    api.deliver_raw(b"{}", None)
    twilio.post({"MessageSid": "SM1"}, token="another")
    generic.post({}, secret="whsec_" + "A" * 32)

    assert len(kept(api)) == before


def test_reading_again_adds_nothing(api: Api, twilio: Twilio, generic: Generic):
    """
    Every item was recorded when it came: no entry is added, whatever was kept.
    """
    phone = new_phone()
    api.deliver(no_by(phone), {"field": 7}, no_by(new_phone()))
    twilio.post(twilio_like.call(f"CA{uuid4().hex}", new_phone(), "in-progress", Digits="9"))
    generic.post({"type": "keypress", "call": "c", "contact": {"phone": new_phone()}}, {"type": "telepathy"})
    before = api.size()
    report = again(api)

    assert api.size() == before
    assert report.deliveries == len(kept(api))
    assert report.recorded == 0
    assert report.repeated >= 6


def test_what_was_kept_and_not_recorded_takes_effect(api: Api, twilio: Twilio):
    """
    As when the process ended between the two: the no is dated as it came, not as it was read again.
    """
    phone, moment = new_phone(), clock() - timedelta(hours=1)
    raw = twilio_like.form(twilio_like.message(f"SM{uuid4().hex}", phone, "STOP"))
    tenant = UUID(api.demo["tenant"])
    incoming = Incoming("twilio", tenant, twilio.channel, raw, None, "", moment)
    request = KeepDelivery(tenant, "test", twilio.channel, incoming.packed(), phone)
    in_service(api, lambda service: service.journal.write(request))
    first, before = again(api, twilio.channel), api.size()
    second = again(api, twilio.channel)

    assert (first.recorded, second.recorded) == (1, 0)
    assert api.size() == before
    assert "SUPPRESSED" in codes(api.check(phone))
    withdrawn = [each.payload for each in api.entries() if each.payload["event"] == "consent.withdrawn"][-1]
    assert abs(datetime.fromisoformat(str(withdrawn["withdrawn_at"])) - moment) <= timedelta(seconds=61)


def test_what_is_too_old_to_be_known_again_is_passed_over(api: Api):
    """
    Beyond the time for which idempotency keys are kept a second reading might record twice.
    """
    api.deliver(no_by(new_phone()))
    before = api.size()
    report = again(api, now=clock() + timedelta(days=8))

    assert (report.deliveries, report.recorded) == (0, 0)
    assert report.passed_over == len(kept(api))
    assert api.size() == before


@pytest.mark.parametrize("written", ["+34 600 {}", "0034600{}", "34600{}"])
def test_erasure_takes_the_deliveries_that_mention_the_person(api: Api, twilio: Twilio, written):
    """
    Whoever wrote them and however the number is written; those of others stay.
    """
    phone, other = new_phone(), new_phone()
    twilio.post(twilio_like.message(f"SM{uuid4().hex}", phone, "STOP"))
    twilio.post(twilio_like.message(f"SM{uuid4().hex}", other, f"STOP calling {written.format(phone[6:])}"))
    twilio.post(twilio_like.message(f"SM{uuid4().hex}", other, "BAJA"))
    before = len(kept(api))
    api.post("/v1/contacts/erasures", {"contact": {"phone": phone}, "reason": "asked by the person"})

    assert len(kept(api)) == before - 2
    assert again(api).recorded == 0


def test_a_number_that_was_mended_is_mentioned_as_it_was_mended(api: Api):
    """
    A Brazilian wa_id without its 9 belongs to the person whose number has it.
    """
    short, whole = "551187654321", "+5511987654321"
    api.deliver(no_by(f"+{short}"))
    before = len(kept(api))
    answer = api.post("/v1/contacts/erasures", {"contact": {"phone": whole}, "reason": "asked by the person"})

    assert answer.status_code == 202
    assert len(kept(api)) == before - 1


def test_a_delivery_survives_being_packed():
    """
    What is read again is what came, byte by byte.
    """
    incoming = Incoming("twilio", uuid4(), "tw-1", bytes(range(256)) + b"\n{}\n", None, "a=b&c=%20", clock(), None)

    assert unpacked(incoming.tenant, incoming.channel, incoming.packed()) == incoming

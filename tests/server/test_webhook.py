"""
The webhook as WhatsApp uses it: the handshake, signatures, whole batches, duplicates, what nobody understands.
"""

import hashlib
import hmac
import json
import re
import time
from uuid import uuid4

import pytest

from tests.channels import payloads
from tests.channels.payloads import Customer, delivery, messages, signed, text
from tests.databases import fetch
from tests.server.api import Api, codes, new_phone


def customer() -> Customer:
    """
    Someone whom WhatsApp knows by number and by user id.
    """
    phone = new_phone()
    return Customer(phone[1:], f"ES.{phone[1:]:0>20}", "Someone")


def stop(who: Customer, word: str = "BAJA", **changes: object) -> payloads.Json:
    """
    A change in which someone says no.
    """
    said = text(word, id=f"wamid.{uuid4().hex}", by=who, at=int(time.time()))
    return messages(said | changes, people=(who,))


def counted(api: Api, name: str) -> float:
    """
    The sum of a metric over its labels.
    """
    lines = api.get("/metrics", key=None).text.splitlines()
    return sum(float(line.rpartition(" ")[2]) for line in lines if re.match(rf"{name}(\{{| )", line))


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, 200),
        ({"hub.verify_token": "wrong"}, 403),
        ({"hub.verify_token": ""}, 403),
        ({"hub.mode": "unsubscribe"}, 403),
        ({"hub.challenge": ""}, 403),
    ],
)
def test_the_handshake_gives_the_challenge_to_who_knows_the_token(api: Api, changes, status):
    """
    200 with the challenge as plain text, else 403.
    """
    token = api.demo["whatsapp"]["verify_token"]
    query = {"hub.mode": "subscribe", "hub.verify_token": token, "hub.challenge": "1158201444", **changes}
    answer = api.client.get(f"/webhooks/whatsapp/{api.channel}", params=query)

    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/plain") == (status == 200)
    assert (answer.text == "1158201444") == (status == 200)
    assert token not in answer.text


@pytest.mark.parametrize("channel", ["nobody", "wa-00000000000000000000000000000000-1", "wa-x-1", "%00"])
def test_an_unknown_channel_is_not_found(api: Api, channel):
    """
    404 for handshake and delivery alike.
    """
    path = f"/webhooks/whatsapp/{channel}"

    assert api.client.get(path).status_code == 404
    assert api.client.post(path, content=b"{}").status_code == 404


@pytest.mark.parametrize("number", [2, 99])
def test_a_channel_of_a_known_tenant_must_exist_too(api: Api, number):
    """
    The tenant in the channel's id opens nothing.
    """
    answer = api.client.post(f"/webhooks/whatsapp/{api.channel[:-1]}{number}", content=b"{}")

    assert answer.status_code == 404


def test_what_is_not_signed_does_nothing(api: Api):
    """
    401 for a signature that is missing, wrong, made with another secret or of the JSON written again.
    """
    who = customer()
    body = delivery(stop(who))
    raw, right = signed(body, api.secret)
    _, foreign = signed(body, b"another secret")
    _, rewritten = signed(json.loads(raw), api.secret)
    again = json.dumps(json.loads(raw)).encode()
    before = api.size()
    tried = [
        (raw, None),
        (raw, "sha256="),
        (raw, foreign),
        (raw, right.upper()),
        (raw + b" ", right),
        (again, rewritten),
    ]
    answers = [api.deliver_raw(*each) for each in tried]

    assert [each.status_code for each in answers] == [401] * len(tried)
    assert api.size() == before
    assert codes(api.check(f"+{who.wa_id}")) == ["CONSENT_MISSING"]
    assert api.deliver_raw(raw, right).status_code == 200
    assert "SUPPRESSED" in codes(api.check(f"+{who.wa_id}"))


@pytest.mark.parametrize("raw", [b"", b"not json", b'{"entry": [', b"\xff\xfe", b"[" * 100_000, b"9" * 10_000])
def test_what_is_signed_and_no_json_is_refused(api: Api, raw):
    """
    400, and nothing recorded.
    """
    before = api.size()
    answer = api.deliver_raw(raw, _signature(raw, api.secret))

    assert (answer.status_code, api.size()) == (400, before)


@pytest.mark.parametrize(
    "raw", [b"[]", b"null", b"7", b'"text"', b"{}", b'{"entry": 7}', b'{"entry": [null, 3, {"changes": 1}]}']
)
def test_json_of_another_shape_is_kept(api: Api, raw):
    """
    200, since it came from WhatsApp, and an entry that says that it was not understood.
    """
    before = api.size()
    answer = api.deliver_raw(raw, _signature(raw, api.secret))

    assert answer.status_code == 200
    assert set(api.events(before)) == {"webhook.unreadable"}


def test_a_torn_emoji_hides_no_opt_out(api: Api):
    """
    Half of a surrogate pair beside the word is no reason to miss the word, nor that of the neighbour.
    """
    torn, neighbour = customer(), customer()
    answer = api.deliver(stop(torn, "BAJA \ud83d"), stop(neighbour))

    assert answer.status_code == 200
    for who in (torn, neighbour):
        assert "SUPPRESSED" in codes(api.check(f"+{who.wa_id}"))


def _signature(raw: bytes, secret: bytes) -> str:
    return f"sha256={hmac.new(secret, raw, hashlib.sha256).hexdigest()}"


def test_a_whole_batch_takes_effect_before_it_is_answered(api: Api):
    """
    Of a thousand updates in one delivery every opt-out is in force, and each person is in the log.
    """
    people = [customer() for _ in range(1000)]
    before = api.size()
    answer = api.deliver(*(stop(who) for who in people))
    events = api.events(before)

    assert (answer.status_code, answer.json()["items"]) == (200, 1000)
    assert events.count("consent.withdrawn") == 1000
    for who in (people[0], people[499], people[-1]):
        assert "SUPPRESSED" in codes(api.check(f"+{who.wa_id}"))


def test_a_delivery_repeated_adds_nothing(api: Api):
    """
    Whole, in part, in another order or at the same time as its twin: one entry for each item.
    """
    people = [customer() for _ in range(5)]
    changes = [stop(who) for who in people]
    api.deliver(*changes)
    before = api.size()
    again = [api.deliver(*changes), api.deliver(*reversed(changes)), api.deliver(changes[2], changes[2])]

    assert [each.status_code for each in again] == [200, 200, 200]
    assert api.size() == before


def test_what_nobody_understands_is_kept_counted_and_in_nobodys_way(api: Api):
    """
    The neighbours before and behind it take effect; it is sealed in the database and an entry names no person.
    """
    first, last = customer(), customer()
    secret_word = "unreadable-words-of-a-person"
    strange = messages(
        {"id": "wamid.Z", "from": first.wa_id, "timestamp": "soon", "type": "telepathy", "x": secret_word}
    )
    nobody = messages(text("BAJA", by=Customer(None, None), id=f"wamid.{uuid4().hex}"), people=())
    bad_phone = stop(Customer("12", None))
    before, kept = api.size(), counted(api, "venia_unreadable_items_total")
    answer = api.deliver(stop(first), strange, {"field": 7}, nobody, bad_phone, stop(last))
    entries = api.entries(before)
    unreadable = [entry for entry in entries if entry.payload["event"] == "webhook.unreadable"]

    assert answer.status_code == 200
    assert counted(api, "venia_unreadable_items_total") - kept == len(unreadable) >= 3
    assert all("contact" not in entry.payload for entry in unreadable)
    assert not any(secret_word in str(entry.payload) or str(first.wa_id) in str(entry.payload) for entry in entries)
    for who in (first, last):
        assert "SUPPRESSED" in codes(api.check(f"+{who.wa_id}"))
    rows = fetch(api.url, "SELECT sealed FROM unreadable_items")
    assert len(rows) >= len(unreadable)
    assert not any(secret_word.encode() in row["sealed"] for row in rows)


def test_what_is_refused_inside_is_kept_instead(api: Api):
    """
    A permission for a business number that the tenant does not have is answered with 200 and kept.
    """
    who = customer()
    grant = payloads.temporary_grant(id=f"wamid.{uuid4().hex}", by=who, at=int(time.time()))
    before = api.size()
    business = payloads.Business("1", "34911111111")
    answer = api.deliver(messages(grant, business=business, people=(who,)))

    assert answer.status_code == 200
    assert api.events(before) == ["webhook.unreadable"]


def test_three_megabytes_are_taken(api: Api):
    """
    A delivery may be larger than any other body, up to four mebibytes.
    """
    who, filler = customer(), customer()
    padding = messages(text("x" * 3_000_000, id=f"wamid.{uuid4().hex}", by=filler), people=(filler,))
    answer = api.deliver(padding, stop(who))
    too_large = api.deliver(messages(text("x" * 4_200_000, by=filler), people=(filler,)))

    assert (answer.status_code, too_large.status_code) == (200, 413)
    assert "SUPPRESSED" in codes(api.check(f"+{who.wa_id}"))

"""
The list of whom not to contact, as others read it.
"""

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.databases import create_database, drop_database, in_database
from tests.postgres import ThrowawayPostgres
from tests.server.api import Api, ago, new_phone, serving, withdrawal

SERVICE = "MG" + "0" * 32


@pytest.fixture(scope="module")
def api(postgres: ThrowawayPostgres, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """
    A tenant whose refusals are all those of this module.
    """
    create_database(postgres.url, "blocklists", template)
    with serving(in_database(postgres.url, "blocklists"), tmp_path_factory.mktemp("home")) as running:
        yield running
    drop_database(postgres.url, "blocklists")


def export(api: Api, form: str, *, key: str = "admin", once: str = "", **asked: object) -> httpx.Response:
    """
    Asks for the list.
    """
    return api.post("/v1/suppressions/exports", {"format": form, **asked}, key=key, once=once)


def refuse(api: Api, **changes: Any) -> str:
    """
    Somebody new takes something back.
    """
    phone = new_phone()
    done = api.post("/v1/consents/withdrawals", withdrawal(phone, **changes))
    assert done.status_code == 201, done.text
    return phone


def test_csv_and_ndjson_tell_each_refusal_as_it_is(api: Api):
    """
    With its reach and its end; numbers are marked as text, so that no spreadsheet runs them, and the importer reads them back.
    """
    all_, some = refuse(api), refuse(api, scope={"purposes": ["offers"], "channels": ["sms"]})
    table = export(api, "csv")
    rows = {each["phone"]: each for each in csv.DictReader(io.StringIO(table.text.removeprefix("\ufeff")))}
    lines = {each["phone"]: each for each in map(json.loads, export(api, "ndjson").text.splitlines())}

    assert table.headers["content-type"].startswith("text/csv")
    assert rows[f"'{all_}"]["purposes"] == ""
    assert (rows[f"'{some}"]["purposes"], rows[f"'{some}"]["channels"]) == ("offers", "sms")
    assert (lines[some]["purposes"], lines[some]["until"]) == (["offers"], None)
    assert not any(each.startswith(("+", "=", "-", "@")) for each in rows)


def test_lists_of_numbers_hold_whoever_refuses_what_is_asked_for(api: Api):
    """
    For a purpose on a channel: those whom a call could not reach for their refusal, and not who has agreed again since.
    """
    all_, some = (
        refuse(api, withdrawn_at=ago(hours=3)),
        refuse(api, scope={"purposes": ["offers"], "channels": ["sms"]}),
    )
    again = refuse(api, withdrawn_at=ago(hours=2))
    api.agree(again, purpose="offers", channels=["voice"], given_at=ago(hours=1))
    everyone = export(api, "e164").text.split()
    voice = export(api, "e164", purpose="offers", channel="voice").text.split()
    sms = export(api, "e164", purpose="offers", channel="sms").text.split()
    orders = export(api, "e164", purpose="order_updates").text.split()

    assert {all_, some, again} <= set(everyone)
    assert len(everyone) == len(set(everyone))
    assert {all_, some, again} & set(voice) == {all_}
    assert {all_, some, again} & set(sms) == {all_, some, again}
    assert {all_, some, again} & set(orders) == {all_, again}


def test_twilio_gets_items_in_its_own_words(api: Api):
    """
    A line is the parameter Items of one request, at most 25 of them; without a sender of Twilio's there is no list.
    """
    phones = [refuse(api, method="web_form") for _ in range(30)]
    pieces = [json.loads(line) for line in export(api, "twilio", vendor_sender=SERVICE).text.splitlines()]
    items = {each["contact_id"]: each for piece in pieces for each in piece}

    assert set(phones) <= set(items)
    assert all(1 <= len(each) <= 25 for each in pieces)
    assert items[phones[0]] | {"date_of_consent": "", "correlation_id": ""} == {
        "contact_id": phones[0],
        "correlation_id": "",
        "sender_id": SERVICE,
        "status": "opt-out",
        "source": "website",
        "date_of_consent": "",
    }
    assert len(items[phones[0]]["correlation_id"]) == 32
    assert export(api, "twilio").status_code == 422


def test_meta_gets_hashes_of_digits(api: Api):
    """
    A customer list to exclude: SHA-256 of the digits with the country code.
    """
    phone = refuse(api)
    header, *hashes = export(api, "meta").text.split()

    assert header == "phone"
    assert hashlib.sha256(phone[1:].encode()).hexdigest() in hashes


def test_each_reading_is_an_entry(api: Api):
    """
    A repetition under the same key as well, since it hands out the numbers again; without a key nothing is handed out.
    """
    refuse(api)
    size, once = api.size(), str(uuid4())
    first = export(api, "e164", once=once)
    later = refuse(api)
    again = export(api, "e164", once=once)
    read = [each.payload for each in api.entries(size) if each.payload["event"] == "suppression.exported"]

    assert [(each["format"], each["purpose"]) for each in read] == [("e164", None)] * 2
    assert "+34" not in json.dumps(read)
    assert later not in first.text
    assert later in again.text
    assert "Idempotent-Replay" not in again.headers


def test_who_may_have_it(api: Api):
    """
    Only whoever may see numbers; the erased are on no list, and nor are other tenants' people.
    """
    phone = refuse(api)
    api.post("/v1/contacts/erasures", {"contact": {"phone": phone}, "reason": "asked"})
    listed = export(api, "e164")

    assert export(api, "e164", key="capture").status_code == 403
    assert export(api, "e164", key="caller").status_code == 403
    assert listed.status_code == 200
    assert phone not in listed.text
    assert export(api, "e164", key="stranger").text == ""
    assert export(api, "xlsx").status_code == 422


def test_a_list_that_was_handed_out_can_be_imported(api: Api):
    """
    Every row of it is known already: the same refusal of the same moment.
    """
    refuse(api)
    table = export(api, "csv").content
    done = api.client.post(
        "/v1/imports",
        content=table,
        params={
            "map": ["contact=", "categories=", "since=withdrawn_at", "until=", "purposes=purpose", "sender=sender_id"]
        },
        headers={
            "Authorization": f"Bearer {api.keys['admin']}",
            "Content-Type": "text/csv",
            "Idempotency-Key": str(uuid4()),
        },
    )

    assert done.status_code == 200, done.text
    assert done.json()["verdicts"]["duplicate"] == done.json()["rows"] > 0

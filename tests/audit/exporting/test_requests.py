"""
Asking for an export: an entry, a row, and refusals that leave neither.
"""

from uuid import UUID, uuid4

import pytest

from audit.exporting import store
from audit.exporting.errors import (
    DossierIsWhole,
    ExportFormatUnknown,
    ExportRangeUnknown,
    ExportUnknown,
    FieldUnknown,
    PersonUnknown,
    TooManyExports,
)
from audit.exporting.fields import PERSONAL_FIELDS
from audit.exporting.requests import MOST_WAITING, FindExport, RequestExport
from audit.work import Idempotency, Request
from consent.bodies import EvidenceBody
from consent.proof.said import Giver
from consent.references import PHONE, USER_ID
from tests.audit.exporting.bureau import Bureau
from tests.factories import phone
from tests.live import Live


def asked(live: Live) -> list[dict[str, object]]:
    return [payload for payload in live.payloads() if payload["event"] == "export.requested"]


def test_asking_is_recorded(live: Live, own: Bureau):
    """
    The entry says what was asked for, by whom, about whom and what it discloses; the row waits under its index.
    """
    contact = own.agree(phone())
    written = own.request(contact=contact, disclose=("phone", "ip", "phone"))
    receipt = written.receipt
    (entry,) = asked(live)
    export = own.export(UUID(str(written.answer["id"])))

    assert receipt is not None
    assert entry == {
        "event": "export.requested",
        "actor": "key:test",
        "contact": str(contact),
        "export": str(export.id),
        "format": "bundle",
        "from": 0,
        "to": None,
        "log": receipt.log,
        "disclose": ["ip", "phone"],
    }
    assert written.answer == {"id": str(export.id), "state": "queued"}
    assert (export.state, export.entry_index, export.origin) == ("queued", receipt.index, receipt.log)


def test_several_in_one_batch_have_their_own_entries(live: Live, own: Bureau):
    """
    Each row stands under the index of its own entry.
    """
    requests = [RequestExport(live.tenant, f"key:{at}", "csv") for at in range(5)]
    live.write_all(list(requests))
    entries = {entry.payload.get("export"): entry.index for entry in live.chain().entries}

    assert [own.export(each.id).entry_index for each in requests] == [entries[str(each.id)] for each in requests]


def test_a_repetition_asks_once(live: Live):
    """
    The same key gets the same export.
    """
    key = Idempotency("once", bytes(32))
    first = live.write(RequestExport(live.tenant, "key:test", "csv", idempotency=key))
    again = live.write(RequestExport(live.tenant, "key:test", "csv", idempotency=key))

    assert (again.answer, again.receipt, again.replayed) == (first.answer, first.receipt, True)
    assert len(asked(live)) == 1


@pytest.mark.parametrize(
    ("wanted", "refusal", "says"),
    [
        ({"format": "docx"}, ExportFormatUnknown, "bundle, csv, ndjson, pdf or access"),
        ({"first": 5, "end": 10_000}, ExportRangeUnknown, "entries"),
        ({"first": 10_000}, ExportRangeUnknown, "entries"),
        ({"first": 9, "end": 3}, ExportRangeUnknown, "entries"),
        ({"first": 3, "end": 3}, ExportRangeUnknown, "entries"),
        ({"first": -1}, ExportRangeUnknown, "entries"),
        ({"disclose": ("phone", "shoe_size")}, FieldUnknown, "shoe_size"),
        ({"contact": uuid4()}, PersonUnknown, "no entry about this contact"),
    ],
)
def test_what_cannot_be_exported_is_refused(live: Live, wanted, refusal, says):
    """
    With a sentence that says what there is; nothing is recorded.
    """
    with pytest.raises(refusal, match=says):
        live.write(RequestExport(live.tenant, "key:test", **{"format": "bundle", **wanted}))

    assert asked(live) == []


def test_a_bundle_about_a_person_has_no_range(live: Live, own: Bureau):
    """
    It would look whole and not be; a table may be cut.
    """
    contact = own.agree(phone())
    with pytest.raises(DossierIsWhole):
        own.request(contact=contact, first=3)

    assert own.request("csv", contact=contact, first=3).answer["state"] == "queued"


def test_another_tenants_export_is_unknown(live: Live, own: Bureau):
    """
    As is one that nobody asked for.
    """
    export = UUID(str(own.request("csv").answer["id"]))

    assert live.read(FindExport(live.tenant, export)).id == export
    for tenant, id_ in ((uuid4(), export), (live.tenant, uuid4())):
        with pytest.raises(ExportUnknown):
            live.read(FindExport(tenant, id_))


def test_every_personal_field_has_its_name_here():
    """
    What entries commit to can be asked for: identifiers, evidence, and what replies say.
    """
    shown = {"notice_sha256", "notice_variables", "notice_variables_sha256", *Giver().personal(), "sha256", "files"}

    assert {*EvidenceBody.model_fields, PHONE, USER_ID, *shown} == {*PERSONAL_FIELDS}
    assert list(PERSONAL_FIELDS) == sorted(PERSONAL_FIELDS)


def test_only_so_many_wait_at_once(live: Live, own: Bureau):
    """
    Neither one after the other nor in one batch; the one too many leaves no entry, and room is there again once some are made.
    """
    wanted: list[Request] = [RequestExport(live.tenant, "key:test", "csv") for _ in range(MOST_WAITING + 5)]
    answers = live.write_all(wanted)
    refused = [each for each in answers if isinstance(each, TooManyExports)]

    assert len(refused) == 5
    assert len(asked(live)) == MOST_WAITING
    own.work()
    assert own.request("csv").answer["state"] == "queued"


def test_nobody_waits_for_anothers_many(live: Live, own: Bureau):
    """
    The oldest export of each tenant comes before the second of any.
    """
    live.write_all([RequestExport(live.tenant, "key:test", "csv") for _ in range(10)])
    late = own.elsewhere()

    async def waiting() -> list[UUID]:
        async with live.service.journal_engine.connect() as conn:
            return [each.tenant for each in await store.waiting(conn)]

    assert live.run(waiting())[:2] == [live.tenant, late]

"""
What is held about a person, for themselves: all of it, in files that people and programs read, and nothing of anybody else.
"""

import csv
import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pypdf
import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # It carries no types.

from audit.exporting.errors import PersonNeeded
from audit.exporting.requests import FindExport
from consent.erasing import EraseContact
from consent.keeping.legal_holds import PlaceLegalHold
from consent.looking import FindContact, FindParts
from consent.merging.requests import MergeContacts, UndoMerge
from server.service import clock
from tests.audit.exporting.bureau import Bureau
from tests.checkout import ROOT
from tests.factories import ANA, BEN, EVA, HOUR, authorization, consent, ref, reply, withdrawal
from tests.live import Live

SCHEMA = Draft202012Validator(json.loads((ROOT / "docs/access.schema.json").read_text(encoding="utf-8")))
WORDS = "basta de tonterias"


@pytest.fixture(name="bureau")
def _bureau(live: Live, tmp_path: Path) -> Bureau:
    bureau, tenant, now = Bureau(live, tmp_path), live.tenant, clock()
    live.write(consent(tenant, ANA, at=now - HOUR, evidence={"page_url": "https://shop.example/ana", "text": "sí"}))
    live.write(consent(tenant, BEN, at=now - HOUR, evidence={"page_url": "https://shop.example/ben"}))
    live.write(consent(tenant, EVA, at=now - HOUR, evidence={"page_url": "https://shop.example/eva"}))
    live.write(authorization(tenant, ANA))
    live.write(reply(tenant, ANA, text=WORDS, at=clock()))
    live.write(withdrawal(tenant, BEN, at=clock()))
    live.write(PlaceLegalHold(tenant, "officer", ref(ANA), "M-1", "a claim", (now + timedelta(days=90)).date()))
    return bureau


def copied(bureau: Bureau, who: str = ANA, **asked: Any) -> tuple[dict[str, bytes], str]:
    """
    The files of a copy that is asked for and made, and its state.
    """
    live = bureau.live
    contact = live.read(FindContact(live.tenant, ref(who)))
    export = bureau.ask("access", contact=contact, disclose=("*",), **asked)

    async def make() -> None:
        async with bureau.exporter() as exporter:
            await exporter.run_waiting(clock())

    live.run(make())
    found = live.read(FindExport(live.tenant, export))
    if found.file is None:
        return {}, f"{found.state}: {found.detail}"
    with zipfile.ZipFile(bureau.exports / found.file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}, found.state


def test_a_copy_has_all_that_is_held(bureau: Bureau):
    """
    Numbers, rows, entries with the words that were said, decisions with their reasons, and who was handed them before.
    """
    bureau.ask("ndjson", disclose=("phone",))
    files, state = copied(bureau)
    held = json.loads(files["access.json"])
    events = {each["event"] for each in held["events"]}

    assert state == "ready"
    assert set(files) == {"access.json", "given.json", "given.csv", "report.pdf"}
    assert [each["value"] for each in held["identifiers"]] == [ANA]
    assert held["records"]["consents"][0]["purpose"] == "order_updates"
    assert {"consents", "suppressions", "permissions", "reviews", "attempts", "wishes"} <= set(held["records"])
    assert {"consent.recorded", "reply.queued", "export.requested"} <= events
    assert events & {"decision.allowed", "decision.denied"}
    assert any(each["personal"].get("text") == WORDS for each in held["events"])
    assert {each["of"] for each in held["recipients"]} == {"this person", "everybody"}


def test_a_copy_is_as_the_schema_says(bureau: Bureau):
    """
    Both documents, in either language, fit docs/access.schema.json.
    """
    for language in ("en", "es"):
        files, _ = copied(bureau, language=language)

        for name in ("access.json", "given.json"):
            assert [error.message for error in SCHEMA.iter_errors(json.loads(files[name]))] == []


def test_a_copy_tells_nothing_of_anybody_else(bureau: Bureau):
    """
    No number, page or id of another person is in any of its files.
    """
    files, _ = copied(bureau)
    others = [bureau.live.read(FindContact(bureau.live.tenant, ref(each))) for each in (BEN, EVA)]
    everything = b"".join(files.values())

    for other in (BEN[1:], EVA[1:], "shop.example/ben", "shop.example/eva", *map(str, others)):
        assert other.encode() not in everything


def test_a_copy_keeps_legal_holds_and_keys_back(bureau: Bureau):
    """
    Neither the hold nor a key, a blind index or a hash of a vendor's id is told; that holds are never told is.
    """
    files, _ = copied(bureau)
    held = json.loads(files["access.json"])
    columns = {name for rows in held["records"].values() for row in rows for name in row}

    assert held["withheld"] == ["legal_holds"]
    assert "legal_holds" not in held["records"]
    assert not columns & {"wrapped_key", "blind_index", "sealed", "call_ref"}
    assert not any(each["event"].startswith("legal_hold") for each in held["events"])
    assert b"M-1" not in b"".join(files.values())


def test_what_they_gave_stands_apart(bureau: Bureau):
    """
    Consents, replies and identifiers, as JSON and as a table; no decision that the business made.
    """
    files, _ = copied(bureau)
    given = json.loads(files["given.json"])["given"]
    table = list(csv.DictReader(io.StringIO(files["given.csv"].decode("utf-8-sig"))))

    assert {each["event"] for each in given} == {"contact.identified", "consent.recorded", "reply.queued"}
    assert [each["event"] for each in table] == [each["event"] for each in given]
    assert {each["text"] for each in table} == {"", "sí", WORDS}


def test_the_report_is_for_people(bureau: Bureau):
    """
    A PDF in the language that was asked for.
    """
    files, _ = copied(bureau, language="es")
    told = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(files["report.pdf"])).pages)

    assert "Se indicó" in told or "consentimiento" in told.lower()


def test_a_copy_of_a_merged_person_is_of_every_part(bureau: Bureau):
    """
    Asked for under either, it has what was said under both; once they are parted again, each has their own.
    """
    live = bureau.live
    merge = live.write(MergeContacts(live.tenant, "officer", ref(ANA), ref(EVA), "the same card")).answer
    parts = tuple(live.read(FindParts(live.tenant, ref(ANA))))
    whole = json.loads(copied(bureau, parts=parts)[0]["access.json"])
    live.write(UndoMerge(live.tenant, "officer", UUID(str(merge["id"])), "two cards"))
    own = json.loads(copied(bureau)[0]["access.json"])

    assert {each["value"] for each in whole["identifiers"]} == {ANA, EVA}
    assert {each["value"] for each in own["identifiers"]} == {ANA}


def test_a_copy_goes_with_the_person(bureau: Bureau):
    """
    Whoever is erased after it was made has it withdrawn; nobody downloads it.
    """
    live = bureau.live
    contact = live.read(FindContact(live.tenant, ref(BEN)))
    export = bureau.ask("access", contact=contact, disclose=("*",))

    async def make() -> None:
        async with bureau.exporter() as exporter:
            await exporter.run_waiting(clock())

    live.run(make())
    live.write(EraseContact(live.tenant, "officer", ref(BEN), "asked"))

    assert live.read(FindExport(live.tenant, export)).state == "withdrawn"


@pytest.mark.parametrize("asked", [{"contact": None}, {"first": 1}, {"disclose": ("phone",)}, {"disclose": ()}])
def test_a_copy_is_of_all_and_of_one_person(bureau: Bureau, asked: dict[str, Any]):
    """
    Without a person, in part, or without their data it would be no copy of what is held: refused.
    """
    contact = bureau.live.read(FindContact(bureau.live.tenant, ref(ANA)))

    with pytest.raises(PersonNeeded):
        bureau.request("access", **{"contact": contact, "disclose": ("*",), **asked})

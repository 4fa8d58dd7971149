"""
Pruning a log: which bodies go, what keeps them, and that every proof goes on working.
"""

import base64
import json
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from audit.merkle import verify_consistency, verify_inclusion
from audit.published import checkpoint_at, consistency_proof, inclusion_proof, newest_checkpoint
from audit.timeline import timeline
from audit.work import Receipt
from consent.keeping.legal_holds import LiftLegalHold, PlaceLegalHold
from consent.looking import FindContact
from server.retention import Run, carry_out, survey
from server.service import clock
from tests.aged import YEARS, aged, note_then, office_of, run_of, write_then
from tests.audit.exporting.bureau import Bureau, contents
from tests.audit.ledger import Note
from tests.databases import execute, fetch
from tests.factories import ANA, consent, ref
from tests.live import Live


@pytest.fixture
def old(live: Live, tmp_path: Path) -> Bureau:
    """
    A tenant whose log began six years ago.
    """
    return aged(Bureau(live, tmp_path))


def applied(old: Bureau, run: Run | None = None) -> dict[str, Any]:
    """
    What a run did.
    """
    return dict(old.live.run(carry_out(office_of(old), run or run_of(old))).answer)


def planned(old: Bureau, run: Run | None = None) -> dict[str, Any]:
    """
    What a run would do.
    """
    return old.live.run(survey(office_of(old), run or run_of(old))).to_json()


def indexes(old: Bureau) -> list[int]:
    """
    The entries whose bodies are there.
    """
    statement = "SELECT entry_index FROM entries WHERE tenant_id = $1 ORDER BY entry_index"
    return [row["entry_index"] for row in fetch(old.live.url, statement, old.live.tenant)]


def told_of(old: Bureau, event: str) -> list[dict[str, Any]]:
    """
    What the entries of one event say, of those whose bodies are there.
    """
    statement = "SELECT body FROM entries WHERE tenant_id = $1 AND event = $2 ORDER BY entry_index"
    rows = fetch(old.live.url, statement, old.live.tenant, event)
    return [json.loads(row["body"].split(b"\n")[6]) for row in rows]


def test_old_bodies_go_as_a_prefix_of_whole_tiles(old: Bureau):
    """
    Below the last multiple of 256 that is old and signed; the log says up to where, with the root of that tree.
    """
    note_then(old, 600)
    old.sign()
    report = applied(old)
    (pruned,), (done,) = told_of(old, "log.pruned"), told_of(old, "retention.applied")
    (row,) = fetch(old.live.url, "SELECT * FROM prunings WHERE tenant_id = $1", old.live.tenant)

    assert indexes(old)[0] == 512
    assert (report["entries"]["count"], report["entries"]["from"], report["entries"]["to"]) == (512, 0, 512)
    assert report["entries"]["examples"] == list(range(20))
    assert report["entries"]["kept_by"]["why"] == "not_signed"
    assert (pruned["up_to"], pruned["root"]) == (512, row["root"].hex())
    assert (done["entries"], done["up_to"]) == (512, 512)
    assert row["origin"] == old.live.demo["log"]["origin"]


def test_the_recorded_root_is_that_of_the_old_tree(old: Bureau):
    """
    Whoever holds the checkpoint of that size holds the same root.
    """
    note_then(old, 512 - len(indexes(old)))
    old.sign()
    pin = old.pin().read_text().splitlines()[:3]
    note_then(old, 100)
    old.sign()
    applied(old)

    assert pin[1] == "512"
    assert base64.b64decode(pin[2]).hex() == told_of(old, "log.pruned")[0]["root"]


def test_old_receipts_prove_what_they_did(old: Bureau):
    """
    Inclusion of a pruned entry, and consistency with a checkpoint of before, from tiles alone.
    """
    receipt = note_then(old, 600)[7].receipt
    assert isinstance(receipt, Receipt)
    old.sign()
    before = int(old.pin().read_text().splitlines()[1])
    applied(old)
    old.live.write(Note(old.live.tenant, "new"))
    old.sign()
    assert receipt.index not in indexes(old)

    async def prove() -> None:
        tenant = old.live.tenant
        async with old.live.service.snapshots.of(tenant) as conn:
            newest = await newest_checkpoint(conn, tenant)
            pinned = await checkpoint_at(conn, tenant, newest.origin, before)
            path = await inclusion_proof(conn, tenant, newest.origin, receipt.index, newest.size)
            grown = await consistency_proof(conn, tenant, newest.origin, before, newest.size)

        assert newest.size > before
        assert verify_inclusion(
            leaf=receipt.leaf_hash, index=receipt.index, size=newest.size, hashes=path, root=newest.root
        )
        assert verify_consistency(old=before, new=newest.size, hashes=grown, old_root=pinned.root, new_root=newest.root)

    old.live.run(prove())


def test_the_log_goes_on_and_is_signed(old: Bureau):
    """
    The checkpointer misses nothing below the size it signed, even where the pruned prefix was all that was signed.
    """
    note_then(old, 512 - len(indexes(old)))
    old.sign()
    applied(old)
    assert indexes(old)[0] == 256
    for _ in range(3):
        old.live.write(Note(old.live.tenant, "new"))
        old.sign()
    applied(old)
    old.sign()

    assert indexes(old)[0] == 512


def test_young_entries_stay(old: Bureau):
    """
    The first one younger than the evidence keeps all behind it, and the report says until when.
    """
    note_then(old, 300)
    young = note_then(old, 300, ago=timedelta(days=1800))[0].receipt
    assert isinstance(young, Receipt)
    old.sign()
    report = applied(old)
    keeper = report["entries"]["kept_by"]

    assert indexes(old)[0] == 256
    assert (keeper["why"], keeper["index"], keeper["event"]) == ("too_young", young.index, "note.taken")
    assert keeper["until"][:10] == (clock() + timedelta(days=26)).date().isoformat()


def test_a_person_who_is_known_keeps_all_behind_their_first_entry(old: Bureau):
    """
    Somebody agreed six years ago, and again this year: nothing behind that first entry goes.
    """
    tenant = old.live.tenant
    note_then(old, 300)
    (agreed,) = write_then(old, consent(tenant, at=clock() - YEARS))
    note_then(old, 300)
    write_then(old, consent(tenant, at=clock() - timedelta(days=300)), ago=timedelta(days=300))
    old.sign()
    run = run_of(old)
    told, report = planned(old, run), applied(old, run)
    keeper = report["entries"]["kept_by"]

    assert indexes(old)[0] == 256
    assert (keeper["why"], keeper["event"]) == ("person_known", "contact.identified")
    assert agreed.receipt is not None
    assert keeper["index"] == agreed.receipt.index - 1
    assert keeper["contact"] == str(old.live.read(FindContact(tenant, ref(ANA))))
    assert keeper["until"][:10] == (clock() + timedelta(days=1826 - 300)).date().isoformat()
    assert {**told, "dry_run": False} == {name: report[name] for name in told}


def test_people_go_first_and_their_entries_with_the_same_run(old: Bureau):
    """
    A dry run counts on it, and says the same as the run then does.
    """
    write_then(old, consent(old.live.tenant, at=clock() - YEARS))
    note_then(old, 600)
    old.sign()
    size = len(indexes(old))
    run = run_of(old)
    told = planned(old, run)
    assert len(indexes(old)) == size
    report = applied(old, run)

    assert {**told, "dry_run": False} == {name: report[name] for name in told}
    assert (report["kinds"]["evidence"]["count"], report["entries"]["to"]) == (1, 512)
    assert told_of(old, "contact.erased")


def test_holds_keep_bodies(old: Bureau):
    """
    One on a person keeps all behind their first entry, one on everything keeps everything.
    """
    tenant = old.live.tenant
    write_then(old, consent(tenant, at=clock() - YEARS))
    note_then(old, 600)
    old.sign()
    size, ends = len(indexes(old)), (clock() + timedelta(days=30)).date()
    for who in (ref(ANA), None):
        placed = old.live.write(PlaceLegalHold(tenant, "officer", who, "A-1", "in court", ends)).answer["id"]
        told = planned(old)["entries"]
        done = applied(old)["entries"]
        assert told == done
        assert (done["count"], done["to"], done["kept_by"]["legal_hold"]) == (0, 0, placed)
        assert len([each for each in indexes(old) if each < size]) == size
        old.live.write(LiftLegalHold(tenant, "officer", UUID(str(placed)), "closed"))

    assert applied(old)["entries"]["to"] == 512


def test_a_run_that_is_killed_is_finished_by_the_next(old: Bureau):
    """
    Killed after the first piece: what it recorded holds, and what is left goes; there is one pruning.
    """
    note_then(old, 1000)
    old.sign()
    settings = old.live.service.settings
    command = [sys.executable, "-m", "tests.server.retaining", str(settings.home), old.live.url, str(old.live.tenant)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == -signal.SIGKILL, done.stderr
    left = indexes(old)
    assert 0 < left[0] < 768
    assert told_of(old, "retention.applied") == []
    told, report = planned(old), applied(old)

    assert indexes(old)[0] == 768
    assert report["entries"]["count"] == told["entries"]["count"] == 768 - left[0]
    assert report["entries"]["from"] == told["entries"]["from"] == left[0]
    assert len(told_of(old, "log.pruned")) == 1


def test_nobody_deletes_what_was_not_pruned(old: Bureau):
    """
    Not even the journal's role: the database refuses an entry beyond the pruning, and a pruning of what is not signed.
    """
    note_then(old, 600)
    old.sign()
    applied(old)
    tenant = old.live.tenant
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="append-only"):
        execute(
            old.live.url,
            f"DELETE FROM entries WHERE tenant_id = '{tenant}' AND entry_index = 512",
            role="venia_journal",
        )
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="No signed checkpoint"):
        execute(
            old.live.url,
            "INSERT INTO prunings (tenant_id, origin, incarnation, up_to, root, pruned_at, event_id) SELECT tenant_id, "
            f"origin, incarnation, up_to + 65536, root, pruned_at, event_id FROM prunings WHERE tenant_id = '{tenant}'",
            role="venia_journal",
        )

    assert 512 in indexes(old)


def test_a_timeline_begins_where_bodies_do(old: Bureau):
    """
    Somebody's entries that are left are shown, in pages, and nothing breaks where the others were.
    """
    tenant = old.live.tenant
    write_then(old, consent(tenant, at=clock() - YEARS))
    ana = old.live.read(FindContact(tenant, ref(ANA)))
    note_then(old, 600)
    old.sign()
    applied(old)

    async def look() -> list[Any]:
        async with old.live.service.snapshots.of(tenant) as conn:
            page = await timeline(conn, tenant, [ana], before=None, limit=1)
            assert page.next is None
            return page.events

    assert [each["event"] for each in old.live.run(look())] == ["contact.erased"]


def test_an_export_of_everything_is_what_is_left(old: Bureau):
    """
    A range that begins where bodies do, says so, and verifies, against a checkpoint of before as well.
    """
    note_then(old, 600)
    old.sign()
    pin = old.pin()
    applied(old)
    export = old.made()
    held = contents(old.file(export))
    manifest = json.loads(held["manifest.json"])
    verdict = old.verify(old.unpacked(export), "--pin", pin)

    assert (manifest["kind"], manifest["from"], manifest["to"]) == ("range", 512, manifest["size"])
    assert "before 512" in held["README.txt"].decode()
    assert "pruned by retention" in held["README.txt"].decode()
    assert verdict.returncode == 0, verdict.stdout


@pytest.mark.parametrize("format", ["csv", "ndjson"])
def test_tables_hold_what_is_left(old: Bureau, format: str):
    """
    One line for each entry whose body is there.
    """
    note_then(old, 600)
    old.sign()
    applied(old)
    export = old.made(format)
    lines = old.file(export).read_bytes().splitlines()

    assert len(lines) - (format == "csv") == len(indexes(old))


def test_a_dossier_of_somebody_who_was_pruned_holds_what_is_left(old: Bureau):
    """
    Their erasure is still there, with its proof, and the reader is told that something is not.
    """
    write_then(old, consent(old.live.tenant, at=clock() - YEARS))
    ana = old.live.read(FindContact(old.live.tenant, ref(ANA)))
    note_then(old, 600)
    old.sign()
    applied(old)
    export = old.made(contact=ana)
    held = contents(old.file(export))

    assert len([name for name in held if name.startswith("proofs/") and name.endswith(".tlog-proof")]) == 2
    assert "pruned by retention" in held["README.txt"].decode()
    assert old.verify(old.unpacked(export), "--pin", old.pin()).returncode == 0


def test_a_range_of_nothing_but_pruned_entries_cannot_be_made(old: Bureau):
    """
    The export fails with a sentence that says from where on there are bodies.
    """
    note_then(old, 600)
    old.sign()
    applied(old)
    export = old.made(first=0, end=100)

    assert export.state == "failed"
    assert "before 512 were pruned" in str(export.detail)


def test_an_export_that_discloses_somebody_since_pruned_is_withdrawn(old: Bureau):
    """
    Though none of their entries tells any more that they were in it.
    """
    write_then(old, consent(old.live.tenant, at=clock() - YEARS, evidence={"text": "sí"}))
    note_then(old, 600)
    old.sign()
    export = old.made(disclose=("*",))
    assert old.file(export).exists()
    applied(old)
    old.work()

    assert not (old.exports / str(export.file)).exists()
    assert old.export(export.id).state == "withdrawn"

"""
Checks that go on, begin later, are killed, or meet a log that is damaged.
"""

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from uuid import uuid4

import pytest

from audit.checking.progress import save_progress
from audit.errors import UnknownTenant
from audit.work import Written
from consent.erasing import EraseContact
from server import fsck
from server.fsck import advance, begin, under_way
from tests.audit.ledger import Note
from tests.databases import execute
from tests.factories import ANA, BEN, DAY, NOW, consent, ref, withdrawal
from tests.fsck.town import Town, unwatched
from tests.live import Live


def test_the_next_check_begins_behind_the_verified_checkpoint(house: Town):
    """
    What was verified is not read again: only later entries, and everyone of whom they tell.
    """
    first = house.check()
    house.office.write(withdrawal(house.tenant, BEN))
    second = house.check()

    assert first.verified is not None
    assert (second.deep, second.start) == (False, (1, first.verified.size))
    assert second.entries == 1
    assert second.people == 1


def test_an_incremental_check_finds_what_changed_since_and_a_deep_one_the_rest(house: Town):
    """
    A row about somebody of whom nothing was told since is looked at by a deep check alone.
    """
    house.check()
    house.office.write(withdrawal(house.tenant, BEN))
    house.spoil("consents", "UPDATE consents SET method = 'api' WHERE tenant_id = $1", house.tenant)
    ben = house.office.contact(BEN)
    incremental, deep = house.check(), house.check(deep=True)

    assert incremental.broken == {ben}
    assert deep.broken > {ben}


def test_what_was_found_and_not_repaired_is_found_again(house: Town):
    """
    A check that found something verifies nothing: the next one looks there again.
    """
    house.check()
    house.office.write(withdrawal(house.tenant, BEN))
    house.spoil("suppressions", "DELETE FROM suppressions WHERE tenant_id = $1", house.tenant)
    found = house.check().total

    assert found > 0
    assert house.check().total == found


def test_a_check_behind_another_tree_begins_at_the_beginning(house: Town):
    """
    A mark is believed only where it is the tree of the checkpoint that was signed there.
    """
    house.check()
    statement = "UPDATE fsck_progress SET verified = replace(verified, '\"size\":', '\"size\":1') WHERE tenant_id = $1"
    house.spoil("fsck_progress", statement, house.tenant)

    assert house.check().start == (1, 0)


def test_a_check_goes_on_where_it_was_left(house: Town, monkeypatch: pytest.MonkeyPatch):
    """
    Its mark is kept after each step; whoever comes next goes on from there, and all of it is looked at once.
    """
    monkeypatch.setattr(fsck, "AT_ONCE", 7)

    async def some_steps() -> None:
        bench = house.bench()
        async with bench.snapshots.of(house.tenant) as conn:
            check = await begin(conn, house.tenant, NOW, deep=True)
            for _ in range(2):
                assert await advance(conn, bench.ring, check, unwatched)
        async with bench.writer.begin() as writing:
            await save_progress(writing, house.tenant, None, under_way(check), NOW)
        await bench.repairs.dispose()

    house.desk.run(some_steps())
    check = house.check(deep=True)

    assert check.resumed
    assert check.entries == house.office.size()
    assert check.differences == []


def test_a_check_that_was_left_long_ago_or_is_to_repair_begins_anew(house: Town, monkeypatch: pytest.MonkeyPatch):
    """
    What was spoilt behind where a check was left is not missed for longer than a day, and never by a repair.
    """
    monkeypatch.setattr(fsck, "AT_ONCE", 7)

    async def leave() -> None:
        bench = house.bench()
        async with bench.snapshots.of(house.tenant) as conn:
            check = await begin(conn, house.tenant, NOW, deep=True, anew=True)
            going = under_way(check)
            while await advance(conn, bench.ring, check, unwatched):
                going = under_way(check)
        async with bench.writer.begin() as writing:
            await save_progress(writing, house.tenant, None, going, bench.clock())
        await bench.repairs.dispose()

    house.desk.run(leave())
    house.spoil("consents", "DELETE FROM consents WHERE tenant_id = $1", house.tenant)
    house.desk.clock.now += 2 * DAY
    old = house.check(deep=True)
    house.spoil("fsck_progress", "UPDATE fsck_progress SET under_way = '{}' WHERE tenant_id = $1", house.tenant)
    unreadable = house.check(deep=True)
    house.desk.run(leave())
    repaired = house.repair()

    assert (old.resumed, unreadable.resumed, repaired.before.resumed) == (False, False, False)
    assert old.counts == unreadable.counts == repaired.before.counts
    assert repaired.rows > 0


def test_steps_of_any_length_find_the_same(house: Town, monkeypatch: pytest.MonkeyPatch):
    """
    A difference is found once, wherever a step ends.
    """
    house.spoil("suppressions", "DELETE FROM suppressions WHERE tenant_id = $1", house.tenant)
    house.spoil("tiles", "DELETE FROM tiles WHERE tenant_id = $1", house.tenant)
    whole = {(each.table, each.row) for each in house.check(deep=True).differences}
    for length in (1, 3, 16):
        monkeypatch.setattr(fsck, "AT_ONCE", length)
        check = house.check(deep=True)

        assert {(each.table, each.row) for each in check.differences} == whole
        assert check.total == len(whole)


DAMAGED = {
    "a byte of an entry": "UPDATE entries SET body = set_byte(body, 300, 88) WHERE tenant_id = $1 AND entry_index = 20",
    "an entry missing": "DELETE FROM entries WHERE tenant_id = $1 AND entry_index = 20",
    "the last entry missing": (
        "DELETE FROM entries WHERE tenant_id = $1 AND entry_index = (SELECT size - 1 FROM log_heads WHERE tenant_id = $1)"
    ),
    "whom an entry is about": "UPDATE entries SET contact_id = NULL WHERE tenant_id = $1 AND contact_id IS NOT NULL",
    "what happened": "UPDATE entries SET event = 'note.forged' WHERE tenant_id = $1 AND entry_index = 20",
    "when it was recorded": "UPDATE entries SET recorded_at = now() WHERE tenant_id = $1 AND entry_index = 20",
}


@pytest.mark.parametrize("how", DAMAGED)
def test_a_damaged_log_repairs_nothing(house: Town, how: str):
    """
    An entry that is not what was recorded is told of loudly, and no row is made from such a log.
    """
    house.spoil("suppressions", "DELETE FROM suppressions WHERE tenant_id = $1", house.tenant)
    house.spoil("entries", DAMAGED[how], house.tenant)
    size = house.office.size()
    repaired = house.repair()

    assert repaired.after.damage is not None
    assert repaired.rows == 0
    assert house.office.size() == size
    assert house.office.rows("suppressions") == []


FORGED = {
    "a byte of it": "UPDATE entries SET body = set_byte(body, 300, get_byte(body, 300) # 1)",
    "a byte of it, and its hash": (
        "UPDATE entries SET body = set_byte(body, 300, get_byte(body, 300) # 1), "
        "leaf_hash = sha256('\\x00'::bytea || set_byte(body, 300, get_byte(body, 300) # 1))"
    ),
}


@pytest.mark.parametrize("how", FORGED)
def test_no_row_is_made_from_an_entry_behind_the_mark_that_was_changed(house: Town, how: str):
    """
    Whoever an incremental check looks at has older entries too; a repair walks all of the log before it believes them.
    """
    house.check()
    house.office.write(withdrawal(house.tenant, BEN))
    behind = " WHERE tenant_id = $1 AND event = 'consent.recorded' AND contact_id = $2"
    house.spoil("entries", FORGED[how] + behind, house.tenant, house.office.contact(BEN))
    before, size = house.rows("consents"), house.office.size()
    house.spoil("suppressions", "DELETE FROM suppressions WHERE tenant_id = $1", house.tenant)
    repaired = house.repair(deep=False)

    assert repaired.after.damage is not None
    assert repaired.rows == 0
    assert house.office.size() == size
    assert house.rows("consents") == before


def test_a_tree_that_was_not_signed_is_told_of(house: Town):
    """
    A whole history that was forged, with a head and tiles that fit, still is not what the checkpoint says.
    """
    house.spoil("checkpoints", "ALTER TABLE checkpoints DISABLE TRIGGER append_only")
    house.spoil("checkpoints", "UPDATE checkpoints SET root = sha256(root) WHERE tenant_id = $1", house.tenant)
    house.spoil("checkpoints", "ALTER TABLE checkpoints ENABLE ALWAYS TRIGGER append_only")

    assert ("checkpoints", "lost", "root") in house.found()
    house.spoil("suppressions", "DELETE FROM suppressions WHERE tenant_id = $1", house.tenant)
    repaired = house.repair()

    assert repaired.after.damage is not None
    assert repaired.rows == 0


def test_a_lost_key_is_told_of_and_nothing_is_guessed(house: Town):
    """
    The row of a person held the only copy of their key: what else there is is repaired, and the loss stays known.
    """
    ana = house.office.contact(ANA)
    house.spoil("contacts", "DELETE FROM contacts WHERE tenant_id = $1 AND contact_id = $2", house.tenant, ana)
    house.spoil("suppressions", "DELETE FROM suppressions WHERE tenant_id = $1", house.tenant)
    repaired = house.repair()

    assert {(each.table, each.kind, each.row) for each in repaired.after.differences} == {
        ("contacts", "missing", str(ana))
    }
    assert house.office.rows("suppressions") != []


def test_a_personal_field_is_never_made_up(house: Town):
    """
    What somebody said is sealed once: where those bytes are spoilt, no repair pretends otherwise.
    """
    statement = (
        "UPDATE disclosures SET sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 1) "
        "WHERE tenant_id = $1 AND name = 'text'"
    )
    house.spoil("disclosures", statement, house.tenant)
    found = {(each.table, each.kind) for each in house.repair().after.differences}

    assert found == {("disclosures", "lost")}


def test_nothing_of_an_erased_person_may_be_left(house: Town):
    """
    A row that an erasure should have taken is found, and goes.
    """
    gone = house.office.contact(ANA)
    kept = house.office.rows("consents")
    house.office.write(EraseContact(house.tenant, "officer", ref(ANA), "asked again"))
    left = next(each for each in kept if each["contact_id"] == gone)
    columns = ", ".join(each for each in left if each != "transaction")
    values = [value for name, value in left.items() if name != "transaction"]
    places = ", ".join(f"${at}" for at in range(1, len(values) + 1))
    house.spoil("consents", f"INSERT INTO consents ({columns}) VALUES ({places})", *values)
    check = house.check(deep=True)

    assert {(each.table, each.kind) for each in check.differences} == {("consents", "extra")}
    assert house.repair().after.differences == []
    assert all(each["contact_id"] != gone for each in house.office.rows("consents"))


def test_a_number_that_is_somebody_elses_by_now_is_not_taken_from_them(house: Town):
    """
    Where an identifier was lost and its owner met anew, two people claim it: nobody can tell who is right.
    """
    ben = house.office.contact(BEN)
    house.spoil("identifiers", "DELETE FROM identifiers WHERE tenant_id = $1 AND contact_id = $2", house.tenant, ben)
    house.office.write(replace(consent(house.tenant, BEN), given_at=NOW))
    repaired = house.repair()

    assert house.office.contact(BEN) != ben
    assert any(each.kind == "lost" and each.row == str(ben) for each in repaired.after.differences)


def test_an_unknown_tenant_is_said_to_be_unknown(house: Town):
    """
    There is nothing to check.
    """
    house.office.tenant = type(house.tenant)(int=7)
    with pytest.raises(UnknownTenant):
        house.check()


def test_a_long_log_with_tiles_above_tiles(house: Town):
    """
    Every level of the tree is made again, whatever is missing of it.
    """
    notes = [Note(house.tenant, f"this is number {at}") for at in range(700)]
    assert all(isinstance(each, Written) for each in house.desk.write_all(notes))
    house.sign()
    before = house.office.rows("tiles")
    house.spoil("tiles", "DELETE FROM tiles WHERE tenant_id = $1 AND (level = 1 OR tile_index = 1)", house.tenant)
    repaired = house.repair()

    assert len(before) == 4
    assert repaired.before.counts == {"tiles": 2}
    assert repaired.after.differences == []
    assert {each["hashes"] for each in house.office.rows("tiles")} == {each["hashes"] for each in before}


def test_the_command_reports_and_repairs(live: Live):
    """
    Exit code 1 and a line for each difference; 0 once repaired; 2 for a tenant nobody knows.
    """
    live.write(withdrawal(live.tenant, ANA, at=NOW - 9 * DAY))
    tenant = str(live.tenant)
    execute(live.url, f"UPDATE suppressions SET channels = '{{sms}}' WHERE tenant_id = '{tenant}'")
    found, repaired = venia(live, "--deep"), venia(live, "--deep", "--repair", "--json")
    again, unknown = venia(live), venia(live, "--tenant", str(uuid4()))

    assert found.returncode == 1
    assert "channels is ['sms'], must be None (entry" in found.stdout
    assert repaired.returncode == 0
    assert json.loads(repaired.stdout)[0]["repaired"] == 1
    assert again.returncode == 0
    assert "every row is as the log says" in again.stdout
    assert unknown.returncode == 2
    assert "There is no tenant" in unknown.stderr


def test_what_is_sealed_or_hashed_is_told_of_in_words(live: Live):
    """
    A sentence says what differs: never that something is what it must be.
    """
    live.write(withdrawal(live.tenant, ANA, at=NOW - 9 * DAY))
    execute(live.url, "ALTER TABLE identifiers DISABLE TRIGGER only_erased")
    execute(live.url, "UPDATE identifiers SET sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 1)")
    execute(live.url, "ALTER TABLE identifiers ENABLE ALWAYS TRIGGER only_erased")
    execute(
        live.url, f"INSERT INTO tombstones (tenant_id, tombstone_id, kind, digest, until) {_TOMBSTONE % live.tenant}"
    )
    found = venia(live, "--deep").stdout

    assert "sealed is not what the entry commits to (entry" in found
    assert "count is 1, must be 0, and cannot be made again: a tombstone names nobody" in found


_TOMBSTONE = "SELECT '%s', gen_random_uuid(), 'phone', sha256('x'), now()"


def venia(live: Live, *arguments: str) -> subprocess.CompletedProcess[str]:
    """
    The command, on the live service's database and with its keys.
    """
    home = str(live.service.settings.home)
    environment = {**os.environ, "VENIA_DATABASE_URL": live.url, "VENIA_HOME": home}
    command = [sys.executable, "-m", "server.cli", "fsck", *arguments]
    return subprocess.run(command, check=False, capture_output=True, text=True, env=environment, timeout=120)


_KILLED = """
import asyncio, os, signal, sys
from server import fsck, repair
fsck.AT_ONCE = 5
async def main():
    from audit.reader import Snapshots
    from audit.keys import LocalKey
    from audit.tenants import KeyRing
    from server.db import journal_engine, reader_engine, repair_engine
    from server.service import clock
    from uuid import UUID
    url, key = sys.argv[1], bytes.fromhex(sys.argv[3])
    bench = repair.Bench(
        Snapshots(reader_engine(url)), KeyRing(LocalKey(key)), journal_engine(url), repair_engine(url), clock
    )
    def watch(done, total):
        if done > 20:
            os.kill(os.getpid(), signal.SIGKILL)
    await repair.run_check(bench, UUID(sys.argv[2]), deep=True, watch=watch)
asyncio.run(main())
"""


def test_a_check_that_was_killed_goes_on(house: Town):
    """
    Kill -9 in the middle costs the step under way, and nothing else.
    """
    key = house.desk.kek.material.hex()
    command = [sys.executable, "-c", _KILLED, house.desk.url, str(house.tenant), key]
    ended = subprocess.run(command, check=False, env={**os.environ, "PYTHONPATH": "."}, timeout=120)
    check = house.check(deep=True)

    assert ended.returncode == -signal.SIGKILL
    assert check.resumed
    assert check.differences == []
    assert check.entries == house.office.size()

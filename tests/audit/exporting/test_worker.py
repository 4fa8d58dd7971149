"""
Workers: each export is made once, whoever is killed, and its file goes when its time is over.
"""

import asyncio
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from audit.errors import DatabaseAway
from audit.exporting.cover import Patience
from audit.exporting.records import Export
from audit.exporting.requests import FindExport, RequestExport
from server.exports import exporting
from tests.audit.exporting.bureau import Bureau, Erase
from tests.factories import phone

ROOT = Path(__file__).parents[3]
DAY = timedelta(days=1)


def test_what_waits_is_made_in_turn(own: Bureau):
    """
    Every format; the row says how large the file is and what it hashes to, and when it will go.
    """
    exports = [own.export(own.ask(kind)) for kind in ("bundle", "csv", "ndjson")]
    made = own.work()
    ready = [own.export(each.id) for each in exports]

    assert (made, own.work()) == (3, 0)
    assert [each.state for each in ready] == ["ready"] * 3
    assert [own.file(each).stat().st_size for each in ready] == [each.size for each in ready]
    assert [each.done for each in ready] == [each.total for each in ready]
    assert all(each.expires_at is not None and each.expires_at - own.now >= 7 * DAY for each in ready)


def test_two_workers_never_make_the_same(own: Bureau):
    """
    Side by side they make everything once.
    """
    exports = [own.ask("ndjson") for _ in range(6)]

    async def both() -> tuple[int, int]:
        async with own.exporter() as one, own.exporter() as other:
            return await asyncio.gather(one.run_waiting(own.now), other.run_waiting(own.now))

    assert sum(own.live.run(both())) == 6
    assert {own.export(each).state for each in exports} == {"ready"}


def test_a_lock_keeps_workers_away(own: Bureau):
    """
    Whoever holds the lock of an export that is not even asked for yet makes it, and nobody else.
    """

    async def scene() -> tuple[int, Export]:
        async with own.exporter() as mine, own.exporter() as other:
            export = UUID(int=7)
            async with mine.hold(own.live.tenant, export) as held:
                assert held is not None
                await own.live.service.journal.write(RequestExport(own.live.tenant, "cli", "csv", id=export))
                made = await other.run_waiting(own.now)
                return made, await mine.make(held, own.now, lambda done, total: None)

    made, export = own.live.run(scene())

    assert (made, export.state) == (0, "ready")


def test_what_a_killed_worker_left_is_taken_up(own: Bureau):
    """
    While it lives nobody else takes the export; killed, it leaves a running row and a draft, and the next one ends it.
    """
    export = UUID(str(own.request().answer["id"]))
    command = [sys.executable, "-m", "tests.audit.exporting.worker", str(own.live.service.settings.home), own.live.url]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as worker:
        try:
            assert worker.stdout is not None
            assert worker.stdout.readline() == "at work\n"
            while not list(own.exports.glob(".*")):  # It runs for as long as there is no checkpoint.
                assert worker.poll() is None
            beside = own.work()
        finally:
            worker.kill()
    left = [own.export(export).state, len(list(own.exports.iterdir()))]
    own.sign()
    while not own.work():  # The database may take a moment to notice that the session is gone.
        pass
    ready = own.export(export)

    assert beside == 0
    assert left == ["running", 1]
    assert ready.state == "ready"
    assert [each.name for each in own.exports.iterdir()] == [ready.file]
    assert own.verify(own.unpacked(ready), "--pin", own.pin()).returncode == 0


def test_a_file_goes_when_its_time_is_over(own: Bureau):
    """
    The state says so at once, and the next worker removes it.
    """
    export = own.made("csv")
    own.work(later=6 * DAY)
    kept = len(list(own.exports.iterdir()))
    own.work(later=8 * DAY)

    assert kept == 1
    assert list(own.exports.iterdir()) == []
    assert own.export(export.id).file is None
    own.tamper("UPDATE exports SET expires_at = now()")
    assert own.live.read(FindExport(own.live.tenant, export.id)).state == "expired"


def test_what_discloses_an_erased_person_is_withdrawn(own: Bureau):
    """
    At once for whoever asks, and the file with the next worker; what discloses nothing or shows others stays.
    """
    one, other = own.agree(phone()), own.agree(phone())
    about_one = own.made("csv", contact=one, disclose=("phone",))
    everything = own.made("csv", disclose=("*",))
    others = [own.made("csv", contact=other, disclose=("phone",)), own.made("csv", contact=one), own.made("csv")]
    before = own.made("csv", end=3, disclose=("*",))
    own.work()
    own.live.write(Erase(own.live.tenant, one))
    seen = [own.live.read(FindExport(own.live.tenant, each.id)).state for each in (about_one, everything)]
    own.work()
    own.work()

    assert seen == ["withdrawn", "withdrawn"]
    assert [own.export(each.id).state for each in (about_one, everything)] == ["withdrawn", "withdrawn"]
    assert [own.export(each.id).state for each in (*others, before)] == ["ready"] * 4
    assert {each.name for each in own.exports.iterdir()} == {str(each.file) for each in (*others, before)}


def test_one_that_fails_keeps_no_other_from_being_made(own: Bureau):
    """
    It says why, and the next is made.
    """
    broken, whole = own.ask(first=3), own.ask("csv", first=0, end=2)
    own.tamper("UPDATE entries SET body = body || '\\x0a'::bytea WHERE entry_index = 5")

    assert own.work() == 2
    assert own.export(broken).detail == "Entry 5: its bytes are not those that were signed."
    assert own.export(whole).state == "ready"


def test_a_full_disk_is_told(own: Bureau):
    """
    A folder that cannot be written to fails the export with the system's own words.
    """
    export = own.ask("csv")
    own.exports.parent.mkdir(parents=True, exist_ok=True)
    own.exports.write_text("This is no folder.")
    own.work()

    assert own.export(export).state == "failed"
    assert str(own.export(export).detail).startswith("The file could not be written: ")


def test_progress_is_told(own: Bureau):
    """
    Whoever watches hears how many of how many entries are done, up to the last.
    """
    own.note(3_000)
    heard: list[tuple[int, int]] = []

    async def make() -> None:
        async with own.exporter() as exporter, exporter.hold(own.live.tenant, export) as held:
            assert held is not None
            await exporter.make(held, own.now, lambda done, total: heard.append((done, total)))

    export = own.ask()
    own.live.run(make())
    done, total = zip(*heard, strict=True)

    assert len(heard) >= 3
    assert sorted(done) == list(done)
    assert heard[-1] == (total[0], own.export(export).total)


def test_a_database_that_is_away_fails_no_export(own: Bureau):
    """
    It is told, and the export waits for the next worker.
    """
    export = own.ask("csv")

    async def without() -> None:
        async with exporting(own.live.service.settings, "postgresql://nobody@127.0.0.1:1/venia") as exporter:
            with pytest.raises(DatabaseAway):
                await exporter.run_waiting(own.now)

    own.live.run(without())

    assert own.export(export).state == "queued"


def test_a_worker_that_is_told_to_stop_leaves_nothing_behind(own: Bureau):
    """
    No draft and no lock: the next worker makes what it had begun.
    """
    export = UUID(str(own.request().answer["id"]))

    async def stop() -> None:
        async with own.exporter(Patience(checkpoint=3600)) as exporter:
            working = asyncio.create_task(exporter.run_waiting(own.now))
            while not list(own.exports.glob(".*")):  # noqa: ASYNC110  A folder tells nobody.
                await asyncio.sleep(0.01)
            working.cancel()
            await asyncio.wait([working])

    own.live.run(stop())
    left = list(own.exports.iterdir())
    own.sign()

    assert left == []
    assert own.work() == 1
    assert own.export(export).state == "ready"

"""
A simulation on a real log: the same decisions as are recorded, in one process or in several.
"""

import asyncio
import subprocess
import sys

import psutil
import pytest

from audit.extracts import Extract, stretch
from policies.catalogue import builtin
from policies.recorded import DECISIONS
from policies.ruleset import RuleSet, compile_rules
from policies.simulating.chunks import MOST_OF_ONE, Chunk, _Filling, _put, chunks
from policies.simulating.report import Asked, named, report_of
from policies.simulating.running import VERSIONS, Subject, found, tallied
from policies.simulating.stories import EVENTS, Line, Reach
from policies.simulating.tally import Comparison, Tally, merged
from policies.simulating.workers import tell, telling
from server.demo import PACKS
from tests.checkout import ROOT
from tests.consent.desk import Office, open_desk
from tests.factories import HOUR, withdrawal
from tests.policies.calling import agreed, ask, called, release
from tests.policies.questions import pack, rule
from tests.policies.season import season, spoil

BASE = compile_rules([builtin(name) for name in PACKS])
OTHER = compile_rules(
    [
        *(builtin(name) for name in PACKS if name != "acme"),
        pack(
            rule("cap", limit=1, per="P3D", counts="attempt"),
            rule("predicate", needs={"fact": "agents", "at_least": 1}),
        ),
    ]
)


async def unwatched(done: int, total: int) -> None:
    """Nobody looks on."""


def tried(office: Office, base: RuleSet, candidate: RuleSet, *, closed: bool, watch=unwatched, first=None) -> Tally:
    """What a simulation finds in an office's log."""

    async def run() -> Tally:
        async with office.desk.snapshots.of(office.tenant) as conn:
            within = await stretch(conn, office.tenant, first, None)
        asked = Asked("point", None, within.origin, within.first, within.end, None)
        subject = Subject(within, Comparison(base, candidate, closed, "unknown"), asked)
        return await tallied(office.desk.snapshots, subject, 2, watch)

    return office.desk.run(run())


def lines_of(office: Office) -> list[Line]:
    """Every line about calls, one person after the other."""
    rows = [each for each in office.rows("entries") if each["event"] in EVENTS]
    rows.sort(key=lambda each: (each["contact_id"] is None, str(each["contact_id"]), each["entry_index"]))
    return [
        Line(each["entry_index"], each["event"], str(each["contact_id"]), each["body"], sound=True) for each in rows
    ]


@pytest.mark.parametrize("closed", [False, True])
def test_the_rules_of_a_season_reproduce_it(office: Office, closed):
    """
    Of a season of calling the active rules say what was recorded, decision by decision, in both modes; progress ends at all.
    """
    told = []

    async def watch(done: int, total: int) -> None:
        told.append((done, total))

    season(office, 160, seed=3)
    tally = tried(office, BASE, BASE, closed=closed, watch=watch)

    assert tally.decisions == tally.as_recorded == sum(len(office.payloads(event)) for event in DECISIONS) == 160
    assert tally.matrix["allow", "allow"] > 20
    assert not tally.unsure
    assert not tally.changes
    assert told[0] == (0, 160)
    assert told[-1] == (160, 160)


def test_other_rules_change_what_they_change(office: Office):
    """
    Calls are lost and won, each told by code, layer, country and purpose; a closed loop loses fewer to a cap than the facts alone.
    """
    season(office, 160, seed=4)
    point, loop = (tried(office, BASE, OTHER, closed=closed) for closed in (False, True))

    assert point.matrix.total() == loop.matrix.total() == 160
    for tally in (point, loop):
        by_purpose = sum(n for (kind, by, _), n in tally.changes.items() if (kind, by) == ("allow_to_deny", "purpose"))

        assert by_purpose == tally.matrix["allow", "deny"] > 0
        assert sum(tally.lost.values()) == tally.matrix["allow", "deny"]
        assert sum(each.stricter + each.looser for each in tally.people) >= tally.most_changes > 0
    capped = ("allow_to_deny", "code", "CAP_REACHED")
    assert loop.changes[capped] <= point.changes[capped]


def test_processes_make_no_difference(office: Office):
    """
    Told of in two processes, whole people at a time and in any groups, the report has the same bytes as in this one.
    """
    season(office, 120, seed=5)
    comparison, lines = Comparison(BASE, OTHER, closed=True, assumed="unanswered"), lines_of(office)
    people = {
        contact: [each for each in lines if each.contact == contact] for contact in {line.contact for line in lines}
    }
    reaches = {BASE.hash: Reach(BASE.lookback, BASE.remembers_refusals)}
    whole = tell(comparison, Chunk(lines), reaches)

    async def in_processes(groups: list[Chunk]) -> Tally:
        async with telling(comparison, 2) as ask_process:
            return merged(await asyncio.gather(*(ask_process(each, reaches) for each in groups)))

    groups = [Chunk([line for person in some for line in person]) for some in batched_people(people, 3)]
    apart = asyncio.run(in_processes(groups))
    asked = Asked("closed_loop", "unanswered", "log", 0, 10, None)
    one, other = (named(report_of(asked, BASE, OTHER, each, VERSIONS)) for each in (whole, apart))

    assert len(groups) > 2
    assert one == other
    assert whole.decisions == 120


def batched_people(people, size):
    """Groups of so many people, the last ones first."""
    every = [people[contact] for contact in sorted(people, reverse=True)]
    return [every[at : at + size] for at in range(0, len(every), size)]


def test_equal_inputs_give_equal_bytes(office: Office):
    """
    Run twice, with another entry behind the stretch, the report is the same to the byte.
    """
    season(office, 60, seed=6)

    async def run() -> bytes:
        async with office.desk.snapshots.of(office.tenant) as conn:
            within = await stretch(conn, office.tenant, None, end)
        asked = Asked("point", None, within.origin, within.first, within.end, None)
        comparison = Comparison(BASE, OTHER, closed=False, assumed="unknown")
        tally = await tallied(office.desk.snapshots, Subject(within, comparison, asked), 1, unwatched)
        return found(asked, BASE, OTHER, tally).content

    end = office.size()
    first = office.desk.run(run())
    season(office, 5, seed=7)

    assert office.desk.run(run()) == first


def test_chunks_are_whole_people(office: Office):
    """
    Each person is in one chunk, in the order of the log; whoever is nobody comes last.
    """
    season(office, 40, seed=8)

    async def read() -> list[Chunk]:
        async with office.desk.snapshots.of(office.tenant) as conn:
            within = await stretch(conn, office.tenant, None, None)
        return [each async for each in chunks(office.desk.snapshots, within)]

    read_chunks = office.desk.run(read())
    lines = [line for chunk in read_chunks for line in chunk.lines]

    assert [(each.contact, each.entry) for each in lines] == [(each.contact, each.entry) for each in lines_of(office)]
    assert sum(each.decisions for each in read_chunks) == 40


def test_more_entries_of_one_person_than_anybody_is_called_are_counted():
    """
    Memory does not grow with one person: what is beyond is told by number, and not as an answer.
    """
    chunk, person = Chunk(), _Filling("somebody")
    for index in range(MOST_OF_ONE + 3):
        _put(chunk, person, Extract(index, "decision.denied", None, b"x", sound=True))
    tally = tell(
        Comparison(BASE, BASE, closed=False, assumed="unknown"), Chunk([], chunk.beyond, chunk.beyond_number), {}
    )

    assert len(chunk.lines) == MOST_OF_ONE
    assert tally.untold == {"too_many_of_one_person": 3}
    assert tally.troubles[0].entry == MOST_OF_ONE


def test_an_altered_entry_is_not_judged(database):
    """
    A decision whose bytes do not have their hash is counted as such, and its neighbours are judged.
    """
    with open_desk(database) as desk:
        office = desk.open_office()
        agreed(office)
        ask(office)
        spoil(
            office,
            "entries",
            "UPDATE entries SET body = body || 'x' WHERE tenant_id = $1 AND event = 'decision.allowed'",
            office.tenant,
        )
        office.write(withdrawal(office.tenant))
        ask(office)
        tally = tried(office, BASE, BASE, closed=True)

    assert (tally.decisions, tally.untold) == (1, {"altered": 1})
    assert "was changed" in tally.troubles[0].sentence


def test_how_calls_ended_is_read_from_the_log(office: Office):
    """
    Lost calls are told by the last word on them; one that was released was never placed, one without a word counts.
    """
    agreed(office)
    for told in ("connected", "unanswered", None):
        called(office, told)
        office.clock.advance(30 * HOUR)
    office.write(release(office, called(office, None)))
    nothing = compile_rules(())
    tally = tried(office, BASE, nothing, closed=False)

    assert tally.lost == {"connected": 1, "unanswered": 1, "unknown": 1, "released": 1}
    assert tally.lost_connected == 1


ORPHANS = """
import asyncio, multiprocessing, os, sys
from policies.ruleset import compile_rules
from policies.simulating.chunks import Chunk
from policies.simulating.tally import Comparison
from policies.simulating.workers import telling

async def main():
    comparison = Comparison(compile_rules(()), compile_rules(()), False, "unknown")
    async with telling(comparison, 2) as tell:
        await asyncio.gather(*(tell(Chunk(), {}) for _ in range(8)))
        print(*(each.pid for each in multiprocessing.active_children()), flush=True)
        await asyncio.sleep(60)

if __name__ == "__main__":
    asyncio.run(main())
"""


def test_processes_end_with_whoever_started_them(tmp_path):
    """
    When the one who asked is killed, nobody goes on waiting for work.
    """
    script = tmp_path / "orphans.py"
    script.write_text(ORPHANS)
    with subprocess.Popen(
        [sys.executable, str(script)], stdout=subprocess.PIPE, text=True, env={"PYTHONPATH": str(ROOT)}
    ) as process:
        assert process.stdout is not None
        children = [psutil.Process(int(pid)) for pid in process.stdout.readline().split()]
        process.kill()
    gone, left = psutil.wait_procs(children, timeout=20)

    assert len(gone) >= 1
    assert left == []

"""
Loads and what becomes of them: swapped in at once, refused where they seem broken, swept away when they are over.
"""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from consent.registers.errors import (
    RegisterBroken,
    RegisterBusy,
    RegisterOlder,
    RegisterShrunk,
    RegisterUnknown,
    RegisterUnreadable,
)
from consent.registers.reading import Format
from consent.registers.requests import DropRegister, LoadRegister
from tests.consent.desk import Office
from tests.databases import execute, fetch
from tests.factories import ANA, BEN, DAY, EVA, NOW, authorization, once, phone
from tests.registers.loading import load, parts, wanted
from tests.registers.test_deciding import OFFER, said

ES = Format("ES")


def blocks(office: Office) -> dict[str, int]:
    """
    How many blocks there are of each load of the tenant.
    """
    rows = fetch(
        office.desk.url,
        "SELECT load_id, count(*) AS blocks FROM register_blocks WHERE tenant_id = $1 GROUP BY load_id",
        office.tenant,
    )
    return {str(row["load_id"]): row["blocks"] for row in rows}


def test_a_load_is_an_entry_and_leaves_no_number(office: Office):
    """
    Date, counts and hashes are in the log; neither the log nor any table has a number.
    """
    answer = load(
        office, b"numero\n600111222\n600111222\nx1\n" + b"".join(b"%d\n" % n for n in range(600000000, 600000200))
    )
    [told] = office.payloads("register.loaded")

    assert (told["numbers"], told["lines"], told["duplicates"], told["unreadable"]) == (201, 203, 1, 1)
    assert (told["sha256"], told["load"], told["forced"]) == (answer["sha256"], answer["load"], False)
    assert "600111222" not in str(told) + str(office.rows("registers")) + str(office.rows("register_blocks"))


def test_a_new_load_takes_the_place_of_the_old_whose_blocks_go(office: Office):
    """
    At once, for every decision after the answer.
    """
    load(office, [ANA, EVA])
    before = (said(office, ANA), said(office, BEN))
    second = load(office, [BEN, EVA], as_of=NOW)

    assert before == ({"REGISTER_LISTED"}, set())
    assert (said(office, ANA), said(office, BEN)) == (set(), {"REGISTER_LISTED"})
    assert blocks(office) == {second["load"]: 256}
    assert second["former"] == {"as_of": "2026-11-24T11:00:00Z", "numbers": 2}


@pytest.mark.parametrize(
    ("numbers", "changed", "error"),
    [
        ([ANA], {}, RegisterShrunk),
        ([], {}, RegisterShrunk),
        ([ANA, BEN, EVA, "x1"], {}, RegisterUnreadable),
        ([ANA, BEN, EVA], {"as_of": NOW - 2 * DAY}, RegisterOlder),
    ],
)
def test_what_seems_broken_is_refused_unless_forced(
    office: Office, numbers: list[str], changed: dict[str, Any], error: type[Exception]
):
    """
    And what was loaded stays in force.
    """
    first = load(office, [ANA, BEN, EVA])
    with pytest.raises(error):
        load(office, numbers, **changed)
    kept = said(office, EVA), blocks(office)
    load(office, numbers, force=True, **changed)

    assert kept == ({"REGISTER_LISTED"}, {first["load"]: 256})
    assert [each["forced"] for each in office.payloads("register.loaded")] == [False, True]


def test_a_first_load_without_any_number_is_refused(office: Office):
    """
    A register of nobody would open every call.
    """
    with pytest.raises(RegisterShrunk):
        load(office, b"# nothing\n")

    assert (office.events(), blocks(office)) == ([], {})


def test_one_load_of_a_tenant_at_a_time(office: Office):
    """
    The second is refused and may be tried again; both are whole afterwards.
    """

    async def two() -> list[Any]:
        loader = office.desk.loader
        many = b"".join(b"%d\n" % number for number in range(600_000_000, 600_050_000))
        loads = (loader.load(wanted(office, name), ES, parts(many)) for name in ("robinson", "tps"))
        return await asyncio.gather(*loads, return_exceptions=True)

    done = office.desk.run(two())
    errors = [each for each in done if isinstance(each, Exception)]

    assert all(isinstance(each, RegisterBusy) for each in errors)
    assert len(blocks(office)) == len(office.payloads("register.loaded")) == 2 - len(errors)


def test_a_refused_file_is_tried_again_under_its_key(office: Office):
    """
    What seems broken now gets the answer of the time when it did not, if it was loaded then.
    """

    async def twice() -> list[Any]:
        loader, few = office.desk.loader, parts(b"600111222\n")
        first = await loader.load(wanted(office), ES, few, lambda digest: once("k", digest))
        await loader.load(wanted(office, as_of=NOW), ES, parts(b"600111222\n600333444\n600555666\n"))
        return [first, await loader.load(wanted(office), ES, parts(b"600111222\n"), lambda digest: once("k", digest))]

    first, again = office.desk.run(twice())

    assert (again.replayed, again.answer) == (True, first.answer)
    assert len(office.payloads("register.loaded")) == 2


def test_what_a_killed_load_left_is_swept_away_by_the_next(office: Office):
    """
    Also half of it; the load in force is not touched.
    """
    first = load(office, [ANA, BEN])
    execute(
        office.desk.url,
        "INSERT INTO register_blocks SELECT tenant_id, gen_random_uuid(), bucket + 7, digests FROM register_blocks "
        f"WHERE tenant_id = '{office.tenant}' AND bucket < 20",
    )
    left = blocks(office)
    load(office, [ANA, BEN], "tps", country="ES")

    assert len(left) == 1 + 20
    assert set(blocks(office)) == {first["load"], office.payloads("register.loaded")[-1]["load"]}


def test_blocks_that_were_swept_cannot_come_into_force(office: Office):
    """
    A request that is late finds its blocks gone, and is refused.
    """
    load(office, [ANA, BEN])
    [told] = office.rows("registers")

    async def late() -> Any:
        async with office.desk.loader._read(wanted(office), ES, parts(b"600111222\n")) as (_, had, made):
            request = LoadRegister(office.tenant, "test", replace(wanted(office), force=True), had, made)
            return await asyncio.gather(office.desk.journal.write(request), return_exceptions=True)

    [refused] = office.desk.run(late())

    assert isinstance(refused, RegisterBroken)
    assert office.rows("registers") == [told]


def test_a_block_that_is_not_there_makes_numbers_unknown(office: Office):
    """
    Whoever falls into it is not called, and the check of the log says that the register must be loaded again.
    """
    load(office, [ANA])
    execute(office.desk.url, f"DELETE FROM register_blocks WHERE tenant_id = '{office.tenant}'")
    codes = said(office, ANA), said(office, BEN)
    [found] = office.differences()
    load(office, [ANA])

    assert codes == ({"FACT_MISSING"}, {"FACT_MISSING"})
    assert (found["table"], found["kind"]) == ("register_blocks", "lost")
    assert "robinson" in found["why"]


def test_a_block_that_was_changed_is_told_by_a_deep_check(office: Office):
    """
    The hash of the blocks stands in the entry.
    """
    load(office, [ANA])
    execute(
        office.desk.url,
        "UPDATE register_blocks SET digests = decode(repeat('00', 10), 'hex') "
        f"WHERE tenant_id = '{office.tenant}' AND octet_length(digests) > 0",
    )
    found = office.differences()
    load(office, [ANA], force=True)

    assert [each["table"] for each in found] == ["register_blocks"]


def test_decisions_see_one_load_or_the_next(office: Office):
    """
    While two lists take turns, every authorization finds Ana in one and Ben in the other, and no batch finds neither.
    """

    async def turn() -> list[Any]:
        done = asyncio.Event()
        seen: list[Any] = []

        async def ask() -> None:
            while not done.is_set():
                asked = [authorization(office.tenant, who, **OFFER) for who in (ANA, BEN)]
                seen.append(await asyncio.gather(*(office.desk.journal.write(each) for each in asked)))

        asking = asyncio.create_task(ask())
        for number in range(6):
            listed = ANA if number % 2 == 0 else BEN
            await office.desk.loader.load(wanted(office, force=True), ES, parts(f"{listed}\n".encode()))
        done.set()
        await asking
        return seen

    load(office, [BEN])
    seen = office.desk.run(turn())
    listed = [tuple("REGISTER_LISTED" in {r["code"] for r in each.answer["reasons"]} for each in pair) for pair in seen]
    missing = [r for pair in seen for each in pair for r in each.answer["reasons"] if r["code"] == "FACT_MISSING"]

    assert set(listed) <= {(True, False), (False, True)}
    assert missing == []


def test_dropping_what_is_not_loaded_is_refused(office: Office):
    """
    And of what is loaded nothing is left.
    """
    load(office, [phone()])
    office.desk.run(office.desk.loader.drop(DropRegister(office.tenant, "test", "robinson")))

    assert (blocks(office), office.rows("registers")) == ({}, [])
    assert isinstance(office.refusal(DropRegister(office.tenant, "test", "robinson")), RegisterUnknown)

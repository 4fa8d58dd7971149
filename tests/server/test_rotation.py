"""
Keys rotated while others write and read: nobody is met twice, nobody is lost, and no refusal is overlooked.
"""

import asyncio
import threading
from collections.abc import Iterator
from itertools import count

import asyncpg
import pytest

from audit.errors import KeyStillUsed, KeyUnusable, RotationUnfinished
from audit.keys import LocalKey, key_context, random_key
from audit.rotating import RetireKey
from audit.tenants import AddKey, KeyRing, RewrapKeys
from consent.disclosing import read_data_keys
from consent.looking import FindContact
from consent.rekeying import Rekey
from server.rotation import rewrap, rotate
from tests.consent.desk import Desk, Office, open_desk
from tests.factories import ANA, BEN, EVA, authorization, consent, phone, ref, reply, withdrawal


@pytest.fixture
def desk(database: str) -> Iterator[Desk]:
    """
    A desk on a database of its own.
    """
    with open_desk(database) as opened:
        yield opened


@pytest.fixture
def office(desk: Desk) -> Office:
    """
    A tenant on it.
    """
    return desk.open_office()


def turn(office: Office, purpose: str) -> dict[str, object]:
    """
    Rotates one of the tenant's keys.
    """
    return office.desk.run(rotate(office.desk, office.tenant, purpose, lambda done, total: None))


def test_everyone_is_found_under_the_new_index(office: Office):
    """
    The blind indexes are others, the old key is gone, and the log says so; the people are the same.
    """
    for person in (ANA, BEN):
        office.write(consent(office.tenant, person))
    office.write(reply(office.tenant, ANA, "ES.50000000000000000005"))
    before = {row["identifier_id"]: row["blind_index"] for row in office.rows("identifiers")}
    people = [office.contact(each) for each in (ANA, BEN)]
    told = turn(office, "index")
    after = {row["identifier_id"]: row["blind_index"] for row in office.rows("identifiers")}

    assert (told["version"], told["people"]) == (2, 2)
    assert before.keys() == after.keys()
    assert not set(before.values()) & set(after.values())
    assert [office.contact(each) for each in (ANA, BEN)] == people
    assert {(row["purpose"], row["version"]) for row in office.rows("tenant_keys")} == {
        ("root", 1),
        ("index", 2),
        ("data", 1),
    }
    assert [each["event"] for each in office.payloads()][-2:] == ["tenant_key.added", "tenant_key.retired"]


def test_data_keys_are_wrapped_anew_and_stay_the_same(office: Office):
    """
    What was sealed and committed to opens with the same key, which another one wraps.
    """
    office.write(consent(office.tenant, evidence={"text": "sí"}))
    (before,) = office.rows("contacts")
    key = office.data_key(before)
    turn(office, "data")
    (after,) = office.rows("contacts")

    async def read() -> object:
        async with office.desk.snapshots.of(office.tenant) as conn:
            return await read_data_keys(conn, office.desk.ring, office.tenant, [after["contact_id"]])

    assert (before["key_version"], after["key_version"]) == (1, 2)
    assert before["wrapped_key"] != after["wrapped_key"]
    assert office.desk.run(read()) == {after["contact_id"]: key}


def test_a_process_that_knows_of_nothing_begins_again(office: Office):
    """
    A journal and a reader that read the keys before the rotation write and find as if they had known of it.
    """
    desk = office.desk
    journal, reader = desk.run(desk.another_journal(office.clock)), desk.run(desk.another_reader(office.clock))
    office.write(consent(office.tenant))
    desk.write_all([consent(office.tenant, BEN)], journal)
    assert desk.run(reader.read(FindContact(office.tenant, ref(ANA)))) == office.contact(ANA)
    for purpose in ("index", "data", "index"):
        turn(office, purpose)
        desk.write_all([consent(office.tenant, ANA), consent(office.tenant, EVA)], journal)

    assert desk.run(reader.read(FindContact(office.tenant, ref(ANA)))) == office.contact(ANA)
    assert len(office.rows("contacts")) == 3
    assert {row["index_version"] for row in office.rows("identifiers")} == {3}
    assert {row["key_version"] for row in office.rows("contacts")} == {2}


def test_rotations_under_load_meet_nobody_twice(office: Office):
    """
    Three journals meet the same people while keys are rotated again and again: one contact each, every no is seen.
    """
    desk, numbers = office.desk, [phone() for _ in range(60)]
    journals = [desk.journal, *(desk.run(desk.another_journal(office.clock)) for _ in range(2))]
    reader = desk.run(desk.another_reader(office.clock))
    done, turns = threading.Event(), count()
    wrong: list[object] = []

    async def load(journal_number: int) -> None:
        while not done.is_set():
            at = next(turns)
            number = numbers[at % len(numbers)]
            make = consent if at % 3 else withdrawal
            written = await asyncio.gather(
                journals[journal_number].write(make(office.tenant, number)),
                journals[journal_number - 1].write(authorization(office.tenant, number)),
                reader.read(FindContact(office.tenant, ref(numbers[0]))),
                return_exceptions=True,
            )
            wrong.extend(each for each in written if isinstance(each, Exception) and at > len(numbers))

    async def all_of_it() -> None:
        tasks = [asyncio.create_task(load(each)) for each in range(len(journals))]
        try:
            await journals[0].write(consent(office.tenant, numbers[0]))
            for purpose in ("index", "data", "index", "data", "index"):
                await rotate(desk, office.tenant, purpose, lambda done, total: None)
                await asyncio.sleep(0.1)
        finally:
            done.set()
            await asyncio.gather(*tasks)

    desk.run(all_of_it())
    in_use = [row for row in office.rows("identifiers") if row["valid_to"] is None]

    assert wrong == []
    assert len(in_use) == len({row["contact_id"] for row in in_use}) == len(office.rows("contacts")) <= len(numbers)
    assert {row["index_version"] for row in in_use} == {4}
    assert {row["key_version"] for row in office.rows("contacts")} == {3}
    suppressed = {row["contact_id"] for row in office.rows("suppressions")}
    said_no = {each["contact"] for each in office.payloads("consent.withdrawn")}
    assert {str(each) for each in suppressed} == said_no


def test_an_interrupted_rotation_is_finished_and_no_other_begun(office: Office):
    """
    Killed after the new key came, or with half of the people moved: the next run goes on with the same versions.
    """
    for _ in range(4):
        office.write(consent(office.tenant, phone()))
    office.write(AddKey(office.tenant, "test", "index"))
    office.write(Rekey(office.tenant, "test", (office.rows("contacts")[0]["contact_id"],)))
    assert isinstance(office.refusal(AddKey(office.tenant, "test", "index")), RotationUnfinished)
    assert isinstance(office.refusal(RetireKey(office.tenant, "test", ("index", 1))), KeyStillUsed)
    assert isinstance(office.refusal(RetireKey(office.tenant, "test", ("index", 2))), KeyStillUsed)
    told = turn(office, "index")

    assert (told["version"], told["people"]) == (2, 3)


def test_another_key_encryption_key_takes_over(office: Office):
    """
    A ring that knows both opens everything; after rewrapping, one that knows the new one alone does; the old opens nothing.
    """
    office.write(consent(office.tenant))
    old, new, desk = office.desk.kek, LocalKey(random_key()), office.desk
    before = office.rows("tenant_keys")
    desk.ring.provider, desk.ring.previous = new, [old]
    told = desk.run(rewrap(desk, office.tenant, lambda done, total: None))
    after = office.rows("tenant_keys")
    context = key_context(office.tenant, "root")
    (one,), (other,) = ([row for row in rows if row["purpose"] == "root"] for rows in (before, after))

    assert told["by"] == new.name == other["wrapped_by"] == office.payloads("tenant_key.rewrapped")[0]["by"]
    assert one["wrapped_by"] == old.name
    assert desk.run(new.unwrap(other["wrapped"], context)) == desk.run(old.unwrap(one["wrapped"], context))
    with pytest.raises(KeyUnusable):
        desk.run(old.unwrap(other["wrapped"], context))
    with pytest.raises(KeyUnusable, match="VENIA_KEK_PREVIOUS"):
        desk.run(KeyRing(old).unwrap(other["wrapped"], other["wrapped_by"], context))


def test_who_was_wrapped_by_the_key_encryption_key_itself_is_moved_first(office: Office):
    """
    Before tenants had data keys, people's keys were wrapped directly: rewrapping gives them their tenant's.
    """
    office.write(consent(office.tenant, evidence={"text": "sí"}))
    (person,) = office.rows("contacts")
    key = office.data_key(person)
    owner = key_context(office.tenant, f"contact:{person['contact_id']}")
    wrapped = office.desk.run(office.desk.kek.wrap(key, owner))
    office.desk.run(_make_old(office, wrapped))
    assert office.data_key(office.rows("contacts")[0]) == key
    office.desk.ring.provider, office.desk.ring.previous = LocalKey(random_key()), [office.desk.kek]
    told = office.desk.run(rewrap(office.desk, office.tenant, lambda done, total: None))
    (moved,) = office.rows("contacts")
    office.desk.ring.previous = []

    assert told["people"] == 1
    assert moved["key_version"] == 1
    assert office.data_key(moved) == key
    office.write(RewrapKeys(office.tenant, "test"))


async def _make_old(office: Office, wrapped: bytes) -> None:
    connection = await asyncpg.connect(office.desk.url)
    try:
        await connection.execute(
            "UPDATE contacts SET key_version = 0, wrapped_key = $1 WHERE tenant_id = $2", wrapped, office.tenant
        )
    finally:
        await connection.close()

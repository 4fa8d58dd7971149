"""
Many looks at once: one snapshot for all of them, an answer or an error for each, and nobody left waiting.
"""

import asyncio
from uuid import uuid4

import pytest

from audit.errors import JournalClosed
from consent.errors import ContactUnknown, PurposeUnknown
from policies.checking import Check, Checked
from policies.refusals import InstantTooFar
from tests.consent.desk import Clock, Office
from tests.factories import ANA, BEN, DAY, NOW, question, withdrawal
from tests.policies.calling import agreed


def check(office: Office, to=ANA, at=None, **changed) -> Check:
    """
    May a person be called?
    """
    return Check(office.tenant, question(to, **changed), at)


def test_each_look_has_its_answer_or_its_error_in_its_place(office: Office):
    """
    What is wrong with one is no other's business.
    """
    agreed(office)
    looks = [
        check(office),
        check(office, purpose="nothing"),
        check(office, BEN),
        Check(office.tenant, question(to=uuid4())),
        check(office, at=NOW + 3000 * DAY),
        check(office, at=NOW - 2 * DAY),
        check(office),
    ]
    answers = office.desk.run(office.desk.reader.read_together(looks))
    said = [each.decision.allow if isinstance(each, Checked) else type(each) for each in answers]

    assert said == [True, PurposeUnknown, False, ContactUnknown, InstantTooFar, False, True]
    assert office.desk.run(office.desk.reader.read_together([])) == ()


def test_all_see_one_snapshot(office: Office):
    """
    While somebody takes a consent back, hundreds of looks say yes together, or no together.
    """
    agreed(office)
    looks = [check(office) for _ in range(300)]

    async def together() -> list[set[bool]]:
        groups = [asyncio.create_task(office.desk.reader.read_together(looks)) for _ in range(4)]
        taking = asyncio.create_task(office.desk.journal.write(withdrawal(office.tenant)))
        groups += [asyncio.create_task(office.desk.reader.read_together(looks)) for _ in range(4)]
        answered = await asyncio.gather(*groups)
        await taking
        after = await office.desk.reader.read_together(looks)
        return [{each.decision.allow for each in group if isinstance(each, Checked)} for group in (*answered, after)]

    said = office.desk.run(together())

    assert all(len(each) == 1 for each in said)
    assert said[-1] == {False}


@pytest.mark.parametrize("turns", [0, 1, 10, 100])
def test_a_reader_that_ends_leaves_nobody_waiting(office: Office, turns):
    """
    Whoever was not answered yet is told that the service is stopping.
    """
    agreed(office)
    looks = [check(office) for _ in range(300)]

    async def scene() -> list[object]:
        reader = await office.desk.another_reader(Clock())
        waiting = [asyncio.create_task(reader.read_together(looks)) for _ in range(8)]
        alone = [asyncio.create_task(reader.read(looks[0])) for _ in range(8)]
        for _ in range(turns):
            await asyncio.sleep(0)
        await reader.__aexit__()
        return list(await asyncio.wait_for(asyncio.gather(*waiting, *alone, return_exceptions=True), 20))

    told = office.desk.run(scene())

    assert len(told) == 16
    assert all(isinstance(each, JournalClosed | Checked | list) for each in told), told
    assert turns > 10 or any(isinstance(each, JournalClosed) for each in told)


def test_the_one_asked_alone_and_the_one_among_many_are_told_the_same(office: Office):
    """
    By id, by number, known or not.
    """
    agreed(office)
    people = [question(ANA), question(BEN), question(office.contact(ANA))]
    looks = [Check(office.tenant, each) for each in people]
    among = office.desk.run(office.desk.reader.read_together(looks))
    alone = [office.read(each) for each in looks]

    assert [each.decision for each in among if isinstance(each, Checked)] == [each.decision for each in alone]
    assert [each.contact for each in alone] == [office.contact(ANA), None, office.contact(ANA)]

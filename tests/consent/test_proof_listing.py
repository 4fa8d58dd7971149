"""
Which consents would not stand: listed page by page, counted for each purpose, by what is asked for now.
"""

from uuid import UUID

import pytest

from consent.evidence.listing import FIRST, ReadPurposes, StatesOf, below, numbers, row_json
from consent.proof.purposes import Demand
from consent.proof.said import Notice
from consent.setup import DefinePurpose
from tests.consent.desk import Office
from tests.factories import DAY, HOUR, NOW, consent, withdrawal

WORDS = Notice("calls-es", 3, "es-ES")
SHOWN = {"page_url": "https://shop.example/calls", "user_agent": "Browser/1"}


def people(count: int) -> list[str]:
    """
    Spanish numbers.
    """
    return [f"+346002220{each:02}" for each in range(count)]


def weak(office: Office, score: int = 80, limit: int = 500, after: UUID = FIRST, purpose: str | None = None):
    """
    One page.
    """

    async def look():
        purposes = await office.desk.reader.read(ReadPurposes(office.tenant))
        async with office.desk.snapshots.of(office.tenant) as conn:
            return await below(conn, office.tenant, purposes, score=score, purpose=purpose, after=after, limit=limit)

    return office.desk.run(look())


def counted(office: Office, score: int = 80):
    """
    The numbers, by purpose.
    """

    async def look():
        purposes = await office.desk.reader.read(ReadPurposes(office.tenant))
        async with office.desk.snapshots.of(office.tenant) as conn:
            return await numbers(conn, office.tenant, purposes, score=score)

    return {each["purpose"]: each for each in office.desk.run(look())}


@pytest.fixture
def mixed(office: Office) -> Office:
    """
    Some consents well proven, some not, in two purposes and from before and after a row of duties begins.
    """
    for at, who in enumerate(people(6)):
        proven = {"notice": WORDS, "evidence": SHOWN, "jurisdiction": "FR"} if at % 2 else {}
        office.write(
            consent(office.tenant, who, purpose="offers" if at < 4 else "order_updates", at=NOW - HOUR, **proven)
        )
    office.write(consent(office.tenant, people(1)[0], purpose="offers", at=NOW - 400 * DAY, jurisdiction="FR"))
    return office


def test_pages_end_and_hold_each_weak_consent_once(mixed: Office):
    """
    Whatever the length of a page; and nothing that is as well proven as was asked.
    """
    whole = {row.consent_id: graded.score for row, graded in weak(mixed, score=101).consents}
    for limit in (1, 2, 3, 500):
        found, page = [], weak(mixed, limit=limit)
        found += page.consents
        while page.next is not None:
            page = weak(mixed, limit=limit, after=page.next)
            found += page.consents

        assert [row.consent_id for row, _ in found] == sorted(each for each, score in whole.items() if score < 80)
    assert len(whole) == 7


def test_the_numbers_are_those_of_the_rows(mixed: Office):
    """
    Grouped by what is told of their proof, consents have the grades that they have one by one.
    """
    rows = weak(mixed, score=101).consents
    for purpose, told in counted(mixed).items():
        grades = [graded for row, graded in rows if row.purpose == purpose]

        assert told["consents"] == len(grades)
        assert told["below"] == sum(each.score < 80 for each in grades)
        assert told["average"] == sum(each.score for each in grades) // len(grades)
        for element, count in told["missing"].items():
            assert count == sum(element in {lack.element for lack in each.lacks} for each in grades)
        for element, count in told["required"].items():
            assert count == sum(element in {lack.element for lack in each.required} for each in grades)


def test_the_grade_in_the_list_is_the_answers(office: Office):
    """
    As long as nothing else is asked for, a consent has the grade that was answered when it was recorded.
    """
    answers = [
        office.ask(consent(office.tenant, who, purpose="offers", **given))["proof"]
        for who, given in zip(
            people(3),
            ({}, {"notice": WORDS, "evidence": SHOWN}, {"jurisdiction": "DE", "at": NOW - 3 * DAY, "notice": WORDS}),
            strict=True,
        )
    ]
    listed = sorted((graded.to_json() for _, graded in weak(office, score=101).consents), key=str)

    assert listed == sorted(answers, key=str)


def test_what_is_asked_for_now_counts(office: Office):
    """
    A purpose that asks for more makes what was recorded before weak, and says why.
    """
    office.write(consent(office.tenant, notice=WORDS, evidence=SHOWN, jurisdiction="ES"))
    assert weak(office).consents == []
    office.write(
        DefinePurpose(
            office.tenant, "x", "order_updates", "transactional", demands=(Demand("ES", ("copy",), "refuse"),)
        )
    )
    ((_, graded),) = weak(office).consents

    assert [each.element for each in graded.required] == ["copy"]
    assert graded.score == 50


def test_each_consent_says_whether_it_still_counts(office: Office):
    """
    Granted, taken back, or replaced by a newer one.
    """
    office.write(consent(office.tenant, at=NOW - 2 * DAY))
    office.write(consent(office.tenant, at=NOW - DAY))
    office.write(consent(office.tenant, people(1)[0]))
    office.write(withdrawal(office.tenant, people(1)[0]))
    rows = weak(office, score=101).consents
    states = office.read(StatesOf(office.tenant, tuple({row.contact_id for row, _ in rows})))
    shown = [row_json(row, graded, states)["state"] for row, graded in rows]

    assert sorted(map(str, shown)) == ["granted", "superseded", "withdrawn"]


def test_one_purpose_alone(mixed: Office):
    """
    The list can be of one purpose, and a stranger's tenant has nothing in it.
    """
    assert {row.purpose for row, _ in weak(mixed, purpose="offers").consents} == {"offers"}
    assert weak(mixed, purpose="none").consents == []

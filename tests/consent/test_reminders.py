"""
What is due of a consent is told once, by whoever tells it, and not of what is over.
"""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from alembic import command

from audit.errors import Refused
from consent.confirming.requests import ConfirmConsents, digest_of
from consent.erasing import EraseContact
from consent.reminders.requests import Remind
from consent.reminders.telling import due_now
from server.db import alembic_config, journal_engine
from server.reminding import Reminder
from tests.consent.desk import Office, open_desk
from tests.databases import execute
from tests.factories import ANA, BEN, DAY, HOUR, MINUTE, NOW, consent, phone, ref, withdrawal

TOKEN = "sent to the person"


def due(office: Office, at: datetime, most: int = 100) -> list[Remind]:
    """
    What is due for this office, whoever asks.
    """

    async def read() -> list[Remind]:
        engine = journal_engine(office.desk.url)
        try:
            async with engine.connect() as conn:
                return list(await due_now(conn, at, most))
        finally:
            await engine.dispose()

    return [each for each in office.desk.run(read()) if each.tenant == office.tenant]


def tell(office: Office) -> list[tuple[str, bool]]:
    """
    Tells what is due now, in order: what, and whether that made an entry.
    """
    return [(each.reminder[1], office.ask(each)["told"]) for each in due(office, office.clock.now)]


def test_a_life_is_told_of(office: Office):
    """
    Renewal, then the end, each at its moment and once.
    """
    told = office.ask(consent(office.tenant, expires_at=NOW + 90 * DAY))["consents"][0]
    nothing = tell(office)
    office.clock.advance(60 * DAY)
    renewal = tell(office)
    office.clock.advance(30 * DAY)
    end, after = tell(office), tell(office)
    entries = [each for each in office.payloads() if each["event"] in ("consent.renewal_due", "consent.expired")]

    assert (nothing, renewal, end, after) == ([], [("renewal_due", True)], [("expired", True)], [])
    assert [(each["consent"], each["expires_at"]) for each in entries] == [(told["id"], "2027-02-23T11:00:00Z")] * 2
    assert office.rows("reminders") == []


def test_what_was_not_confirmed_is_told_of(office: Office):
    """
    Once, when its time is over; nothing of what was confirmed.
    """
    for person in (ANA, BEN):
        asked = consent(
            office.tenant, person, at=NOW - HOUR, double_opt_in=True, token_digest=digest_of(TOKEN + person)
        )
        office.write(asked)
    office.write(ConfirmConsents(office.tenant, "test", NOW, "email", digest=digest_of(TOKEN + BEN)))
    office.clock.advance(2 * DAY)

    assert sorted(tell(office)) == [("confirmation_lapsed", False), ("confirmation_lapsed", True)]
    (entry,) = office.payloads("consent.confirmation_lapsed")
    assert entry["contact"] == str(office.contact(ANA))
    assert tell(office) == []


def test_nothing_is_told_of_what_is_over(office: Office):
    """
    Of a consent that was taken back, superseded, or whose person was erased; and its row goes.
    """
    cai = phone()
    for person in (ANA, BEN, cai):
        office.write(consent(office.tenant, person, expires_at=NOW + 10 * DAY))
    office.write(withdrawal(office.tenant, ANA))
    office.write(consent(office.tenant, BEN, at=NOW, expires_at=NOW + 400 * DAY))
    office.write(EraseContact(office.tenant, "test", ref(cai), "asked"))
    office.clock.advance(20 * DAY)

    assert tell(office) == [("renewal_due", False)] * 2 + [("expired", False)] * 2
    assert "consent.expired" not in office.events()
    assert {row["what"] for row in office.rows("reminders")} == {"renewal_due", "expired"}
    assert due(office, office.clock.now) == []


def test_what_was_over_when_it_was_learnt_is_not_told_of(office: Office):
    """
    A consent of years ago that somebody enters today ended without a word.
    """
    office.write(consent(office.tenant, at=NOW - 900 * DAY, expires_at=NOW - 200 * DAY))

    assert office.rows("reminders") == []


def test_many_tell_and_it_is_told_once(office: Office):
    """
    Twenty at once through two journals, twice over: one entry for each.
    """
    people = [phone() for _ in range(10)]
    for person in people:
        office.write(consent(office.tenant, person, expires_at=NOW + DAY, renew_at=NOW + HOUR))
    office.clock.advance(2 * DAY)
    other = office.desk.run(office.desk.another_journal(office.clock))
    wanted = due(office, office.clock.now)
    done = office.desk.write_all(wanted * 3, office.desk.journal, other)

    assert len(wanted) == 20
    assert sum(each.answer["told"] for each in done) == 20
    assert sorted(office.events().count(f"consent.{what}") for what in ("renewal_due", "expired")) == [10, 10]


def test_whoever_tells_may_die_anywhere(office: Office):
    """
    Between reading what is due and telling it, nothing is lost; told once already, it is not told by the next.
    """
    office.write(consent(office.tenant, expires_at=NOW + DAY, renew_at=NOW + HOUR))
    office.clock.advance(2 * HOUR)
    (read,) = due(office, office.clock.now)
    office.write(replace(read))

    assert office.ask(read) == {"told": False}
    assert office.events().count("consent.renewal_due") == 1


def test_a_round_is_bounded_and_goes_by_an_index(office: Office):
    """
    The longest due first, as many as asked for; the database finds them without reading the table.
    """
    for _ in range(5):
        office.write(consent(office.tenant, phone(), expires_at=NOW + DAY, renew_at=NOW + HOUR))
    later = NOW + 3 * DAY

    async def plan() -> str:
        engine = journal_engine(office.desk.url)
        try:
            async with engine.begin() as conn:
                await conn.exec_driver_sql("SET LOCAL enable_seqscan = off")
                statement = "EXPLAIN SELECT consent_id FROM reminders WHERE due_at <= now() ORDER BY due_at LIMIT 200"
                return str((await conn.exec_driver_sql(statement)).all())
        finally:
            await engine.dispose()

    assert len({each.reminder for each in due(office, later)}) == 10
    assert "reminders_due_idx" in office.desk.run(plan())


def test_one_that_is_stuck_keeps_no_other(office: Office):
    """
    A round goes on past what the journal refuses.
    """
    office.write(consent(office.tenant, expires_at=NOW + DAY, renew_at=NOW + HOUR))
    office.clock.advance(2 * HOUR + MINUTE)

    class Halting:
        """A journal that refuses once."""

        def __init__(self) -> None:
            self.refused = False

        async def write(self, request):
            """As a journal does."""
            if not self.refused:
                self.refused = True
                raise Refused("once")
            return await office.desk.journal.write(request)

    class Service:
        """As much of one as a reminder needs."""

        journal = Halting()
        journal_engine = office.desk.engine

    async def rounds() -> list[int]:
        reminder = Reminder(Service())  # type: ignore[arg-type]  # It has what is used.
        return [await reminder.run_due(office.clock.now) for _ in range(2)]

    office.desk.run(rounds())

    assert office.events().count("consent.renewal_due") == 1
    assert due(office, office.clock.now) == []


@pytest.mark.parametrize("past", [MINUTE, DAY])
def test_what_is_not_due_is_not_told(office: Office, past):
    """
    Whoever asks for it too early hears nothing, and it stays.
    """
    office.write(consent(office.tenant, expires_at=NOW + 90 * DAY))
    (early,) = [each for each in due(office, NOW + 60 * DAY) if each.reminder[1] == "renewal_due"]
    office.clock.advance(past)

    assert office.ask(early) == {"told": False}
    assert len(office.rows("reminders")) == 2


def test_consents_from_before_there_were_reminders_are_told_of(database: str):
    """
    Those that are open and have an end to come, as if they were recorded now; and nothing twice.
    """
    with open_desk(database) as desk:
        office = desk.open_office()
        far = datetime(2099, 1, 1, tzinfo=UTC)
        for changed in ({"expires_at": far}, {"expires_at": NOW + HOUR}, {}, {"double_opt_in": True}):
            office.write(consent(office.tenant, phone(), **changed))
        wanted = [tuple(each.values())[:5] for each in office.rows("reminders") if each["due_at"].year > 2090]
        execute(database, "DELETE FROM reminders")
        for _ in range(2):
            command.downgrade(alembic_config(database), "0030")
            command.upgrade(alembic_config(database), "head")
        found = [tuple(each.values())[:5] for each in office.rows("reminders")]

    assert len(wanted) == 2
    assert found == wanted

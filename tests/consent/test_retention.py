"""
Retention: what goes when, what begins the time anew, and what stops it.
"""

import asyncio
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from audit.work import Written
from consent.errors import RetentionOutOfBounds
from consent.keeping.legal_holds import LiftLegalHold, PlaceLegalHold
from consent.retention import KINDS, EraseUnused, ReadRules, SetRetentionRule
from consent.unreadable import KeepUnreadable
from server.retention import EXAMPLES, Office, Run, carry_out, survey
from tests.consent.desk import Office as Tenancy
from tests.factories import ANA, BEN, DAY, NOW, authorization, consent, once, outcome, phone, ref, withdrawal

FIVE_YEARS = timedelta(days=1826)
LATER = date(2050, 1, 1)
TABLES = (
    "contacts",
    "identifiers",
    "consents",
    "suppressions",
    "unreadable_items",
    "idempotency",
    "attempts",
    "entries",
)


def planned(office: Tenancy) -> dict[str, Any]:
    """
    What a run would do.
    """
    return office.desk.run(survey(_parts(office), _run(office))).to_json()


def applied(office: Tenancy) -> dict[str, Any]:
    """
    What a run did.
    """
    return dict(office.desk.run(carry_out(_parts(office), _run(office))).answer)


def _parts(office: Tenancy) -> Office:
    return Office(office.desk.journal, office.desk.reader, office.desk.snapshots)


def _run(office: Tenancy) -> Run:
    return Run(office.tenant, "officer", office.clock.now)


def counts(report: dict[str, Any]) -> dict[str, int]:
    """
    How many of each kind.
    """
    return {kind: told["count"] for kind, told in report["kinds"].items()}


def hold(office: Tenancy, who: str | None) -> UUID:
    """
    Places a hold.
    """
    person = None if who is None else ref(who)
    return UUID(office.ask(PlaceLegalHold(office.tenant, "officer", person, "A-1", "in court", LATER))["id"])


@pytest.fixture
def full(office: Tenancy) -> Tenancy:
    """
    An office with something of each kind, more than five years ago.
    """
    office.write(consent(office.tenant))
    held = office.ask(authorization(office.tenant, idempotency=once("a")))["hold"]["id"]
    office.write(outcome(office.tenant, held))
    office.write(withdrawal(office.tenant, BEN))
    office.write(KeepUnreadable(office.tenant, "test", "c", "no JSON", {"from": "34600999888"}))
    office.clock.advance(FIVE_YEARS + DAY)
    return office


def test_each_kind_goes_when_its_time_is_over(full: Tenancy):
    """
    People, attempts, unreadable items and answers go; tombstones and entries stay, and the log says what went.
    """
    ana = full.contact(ANA)
    report = applied(full)

    assert counts(report) == {"evidence": 2, "unreadable_items": 1, "deliveries": 0, "idempotency": 1, "attempts": 1}
    assert str(ana) in report["kinds"]["evidence"]["examples"]
    assert report["kinds"]["attempts"]["examples"] == [str(ana)]
    assert all(full.rows(table) == [] for table in TABLES[:-1])
    (last,) = full.payloads("retention.applied")
    erased = full.payloads("contact.erased")
    assert (last["evidence"], last["attempts"], last["entries"], last["up_to"]) == (2, 1, 0, 0)
    assert {(each["because"], each["reason"]) for each in erased} == {("retention", "retention: evidence")}


def test_what_was_refused_stays_refused(full: Tenancy):
    """
    Who said no is erased and cannot be called; who said nothing against it leaves no tombstone.
    """
    applied(full)

    assert len(full.rows("tombstones")) == 1
    assert "suppressed" in " ".join(full.codes(BEN)).lower()
    assert "suppressed" not in " ".join(full.codes(ANA)).lower()


def test_nothing_goes_a_moment_too_early(office: Tenancy):
    """
    On the last day everything is there; each kind has its own time.
    """
    office.write(consent(office.tenant, idempotency=once("b")))
    office.write(KeepUnreadable(office.tenant, "test", "c", "no JSON", {}))
    seen = []
    for days in (7, 30, 1826):
        office.clock.now = NOW + timedelta(days=days)
        seen.append(counts(applied(office)))
        office.clock.now += timedelta(seconds=1)
        seen.append(counts(applied(office)))

    assert [[each["idempotency"], each["unreadable_items"], each["evidence"]] for each in seen] == [
        [0, 0, 0],
        [1, 0, 0],
        [0, 0, 0],
        [0, 1, 0],
        [0, 0, 0],
        [0, 0, 1],
    ]


def test_a_new_reliance_begins_the_time_anew(office: Tenancy):
    """
    Five years from each use, not from the consent: a call after four years keeps the evidence until year nine.
    """
    office.write(consent(office.tenant))
    office.clock.advance(timedelta(days=4 * 365))
    relied = office.clock.now
    office.write(authorization(office.tenant))
    office.clock.now = NOW + FIVE_YEARS + DAY
    assert counts(applied(office))["evidence"] == 0
    office.clock.now = relied + FIVE_YEARS
    assert counts(applied(office))["evidence"] == 0
    office.clock.advance(DAY)

    assert counts(applied(office))["evidence"] == 1


def test_a_refusal_to_call_is_no_reliance(office: Tenancy):
    """
    Being asked about somebody and denied does not keep them for longer; nor does taking consent back.
    """
    office.write(consent(office.tenant))
    office.clock.advance(timedelta(days=1000))
    office.write(withdrawal(office.tenant))
    office.write(authorization(office.tenant))
    assert office.payloads("decision.denied")
    office.clock.now = NOW + FIVE_YEARS + DAY

    assert counts(applied(office))["evidence"] == 1


def test_a_reliance_at_the_last_moment_is_in_time(office: Tenancy):
    """
    The plan said that somebody goes; in the same batch they agree again, and stay.
    """
    office.write(consent(office.tenant))
    ana = office.contact(ANA)
    office.clock.advance(FIVE_YEARS + DAY)
    again = consent(office.tenant, at=office.clock.now)
    _, erased = office.desk.write_all([again, EraseUnused(office.tenant, "officer", ana)])

    assert erased.answer == {"erased": False}
    assert office.contact(ANA) == ana


def test_a_dry_run_changes_nothing_and_tells_what_the_run_does(full: Tenancy):
    """
    Every row is as it was; the run's report is the same but for its name.
    """
    before = {table: full.rows(table) for table in TABLES}
    told = planned(full)
    assert {table: full.rows(table) for table in TABLES} == before
    done = applied(full)

    assert {**told, "dry_run": False} == done
    assert told["dry_run"] is True


def test_examples_are_few(office: Tenancy):
    """
    At most twenty of a kind, and the count is of all; the dry run names the same ones.
    """
    office.desk.write_all([consent(office.tenant, phone()) for _ in range(EXAMPLES + 105)])
    office.clock.advance(FIVE_YEARS + DAY)
    told, done = planned(office)["kinds"]["evidence"], applied(office)["kinds"]["evidence"]

    assert (len(told["examples"]), told["count"]) == (EXAMPLES, EXAMPLES + 105)
    assert told == done


def test_a_hold_on_a_person_keeps_them_and_their_attempts(full: Tenancy):
    """
    Others go; once the hold is lifted, they go with the next run.
    """
    placed, ana = hold(full, ANA), full.contact(ANA)
    kept = applied(full)
    assert (counts(kept)["evidence"], counts(kept)["attempts"]) == (1, 0)
    assert full.contact(ANA) == ana
    full.write(LiftLegalHold(full.tenant, "officer", placed, "closed"))
    gone = applied(full)

    assert (counts(gone)["evidence"], counts(gone)["attempts"]) == (1, 1)


def test_a_hold_on_everything_stops_everything(full: Tenancy):
    """
    Nothing goes, whatever its kind, and the report names the hold.
    """
    placed = hold(full, None)
    before = {table: full.rows(table) for table in TABLES[:-1]}
    told, done = planned(full), applied(full)

    assert {table: full.rows(table) for table in TABLES[:-1]} == before
    assert set(counts(done).values()) == {0}
    assert done["legal_hold"] == {"id": str(placed), "matter": "A-1", "review_on": LATER.isoformat()}
    assert done["entries"]["kept_by"]["legal_hold"] == str(placed)
    assert {**told, "dry_run": False} == done


def test_a_hold_on_everything_stops_a_run_under_way(full: Tenancy):
    """
    What went before it is gone; the next piece is refused, and the report names the hold and tells what went.
    """
    journal = full.desk.journal
    waiting: list[asyncio.Future[Written]] = []

    def hold_now(done: int, total: int) -> None:
        if done and not waiting:
            request = PlaceLegalHold(full.tenant, "officer", None, "A-1", "in court", LATER)
            waiting.append(asyncio.ensure_future(journal.write(request)))

    report: dict[str, Any] = dict(full.desk.run(carry_out(_parts(full), _run(full), hold_now)).answer)

    assert report["legal_hold"]["id"] == waiting[0].result().answer["id"]
    assert counts(report) == {"evidence": 2, "unreadable_items": 0, "deliveries": 0, "idempotency": 0, "attempts": 0}
    assert [len(full.rows(table)) for table in ("contacts", "unreadable_items", "idempotency", "attempts")] == [
        0,
        1,
        1,
        1,
    ]
    assert full.payloads("retention.applied")[-1]["evidence"] == 2


def test_rules_are_by_tenant_and_kind(office: Tenancy):
    """
    What is not ruled is as by default, and attempts as the evidence; each change is an entry, the same again is none.
    """
    told = office.read(ReadRules(office.tenant))
    assert {kind: told.days(kind) for kind in KINDS} == {
        "evidence": 1826,
        "unreadable_items": 30,
        "deliveries": 7,
        "idempotency": 7,
        "attempts": 1826,
    }
    for days in (3652, 4000, 4000):
        office.write(SetRetentionRule(office.tenant, "admin", "evidence", days))
    ruled = office.read(ReadRules(office.tenant))

    assert (ruled.days("evidence"), ruled.days("attempts"), ruled.days("idempotency")) == (4000, 4000, 7)
    assert [(each["days"], each["before"]) for each in office.payloads("retention.rule_set")] == [
        (3652, 1826),
        (4000, 3652),
    ]
    office.write(consent(office.tenant))
    office.clock.advance(FIVE_YEARS + DAY)
    assert counts(applied(office))["evidence"] == 0


@pytest.mark.parametrize(
    ("kind", "days", "why"),
    [
        ("idempotency", 6, "at least 7 days, since callers were promised"),
        ("attempts", 1827, "at most 1826 days"),
        ("attempts", 1, "the rules in force look back"),
        ("evidence", 1, "the rules in force look back"),
    ],
)
def test_a_rule_never_undercuts_what_another_needs(office: Tenancy, kind: str, days: int, why: str):
    """
    The refusal says what the bound is and who needs it.
    """
    refusal = office.refusal(SetRetentionRule(office.tenant, "admin", kind, days))

    assert isinstance(refusal, RetentionOutOfBounds)
    assert why in str(refusal)


def test_evidence_outlives_the_attempts_that_relied_on_it(office: Tenancy):
    """
    A rule for attempts keeps the evidence from being dropped sooner.
    """
    office.write(SetRetentionRule(office.tenant, "admin", "attempts", 1000))
    refusal = office.refusal(SetRetentionRule(office.tenant, "admin", "evidence", 999))

    assert "at least 1000 days, since attempts are kept for so long" in str(refusal)


def test_another_tenants_time_is_its_own(full: Tenancy):
    """
    A run touches nobody else.
    """
    other = full.desk.open_office()
    other.write(consent(other.tenant))
    full.clock.now = NOW + FIVE_YEARS + DAY
    applied(full)

    assert len(other.rows("contacts")) == 1

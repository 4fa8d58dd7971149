"""
Machines whose clocks differ: what one has recorded has happened for all, and a no never waits for a clock.
"""

from datetime import timedelta
from typing import Any

import pytest

from audit.verification import read_chain
from consent.looking import InForce
from policies.checking import Check
from tests.consent.desk import Clock, Office
from tests.factories import ANA, HOUR, NOW, SECOND, authorization, consent, outcome, question, withdrawal


def machine(office: Office, by: timedelta):
    """The journal of a machine whose clock is off by this much."""
    return office.desk.run(office.desk.another_journal(Clock(office.clock.now + by)))


@pytest.mark.parametrize("ahead", [SECOND, 5 * SECOND, HOUR])
def test_a_no_from_a_clock_ahead_is_in_force_at_once(office: Office, ahead):
    """
    A withdrawal recorded by a machine whose clock is ahead holds for readers and journals whose clocks are right.
    """
    office.write(consent(office.tenant))
    (written,) = office.desk.write_all([withdrawal(office.tenant, at=NOW + ahead)], machine(office, ahead))

    assert written.answer["suppressed"]
    assert office.codes(ANA) == {"CONSENT_WITHDRAWN", "SUPPRESSED"}
    assert [each["state"] for each in office.in_force(ANA)["consents"]] == ["withdrawn"]
    assert office.ask(authorization(office.tenant))["decision"] == "deny"


def test_a_no_from_a_clock_behind_closes_what_came_before(office: Office):
    """
    A withdrawal recorded by a machine whose clock is behind closes a consent recorded before it.
    """
    office.write(consent(office.tenant, at=NOW))
    office.desk.write_all([withdrawal(office.tenant, at=NOW + SECOND)], machine(office, -5 * SECOND))

    assert office.codes(ANA) == {"CONSENT_WITHDRAWN", "SUPPRESSED"}


def test_a_hold_from_a_clock_ahead_counts_at_once(office: Office):
    """
    Calls authorized by a machine whose clock is ahead count for one whose clock is right.
    """
    office.write(consent(office.tenant))
    office.desk.write_all([authorization(office.tenant)] * 3, machine(office, 5 * SECOND))

    assert office.codes(ANA) == {"CAP_REACHED"}
    assert office.ask(authorization(office.tenant))["decision"] == "deny"


def test_an_outcome_from_a_clock_ahead_is_known_at_once(office: Office):
    """
    A conversation reported by a machine whose clock is ahead begins the pause for all.
    """
    for purpose in ("order_updates", "offers"):
        office.write(consent(office.tenant, purpose=purpose))
    hold = office.ask(authorization(office.tenant, ttl=10 * SECOND))["hold"]["id"]
    office.clock.advance(20 * SECOND)
    told = outcome(office.tenant, hold, "connected", at=office.clock.now + 5 * SECOND)
    office.desk.write_all([told], machine(office, 5 * SECOND))

    assert office.codes(ANA, purpose="offers") == {"COOL_OFF"}


def test_the_log_never_runs_backwards(office: Office):
    """
    Entries recorded by clocks that differ stand in the order of their times all the same, and verify.
    """
    people = [f"+3462200000{number}" for number in range(6)]
    ahead, behind = machine(office, 5 * SECOND), machine(office, -5 * SECOND)
    office.desk.write_all([consent(office.tenant, who) for who in people], ahead, behind, office.desk.journal)
    times = [entry.recorded_at for entry in office.desk.run(read_chain(office.desk.snapshots, office.tenant)).entries]

    assert times == sorted(times)
    assert max(times) == NOW + 5 * SECOND


def test_a_reader_behind_sees_what_was_written(office: Office):
    """
    A reader whose clock is behind the journal's sees the withdrawal too, in checks and in what is in force.
    """
    office.write(consent(office.tenant))
    office.write(withdrawal(office.tenant))
    reader = office.desk.run(office.desk.another_reader(Clock(NOW - 5 * SECOND)))
    checked = office.desk.run(reader.read(Check(office.tenant, question(ANA))))
    held: Any = office.desk.run(reader.read(InForce(office.tenant, office.contact(ANA))))  # A JSON document.

    assert not checked.decision.allow
    assert checked.contact == office.contact(ANA)
    assert [each["state"] for each in held["consents"]] == ["withdrawn"]

"""
Simulations through the journal: what is entered, and what happens when two ends meet.
"""

from uuid import uuid4

import pytest

from policies.ruleset import compile_rules
from policies.simulating.errors import QuestionsInLoop, SimulationOver, SimulationUnknown, TooManySimulations
from policies.simulating.report import Asked
from policies.simulating.requests import (
    MOST_WAITING,
    CancelSimulation,
    FindSimulation,
    FinishSimulation,
    Found,
    Range,
    RequestSimulation,
)
from policies.simulating.running import found
from policies.simulating.tally import Tally
from tests.consent.desk import Office
from tests.policies.simulating.past import FREE


def asked(office: Office, **changed) -> RequestSimulation:
    """
    A simulation of the office's whole log.
    """
    usual = {"range": Range(office.origin, 0, office.size())}
    return RequestSimulation(office.tenant, "key:1", FREE.hash, FREE.content, **{**usual, **changed})


def report() -> Found:
    """
    What a worker found, about nothing.
    """
    return found(Asked("point", None, "log", 0, 1, None), compile_rules(()), FREE, Tally())


def test_a_report_is_entered_with_its_row(office: Office):
    """
    Entry, row and report are there at once; entering it again does nothing more.
    """
    wanted = asked(office)
    queued = office.ask(wanted)
    before = office.events()
    done = [office.ask(FinishSimulation(office.tenant, "key:1", wanted.id, report())) for _ in range(2)]
    (entry,) = office.payloads("rules.simulated")
    (row,) = office.rows("rule_reports")
    (job,) = office.rows("simulations")

    assert (queued["state"], before) == ("queued", [])
    assert [each["state"] for each in done] == ["ready", "ready"]
    assert (entry["base"], entry["candidate"], entry["mode"]) == (queued["base"], FREE.hash, "point")
    assert (entry["from"], entry["to"], entry["log"]) == (0, wanted.range.end if wanted.range else None, office.origin)
    assert (row["report_hash"], row["base_set"], row["candidate_set"]) == (
        entry["report_hash"],
        entry["base"],
        FREE.hash,
    )
    assert (job["state"], job["report"], job["report_hash"]) == ("ready", report().content, entry["report_hash"])
    assert office.read(FindSimulation(office.tenant, wanted.id)).is_over


def test_what_was_cancelled_is_not_entered(office: Office):
    """
    A worker that comes too late leaves no entry, no row and no report.
    """
    wanted = asked(office)
    office.ask(wanted)
    office.ask(CancelSimulation(office.tenant, "key:1", wanted.id))
    late = office.ask(FinishSimulation(office.tenant, "key:1", wanted.id, report()))

    assert late["state"] == "cancelled"
    assert office.events() == []
    assert office.rows("rule_reports") == []
    assert office.rows("simulations")[0]["report"] is None


def test_both_ends_at_once_are_one_end(office: Office):
    """
    Cancelled and ready in one batch: whichever comes first holds, and rows and log agree.
    """
    wanted = asked(office)
    office.ask(wanted)
    cancel, finish = (
        CancelSimulation(office.tenant, "k", wanted.id),
        FinishSimulation(office.tenant, "k", wanted.id, report()),
    )
    written = office.desk.write_all([finish, cancel])
    (job,) = office.rows("simulations")

    assert job["state"] in ("ready", "cancelled")
    assert (job["state"] == "ready") == (office.events() == ["rules.simulated"])
    assert (job["state"] == "ready") == isinstance(written[1], SimulationOver)


def test_what_cannot_be_is_refused(office: Office):
    """
    An id nobody has, one that is over, questions in a loop, and more than may wait.
    """
    assert isinstance(office.refusal(CancelSimulation(office.tenant, "k", uuid4())), SimulationUnknown)
    assert isinstance(
        office.refusal(asked(office, range=None, questions=1, mode="closed_loop", found=report())), QuestionsInLoop
    )
    for _ in range(MOST_WAITING):
        office.ask(asked(office))
    assert isinstance(office.refusal(asked(office)), TooManySimulations)
    with pytest.raises(SimulationUnknown):
        office.read(FindSimulation(office.tenant, uuid4()))

"""
Rules tried over HTTP: asked for, run beside the server, reported, entered in the log, cancelled.
"""

import asyncio
import json
from hashlib import sha256
from uuid import uuid4

import pytest

from audit.entry import canonical
from policies.catalogue import builtin
from policies.ruleset import compile_rules
from server import demo
from server.simulations import simulating
from tests.databases import execute, fetch
from tests.server.api import Api, Json, ago, new_phone, pointers, question

OFFICER = "officer"
PATH = "/v1/policies/simulations"
STRICT = """\
pack: strict
version: 1
layer: tenant
rules:
  - id: once
    kind: cap
    basis: tenant
    limit: 1
    per: PT12H
    counts: attempt
"""
PACKS: list[object] = [*demo.PACKS]
STRICTER: Json = {"packs": [*PACKS, {"yaml": STRICT}]}


def asked(
    api: Api, candidate: Json = STRICTER, *, first: int | None = None, end: int | None = None, **more: object
) -> str:
    """
    The id of a simulation just asked for.
    """
    answer = api.post(PATH, {"candidate": candidate, "from": first, "to": end, **more}, key=OFFICER)
    assert answer.status_code == 202, answer.text
    return str(answer.json()["id"])


def run(api: Api) -> int:
    """
    What the process beside the server does.
    """

    async def work() -> int:
        async with simulating(api.settings, api.url) as simulator:
            return await simulator.run_waiting()

    return asyncio.run(work())


def state(api: Api, simulation: str, key: str = OFFICER) -> Json:
    answer = api.get(f"{PATH}/{simulation}", key=key)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def report(api: Api, simulation: str) -> Json:
    answer = api.get(f"{PATH}/{simulation}/report", key=OFFICER)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def called_twice(api: Api) -> tuple[str, int]:
    """
    Somebody who was called twice, the first time with a conversation; their contact, and where in the log that begins.
    """
    phone, first = new_phone(), api.size()
    api.agree(phone)
    for outcome in ("connected", "unanswered"):
        hold = api.authorize(phone)["hold"]["id"]
        api.post(f"/v1/calls/{hold}/outcome", {"outcome": outcome, "at": ago(seconds=0)})
    contact = api.post("/v1/contacts/lookup", {"contact": {"phone": phone}}).json()["contact"]
    return str(contact), first


def test_a_simulation_is_asked_for_run_and_reported(api: Api):
    """
    202 with an id, a state that goes from queued to ready, a report that counts the lost call, and its page.
    """
    contact, first = called_twice(api)
    answer = api.post(PATH, {"candidate": STRICTER, "from": first}, key=OFFICER)
    simulation = answer.json()["id"]
    queued = state(api, simulation)
    early = api.get(f"{PATH}/{simulation}/report", key=OFFICER)

    assert (answer.status_code, answer.json()["state"], queued["state"]) == (202, "queued", "queued")
    assert (early.status_code, early.json()["type"], early.json()["state"]) == (
        409,
        "urn:venia:problem:simulation-not-ready",
        "queued",
    )
    assert run(api) == 1
    ready, told = state(api, simulation), report(api, simulation)
    said = told["report"]

    assert (ready["state"], ready["done"], ready["total"]) == ("ready", 2, 2)
    assert said["decisions"] == 2
    assert said["matrix"]["allow"] == {"allow": 1, "deny": 1, "unsure": 0}
    assert said["changes"]["allow_to_deny"]["by_code"] == [{"code": "CAP_REACHED", "decisions": 1}]
    assert said["changes"]["allow_to_deny"]["by_layer"] == [{"layer": "tenant", "decisions": 1}]
    assert said["lost_calls"] == {
        "calls": 1,
        "connected": 0,
        "by_outcome": [{"outcome": "unanswered", "decisions": 1}],
        "not_placed": 0,
    }
    assert said["contacts"]["most_affected"] == [{"contact": contact, "allow_to_deny": 1, "deny_to_allow": 0}]
    assert said["examples"]["allow_to_deny"][0]["candidate"]["findings"] == [["CAP_REACHED", "strict@1", "once"]]
    assert said["base_as_recorded"] == 2
    assert said["engine"].keys() == {"tzdata", "holidays"}


def test_a_report_is_named_by_its_bytes_and_entered(api: Api):
    """
    The hash is that of the canonical JSON; the log tells of it with actor, sets and counts, and a row notes it once.
    """
    _, first = called_twice(api)
    end = api.size()
    simulations = [asked(api, first=first, end=end) for _ in range(2)]
    before = api.size()
    run(api)
    one, other = (report(api, each) for each in simulations)
    entries = [each.payload for each in api.entries(before) if each.payload["event"] == "rules.simulated"]
    notes = fetch(api.url, "SELECT * FROM rule_reports WHERE report_hash = $1", one["report_hash"])

    assert one == other
    assert one["report_hash"] == "sha256:" + sha256(canonical(one["report"])).hexdigest()
    assert [each["report_hash"] for each in entries] == [one["report_hash"]] * 2
    assert {each["simulation"] for each in entries} == set(simulations)
    assert str(entries[0]["actor"]).startswith("key:")
    assert entries[0]["counts"] == {
        "decisions": 2,
        "allow_to_deny": 1,
        "deny_to_allow": 0,
        "unsure": 0,
        "untold": 0,
    }
    assert [(each["base_set"], each["candidate_set"], each["mode"]) for each in notes] == [
        (one["report"]["base"]["rule_set"], one["report"]["candidate"]["rule_set"], "point")
    ]
    assert one["report"]["base"]["rule_set"] == entries[0]["base"]


def test_a_closed_loop_takes_out_what_did_not_happen(api: Api):
    """
    Of three calls under a cap of one the second and third are lost; by candidate's own hash, the report is as any other.
    """
    _, first = called_twice(api)
    simulation = asked(api, mode="closed_loop", assume="connected", first=first)
    run(api)
    said = report(api, simulation)["report"]

    assert (said["mode"], said["assume"]) == ("closed_loop", "connected")
    assert said["matrix"]["allow"]["deny"] == 1
    assert said["matrix"]["deny"] == {"allow": 0, "deny": 0, "unsure": 0}


def test_the_rules_in_force_change_nothing(api: Api):
    """
    Tried by their hash, on everything that was ever decided: the report has no change in it, in both modes.
    """
    called_twice(api)
    active = compile_rules([builtin(name) for name in demo.PACKS]).hash
    simulations = [asked(api, {"rule_set": active}, mode=mode) for mode in ("point", "closed_loop")]
    run(api)
    for each in simulations:
        said = report(api, each)["report"]

        assert said["base"] == said["candidate"]
        assert said["decisions"] == said["base_as_recorded"] > 0
        assert said["changes"]["allow_to_deny"]["decisions"] == said["changes"]["deny_to_allow"]["decisions"] == 0
        assert said["unsure"] == []


def test_questions_are_told_of_at_once_and_nothing_of_them_is_kept(api: Api):
    """
    Ready when it is answered; a question that cannot be answered is counted; no number is in the row or the log.
    """
    phone, stranger = new_phone(), new_phone()
    api.agree(phone)
    questions = [
        {**question(phone), "at": ago(minutes=1)},
        {**question(stranger), "at": ago(minutes=1)},
        {**question(phone, purpose="nothing_we_know"), "at": ago(minutes=1)},
    ]
    before = api.size()
    answer = api.post(PATH, {"candidate": {"packs": PACKS}, "questions": questions}, key=OFFICER)
    simulation = answer.json()["id"]
    said = report(api, simulation)["report"]
    row = fetch(api.url, "SELECT * FROM simulations WHERE simulation_id = $1", simulation)[0]

    assert (answer.status_code, answer.json()["state"]) == (202, "ready")
    assert (said["questions"], said["decisions"], said["untold"]["decisions"]) == (3, 2, 1)
    assert said["matrix"]["allow"]["allow"] == said["matrix"]["deny"]["deny"] == 1
    assert said["untold"]["why"] == [{"why": "unanswerable", "decisions": 1}]
    assert api.events(before) == ["rules.simulated"]
    assert phone[1:] not in str(row) + str([each.payload for each in api.entries(before)])
    assert row["origin"] is None


def test_asking_twice_under_one_key_is_asking_once(api: Api):
    """
    The first answer again, and one simulation.
    """
    key = str(uuid4())
    body = {"candidate": STRICTER}
    first = api.post(PATH, body, key=OFFICER, once=key)
    again = api.post(PATH, body, key=OFFICER, once=key)

    assert first.json() == again.json()
    assert again.headers["Idempotent-Replay"] == "true"
    assert api.post(PATH, {**body, "mode": "closed_loop"}, key=OFFICER, once=key).status_code == 422
    assert api.post(PATH, body, key=OFFICER, once=None).status_code == 400
    run(api)


def test_a_simulation_is_cancelled(api: Api):
    """
    One that waits is over, and no worker runs it; twice is once; one that is ready cannot be.
    """
    run(api)  # What other tests left.
    simulation, ready = asked(api), asked(api, first=api.size() - 1)
    cancel = [api.post(f"{PATH}/{simulation}/cancel", {}, key=OFFICER) for _ in range(2)]
    before = api.size()
    ran = run(api)
    late = api.post(f"{PATH}/{ready}/cancel", {}, key=OFFICER)

    assert [each.status_code for each in cancel] == [200, 200]
    assert state(api, simulation)["state"] == "cancelled"
    assert ran == 1
    assert api.events(before) == ["rules.simulated"]
    assert (late.status_code, late.json()["type"]) == (409, "urn:venia:problem:simulation-over")
    assert api.get(f"{PATH}/{simulation}/report", key=OFFICER).status_code == 409


def test_a_page_to_print_escapes_and_loads_nothing(api: Api):
    """
    Whole in itself: no script, nothing fetched, what the rules are called is text.
    """
    _, first = called_twice(api)
    simulation = asked(api, first=first)
    run(api)
    answer = api.get(f"{PATH}/{simulation}/report.html", key=OFFICER)

    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "<script" not in answer.text
    assert "http://" not in answer.text.replace("https://", "")
    assert report(api, simulation)["report_hash"] in answer.text
    assert "CAP_REACHED (strict@1, once)" in answer.text


def test_what_was_running_when_a_process_ended_is_run_again(api: Api):
    """
    A job left in the middle is taken up from the beginning; one that was begun too often is given up with a sentence.
    """
    left, hopeless = asked(api), asked(api)
    for simulation, starts in ((left, 1), (hopeless, 3)):
        execute(
            api.url,
            f"UPDATE simulations SET state = 'running', starts = {starts}, done = 7 WHERE simulation_id = '{simulation}'",
        )
    run(api)

    assert state(api, left)["state"] == "ready"
    assert (state(api, hopeless)["state"], state(api, hopeless)["detail"]) == (
        "failed",
        "It was begun 3 times and never came to an end.",
    )


@pytest.mark.parametrize(
    ("body", "status", "kind", "pointer"),
    [
        ({"candidate": {"rule_set": "sha256:" + "0" * 64}}, 422, "candidate-unknown", "/candidate/rule_set"),
        ({"candidate": {"packs": ["xx"]}}, 422, "candidate-invalid", "/candidate/packs/0"),
        ({"candidate": {"packs": ["es", {"yaml": "pack: x"}]}}, 422, "candidate-invalid", "/candidate/packs/1/yaml"),
        ({"candidate": {"packs": ["es", "es"]}}, 422, "candidate-invalid", "/candidate/packs"),
        ({"candidate": {"packs": ["es"], "rule_set": "sha256:" + "0" * 64}}, 422, "invalid-input", "/candidate"),
        ({"candidate": {}}, 422, "invalid-input", "/candidate"),
        ({"candidate": {"packs": ["es"]}, "mode": "guess"}, 422, "invalid-input", "/mode"),
        ({"candidate": {"packs": ["es"]}, "from": 10**9}, 422, "range-unknown", None),
        ({"candidate": {"packs": ["es"]}, "from": -1}, 422, "invalid-input", None),
        ({"candidate": {"packs": ["es"]}, "from": 1.5}, 422, "invalid-input", None),
        ({"candidate": {"packs": ["es"]}, "colour": "red"}, 422, "invalid-input", "/colour"),
        ({}, 422, "invalid-input", "/candidate"),
    ],
)
def test_what_cannot_be_tried_is_refused(api: Api, body, status, kind, pointer):
    """
    A sentence and its place, and nothing is queued.
    """
    before = fetch(api.url, "SELECT count(*) AS n FROM simulations")[0]["n"]
    answer = api.post(PATH, body, key=OFFICER)

    assert (answer.status_code, answer.json()["type"]) == (status, f"urn:venia:problem:{kind}")
    assert pointer is None or pointers(answer) == [pointer]
    assert fetch(api.url, "SELECT count(*) AS n FROM simulations")[0]["n"] == before


def test_questions_have_no_loop(api: Api):
    """
    Nothing follows from one question to the next.
    """
    body = {
        "candidate": {"packs": ["es"]},
        "mode": "closed_loop",
        "questions": [{**question(new_phone()), "at": ago(minutes=1)}],
    }

    assert api.post(PATH, body, key=OFFICER).json()["type"] == "urn:venia:problem:questions-in-loop"


def test_trying_needs_its_scope_and_stays_with_its_tenant(api: Api):
    """
    403 for a caller, 404 for a stranger's key.
    """
    simulation = asked(api)

    assert api.post(PATH, {"candidate": STRICTER}, key="caller").json()["scope"] == "policies:simulate"
    assert api.get(f"{PATH}/{simulation}", key="stranger").status_code == 404
    assert api.post(f"{PATH}/{simulation}/cancel", {}, key="stranger").status_code == 404
    assert api.get(f"{PATH}/{simulation}/report", key="stranger").status_code == 404
    run(api)


def test_only_so_many_wait(api: Api):
    """
    The eleventh is refused until one is over.
    """
    waiting = [asked(api) for _ in range(10)]
    full = api.post(PATH, {"candidate": STRICTER}, key=OFFICER)
    for each in waiting:
        api.post(f"{PATH}/{each}/cancel", {}, key=OFFICER)

    assert (full.status_code, full.json()["type"]) == (429, "urn:venia:problem:too-many-simulations")
    assert full.headers["Retry-After"] == "60"
    assert json.loads(api.post(PATH, {"candidate": STRICTER}, key=OFFICER).text)["state"] == "queued"
    run(api)

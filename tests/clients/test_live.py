"""
The clients and the real service: what they say of a person is what the log has, also when answers are lost and servers die.
"""

import threading
from collections.abc import Callable
from typing import Any, TypeAlias

from tests.clients.callers import PATIENT, SHORT, Caller
from tests.clients.hostile import forward, hang_up, hostile
from tests.server.api import SENDER, consent, new_phone
from tests.server.process import Process, eventually

Json: TypeAlias = dict[str, Any]  # Any: what JSON holds.
Make: TypeAlias = Callable[..., Caller]


def question(phone: str, **changes: Any) -> Json:  # Any: of whatever type a part of it is.
    """Whether this person may be called, on a purpose that may be called at any hour."""
    return {"to": {"phone": phone}, "from": SENDER, "purpose": "order_updates", "channel": "voice", **changes}


def client_of(make: Make, server: Process, url: str | None = None, **setup: Any) -> Caller:  # Any, as above.
    """A client with the caller's key and the patience of real life, as this machine has other things to do."""
    patience = {"asking": PATIENT, "reporting": PATIENT | {"longestWaitMs": 1_000}}
    setup = {"fulfils": ("record_outcome",), **patience, **setup}
    return make(url or server.base_url, credential=server.demo["keys"]["caller"], **setup)


def agreed(server: Process) -> str:
    """The number of somebody who has agreed to be called."""
    phone = new_phone()
    assert server.post("/v1/consents", consent(phone)).status_code == 201
    return phone


def events(server: Process, phone: str) -> list[str]:
    """What the log has about asking for a person and calling them, oldest first."""
    contact = server.post("/v1/contacts/lookup", {"contact": {"phone": phone}}).json()["contact"]
    told = server.get(f"/v1/contacts/{contact}/timeline?limit=500").json()["events"]
    return [each["event"] for each in reversed(told) if each["event"].startswith(("decision.", "hold.", "call."))]


def test_who_has_not_agreed_is_denied_by_the_server(make: Make, server: Process):
    """
    With the reasons, and for a check as for an authorize.
    """
    caller, phone = client_of(make, server), new_phone()
    answers = [caller.check(question(phone)), caller.authorize(question(phone))]

    assert [each["kind"] for each in answers] == ["denied", "denied"]
    assert [[reason["code"] for reason in each["reasons"]] for each in answers] == [["CONSENT_MISSING"]] * 2
    assert [each["receipt"] is None for each in answers] == [True, False]


def test_who_has_agreed_is_called_and_the_log_has_how_it_went(make: Make, server: Process):
    """
    Check, hold, call, outcome; an opt-out in the call denies the next.
    """
    caller, phone = client_of(make, server), agreed(server)
    checked = caller.check(question(phone, facts={"agents_available": 2}))
    course = caller.call(question(phone), ["begin", "connected"])
    refused = caller.call(question(phone), ["begin", "opted_out"])
    after = caller.authorize(question(phone))

    assert checked["kind"] == "may_call"
    assert [course["answer"]["kind"], refused["answer"]["kind"], after["kind"]] == ["held", "held", "denied"]
    assert [course["unreported"], refused["unreported"]] == [None, None]
    assert events(server, phone)[:4] == ["decision.allowed", "call.reported"] * 2
    assert "SUPPRESSED" in [each["code"] for each in after["reasons"]]


def test_a_hold_that_is_given_back_does_not_count(make: Make, server: Process):
    """
    Three may be called; of six who ask and do not call, all are allowed.
    """
    caller, phone = client_of(make, server), agreed(server)
    courses = [caller.call(question(phone), ["raise"]) for _ in range(6)]

    assert [each["answer"]["kind"] for each in courses] == ["held"] * 6
    assert events(server, phone) == ["decision.allowed", "hold.released"] * 6


def test_an_answer_that_is_lost_is_no_second_hold(make: Make, server: Process):
    """
    The service had decided and the caller did not hear it, twice: asked again, it is the same hold, counted once.
    """
    phone, lost = agreed(server), forward(server.base_url, lose=True)
    with hostile(lost, lost, forward(server.base_url)) as between:
        caller = client_of(make, server, between.url)
        answer = caller.authorize(question(phone))
        again = caller.authorize(question(phone), key=between.asked[0].key)

    assert answer["kind"] == "held"
    assert len(between.asked) == 4
    assert again["hold"] == answer["hold"]
    assert events(server, phone) == ["decision.allowed"]


def test_an_outcome_whose_answer_is_lost_is_told_once(make: Make, server: Process):
    """
    The log has it once, and the caller knows that it has.
    """
    phone, whole = agreed(server), forward(server.base_url)
    with hostile(whole, forward(server.base_url, lose=True), whole) as between:
        course = client_of(make, server, between.url).call(question(phone), ["begin", "unanswered"])

    assert course["unreported"] is None
    assert between.paths() == ["authorize", "outcome", "outcome"]
    assert events(server, phone) == ["decision.allowed", "call.reported"]


def test_an_outcome_that_contradicts_another_is_final(make: Make, server: Process):
    """
    Saying it again cannot help, and the caller is told so; nor can it for a hold that nobody made.
    """
    caller, phone = client_of(make, server), agreed(server)
    course = caller.call(question(phone), ["begin", "connected"])
    hold = course["answer"]["hold"]["id"]
    word = {"outcome": "unanswered", "at": "2026-11-20T10:00:00+00:00", "duration_s": None, "key": "other"}
    contrary = caller.tell({"hold": hold, **word})
    unknown = caller.tell({"hold": "5f0c7f0e-6c0b-4f6c-9d5e-0a5b8f4f2f10", **word, "key": "another"})

    assert [each["final"] for each in (contrary, unknown)] == [True, True]
    assert [each["status"] for each in (contrary, unknown)] == [409, 404]
    assert contrary["problem"] == "urn:venia:problem:outcome-contrary"


def test_a_wrong_credential_is_a_denial(make: Make, server: Process):
    """
    Nobody is called, and the denial says which kind of problem it is.
    """
    answer = make(server.base_url, credential="vk_nothing").authorize(question(new_phone()))

    assert (answer["kind"], answer["why"], answer["status"]) == ("failed_closed", "refused", 401)
    assert answer["problem"] == "urn:venia:problem:unauthenticated"


def test_a_number_that_nobody_can_have_is_a_denial(make: Make, server: Process):
    """
    It looks like one, and the service knows better.
    """
    caller = client_of(make, server)
    answer = caller.authorize(question("+341234567"))
    lines = caller.check_batch([question("+341234567"), question(new_phone())])

    assert (answer["kind"], answer["why"], answer["status"]) == ("failed_closed", "refused", 422)
    assert [each["kind"] for each in lines] == ["failed_closed", "denied"]
    assert lines[0]["status"] == 422


def test_a_long_list_is_answered_to_its_end(make: Make, server: Process):
    """
    Over several groups, each answer where it belongs.
    """
    phone = agreed(server)
    phones = [phone if number % 100 == 0 else new_phone() for number in range(1201)]
    answers = client_of(make, server).check_batch([question(each) for each in phones])

    assert [each["kind"] for each in answers] == ["may_call" if each == phone else "denied" for each in phones]


def test_a_server_that_dies_in_a_call_hears_how_it_went(make: Make, server: Process):
    """
    Killed between the hold and the outcome: the outcome waits until it is back, and is in the log once.
    """
    phone = agreed(server)
    caller = client_of(make, server)
    held = caller.authorize(question(phone), ttl=600)
    server.kill9()
    back = threading.Timer(1, server.start)
    back.start()
    word = {
        "hold": held["hold"]["id"],
        "outcome": "connected",
        "at": "2026-11-20T10:00:00Z",
        "duration_s": 3,
        "key": held["hold"]["id"],
    }
    said = caller.tell(word)
    back.join()
    eventually(lambda: server.get("/health/ready").status_code == 200)

    assert (said["heard"], said["state"]) == (True, "confirmed")
    assert events(server, phone) == ["decision.allowed", "call.reported"]


def test_a_server_that_stays_away_hears_it_later(make: Make, server: Process):
    """
    Out of patience, the caller has what to say in hand; a client made later tells it, with the moment of the call.
    """
    phone = agreed(server)
    with hostile(forward(server.base_url), lambda *_: server.kill9(), hang_up) as between:
        caller = client_of(make, server, between.url, reporting=SHORT)
        course = caller.call(question(phone), ["begin", "connected"])
        nobody = client_of(make, server, asking=SHORT).authorize(question(phone))
    server.start()
    left = course["thrown"]["word"]
    said = client_of(make, server).tell(left)
    entry = [each for each in server.entries() if each.payload["event"] == "call.reported"][-1]

    assert course["raised"] == "CallUnreported"
    assert (nobody["kind"], nobody["why"]) == ("failed_closed", "unreachable")
    assert (said["heard"], said["state"]) == (True, "confirmed")
    assert entry.payload["hold"] == left["hold"]
    assert str(entry.payload["at"])[:19] == left["at"][:19]
    assert events(server, phone) == ["decision.allowed", "call.reported"]

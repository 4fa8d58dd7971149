"""
Holds over HTTP: authorize, outcome, release.
"""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from tests.server.api import Api, ago, codes, new_phone, pointers, question


def test_an_allow_is_held_for_the_one_who_asked(api: Api):
    """
    200 with the hold, its end and the receipt of an entry that holds every fact used.
    """
    phone = new_phone()
    api.agree(phone)
    answer = api.post("/v1/calls/authorize", question(phone, reference="job-17", ttl="PT2M"))
    said = answer.json()

    assert answer.status_code == 200
    assert set(said) == {"decision", "reasons", "retry_at", "obligations", "contact", "policy", "hold", "receipt"}
    assert (said["decision"], said["reasons"]) == ("allow", [])
    assert set(said["hold"]) == {"id", "expires_at"}
    [entry] = api.entries(said["receipt"]["index"])
    assert entry.payload["event"] == "decision.allowed"
    assert entry.payload["reference"] == "job-17"
    assert isinstance(entry.payload["facts"], dict)
    assert entry.payload["rule_set"] == said["policy"]["rule_set"]


def test_a_deny_is_in_the_log_too(api: Api):
    """
    200 with a receipt and no hold.
    """
    said = api.authorize(new_phone())

    assert said["decision"] == "deny"
    assert "hold" not in said
    assert api.events(said["receipt"]["index"]) == ["decision.denied"]


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"ttl": "PT9S"}, "/ttl"),
        ({"ttl": "PT601S"}, "/ttl"),
        ({"ttl": "P1Y"}, "/ttl"),
        ({"ttl": "soon"}, "/ttl"),
        ({"ttl": 90}, "/ttl"),
        ({"ttl": None}, "/ttl"),
        ({"reference": "x" * 129}, "/reference"),
        ({"reference": "ana@example.com"}, "/reference"),
        ({"reference": "call to +34600111222"}, "/reference"),
        ({"token": "yes"}, "/token"),
        ({"at": "2026-11-20T10:00:00Z"}, "/at"),
        ({"detail": "trace"}, "/detail"),
    ],
)
def test_a_hold_on_other_terms_is_refused(api: Api, changes, pointer):
    """
    Ten seconds to ten minutes, a reference that names nobody, and now.
    """
    answer = api.post("/v1/calls/authorize", question(new_phone(), **changes))

    assert (answer.status_code, pointers(answer)) == (422, [pointer]), answer.text


@pytest.mark.parametrize("ttl", ["PT10S", "PT90S", "PT10M"])
def test_a_hold_lasts_as_long_as_asked(api: Api, ttl):
    """
    Both ends of the range are in it.
    """
    phone = new_phone()
    api.agree(phone)

    assert api.authorize(phone, ttl=ttl)["decision"] == "allow"


def test_many_at_once_never_get_more_than_the_cap(api: Api):
    """
    Of twelve who ask for one person at the same moment, three are allowed and nine hear CAP_REACHED.
    """
    phone = new_phone()
    api.agree(phone)
    with ThreadPoolExecutor(12) as pool:
        said = list(pool.map(lambda _: api.authorize(phone), range(12)))

    assert sum(each["decision"] == "allow" for each in said) == 3
    assert {code for each in said for code in codes(each)} == {"CAP_REACHED"}


def test_an_authorize_repeated_gets_the_same_hold(api: Api):
    """
    A caller that lost the answer asks again under its key and counts once.
    """
    phone, key = new_phone(), str(uuid4())
    api.agree(phone)
    first = api.post("/v1/calls/authorize", question(phone), once=key)
    again = api.post("/v1/calls/authorize", question(phone), once=key)

    assert again.json() == first.json()
    assert again.headers["Idempotent-Replay"] == "true"
    assert api.post("/v1/calls/authorize", question(new_phone()), once=key).status_code == 422
    assert api.post("/v1/calls/authorize", question(phone), once=None).status_code == 400


@pytest.mark.parametrize("outcome", ["connected", "unanswered", "rejected", "failed", "refused", "opted_out"])
def test_an_outcome_confirms_the_hold(api: Api, outcome):
    """
    200 with the hold confirmed and a receipt; the same again is the same, and another is a contradiction.
    """
    hold = api.held(new_phone())
    body = {"outcome": outcome, "at": ago(seconds=0), "duration_s": 31}
    answer = api.post(f"/v1/calls/{hold}/outcome", body)
    again = api.post(f"/v1/calls/{hold}/outcome", body)
    contrary = "unanswered" if outcome in ("connected", "refused", "opted_out") else "connected"
    refused = api.post(f"/v1/calls/{hold}/outcome", body | {"outcome": contrary})

    assert answer.status_code == 200
    assert set(answer.json()) == {"hold", "receipt"}
    assert (answer.json()["hold"]["id"], answer.json()["hold"]["state"]) == (hold, "confirmed")
    assert (again.status_code, again.json()) == (200, answer.json())
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:venia:problem:outcome-contrary")


def test_an_opt_out_during_the_call_counts_at_once(api: Api):
    """
    The outcome's answer means that the next check denies.
    """
    phone = new_phone()
    hold = api.held(phone)
    api.post(f"/v1/calls/{hold}/outcome", {"outcome": "opted_out", "at": ago(seconds=0)})

    assert {"CONSENT_WITHDRAWN", "SUPPRESSED"} <= set(codes(api.check(phone)))


def test_a_release_frees_what_the_hold_counted(api: Api):
    """
    200 with the hold released; then no outcome can be told, and after an outcome nothing can be released.
    """
    phone = new_phone()
    hold = api.held(phone)
    for _ in range(2):
        api.authorize(phone)
    full = api.check(phone)
    answer = api.post(f"/v1/calls/{hold}/release")
    again = api.post(f"/v1/calls/{hold}/release")
    told = api.post(f"/v1/calls/{hold}/outcome", {"outcome": "connected", "at": ago(seconds=0)})

    assert codes(full) == ["CAP_REACHED"]
    assert (answer.status_code, answer.json()["hold"]["state"]) == (200, "released")
    assert again.json() == answer.json()
    assert api.check(phone)["decision"] == "allow"
    assert (told.status_code, told.json()["type"]) == (409, "urn:venia:problem:hold-released")


def test_a_call_that_was_placed_cannot_be_released(api: Api):
    """
    409: it counts.
    """
    hold = api.held(new_phone())
    api.post(f"/v1/calls/{hold}/outcome", {"outcome": "connected", "at": ago(seconds=0)})
    answer = api.post(f"/v1/calls/{hold}/release")

    assert (answer.status_code, answer.json()["type"]) == (409, "urn:venia:problem:hold-spent")


@pytest.mark.parametrize("what", ["outcome", "release"])
def test_a_hold_is_its_tenants_alone(api: Api, what):
    """
    404 for a hold nobody made and for another tenant's, and that one stays as it was; 400 without a key.
    """
    hold = api.held(new_phone())
    body = {"outcome": "connected", "at": ago(seconds=0)} if what == "outcome" else None
    unknown = api.post(f"/v1/calls/{uuid4()}/{what}", body)
    foreign = api.post(f"/v1/calls/{hold}/{what}", body, key="stranger")
    no_id = api.post(f"/v1/calls/nothing/{what}", body)
    keyless = api.post(f"/v1/calls/{hold}/{what}", body, once=None)

    assert [each.status_code for each in (unknown, foreign, no_id, keyless)] == [404, 404, 404, 400]
    assert unknown.json() == foreign.json()
    assert api.post(f"/v1/calls/{hold}/{what}", body).status_code == 200


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"outcome": "maybe"}, "/outcome"),
        ({"at": None}, "/at"),
        ({"at": "0001-01-01T00:00:00+01:00"}, "/at"),
        ({"duration_s": -1}, "/duration_s"),
        ({"note": "x"}, "/note"),
    ],
)
def test_an_outcome_that_cannot_be_read_is_refused(api: Api, changes, pointer):
    """
    422 where it stands.
    """
    hold = api.held(new_phone())
    body = {"outcome": "connected", "at": ago(seconds=0), **changes}
    answer = api.post(f"/v1/calls/{hold}/outcome", body)

    assert (answer.status_code, pointers(answer)) == (422, [pointer]), answer.text

"""
Registers over the wire: loaded, listed, looked up and dropped.
"""

from uuid import uuid4

import httpx

from tests.server.api import Api

LISTED, OTHER = "+34622000001", "+34622000002"


def keyed(api: Api) -> dict[str, str]:
    """
    The headers of a write.
    """
    return {"Authorization": f"Bearer {api.keys['admin']}", "Idempotency-Key": str(uuid4())}


def load(api: Api, content: bytes, register: str = "robinson", key: str | None = None, **asked: str) -> httpx.Response:
    """
    Sends a file.
    """
    headers = {**keyed(api), "Content-Type": "text/csv", "Idempotency-Key": key or str(uuid4())}
    query = {"as_of": "2026-11-20", "force": "true", **asked}
    return api.client.post(f"/v1/registers/{register}/loads", params=query, content=content, headers=headers)


def listed(api: Api, phone: str) -> object:
    """
    What the registers say of a number.
    """
    return api.post("/v1/registers/lookup", {"contact": {"phone": phone}}).json()["registers"]


def test_a_file_is_loaded_and_its_numbers_are_listed(api: Api):
    """
    With a receipt, what the file had, and no number in the answer.
    """
    answer = load(api, b"telefono;x\n622000001;1\n0034622000003;2\n622000003;3\nhello;1\n")
    told = answer.json()

    assert answer.status_code == 201
    assert (told["numbers"], told["lines"], told["duplicates"], told["unreadable_at"]) == (2, 4, 1, [5])
    assert told["receipt"]["index"] > 0
    assert "622000" not in answer.text
    assert listed(api, LISTED) == {"robinson": {"listed": True, "as_of": "2026-11-20T00:00:00Z"}}
    assert listed(api, OTHER) == {"robinson": {"listed": False, "as_of": "2026-11-20T00:00:00Z"}}


def test_a_repetition_is_one_load(api: Api):
    """
    The same file under the same key; another file, or another date, under it is refused.
    """
    key = str(uuid4())
    first, again = load(api, b"622000001\n", key=key), load(api, b"622000001\n", key=key)

    assert (again.status_code, again.headers["Idempotent-Replay"]) == (201, "true")
    assert again.json() == first.json()
    load(api, b"622000001\n622000002\n622000003\n", as_of="2026-11-22")
    assert load(api, b"622000001\n", key=key).json() == first.json()
    assert load(api, b"622000002\n", key=key).status_code == 422
    assert load(api, b"622000001\n", key=key, as_of="2026-11-21").status_code == 422


def test_a_file_that_seems_broken_leaves_what_was_loaded(api: Api):
    """
    Empty, shrunk, rubbish, compressed, older, of the future: each is refused with a sentence, and told whether by force.
    """
    load(api, b"622000001\n622000002\n622000003\n")
    refused = {
        "empty": load(api, b"", force="false"),
        "shrunk": load(api, b"622000001\n", force="false"),
        "rubbish": load(api, b"622000001\n622000002\nnothing 1\n", force="false"),
        "compressed": load(api, b"\x1f\x8b\x08\x00"),
        "older": load(api, b"622000001\n622000002\n", force="false", as_of="2026-11-01"),
        "ahead": load(api, b"622000001\n", as_of="2199-01-01"),
        "name": load(api, b"622000001\n", register="Robinson!"),
        "country": load(api, b"622000001\n", country="XX"),
        "column": load(api, b"a,b\n1,622000001\n", column="c"),
    }

    assert {name: each.json()["type"].rpartition(":")[2] for name, each in refused.items()} == {
        "empty": "register-shrunk",
        "shrunk": "register-shrunk",
        "rubbish": "register-unreadable",
        "compressed": "register-not-text",
        "older": "register-older",
        "ahead": "register-date-ahead",
        "name": "register-name-invalid",
        "country": "register-country-unknown",
        "column": "register-column-unknown",
    }
    assert listed(api, LISTED) == {"robinson": {"listed": True, "as_of": "2026-11-20T00:00:00Z"}}


def test_trying_out_loads_nothing(api: Api):
    """
    It says what would be, and no entry is written.
    """
    load(api, b"622000001\n")
    tried = load(api, b"622000002\n", dry_run="true")

    assert (tried.status_code, tried.json()["numbers"], tried.json()["load"]) == (200, 1, None)
    assert listed(api, LISTED) == {"robinson": {"listed": True, "as_of": "2026-11-20T00:00:00Z"}}


def test_registers_are_listed_with_what_is_to_be_done(api: Api):
    """
    Loaded and young, soon too old, never loaded, read as what it is not, and asked for by nobody.
    """
    load(api, b"622000001\n", as_of="2026-11-20")
    load(api, b"+905300000001\n", register="iys", lists="exclusions")
    load(api, b"+12025550100\n", register="no-rule", column="1")
    found = {each["register"]: each for each in api.get("/v1/registers", within_days=366).json()["registers"]}

    assert {name: found[name]["state"] for name in ("robinson", "tps", "iys", "no-rule")} == {
        "robinson": "due",
        "tps": "missing",
        "iys": "misread",
        "no-rule": "unnamed",
    }
    assert found["robinson"]["rules"][0]["max_age"] == "P30D"
    assert "robinson" in found["robinson"]["title"].casefold()
    assert all(each["warning"] for each in found.values())


def test_a_dropped_register_is_asked_no_more(api: Api):
    """
    And what is not loaded cannot be dropped.
    """
    load(api, b"622000001\n")
    dropped = api.client.delete("/v1/registers/robinson", headers=keyed(api))

    assert dropped.status_code == 200
    assert listed(api, LISTED) == {}
    assert api.client.delete("/v1/registers/robinson", headers=keyed(api)).status_code == 404


def test_what_was_asked_wrongly_is_told_by_name(api: Api):
    """
    No date, a misspelt parameter, a type that is none, and no key for a repetition.
    """
    headers = {**keyed(api), "Content-Type": "text/csv"}
    path = "/v1/registers/robinson/loads"
    no_date = api.client.post(path, content=b"1", headers=headers)
    misspelt = load(api, b"1", kolumn="x")
    as_json = api.client.post(
        path + "?as_of=2026-11-20", content=b"[]", headers={**headers, "Content-Type": "application/json"}
    )
    headers.pop("Idempotency-Key")
    no_key = api.client.post(path + "?as_of=2026-11-20", content=b"1", headers=headers)

    assert no_date.json()["errors"][0]["pointer"] == "/as_of"
    assert misspelt.json()["errors"][0]["pointer"] == "/kolumn"
    assert as_json.status_code == 415
    assert no_key.status_code == 400


def test_the_age_of_registers_is_measured(api: Api):
    """
    In seconds, by name.
    """
    load(api, b"622000001\n")
    found = [each for each in api.get("/metrics", key=None).text.splitlines() if each.startswith("venia_register_age")]

    assert float(next(each for each in found if 'register="robinson"' in each).split()[1]) > 0


def test_gateways_are_told_as_callers_are(api: Api):
    """
    An evaluation of AuthZEN, a batch and an authorization deny who is listed.
    """
    load(api, b"622000001\n")
    sender = {"phone_number_id": "700600500400"}
    asked = {"to": {"phone": LISTED}, "from": sender, "purpose": "offers"}
    evaluation = {
        "subject": {"type": "business", "id": "acme-es"},
        "action": {"name": "call.place", "properties": {"purpose": "offers"}},
        "resource": {"type": "contact", "id": LISTED, "properties": {"phone": LISTED}},
    }
    answers = {
        "check": api.post("/v1/calls/check", asked),
        "authorize": api.post("/v1/calls/authorize", asked),
        "gateway": api.post("/access/v1/evaluation", evaluation),
    }

    assert {name: "REGISTER_LISTED" in each.text for name, each in answers.items()} == dict.fromkeys(answers, True)

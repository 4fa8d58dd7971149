"""
Merges over HTTP: made, looked at, undone; who may, and what is wrong with what is not.
"""

from uuid import uuid4

import pytest

from tests.server.api import Api, codes, new_phone, pointers, withdrawal

ONE_CARD = {"reason": "the same identity card"}


def test_two_become_one_and_two_again(api: Api):
    """
    201 with the merge and a receipt; one person for lookups, checks, consents and the timeline; 200 when it is undone.
    """
    one, other = new_phone(), new_phone()
    api.agree(one)
    second = api.agree(other)["consents"][0]["contact"]
    made = api.post(
        "/v1/contacts/merges", {"from": {"phone": one}, "into": {"phone": other}, **ONE_CARD}, key="officer"
    )
    found = api.post("/v1/contacts/lookup", {"contact": {"phone": one}}, once=None).json()
    api.post("/v1/consents/withdrawals", withdrawal(one))
    refused = api.check(other)
    undone = api.post(f"/v1/contacts/merges/{made.json()['id']}/undo", {"reason": "two sisters"}, key="officer")
    shown = api.get(f"/v1/contacts/merges/{made.json()['id']}").json()

    assert (made.status_code, undone.status_code) == (201, 200)
    assert {"id", "from", "into", "parts", "receipt"} <= set(made.json())
    assert (found["contact"], len(found["parts"])) == (second, 2)
    assert refused["contact"] == second
    assert "SUPPRESSED" in codes(refused)
    assert (shown["undone_by"], shown["undone_because"]) == (undone.json()["undone_by"], "two sisters")
    assert api.post("/v1/contacts/lookup", {"contact": {"phone": one}}, once=None).json()["contact"] != second


def test_the_timeline_is_of_the_whole_person_and_says_where_its_proofs_are(api: Api):
    """
    Events of both parts under either id, newest first, each with its part, the notice shown, and a proof that can be had.
    """
    one, other = new_phone(), new_phone()
    notice = {"id": "calls-es", "version": 3, "locale": "es-ES"}
    first = api.agree(one, notice=notice)["consents"][0]["contact"]
    second = api.agree(other)["consents"][0]["contact"]
    api.post("/v1/contacts/merges", {"from": {"id": first}, "into": {"id": second}, **ONE_CARD})
    events = api.timeline(first)
    recorded = next(each for each in events if (each["event"], each["contact"]) == ("consent.recorded", first))
    index, leaf = recorded["proof"]["index"], recorded["proof"]["leaf_hash"]

    assert events == api.timeline(second)
    assert [each["index"] for each in events] == sorted((each["index"] for each in events), reverse=True)
    assert {each["contact"] for each in events} == {first, second}
    assert recorded["shown"]["sha256"]
    assert {name: recorded["shown"][name] for name in notice} == notice
    entry = api.entries(index)[0]
    assert (entry.payload["event"], len(leaf), recorded["proof"]["log"]) == ("consent.recorded", 44, entry.origin)


@pytest.mark.parametrize(
    ("key", "body", "status"),
    [
        ("capture", {}, 403),
        ("officer", {"reason": "call +34600111222"}, 422),
        ("officer", {"reason": ""}, 422),
        ("officer", {"into": {"phone": "+34611999999"}}, 404),
        ("officer", {"into": {"id": str(uuid4())}}, 404),
        ("officer", {"into": {}}, 422),
        ("officer", {"because": "x"}, 422),
        ("stranger", {}, 404),
    ],
)
def test_what_is_refused(api: Api, key: str, body: dict[str, object], status: int):
    """
    A key without the scope, a reason that names somebody, nobody, and fields that there are not; nothing is entered.
    """
    one, other = new_phone(), new_phone()
    api.agree(one)
    api.agree(other)
    asked, size = {"from": {"phone": one}, "into": {"phone": other}, **ONE_CARD, **body}, api.size()
    answer = api.post("/v1/contacts/merges", asked, key=key)

    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert api.size() == size


def test_merging_twice_and_undoing_twice_are_conflicts(api: Api):
    """
    409 with a sentence each; 404 for a merge that is not there; a write without a key is refused.
    """
    one, other = new_phone(), new_phone()
    api.agree(one)
    api.agree(other)
    body = {"from": {"phone": one}, "into": {"phone": other}, **ONE_CARD}
    made = api.post("/v1/contacts/merges", body).json()["id"]
    again = api.post("/v1/contacts/merges", body)
    undone = [api.post(f"/v1/contacts/merges/{made}/undo", {"reason": "two sisters"}) for _ in range(2)]
    unknown = api.post(f"/v1/contacts/merges/{uuid4()}/undo", {"reason": "two sisters"})
    keyless = api.post("/v1/contacts/merges", body, once=None)

    assert (again.status_code, again.json()["type"].rpartition(":")[2]) == (409, "merged-already")
    assert [each.status_code for each in undone] == [200, 409]
    assert (unknown.status_code, keyless.status_code) == (404, 400)
    assert "erased" in unknown.json()["detail"]
    assert pointers(api.post("/v1/contacts/merges", {**body, "reason": "x" * 201})) == ["/reason"]


def test_what_was_said_is_told_to_who_may_know_and_each_look_is_entered(api: Api):
    """
    Words and pages with audit:disclose and a name that there is; without, 403 or 422; plain reading never has them.
    """
    phone = new_phone()
    evidence = {"text": "sí, de acuerdo", "page_url": "https://shop.example/x"}
    contact = api.agree(phone, evidence=evidence)["consents"][0]["contact"]
    path, size = f"/v1/contacts/{contact}/timeline", api.size()
    plain = api.get(path)
    told = api.get(path, disclose="text", key="officer").json()["events"]
    every = api.get(path, disclose="*", key="officer").json()["events"]
    refused = [api.get(path, disclose="text", key="capture"), api.get(path, disclose="shoe_size", key="officer")]

    assert {each["said"] is None for each in plain.json()["events"]} == {True}
    assert phone not in plain.text
    assert "acuerdo" not in plain.text
    assert [each["said"] for each in told if each["event"] == "consent.recorded"] == [{"text": "sí, de acuerdo"}]
    assert phone in {each["said"].get("phone") for each in every}
    assert [each.status_code for each in refused] == [403, 422]
    assert api.events(size) == ["timeline.disclosed", "timeline.disclosed"]
    assert "acuerdo" not in str([entry.payload for entry in api.entries(size)])

"""
Changing rules over HTTP: two people, two keys, and a sentence for whatever is left out.
"""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from tests.server.api import Api, Json, codes, new_phone, pointers

HOUSE = """\
pack: house
version: {version}
layer: tenant
rules:
  - id: calls
    kind: cap
    basis: tenant
    when: {{action: [call.place]}}
    limit: {limit}
    per: PT24H
    counts: attempt
"""
CASES = """\
suite: house
packs: [core, house]
now: 2026-11-23T10:00:00Z
facts:
  one: {{action: call.place, purpose: p, category: service, channel: voice, technology: live, regions: [ES],
        zones: [Europe/Madrid], suppressions: [], attempts: [],
        consents: [{{channel: voice, technology: [live], state: granted, since: -P1D}}]}}
tests:
  - name: nobody vouches for Spain here
    when: {{facts: one}}
    expect: {{decision: deny, reasons: [JURISDICTION_UNKNOWN]}}
  - name: so many calls are enough
    when:
      facts: one
      with:
        attempts: [{{at: -PT3H, times: {limit}, action: call.place, category: service, channel: voice, outcome: failed}}]
    expect: {{decision: deny, reasons: [JURISDICTION_UNKNOWN, CAP_REACHED calls], retry_at: null}}
  - name: without attempts nobody can count
    when: {{facts: one, with: {{attempts: null}}}}
    expect: {{decision: deny, reasons: [JURISDICTION_UNKNOWN, FACT_MISSING calls]}}
"""


def house(version: int, limit: int) -> Json:
    """
    A pack of the tenant's own with its cases, as it is drafted.
    """
    return {"yaml": HOUSE.format(version=version, limit=limit), "tests": CASES.format(limit=limit)}


def in_force(api: Api) -> Json:
    """
    The rules of the demo's tenant.
    """
    return dict(api.get("/v1/policies/in-force", key="officer").json())


def draft(api: Api, *packs: object) -> Json:
    """
    A change to the packs in force, but for the tenant's own house rules, and these.
    """
    kept = [each for each in in_force(api)["packs"] if not str(each).startswith("house@")]
    answer = api.post("/v1/policies/changes", {"packs": [*kept, *packs], "reason": "complaints"}, key="officer")
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def test_an_emergency_tightens_by_four_eyes(api: Api):
    """
    Drafted by the officer, approved by somebody else, in force at once: the second call of a day is denied; then back.
    """
    change, phone = draft(api, house(1, 1)), new_phone()
    path = f"/v1/policies/changes/{change['id']}"
    emergency = {"reason": "complaints", "emergency": True}
    own = api.post(f"{path}/approval", emergency, key="officer")
    early = api.post(f"{path}/activation", {"reason": "now"}, key="officer")
    approved = api.post(f"{path}/approval", emergency, key="admin")
    active = api.post(f"{path}/activation", {"reason": "now"}, key="officer")

    assert (change["state"], change["direction"], change["may_allow_more"]) == ("draft", "tightening", [])
    assert (own.status_code, own.json()["type"]) == (403, "urn:venia:problem:own-change")
    assert (early.status_code, early.json()["type"]) == (409, "urn:venia:problem:change-not-approved")
    assert (approved.status_code, approved.json()["state"]) == (200, "approved")
    assert (active.status_code, active.json()["state"]) == (200, "active")
    assert active.json()["receipt"]["index"] > approved.json()["receipt"]["index"] > 0
    api.held(phone)
    assert codes(api.authorize(phone)) == ["CAP_REACHED"]

    back = api.post("/v1/policies/rollback", {"reason": "over"}, key="officer")

    assert (back.status_code, back.json()["direction"]) == (200, "loosening")
    assert back.json()["rule_set"] == change["base"]
    assert codes(api.authorize(phone)) == []
    assert api.get(path, key="officer").json()["state"] == "replaced"
    again = api.post("/v1/policies/rollback", {"reason": "over"}, key="officer")
    assert (again.status_code, again.json()["type"]) == (409, "urn:venia:problem:nothing-before")


def test_what_may_allow_more_is_not_approved_unseen(api: Api):
    """
    Without Acme's house rules: said rule by rule, and refused as an emergency, and with an invented report.
    """
    kept = [each for each in in_force(api)["packs"] if not str(each).startswith(("house@", "acme@"))]
    body = {"packs": kept, "reason": "fewer"}
    change = api.post("/v1/policies/changes", body, key="officer").json()
    path = f"/v1/policies/changes/{change['id']}/approval"
    emergency = api.post(path, {"reason": "fewer", "emergency": True}, key="admin")
    invented = api.post(path, {"reason": "fewer", "report_hash": "sha256:" + "0" * 64}, key="admin")

    assert change["direction"] == "loosening"
    assert "No rule of the candidate is as strict as calls-per-day of acme@1 (its first)." in change["may_allow_more"]
    assert (emergency.status_code, emergency.json()["type"]) == (409, "urn:venia:problem:report-needed")
    assert pointers(emergency) == ["/report_hash"]
    assert (invented.status_code, invented.json()["type"]) == (422, "urn:venia:problem:report-unknown")


@pytest.mark.parametrize(
    ("packs", "place", "words"),
    [
        (["nowhere"], "/packs/0", "is no pack that ships"),
        (["es", "es"], "/packs/1", "is there twice"),
        (["acme@9"], "/packs/0", "none in force"),
        ([{"yaml": "pack: [", "tests": "x"}], "/packs/0", "line"),
        ([{"yaml": HOUSE.format(version=1, limit=0), "tests": CASES.format(limit=1)}], "/packs/0", "greater than"),
        (
            [{"yaml": HOUSE.format(version=1, limit=2), "tests": CASES.format(limit=1)}],
            "/packs/0/tests",
            "so many calls",
        ),
        (
            [{**house(1, 1), "tests": CASES.format(limit=1).split("  - name: without")[0]}],
            "/packs/0/tests",
            "never unknown",
        ),
    ],
)
def test_there_is_no_red_draft(api: Api, packs, place, words):
    """
    What is not in order is refused with the place and a sentence for each problem, and nothing is recorded.
    """
    before = api.size()
    answer = api.post(
        "/v1/policies/changes", {"packs": ["core", *packs][len(packs) > 1 :], "reason": "x"}, key="officer"
    )
    place = place if len(packs) > 1 else place.replace("/packs/0", "/packs/1")

    assert (answer.status_code, answer.json()["type"]) == (422, "urn:venia:problem:checks-failed")
    assert place in pointers(answer)
    assert any(words in each["detail"] for each in answer.json()["errors"])
    assert api.size() == before


def test_rules_can_be_given_an_instant_and_taken_back_before_it(api: Api):
    """
    Scheduled for tomorrow: a check of then is decided by them, one of now is not; withdrawn, they never come.
    """
    change, phone = draft(api, house(2, 1)), new_phone()
    path, tomorrow = f"/v1/policies/changes/{change['id']}", datetime.now(UTC) + timedelta(days=1)
    api.held(phone)
    api.post(f"{path}/approval", {"reason": "soon", "emergency": True}, key="admin")
    past = api.post(f"{path}/activation", {"reason": "soon", "at": "2026-01-01T00:00:00Z"}, key="officer")
    scheduled = api.post(f"{path}/activation", {"reason": "soon", "at": tomorrow.isoformat()}, key="officer")
    then = api.check(phone, at=(tomorrow + timedelta(seconds=1)).isoformat())["policy"]["rule_set"]
    now = api.check(phone)["policy"]["rule_set"]
    withdrawn = api.post(f"{path}/withdrawal", {"reason": "not needed"}, key="officer")
    after = api.check(phone, at=(tomorrow + timedelta(seconds=1)).isoformat())["policy"]["rule_set"]

    assert (past.status_code, pointers(past)) == (422, ["/at"])
    assert (scheduled.status_code, scheduled.json()["state"]) == (200, "scheduled")
    assert (now, then, after) == (change["base"], change["candidate"], change["base"])
    assert (withdrawn.status_code, withdrawn.json()["state"]) == (200, "withdrawn")
    assert api.get("/v1/policies/changes", key="officer").json()["changes"][0]["id"] == change["id"]


def test_a_draft_is_tried_on_nobody_and_what_it_would_have_said_is_shown(api: Api):
    """
    At 0 percent the entry of a decision and the tallies say what the draft would have denied.
    """
    change, phone = draft(api, house(3, 1)), new_phone()
    path = f"/v1/policies/changes/{change['id']}"
    tried = api.post(f"{path}/trial", {"reason": "see", "percent": 0}, key="officer")
    people = api.post(f"{path}/trial", {"reason": "see", "percent": 5}, key="officer")
    api.held(phone)
    second = api.authorize(phone)
    shown = api.get("/v1/policies/shadows", key="officer").json()
    ended = api.post(f"{path}/trial", {"reason": "seen", "percent": None}, key="officer")

    assert (tried.status_code, tried.json()["trial"]["percent"]) == (200, 0)
    assert (people.status_code, people.json()["type"]) == (409, "urn:venia:problem:change-not-approved")
    assert codes(second) == []
    (tally,) = shown["shadows"]
    assert (tally["of"], tally["agreed"], tally["would_deny"]) == ("trial", 1, 1)
    (latest,) = shown["latest"]
    assert (latest["index"], latest["would"]) == (second["receipt"]["index"], "deny")
    entry = api.entries(second["receipt"]["index"])[0].payload
    assert entry["shadows"] == [
        {
            "of": "trial",
            "rule_set": change["candidate"],
            "decision": "deny",
            "reasons": [["CAP_REACHED", "house@3", "calls"]],
        }
    ]
    assert (ended.json()["trial"], api.get("/v1/policies/shadows", key="officer").json()["shadows"]) == (None, [])


def test_another_tenants_change_is_nobodys(api: Api):
    """
    404 for its id, on every route that takes one; and without the scope, 403.
    """
    change = draft(api, house(4, 2))
    path = f"/v1/policies/changes/{change['id']}"

    assert api.get(path, key="stranger").status_code == 404
    for step, body in (("approval", {}), ("activation", {}), ("withdrawal", {}), ("trial", {"percent": 0})):
        assert api.post(f"{path}/{step}", {"reason": "x", **body}, key="stranger").status_code == 404
        assert api.post(f"{path}/{step}", {"reason": "x", **body}, key="caller").status_code == 403
    assert api.get(f"/v1/policies/changes/{uuid4()}", key="officer").status_code == 404

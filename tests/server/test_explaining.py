"""
A recorded decision explained: rule by rule, with the rule's own words and sources, years later and of whoever it was about.
"""

import asyncio
import json
from uuid import UUID

from audit.merkle import leaf_hash
from policies.catalogue import builtin
from policies.changes.requests import ActivateChange, ApproveChange, DraftChange
from server import demo
from server.service import running
from tests.databases import execute, fetch
from tests.server.api import ANY_TIME, Api, Json, new_phone
from tests.server.test_cli import Venia


def explained(api: Api, index: int, key: str = "officer") -> Json:
    answer = api.get(f"/v1/decisions/{index}", key=key)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def step(told: Json, rule: str) -> Json:
    (found,) = [each for each in told["steps"] if each["rule"] == rule]
    return dict(found)


def activate(api: Api, *names: str) -> None:
    """
    Makes these packs the demo's rules, by a change on the report that a simulation would have left.
    """
    tenant, packs = UUID(api.demo["tenant"]), tuple(builtin(name) for name in names)

    async def work() -> None:
        async with running(api.settings, api.url) as service:
            drafted = (await service.journal.write(DraftChange(tenant, "test", packs, "tried", "sha256:none"))).answer
            change = UUID(str(drafted["id"]))
            report = f"sha256:{change.hex * 2}"
            await asyncio.to_thread(
                execute,
                api.url,
                "INSERT INTO rule_reports (tenant_id, report_hash, base_set, candidate_set, mode, decisions, noted_at, "
                f"event_id) VALUES ('{tenant}', '{report}', '{drafted['base']}', '{drafted['candidate']}', 'point', 1, "
                "now(), gen_random_uuid())",
            )
            await service.journal.write(ApproveChange(tenant, "second", change, "looked at", report))
            await service.journal.write(ActivateChange(tenant, "test", change, "now"))

    asyncio.run(work())


def test_an_allow_is_explained_rule_by_rule(api: Api):
    """
    Every rule in force passes, each with what it asks, its YAML, its sources, and until when; made again it is the same.
    """
    phone = new_phone()
    contact = api.agree(phone)["consents"][0]["contact"]
    index = api.authorize(phone, reference="campaign-7")["receipt"]["index"]
    told = explained(api, index)
    consent = step(told, "consent")

    assert (told["index"], told["event"], told["contact"], told["reference"]) == (
        index,
        "decision.allowed",
        contact,
        "campaign-7",
    )
    assert (told["reasons"], told["reproduced"]) == ([], True)
    assert told["at"].endswith("Z")
    assert told["facts"]["purpose"] == ANY_TIME["purpose"]
    assert told["policy"].keys() == {"rule_set", "packs", "tzdata", "holidays"}
    assert {each["outcome"] for each in told["steps"]} == {"passes"}
    assert consent["written"]["id"] == "consent"
    assert any("a consent in force that covers the call" in line for line in consent["text"])
    assert (consent["kind"], consent["code"]) == ("consent", None)
    cited = [each for each in told["steps"] if each["sources"]]
    assert cited
    assert all(source.keys() == {"cite", "url", "as_of", "confidence"} for each in cited for source in each["sources"])
    assert {each["pack"].partition("@")[0] for each in told["steps"]} >= {"core", "acme"}


def test_a_deny_is_explained_with_its_codes(api: Api):
    """
    The rules that fail have the codes that were recorded, with when they would pass; one does not depend on what came later.
    """
    phone = new_phone()
    index = api.authorize(phone, purpose="offers", channel="whatsapp_call")["receipt"]["index"]
    api.agree(phone, purpose="offers", channels=["whatsapp_call"])
    told = explained(api, index)
    failing = {(each["code"], each["pack"], each["rule"]) for each in told["steps"] if each["outcome"] != "passes"}

    assert told["event"] == "decision.denied"
    assert told["reproduced"]
    assert failing == {tuple(each) for each in told["reasons"]} != set()
    assert told["found"]["decision"] == "deny"
    assert all(each.keys() >= {"until", "retry", "params", "layer", "basis", "variant"} for each in told["steps"])


def test_a_decision_is_explained_by_the_rules_of_its_day(api: Api):
    """
    When other rules are in force, an old decision is explained by the old ones.
    """
    phone = new_phone()
    api.agree(phone)
    index = api.authorize(phone)["receipt"]["index"]
    before = explained(api, index)
    activate(api, *(name for name in demo.PACKS if name != "acme"))
    after, later = explained(api, index), explained(api, api.authorize(phone)["receipt"]["index"])
    activate(api, *demo.PACKS)

    assert after == before
    assert later["policy"]["rule_set"] != before["policy"]["rule_set"]


def test_a_decision_is_explained_when_the_person_is_erased(api: Api):
    """
    The entry keeps a random id and facts that name nobody: explained as before, and nothing in it leads to a number.
    """
    phone = new_phone()
    api.agree(phone)
    index = api.authorize(phone)["receipt"]["index"]
    before = explained(api, index)
    erased = api.post("/v1/contacts/erasures", {"contact": {"phone": phone}, "reason": "ticket 1"}, key="officer")
    after = explained(api, index)

    assert erased.status_code == 202
    assert api.post("/v1/contacts/lookup", {"contact": {"phone": phone}}).status_code == 404
    assert after == before
    assert after["reproduced"]
    assert phone[1:] not in json.dumps(after)


def test_a_refusal_to_somebody_erased_is_explained(api: Api):
    """
    Who was erased and is asked about again is nobody: contact null, and the refusal is told with its rule.
    """
    phone = new_phone()
    api.agree(phone)
    api.post(
        "/v1/consents/withdrawals",
        {"contact": {"phone": phone}, "withdrawn_at": "2026-01-01T00:00:00Z", "method": "sms"},
    )
    api.post("/v1/contacts/erasures", {"contact": {"phone": phone}, "reason": "ticket 2"}, key="officer")
    told = explained(api, api.authorize(phone)["receipt"]["index"])

    assert told["contact"] is None
    assert told["reproduced"]
    assert "SUPPRESSED" in {each["code"] for each in told["steps"]}


def test_what_is_no_decision_is_not_found(api: Api):
    """
    404 with a sentence for another entry, for an index beyond the log, and for one that no log has.
    """
    for index in (0, 10**9, 2**70, -1):
        answer = api.get(f"/v1/decisions/{index}", key="officer")

        assert answer.status_code == 404
    assert api.get("/v1/decisions/0", key="officer").json()["type"] == "urn:venia:problem:decision-unknown"
    assert "no decision at index 0" in api.get("/v1/decisions/0", key="officer").json()["detail"]


def test_explaining_needs_its_scope_and_its_tenant(api: Api):
    """
    403 for a caller; a stranger's log has another entry at the index.
    """
    phone = new_phone()
    index = api.authorize(phone)["receipt"]["index"]

    assert api.get(f"/v1/decisions/{index}", key="caller").json()["scope"] == "decisions:trace"
    assert api.get(f"/v1/decisions/{index}", key="stranger").status_code == 404


def test_an_altered_decision_is_not_reproduced(api: Api):
    """
    With facts that were changed and hashed again, the decision made again is another; without its hash it is an error.
    """
    phone = new_phone()
    api.agree(phone)
    index = api.authorize(phone)["receipt"]["index"]
    row = fetch(api.url, "SELECT * FROM entries WHERE entry_index = $1 AND event = 'decision.allowed'", index)[0]
    altered = row["body"].replace(b'"state":"granted"', b'"state":"refused"')

    def rewrite(body: bytes, hashed: bytes) -> None:
        execute(
            api.url,
            "ALTER TABLE entries DISABLE TRIGGER USER",
            f"UPDATE entries SET body = '\\x{body.hex()}', leaf_hash = '\\x{hashed.hex()}' "
            f"WHERE tenant_id = '{row['tenant_id']}' AND entry_index = {index}",
            "ALTER TABLE entries ENABLE TRIGGER USER",
        )

    rewrite(altered, leaf_hash(altered))
    told = explained(api, index)
    spoken = Venia(api.settings.home, api.url)("policy", "explain", str(index), "--tenant", str(api.demo["tenant"]))
    rewrite(altered, row["leaf_hash"])
    broken = api.get(f"/v1/decisions/{index}", key="officer")
    rewrite(row["body"], row["leaf_hash"])

    assert altered != row["body"]
    assert (told["reproduced"], told["found"]["decision"]) == (False, "deny")
    assert spoken.code == 1
    assert "MADE AGAIN IT IS ANOTHER" in spoken.out
    assert (broken.status_code, broken.json()["type"]) == (500, "urn:venia:problem:entry-unreadable")
    assert explained(api, index)["reproduced"]


def test_people_read_it_in_a_terminal(api: Api):
    """
    Lines for the decision and each rule, exit code 0; JSON as over HTTP; a sentence and 2 for what is no decision.
    """
    phone = new_phone()
    index = api.authorize(phone)["receipt"]["index"]
    venia, tenant = Venia(api.settings.home, api.url), ("--tenant", str(api.demo["tenant"]))
    spoken, written, other = venia.each(
        ("policy", "explain", str(index), *tenant),
        ("policy", "explain", str(index), *tenant, "--json"),
        ("policy", "explain", "0", *tenant),
    )

    assert (spoken.code, written.code, other.code) == (0, 0, 2)
    assert spoken.out.startswith(f"entry {index}: deny at ")
    assert "fails CONSENT_MISSING: consent (core@1" in spoken.out
    assert "  asks: a consent in force that covers the call" in spoken.out
    assert json.loads(written.out) == explained(api, index)
    assert "no decision at index 0" in other.err

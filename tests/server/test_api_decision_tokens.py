"""
Decision tokens over HTTP: given with an allow, checked by the page's own code, spent by the outcome.
"""

import base64
import json
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from cryptography.exceptions import InvalidSignature
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # It carries no types.

from policies.tokens import TokenKey
from server.token_keys import token_file, token_keys
from tests.databases import fetch
from tests.server.api import Api, Json, ago, codes, new_phone, pointers, question

DOCS = Path(__file__).parents[2] / "docs"


def page_check() -> tuple[str, Callable[..., Json]]:
    """
    The very code of docs/tokens.md, and the function that it defines.
    """
    [code] = re.findall(r"```python\n(.*?)```", (DOCS / "tokens.md").read_text("utf-8"), re.DOTALL)
    names: dict[str, Any] = {}  # Any: whatever the code defines.
    exec(compile(code, "docs/tokens.md", "exec"), names)
    return code, names["check"]


CODE, CHECK = page_check()


def given(api: Api, **changes: object) -> Json:
    """
    An allow with its token, about somebody new.
    """
    phone = new_phone()
    api.agree(phone)
    said = api.authorize(phone, token=True, **changes)
    assert said["decision"] == "allow"
    return said


def jwks(api: Api) -> Json:
    """
    The published keys.
    """
    return dict(api.get("/.well-known/jwks.json", key=None).json())


def expected(api: Api, said: Json) -> Json:
    """
    What a gateway knows of the call that is about to be placed.
    """
    return {
        "iss": api.demo["log"]["origin"],
        "hold": said["hold"]["id"],
        "sender": "acme-es",
        "contact": said["contact"],
    }


def claims(token: str) -> Json:
    """
    What a token says, unchecked.
    """
    part = token.split(".")[1]
    return dict(json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))))


def signer(api: Api) -> TokenKey:
    """
    The key of the service, which nobody else has.
    """
    return token_keys(api.settings).keys[-1]


def tell(api: Api, hold: str, outcome: str = "connected", **changes: object) -> Any:  # Any: an answer of httpx.
    """
    Reports an outcome.
    """
    body = {"outcome": outcome, "at": ago(seconds=0), **changes}
    return api.post(f"/v1/calls/{hold}/outcome", body)


def test_an_allow_carries_a_token_bound_to_its_hold(api: Api):
    """
    Log, hold, tenant, sender, contact, question and rules; a minute at most and never longer than the hold.
    """
    said = given(api)
    short = given(api, ttl="PT10S")
    says = claims(said["token"])
    end = datetime.fromisoformat(said["hold"]["expires_at"])

    assert says == {
        "iss": said["receipt"]["log"],
        "jti": said["hold"]["id"],
        "sub": said["contact"],
        "tenant": api.demo["tenant"],
        "sender": "acme-es",
        "purpose": "order_updates",
        "channel": "voice",
        "technology": "live",
        "action": "call.place",
        "rule_set": said["policy"]["rule_set"],
        "iat": says["iat"],
        "exp": says["iat"] + 60,
    }
    assert 89 <= end.timestamp() - says["iat"] < 91
    assert claims(short["token"])["exp"] <= datetime.fromisoformat(short["hold"]["expires_at"]).timestamp()


@pytest.mark.parametrize("asked", [{}, {"token": False}])
def test_nobody_gets_a_token_who_did_not_ask(api: Api, asked):
    """
    Nor does a deny carry one.
    """
    phone = new_phone()
    api.agree(phone)

    assert "token" not in api.authorize(phone, **asked)
    assert "token" not in api.authorize(new_phone(), token=True)


@pytest.mark.parametrize("wrong", ["yes", 1, None])
def test_token_is_true_or_false(api: Api, wrong):
    """
    422 where it stands.
    """
    answer = api.post("/v1/calls/authorize", question(new_phone(), token=wrong))

    assert (answer.status_code, pointers(answer)) == (422, ["/token"])


def test_the_keys_are_public_and_kept_for_a_moment(api: Api):
    """
    A JWK set without private members, for anybody, to be asked for again within seconds.
    """
    answer = api.get("/.well-known/jwks.json", key=None)
    [key] = answer.json()["keys"]

    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("application/jwk-set+json")
    assert answer.headers["Cache-Control"] == "public, max-age=15"
    assert key == signer(api).jwk()
    assert set(key) == {"kty", "crv", "x", "kid", "use", "alg"}


def test_the_pages_code_checks_a_token_without_us(api: Api):
    """
    About twenty lines with one library: it knows the right call and refuses every other.
    """
    said = given(api)
    other = given(api)
    want, keys = expected(api, said), jwks(api)
    wrongs = [
        {"hold": other["hold"]["id"]},
        {"sender": "other-es"},
        {"contact": other["contact"]},
        {"iss": "venia.local/t/another"},
    ]
    dead = {**claims(said["token"]), "iat": claims(said["token"])["iat"] - 100, "exp": claims(said["token"])["iat"] - 1}
    early = {**claims(said["token"]), "iat": claims(said["token"])["iat"] + 30}
    text, _, signature = said["token"].rpartition(".")
    forged = claims(said["token"]) | {"sub": other["contact"]}
    body = base64.urlsafe_b64encode(json.dumps(forged).encode()).rstrip(b"=").decode()

    assert CHECK(said["token"], keys, **want) == claims(said["token"])
    assert len([line for line in CODE.splitlines() if line.strip()]) <= 20
    assert "venia" not in CODE.replace("venia-decision+jwt", "")
    for each in wrongs:
        with pytest.raises(ValueError, match="for another call"):
            CHECK(said["token"], keys, **{**want, **each})
    for each in (dead, early):
        with pytest.raises(ValueError, match="not now"):
            CHECK(signer(api).sign(each), keys, **want)
    with pytest.raises(InvalidSignature):
        CHECK(f"{text.split('.')[0]}.{body}.{signature}", keys, **{**want, "contact": other["contact"]})
    with pytest.raises(StopIteration):
        CHECK(TokenKey.from_secret(bytes(32), signer(api).starts).sign(claims(said["token"])), keys, **want)
    for header in ({"alg": "none"}, {"typ": "JWT"}):
        head = {"alg": "EdDSA", "typ": "venia-decision+jwt", "kid": signer(api).kid, **header}
        start = base64.urlsafe_b64encode(json.dumps(head).encode()).rstrip(b"=").decode()
        with pytest.raises(ValueError, match="no decision token"):
            CHECK(f"{start}.{said['token'].split('.', 1)[1]}", keys, **want)


def test_an_authorize_repeated_gets_the_same_token(api: Api):
    """
    Byte for byte, with the same hold and the same end, and nothing new in the log.
    """
    phone, once = new_phone(), str(uuid4())
    api.agree(phone)
    first = api.post("/v1/calls/authorize", question(phone, token=True), once=once)
    size = api.size()
    again = api.post("/v1/calls/authorize", question(phone, token=True), once=once)
    without = api.post("/v1/calls/authorize", question(phone), once=once)

    assert again.content == first.content
    assert again.headers["Idempotent-Replay"] == "true"
    assert api.size() == size
    assert without.status_code == 422


def test_a_token_is_in_no_table_and_no_entry(api: Api):
    """
    Neither the token nor its signature, after it was given, shown and spent.
    """
    said = given(api)
    assert tell(api, said["hold"]["id"], token=said["token"]).status_code == 200
    tables = fetch(
        api.url, "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"
    )
    stored = [
        str(row["row"])
        for table in tables
        for row in fetch(api.url, f'SELECT t::text AS row FROM "{table["relname"]}" t')
    ]
    header, body, signature = said["token"].split(".")
    hidden = [each.encode().hex() for each in (header, body, signature)]

    assert len(stored) > 50
    assert any(said["hold"]["id"] in row for row in stored)
    for each in (header, body, signature, *hidden):
        assert not any(each in row for row in stored)
    assert said["token"] not in api.get("/v1/audit/entries").text
    assert not any("token" in entry.payload for entry in api.entries(said["receipt"]["index"]))


def test_the_first_outcome_spends_the_token(api: Api):
    """
    The same again gets the same answer and records nothing; a contradiction is 409, with the token or without.
    """
    said = given(api)
    hold, token, at = said["hold"]["id"], said["token"], ago(seconds=0)
    first = tell(api, hold, token=token, at=at)
    size = api.size()
    again = tell(api, hold, token=token, at=at)
    contrary = [tell(api, hold, "unanswered", **shown) for shown in ({"token": token}, {})]

    assert first.status_code == again.status_code == 200
    assert first.json()["hold"]["state"] == "confirmed"
    assert again.json() == first.json()
    assert {(each.status_code, each.json()["type"]) for each in contrary} == {
        (409, "urn:venia:problem:outcome-contrary")
    }
    assert api.size() == size


def test_a_token_whose_time_is_over_still_tells_how_the_call_ended(api: Api):
    """
    Its expiry ends the time for calling, not for telling.
    """
    said = given(api)
    dead = {
        **claims(said["token"]),
        "exp": claims(said["token"])["iat"] - 3600,
        "iat": claims(said["token"])["iat"] - 3660,
    }

    assert tell(api, said["hold"]["id"], token=signer(api).sign(dead)).status_code == 200


def test_a_token_is_good_for_no_other_hold(api: Api):
    """
    422 with a sentence; nothing is recorded, the hold stays open, and its own token still confirms it.
    """
    said, other = given(api), given(api)
    size = api.size()
    answer = tell(api, other["hold"]["id"], token=said["token"])
    foreign = tell(api, other["hold"]["id"], token=signer(api).sign({**claims(other["token"]), "tenant": str(uuid4())}))
    unknown = tell(api, str(uuid4()), token=said["token"])
    forged = TokenKey.from_secret(bytes(32), signer(api).starts).sign(claims(other["token"]))
    strange = [tell(api, other["hold"]["id"], token=each) for each in (forged, "nonsense", "é", "a.b.c")]

    for each in (answer, foreign, *strange):
        assert (each.status_code, each.json()["type"]) == (422, "urn:venia:problem:token-refused")
        assert pointers(each) == ["/token"]
    assert "given for another hold" in answer.json()["detail"]
    assert said["token"] not in answer.text
    assert unknown.status_code == 404
    assert api.size() == size
    assert tell(api, other["hold"]["id"], token=other["token"]).status_code == 200


@pytest.mark.parametrize("wrong", ["", 7, "x" * 4097])
def test_a_token_that_is_none_is_refused_where_it_stands(api: Api, wrong):
    """
    422 at /token.
    """
    answer = tell(api, str(uuid4()), token=wrong)

    assert (answer.status_code, pointers(answer)) == (422, ["/token"])


def test_another_tenant_cannot_show_it(api: Api):
    """
    404: the hold is none of theirs.
    """
    said = given(api)
    body = {"outcome": "connected", "at": ago(seconds=0), "token": said["token"]}
    answer = api.post(f"/v1/calls/{said['hold']['id']}/outcome", body, key="stranger")

    assert answer.status_code == 404


def test_an_allow_says_what_the_caller_owes(api: Api):
    """
    Objects of the published schema, equal for a check and an authorize; a deny owes nothing; the entry has their names.
    """
    validator = Draft202012Validator(json.loads((DOCS / "obligations.schema.json").read_text("utf-8")))
    phone = new_phone()
    denied = api.check(phone)
    api.agree(phone, purpose="offers", basis="opt_in")
    ask: Json = {"purpose": "offers", "channel": "voice"}
    once = [api.check(phone, **ask) for _ in range(2)]
    order = new_phone()
    api.agree(order)
    said = api.authorize(order)
    [entry] = api.entries(said["receipt"]["index"])
    refused = api.authorize(new_phone())
    [other] = api.entries(refused["receipt"]["index"])

    assert denied["obligations"] == refused["obligations"] == []
    assert once[0] == once[1]
    assert said["obligations"] == [{"id": "core@1/outcome", "type": "record_outcome", "properties": {}}]
    assert said["obligations"] == api.check(order)["obligations"]
    assert [list(validator.iter_errors(each)) for each in said["obligations"]] == [[]]
    assert entry.payload["obligations"] == ["core@1/outcome"]
    assert "obligations" not in other.payload
    if once[0]["decision"] == "allow":  # Offers are spoken of by day alone, and these tests run at any hour.
        types = [each["type"] for each in once[0]["obligations"]]
        assert types == ["offer_opt_out", "record_outcome", "maximum_duration"]
    else:
        assert once[0]["obligations"] == []
        assert set(codes(once[0])) <= {"QUIET_HOURS", "DAY_CLOSED", "HOLIDAY"}


def test_the_servers_key_is_none_of_the_logs(api: Api):
    """
    A file of its own; what it holds is in no other.
    """
    secret = token_file(api.settings).read_text().strip()
    others = [path.read_text() for path in token_file(api.settings).parent.iterdir() if path.name != "tokens"]

    assert not any(secret in each for each in others)

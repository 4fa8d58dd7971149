"""
Whatever a server answers, short of one sure allow, nobody is called; and each denial says why.
"""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.clients.callers import SHORT, SOON
from tests.clients.hostile import (
    Step,
    allow,
    deny,
    drip,
    flood,
    hang_up,
    head,
    hostile,
    raw,
    reply,
    settle,
    silence,
)

QUESTION = {"to": {"phone": "+34600111222"}, "from": {"phone": "+34910000000"}, "purpose": "offers", "channel": "voice"}


def from_now(seconds: float) -> str:
    """A moment as the service writes it."""
    return (datetime.now(UTC) + timedelta(seconds=seconds)).isoformat().replace("+00:00", "Z")


def hold(seconds: float = 60, **changes: Any) -> dict[str, Any]:  # Any: some of it is of the wrong type.
    """A hold that ends so many seconds from now."""
    return {"id": str(uuid4()), "expires_at": from_now(seconds), **changes}


def text(json_text: str) -> Step:
    """A text, as JSON."""
    return reply(json_text.encode())


def cut(answer: dict[str, Any]) -> Step:  # Any: JSON.
    """Half of an answer."""
    body = json.dumps(answer).encode()
    return raw(head(len(body)) + body[: len(body) // 2])


def cut_chunked(answer: dict[str, Any]) -> Step:  # Any: JSON.
    """A whole answer whose last chunk never comes: who knows what was to follow."""
    body = json.dumps(answer).encode()
    begin = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    return raw(begin + b"%x\r\n%b\r\n" % (len(body), body))


DRIPPING_HEAD = drip(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Slow: ", b"a")
DRIPPING_BODY = drip(head(10**6), b" ")


def outages() -> dict[str, tuple[Step, str]]:
    """
    What may pass, and why nobody is called meanwhile.
    """
    return {
        "silent": (silence, "timeout"),
        "dripping head": (DRIPPING_HEAD, "timeout"),
        "dripping body": (DRIPPING_BODY, "timeout"),
        "hung up": (hang_up, "cut_off"),
        "cut off": (cut(allow()), "cut_off"),
        "cut off between chunks": (cut_chunked(allow()), "cut_off"),
        "no HTTP": (raw(b"SSH-2.0-OpenSSH_9.9\r\n\r\n"), "cut_off"),
        "500": (reply(allow(), 500), "server_error"),
        "502": (reply(b"<html>", 502, "text/html"), "server_error"),
        "503": (reply(allow(), 503), "busy"),
        "429": (reply(allow(), 429), "busy"),
    }


def finals() -> dict[str, tuple[Step, str]]:
    """
    What will be answered again, made anew as holds end; and why nobody is called.
    """
    good = json.dumps(allow())
    return {
        "201": (reply(allow(), 201), "status"),
        "202": (reply(allow(), 202), "status"),
        "400": (reply(allow(), 400), "refused"),
        "401": (reply(allow(), 401), "refused"),
        "403": (reply(allow(), 403), "refused"),
        "422": (reply(allow(), 422), "refused"),
        "501": (reply(allow(), 501), "server_error"),
        "a page": (reply(good.encode(), media_type="text/html"), "content_type"),
        "no type": (reply(good.encode(), media_type=None), "content_type"),
        "almost the type": (reply(good.encode(), media_type="application/jsonp"), "content_type"),
        "a problem with 200": (reply(good.encode(), media_type="application/problem+json"), "content_type"),
        "endless": (flood, "too_large"),
        "too long": (reply(allow(padding="x" * (1 << 20))), "too_large"),
        "nothing": (reply(b""), "malformed"),
        "garbage": (reply(b"\x00\xff\x17 allow"), "malformed"),
        "half": (reply(good.encode()[:-20]), "malformed"),
        "another encoding": (reply(good.encode("utf-16")), "malformed"),
        "a byte order mark": (reply(b"\xef\xbb\xbf" + good.encode()), "malformed"),
        "deep": (reply(b'{"a":' + b"[" * 200_000), "malformed"),
        "a list": (text(f"[{good}]"), "malformed"),
        "a word": (text('"allow"'), "malformed"),
        "true": (text("true"), "malformed"),
        "not a number": (text(good[:-1] + ', "x": NaN}'), "malformed"),
        "twice": (text('{"decision": "deny",' + good[1:]), "malformed"),
        "twice, escaped": (text('{"decisi\\u006fn": "deny",' + good[1:]), "malformed"),
        "twice, within": (text(good.replace('"hold": {', '"hold": {"id": "x", ')), "malformed"),
        "no decision": (reply(allow(decision=...)), "malformed"),
        "no hold": (reply(allow(hold=...)), "inconsistent"),
        "null for a hold": (reply(allow(hold=None)), "inconsistent"),
        "true for a hold": (reply(allow(hold=True)), "malformed"),
        "a list for a hold": (reply(allow(hold=[hold()])), "malformed"),
        "a hold without an id": (reply(allow(hold={"expires_at": from_now(60)})), "malformed"),
        "a hold with another id": (reply(allow(hold=hold(id="7"))), "malformed"),
        "a hold without an end": (reply(allow(hold=hold(expires_at=None))), "malformed"),
        "a hold with a number for an end": (reply(allow(hold=hold(expires_at=1e12))), "malformed"),
        "a hold that ends somewhere": (reply(allow(hold=hold(expires_at=from_now(60)[:-1]))), "malformed"),
        "a hold that ends on no day": (reply(allow(hold=hold(expires_at="2026-02-31T25:00:00Z"))), "malformed"),
        "a hold that is over": (reply(allow(hold=hold(-1))), "hold_expired"),
        "a hold for ever": (reply(allow(hold=hold(3600))), "inconsistent"),
        "reasons against it": (reply(allow(reasons=deny()["reasons"])), "inconsistent"),
        "no reasons": (reply(allow(reasons=...)), "malformed"),
        "no obligations": (reply(allow(obligations=...)), "malformed"),
        "null for obligations": (reply(allow(obligations=None)), "malformed"),
        "an object for obligations": (reply(allow(obligations={})), "malformed"),
        "words for obligations": (reply(allow(obligations=["offer_opt_out"])), "malformed"),
        "half an obligation": (reply(allow(obligations=[{"id": "1", "type": "offer_opt_out"}])), "malformed"),
        "no receipt": (reply(allow(receipt=...)), "malformed"),
        "a receipt without an index": (reply(allow(receipt={"log": "x", "leaf_hash": "x"})), "malformed"),
        "no policy": (reply(allow(policy=...)), "malformed"),
        "no contact's id": (reply(allow(contact=7)), "malformed"),
        "a deny with a hold": (reply(deny(hold=hold())), "inconsistent"),
        "a deny without reasons": (reply(deny(reasons=...)), "malformed"),
    }


DECISIONS = ["Allow", "ALLOW", " allow", "allow\n", "allowed", "permit", "", True, 1, None, ["allow"], {"allow": True}]


@pytest.mark.parametrize("case", outages())
def test_an_outage_is_a_denial_that_says_why(make, case):
    """
    It is asked again for as long as there is time, under one key, and nothing is thrown.
    """
    step, why = outages()[case]
    with hostile(step) as server:
        answer = make(server.url, asking=SHORT if why == "timeout" else SOON).authorize(QUESTION)

    assert (answer["kind"], answer["allowed"], answer["why"]) == ("failed_closed", False, why), answer
    assert len(server.asked) > 1
    assert {each.key for each in server.asked} == {answer["key"]}


@pytest.mark.parametrize("case", finals())
def test_what_is_not_sure_is_a_denial_that_says_why(make, case):
    """
    Asked once, as the same would be answered again.
    """
    step, why = finals()[case]
    with hostile(step, settle) as server:
        answer = make(server.url).authorize(QUESTION)

    assert (answer["kind"], answer["allowed"], answer["why"]) == ("failed_closed", False, why), answer
    assert server.paths().count("authorize") == 1


def test_only_one_word_is_an_allow(make):
    """
    Nothing that looks like it, or that counts as true, is taken for it.
    """
    with hostile(*(step for each in DECISIONS for step in (reply(allow(decision=each)), settle))) as server:
        caller = make(server.url)
        answers = [caller.authorize(QUESTION) for _ in DECISIONS]

    assert {(each["kind"], each["why"]) for each in answers} == {("failed_closed", "malformed")}


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirection_is_not_followed(make, status):
    """
    Whoever it leads to learns neither the credential nor the number.
    """
    with hostile(reply(allow())) as elsewhere, hostile(reply(b"", status, Location=f"{elsewhere.url}/v1")) as server:
        answer = make(server.url).authorize(QUESTION)

    assert (answer["kind"], answer["why"]) == ("failed_closed", "redirect")
    assert elsewhere.asked == []
    assert len(server.asked) == 1


def test_nobody_there_is_a_denial(make):
    """
    No connection at all.
    """
    with hostile(silence) as server:
        pass
    answer = make(server.url, asking=SOON).authorize(QUESTION)

    assert (answer["kind"], answer["why"]) == ("failed_closed", "unreachable")


def test_a_sure_allow_is_one(make):
    """
    With its hold, and with fields that nobody here knows yet; what was asked is what was sent.
    """
    with hostile(reply(allow(later={"more": [1]}), media_type="Application/JSON; charset=utf-8")) as server:
        answer = make(server.url, credential="vk_secret").authorize(QUESTION, ttl=30, reference="job-7")

    assert (answer["kind"], answer["allowed"], answer["obligations"]) == ("held", True, [])
    [asked] = server.asked
    assert asked.headers["authorization"] == "Bearer vk_secret"
    sent = json.loads(asked.content)
    assert sent.items() >= {**QUESTION, "ttl": "PT30S", "reference": "job-7"}.items()


def test_a_deny_is_the_servers_own(make):
    """
    With its reasons: nobody takes it for an outage.
    """
    with hostile(reply(deny(retry_at="2026-11-23T08:00:00Z"))) as server:
        answer = make(server.url).authorize(QUESTION)

    assert (answer["kind"], answer["allowed"]) == ("denied", False)
    assert [each["code"] for each in answer["reasons"]] == ["CONSENT_MISSING"]
    assert answer["retry_at"].startswith("2026-11-23T08:00:00")


OBLIGATIONS = [
    {"id": "1", "type": "disclose_recording", "properties": {"locale": "es"}},
    {"id": "2", "type": "maximum_duration", "properties": {"seconds": 120}},
]


def test_an_allow_on_terms_that_nobody_fulfils_is_a_denial(make):
    """
    One obligation too many: denied, and the hold is released, under a key of its own.
    """
    told = allow(obligations=OBLIGATIONS)
    with hostile(reply(told), settle) as server:
        answer = make(server.url, fulfils=("disclose_recording",)).authorize(QUESTION)

    assert (answer["kind"], answer["why"], answer["unreleased"]) == ("failed_closed", "obligation", None)
    assert "maximum_duration" in answer["detail"]
    assert [each.path for each in server.asked[1:]] == [f"/v1/calls/{told['hold']['id']}/release"]
    assert server.asked[1].key != server.asked[0].key


def test_an_allow_on_terms_that_are_fulfilled_is_an_allow(make):
    """
    The caller gets them to fulfil.
    """
    with hostile(reply(allow(obligations=OBLIGATIONS))) as server:
        answer = make(server.url, fulfils=("disclose_recording", "maximum_duration")).authorize(QUESTION)

    assert answer["kind"] == "held"
    assert answer["obligations"] == OBLIGATIONS


@pytest.mark.parametrize("case", ["a hold that is over", "a hold for ever", "a deny with a hold", "no receipt"])
def test_a_hold_of_no_use_is_given_back(make, case):
    """
    Whatever is wrong with its answer.
    """
    with hostile(finals()[case][0], settle) as server:
        answer = make(server.url).authorize(QUESTION)

    assert server.paths() == ["authorize", "release"]
    assert answer["unreleased"] is None


def test_a_hold_that_cannot_be_given_back_is_handed_over(make):
    """
    The denial carries what to say later, and saying it later releases that hold.
    """
    told = allow(obligations=OBLIGATIONS)
    with hostile(reply(told), hang_up) as server:
        caller = make(server.url, asking=SOON)
        left = caller.authorize(QUESTION)["unreleased"]
        server.script = [settle]
        said = caller.tell(left["word"])

    assert left["word"]["hold"] == told["hold"]["id"]
    assert said["heard"] is True
    assert {each.key for each in server.asked[1:]} == {left["word"]["key"]}


def test_a_check_is_read_as_strictly(make):
    """
    Without a hold or a receipt, which it never has; terms count, and so does every type.
    """
    bare = {"hold": ..., "receipt": ...}
    bad: list[Step] = [
        reply(allow(**bare, decision=True)),
        reply(allow(**bare, obligations=OBLIGATIONS)),
        reply(allow(**bare), media_type="text/plain"),
    ]
    with hostile(reply(allow(**bare)), reply(deny(**bare)), *bad, reply(allow(**bare))) as server:
        caller = make(server.url)
        answers = [caller.check(QUESTION) for _ in range(6)]

    assert [each["kind"] for each in answers] == ["may_call", "denied", *["failed_closed"] * 3, "may_call"]
    assert [each["why"] for each in answers[2:5]] == ["malformed", "obligation", "content_type"]
    assert "idempotency-key" not in server.asked[0].headers


def test_the_kind_of_a_problem_is_told_and_no_word_of_it(make):
    """
    A detail may quote what was sent.
    """
    problem = {"type": "urn:venia:problem:invalid-input", "detail": "+34600111222 is wrong"}
    with hostile(reply(problem, 422, "application/problem+json")) as server:
        answer = make(server.url).authorize(QUESTION)

    assert (answer["status"], answer["problem"]) == (422, "urn:venia:problem:invalid-input")
    assert "600111222" not in json.dumps(answer)

"""
Health, metrics, request ids, limits: what every caller and operator relies on.
"""

from tests.server.api import Api, ago, consent, new_phone, question


def test_live_and_ready_and_metrics_are_public(api: Api):
    """
    Whoever runs Venia asks without a credential.
    """
    live, ready, metrics = (api.get(path, key=None) for path in ("/health/live", "/health/ready", "/metrics"))

    assert (live.status_code, live.json()) == (200, {"status": "live"})
    assert (ready.status_code, ready.json()) == (200, {"status": "ready"})
    assert metrics.status_code == 200
    assert metrics.headers["content-type"].startswith("text/plain")


def test_metrics_count_requests_decisions_and_batches(api: Api):
    """
    By route template, outcome and code: no number of anybody's stands in a label.
    """
    phone = new_phone()
    api.check(phone)
    contact = api.agree(phone)["consents"][0]["contact"]
    api.authorize(phone)
    api.get(f"/v1/contacts/{contact}/timeline")
    text = api.get("/metrics", key=None).text

    assert 'venia_http_requests_total{method="POST",route="/v1/calls/check",status="200"}' in text
    assert 'route="/v1/contacts/{contact}/timeline"' in text
    assert 'venia_decisions_total{outcome="allow"}' in text
    assert 'venia_decision_reasons_total{code="CONSENT_MISSING",outcome="deny"}' in text
    assert "venia_journal_batch_size_count" in text
    assert phone[1:] not in text
    assert contact not in text


def test_a_request_id_is_echoed_or_made(api: Api):
    """
    A sane one comes back as it was, on problems too; anything else is replaced.
    """
    own = api.post("/v1/calls/check", question(new_phone()), once=None, X_Request_ID="call-17")
    refused = api.post("/v1/calls/check", {}, once=None, X_Request_ID="call-18")
    nowhere = api.client.get("/nowhere", headers={"X-Request-ID": "call-19"})
    long = api.post("/v1/calls/check", question(new_phone()), once=None, X_Request_ID="x" * 200)

    assert [each.headers["X-Request-ID"] for each in (own, refused, nowhere)] == ["call-17", "call-18", "call-19"]
    assert len(long.headers["X-Request-ID"]) == 36


def test_an_unknown_address_is_a_problem_that_repeats_nothing(api: Api):
    """
    404 and 405 in the same shape as every other error, without the path, which may hold a number.
    """
    nowhere = api.client.get("/v1/contacts/+34600111222/consents")
    wrong = api.client.delete("/v1/consents")

    assert (nowhere.status_code, wrong.status_code) == (404, 405)
    assert {nowhere.headers["content-type"], wrong.headers["content-type"]} == {"application/problem+json"}
    assert "600111222" not in nowhere.text


def test_a_body_above_a_mebibyte_is_refused(api: Api):
    """
    413 on every route that writes, before anything is read from it.
    """
    body = consent(new_phone(), evidence={"text": "x" * 2**20})
    answers = [api.post(path, body) for path in ("/v1/consents", "/v1/consents/withdrawals", "/v1/calls/authorize")]

    assert [each.status_code for each in answers] == [413, 413, 413]
    assert all(each.json()["limit"] == 2**20 for each in answers)


def test_a_credential_above_its_rate_is_told_when_to_return(api: Api):
    """
    429 with Retry-After, and other credentials are served meanwhile.
    """
    asked = [api.post("/v1/calls/check", question(new_phone()), once=None, key="hurried") for _ in range(3)]
    other = api.post("/v1/calls/check", question(new_phone()), once=None)

    assert [each.status_code for each in asked] == [200, 200, 429]
    assert int(asked[-1].headers["Retry-After"]) >= 1
    assert asked[-1].headers["content-type"] == "application/problem+json"
    assert other.status_code == 200


def test_an_opt_out_key_takes_consent_back_and_nothing_else(api: Api):
    """
    A page for opting out needs no credential that could opt anybody in.
    """
    phone = new_phone()
    body = {"contact": {"phone": phone}, "withdrawn_at": ago(seconds=1), "method": "web_form"}

    assert api.post("/v1/consents/withdrawals", body, key="opt-outs").status_code == 201
    assert api.post("/v1/consents", consent(phone), key="opt-outs").status_code == 403

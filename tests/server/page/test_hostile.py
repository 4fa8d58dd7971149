"""
What an angry customer, a scanner, a phisher, somebody curious and a hostile business try on the page.
"""

import asyncio
import io
from uuid import UUID, uuid4

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.names import TenantNames
from consent.setup import PublishNotice
from server.service import running
from server.telemetry import configure_logging
from tests.server.api import Api, ago, codes, new_phone
from tests.server.page.visits import Page, Visit, at, issue, visit

EVIL = '"><script>alert(1)</script><img src=//evil.example onerror=alert(2)>{{7*7}}</style>'


def known(api: Api) -> tuple[str, Visit]:
    """
    Somebody who agreed, and their page.
    """
    phone = new_phone()
    api.agree(phone)
    return phone, visit(api, phone)


def test_dead_links_are_alike(api: Api):
    """
    Made up, altered, of a tenant that is not, replaced, over, or of somebody erased: the same bytes of answer.
    """
    phone, mine = known(api)
    gone, hers = known(api)
    over = at(api, issue(api, phone, days=1)["url"])
    token = mine.path.removeprefix("/me/")
    altered = token[:40] + ("A" if token[40] != "A" else "B") + token[41:]
    elsewhere = "vl_" + "A" * 22 + token[25:]
    issue(api, phone, replaces=True)
    api.post("/v1/contacts/erasures", {"contact": {"phone": gone}, "reason": "asked by the person"})
    paths = [
        mine.path,
        over.path,
        hers.path,
        *(f"/me/{each}" for each in ("x", altered, elsewhere, "vl_", "%00", "é" * 300)),
    ]
    shown = [api.client.get(path, headers={"Accept-Language": "en"}) for path in paths]
    sent = [api.client.post(path, data={"act": "all"}, headers={"Accept-Language": "en"}) for path in paths]

    assert {(each.status_code, each.content) for each in (*shown, *sent)} == {(404, shown[0].content)}
    assert len({tuple(sorted(_but_ids(each))) for each in (*shown, *sent)}) == 1


def _but_ids(answer: httpx.Response) -> list[tuple[str, str]]:
    return [(name, value) for name, value in answer.headers.items() if name != "x-request-id"]


def test_erased_in_the_middle_of_a_form(api: Api):
    """
    What was shown before can be pressed, and finds a link that does not work.
    """
    phone, mine = known(api)
    form = mine.get().form("all")
    api.post("/v1/contacts/erasures", {"contact": {"phone": phone}, "reason": "asked by the person"})
    page = mine.post(form)

    assert (page.status, "This link does not work" in page.text) == (404, True)


def test_a_form_of_another_link_is_none_of_ours(api: Api):
    """
    Each form is bound to its own link: another's, an old one's or none changes nothing and says so.
    """
    phone, mine = known(api)
    _, other = known(api)
    theirs = other.get().form("all")
    for form in (theirs, {**theirs, "form": ""}, {**theirs, "form": "é"}, {**theirs, "form": "A" * 43}, {"act": "all"}):
        page = mine.post(form)

        assert (page.status, "Nothing was changed" in page.text) == (400, True)
    assert codes(api.check(phone)) == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null", "Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Origin": "http://testserver.local.evil.example"},
    ],
)
def test_another_site_cannot_send_the_form(api: Api, headers):
    """
    Even with the link and a form's token, a browser that says where it comes from is believed.
    """
    phone, mine = known(api)
    page = mine.post(mine.get().form("all"), "en", **headers)

    assert (page.status, "Nothing was changed" in page.text) == (403, True)
    assert codes(api.check(phone)) == []


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "null"},
        {"Origin": "null", "Sec_Fetch_Site": "same-origin"},
        {"Origin": "http://testserver.local"},
    ],
)
def test_the_page_itself_can(api: Api, headers):
    """
    Under no-referrer browsers send the origin of their own form as null, old ones none at all.
    """
    _, mine = known(api)

    assert mine.post(mine.get().form("all"), "en", **headers).status == 200


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"act",
        b"act=",
        b"act=reopen",
        b"act=all&act=marketing",
        b"act=channel&what=carrier_pigeon",
        b"act=purpose&what=" + b"a" * 65,
        b"act=purpose&what=%3Cscript%3E",
        b"act=sender&what=..%2F..%2Fetc",
        b"act=all%00",
        b"%ff%fe=%ff",
        b"act=%C3",
        b"\xff\xfe\x00",
        b"{}",
        b"&".join(b"f%d=1" % each for each in range(50)),
    ],
)
def test_odd_bodies_change_nothing(api: Api, body):
    """
    Whatever no form of ours sends is not read, and never our failure.
    """
    phone, mine = known(api)
    page = mine.post(body)

    assert page.status == 400
    assert codes(api.check(phone)) == []


def test_what_is_too_large_or_no_form_is_refused(api: Api):
    """
    With a page, whatever was sent.
    """
    _, mine = known(api)
    form = mine.get().form("all")

    assert mine.post({**form, "more": "x" * 10_000}).status == 413
    assert mine.post(form, Content_Type="application/json").status == 415
    assert mine.post(form, Content_Type="multipart/form-data; boundary=x").status == 415


@pytest.mark.parametrize("method", ["HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"])
def test_other_methods_do_nothing(api: Api, method):
    """
    Refused, without a failure of ours.
    """
    phone, mine = known(api)
    answer = api.client.request(method, mine.path)

    assert answer.status_code in (204, 404, 405)
    assert codes(api.check(phone)) == []


def test_there_is_nowhere_to_be_redirected_to(api: Api):
    """
    Whatever the query or the header names, nothing of it comes back.
    """
    _, mine = known(api)
    answer = api.client.get(
        mine.path + "?next=//evil.example&lang=//evil.example",
        headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"},
    )

    assert (answer.status_code, "evil.example" in answer.text, "location" in answer.headers) == (200, False, False)


def test_what_a_business_writes_is_text(api: Api):
    """
    Its words may hold whatever they like: tags, quotes, templates.
    """
    phone = new_phone()

    async def publish() -> None:
        async with running(api.settings, api.url) as service:
            await service.journal.write(PublishNotice(_tenant(api), "test", "evil", 1, "en", EVIL))

    asyncio.run(publish())
    api.agree(phone, notice={"id": "evil", "version": 1, "locale": "en"})
    page = visit(api, phone).get()

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.html
    assert "<script" not in page.html
    assert "<img" not in page.html
    assert "{{7*7}}" in page.html


def test_the_name_of_a_business_is_text(api: Api):
    """
    In the heading, the title and every sentence.
    """
    _, mine = known(api)
    names = api.client.app.state.door.library.names
    assert isinstance(names, TenantNames)
    true = names._known.get(_tenant(api))
    names._known[_tenant(api)] = EVIL
    page = mine.get()
    names._known[_tenant(api)] = true or "Demo"

    assert "&lt;script&gt;" in page.html
    assert "<script" not in page.html
    assert "<img" not in page.html


def test_no_log_line_and_no_metric_has_the_link(api: Api):
    """
    Whatever is asked of it: the route is named, its token is not.
    """
    stream = io.StringIO()
    configure_logging(level="debug", stream=stream)
    _, mine = known(api)
    mine.press("all")
    mine.post(b"\xff")
    api.client.get(mine.path + "x")
    token = mine.path.removeprefix("/me/")

    assert "/me/{token}" in stream.getvalue()
    assert token not in stream.getvalue()
    assert token[3:40] not in stream.getvalue() + api.client.get("/metrics").text


def test_whoever_tries_too_many_links_waits_and_nobody_else_does(api: Api):
    """
    Bad ones are counted by address and answered alike; a good one from the same address still opens.
    """
    _, mine = known(api)
    tried = [api.client.get(f"/me/{uuid4()}").status_code for _ in range(40)]
    last = Page(api.client.get(f"/me/{uuid4()}", headers={"Accept-Language": "en"}))

    assert set(tried) == {404, 429}
    assert (last.status, "Too many attempts" in last.text) == (429, True)
    assert int(last.answer.headers["retry-after"]) >= 1
    assert mine.get().status == 200


def test_one_link_cannot_keep_everybody_busy(api: Api):
    """
    A link that is opened too often waits; the next one does not.
    """
    _, mine = known(api)
    answers = {mine.get().status for _ in range(70)}

    assert answers == {200, 429}
    assert known(api)[1].get().status == 200


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    act=st.sampled_from(["all", "marketing", "purpose", "channel", "sender", "pause", "x"]),
    what=st.text(max_size=80),
    day=st.text(max_size=40) | st.dates().map(str),
    more=st.dictionaries(st.text(max_size=5), st.text(max_size=20), max_size=3),
)
def test_no_form_makes_us_fail(api: Api, act, what, day, more):
    """
    Any act with any words, under a form's true token: a page, and never a failure of ours.
    """
    _, mine = known(api)
    fields = {**more, **mine.get().forms[0].fields, "act": act, "what": what, "day": day}

    assert mine.post({name: each.encode("utf-8", "replace").decode() for name, each in fields.items()}).status < 500


def test_an_old_call_without_a_decision_is_told_as_that(api: Api):
    """
    A call that was only reported rests on nothing that we know.
    """
    phone = new_phone()
    hold = api.held(phone)
    api.post(f"/v1/calls/{hold}/outcome", {"outcome": "unanswered", "at": ago(seconds=0)})

    assert "Not answered." in visit(api, phone).get().text


def _tenant(api: Api) -> UUID:
    return UUID(api.demo["tenant"])

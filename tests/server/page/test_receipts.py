"""
Receipts that a person takes from their own page.
"""

import re
from uuid import uuid4

from tests.server.api import Api, new_phone
from tests.server.page.visits import Page, visit
from tests.server.test_api_evidence import sign

NOTICE = {"id": "calls-es", "version": 3, "locale": "es-ES"}
LINK = re.compile(r'href="([^"]*/receipts/[^"]*)"')


def links_of(page: Page) -> list[str]:
    """
    The addresses of receipts on a page, as a browser makes them whole.
    """
    return ["/me/" + each.replace("&amp;", "&") for each in LINK.findall(page.html)]


def test_each_consent_has_its_receipt_to_read_and_to_keep(api: Api):
    """
    In the language of the page, with the words that were shown, under the headers of the page.
    """
    phone = new_phone()
    api.agree(phone, notice=NOTICE)
    mine = visit(api, phone)
    sign(api)
    [read, keep] = links_of(mine.get("fr"))
    shown, kept = api.client.get(read), api.client.get(keep)

    assert (shown.status_code, shown.headers["content-language"]) == (200, "fr")
    assert "Acepto que Acme me llame" in shown.text
    assert (shown.headers["cache-control"], shown.headers["referrer-policy"]) == ("no-store", "no-referrer")
    assert shown.headers["x-robots-tag"].startswith("noindex")
    assert phone not in shown.text
    assert (kept.status_code, kept.headers["content-type"], kept.content[:5]) == (200, "application/pdf", b"%PDF-")


def test_until_the_log_is_signed_the_person_is_told_to_try_again(api: Api):
    """
    As a page, with Retry-After.
    """
    phone = new_phone()
    api.agree(phone)
    [read, _] = links_of(visit(api, phone).get())
    answer = api.client.get(read)

    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
    assert answer.headers["content-type"].startswith("text/html")


def test_nobody_has_the_receipt_of_anybody_else(api: Api):
    """
    Another person's consent, one that there is not, and a link that only refuses: all look like a dead link.
    """
    phone, other = new_phone(), new_phone()
    api.agree(phone)
    theirs = api.agree(other)["consents"][0]["id"]
    sign(api)
    mine, refusing = visit(api, phone), visit(api, phone, scope="refusal")
    own = api.get(
        f"/v1/contacts/{api.post('/v1/contacts/lookup', {'contact': {'phone': phone}}).json()['contact']}/consents"
    )
    [consent] = [each["id"] for each in own.json()["consents"]]
    asked = [f"{mine.path}/receipts/{theirs}", f"{mine.path}/receipts/{uuid4()}", f"{refusing.path}/receipts/{consent}"]
    dead = api.client.get("/me/vl_" + "A" * 103)
    answers = [api.client.get(path) for path in asked]

    assert [each.status_code for each in answers] == [404, 404, 404]
    assert {each.text for each in answers} == {dead.text}
    assert links_of(refusing.get()) == []
    assert api.client.get(f"{mine.path}/receipts/{consent}").status_code == 200

"""
Receipts over HTTP: of consents, withdrawals and entries, in every format, and for whom.
"""

import base64
import json
from datetime import datetime
from io import BytesIO
from typing import get_args

import pypdf
import pytest

from server.receipts.api import Language
from server.receipts.telling import LANGUAGES, words_of
from server.receipts.verifying import check, jws_in
from tests.server.api import Api, Json, ago, new_phone, withdrawal
from tests.server.receipts.example import decoded, key_set, page_check
from tests.server.test_api_evidence import sign

NOTICE: Json = {"id": "calls-es", "version": 3, "locale": "es-ES"}


def agreed(api: Api, phone: str, **changes: object) -> str:
    """
    Where the receipt of a new consent is.
    """
    return f"/v1/consents/{api.agree(phone, **changes)['consents'][0]['id']}/receipt"


def test_until_the_log_is_signed_there_is_none(api: Api):
    """
    409 with Retry-After, and then the receipt.
    """
    path = agreed(api, new_phone())
    before = api.get(path, key="capture")
    sign(api)
    after = api.get(path, key="capture")

    assert (before.status_code, before.headers["retry-after"]) == (409, "1")
    assert before.json()["type"] == "urn:venia:problem:receipt-uncovered"
    assert after.status_code == 200
    assert after.headers["content-type"] == "application/ld+json"
    assert after.headers["cache-control"] == "private, no-store"


def test_a_receipt_says_what_was_agreed_to(api: Api):
    """
    One consent with its own channel, though its entry has more; the act, the notice by its hash, and the proof.
    """
    phone, given = new_phone(), "2026-01-02T03:04:05Z"
    said = api.agree(phone, channels=["voice", "whatsapp_call"], notice=NOTICE, given_at=given, jurisdiction="ES")
    sign(api)
    [_, second] = said["consents"]
    receipt = api.get(f"/v1/consents/{second['id']}/receipt").json()
    [record] = receipt["dpv:hasRecordOfActivity"]
    [process], [status] = record["dpv:hasProcess"], record["dpv:hasConsentStatus"]

    assert record["dct:identifier"] == second["id"]
    assert process["venia:channels"] == ["whatsapp_call"]
    assert process["dpv:hasPurpose"][0]["dct:title"] == "order_updates"
    assert status["dpv:isIndicatedAtTime"] == given
    assert status["@type"] == ["dpv:ConsentGiven", "dpv:ExpressedConsent"]
    assert record["dpv:hasJurisdiction"] == "loc:ES"
    assert "dct:description" not in record["dpv:hasNotice"]
    assert (receipt["venia:proof"]["log"], receipt["venia:proof"]["index"]) == (
        said["receipt"]["log"],
        said["receipt"]["index"],
    )
    assert phone not in json.dumps(receipt)


def test_an_entry_has_one_receipt_for_all_it_says(api: Api):
    """
    By its index, with a record for each channel; the same act asked for again has the same receipt.
    """
    said = api.agree(new_phone(), channels=["voice", "whatsapp_call", "sms"])
    sign(api)
    path = f"/v1/receipts/{said['receipt']['index']}"
    one, again = api.get(path).json(), api.get(path, log=said["receipt"]["log"]).json()

    assert len(one["dpv:hasRecordOfActivity"]) == 3
    assert one["dct:identifier"] == again["dct:identifier"]
    assert one["venia:proof"] == again["venia:proof"]


def test_a_withdrawal_has_a_receipt(api: Api):
    """
    By its suppression, by its entry, and by the word that it left among the consents.
    """
    phone = new_phone()
    agreed(api, phone)
    answer = api.post("/v1/consents/withdrawals", withdrawal(phone)).json()
    sign(api)
    contact = api.post("/v1/contacts/lookup", {"contact": {"phone": phone}}, once=None).json()["contact"]
    [suppression] = api.get(f"/v1/contacts/{contact}/consents").json()["suppressions"]
    one = api.get(f"/v1/withdrawals/{suppression['id']}/receipt").json()
    other = api.get(f"/v1/receipts/{answer['receipt']['index']}").json()
    [record] = one["dpv:hasRecordOfActivity"]

    assert one["dct:identifier"] == other["dct:identifier"]
    assert record["venia:act"] == "withdrawal"
    assert record["dpv:hasConsentStatus"][0]["@type"][0] == "dpv:ConsentWithdrawn"
    assert [each["dct:title"] for each in record["dpv:hasProcess"][0]["dpv:hasPurpose"]] == ["*"]
    assert record["venia:ended"] == [each["id"] for each in answer["withdrawn"]]


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("*/*", "application/ld+json"),
        ("application/json", "application/ld+json"),
        ("application/jose", "application/jose"),
        ("text/html,application/xhtml+xml;q=0.9,*/*;q=0.8", "text/html"),
        ("application/pdf", "application/pdf"),
        ("image/png", "application/ld+json"),
    ],
)
def test_the_format_follows_accept(api: Api, accept: str, kind: str):
    """
    Where the query does not say which.
    """
    path = agreed(api, new_phone())
    sign(api)
    headers = {"Authorization": f"Bearer {api.keys['admin']}", "Accept": accept}
    answer = api.client.get(path, headers=headers)

    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == kind


def test_the_page_has_the_words_and_the_signed_receipt(api: Api):
    """
    In the language of the notice unless another is asked for, whole in itself, and it verifies as a file.
    """
    path = agreed(api, new_phone(), notice=NOTICE)
    sign(api)
    own, asked = (api.get(path, format="html", **more) for more in ({}, {"language": "de"}))
    found = check(jws_in(own.content), key_set(api), [api.demo["log"]["vkey"]])

    assert 'lang="es"' in own.text
    assert "Acepto que Acme me llame por WhatsApp" in own.text
    assert "Beleg über eine Einwilligung" in asked.text
    assert (own.headers["content-language"], asked.headers["content-language"]) == ("es", "de")
    assert "script" not in own.text
    assert "default-src 'none'" in own.headers["content-security-policy"]
    assert found.document["@type"] == "dpv:ConsentReceipt"


def test_the_pdf_is_signed_and_accessible(api: Api):
    """
    PDF/UA with a signature over all of it.
    """
    path = agreed(api, new_phone(), notice=NOTICE)
    sign(api)
    pdf = api.get(path, format="pdf", language="en")

    assert pdf.headers["content-type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF-")
    assert b"pdfuaid" in pdf.content
    assert b"ETSI.CAdES.detached" in pdf.content


def test_nothing_personal_is_shown_unless_asked(api: Api):
    """
    A field is shown with the disclosure that its entry commits to, to whoever may disclose, and to nobody else.
    """
    phone, words = new_phone(), "sí, llámenme"
    path = agreed(api, phone, evidence={"text": words})
    sign(api)
    plain = api.get(path, words="true").text
    refused = api.get(path, key="capture", disclose="phone")
    unknown = api.get(path, disclose="shoe_size")

    assert phone not in plain
    assert words not in plain
    assert (refused.status_code, refused.json()["scope"]) == (403, "audit:disclose")
    assert unknown.status_code == 422
    found = api.client.get(
        path,
        params=[("disclose", "phone"), ("disclose", "text")],
        headers={"Authorization": f"Bearer {api.keys['admin']}"},
    ).json()
    told = api.entries()[-1].payload
    assert found["dpv:hasRecordOfActivity"][0]["venia:disclosed"] == {"phone": phone, "text": words}
    assert (told["event"], told["fields"]) == ("receipt.disclosed", ["phone", "text"])
    assert told["receipt"] == found["dct:identifier"]


def test_who_may_not_read_consents_gets_none(api: Api):
    """
    Another scope is not enough, another tenant's consent is not there, and nobody without a credential asks at all.
    """
    said = api.agree(new_phone())
    sign(api)
    path = f"/v1/consents/{said['consents'][0]['id']}/receipt"

    assert api.get(path, key="caller").status_code == 403
    assert api.get(path, key="stranger").status_code == 404
    assert api.get(path, key=None).status_code == 401


@pytest.mark.parametrize(
    "path",
    [
        "/v1/consents/00000000-0000-4000-8000-000000000000/receipt",
        "/v1/withdrawals/00000000-0000-4000-8000-000000000000/receipt",
        "/v1/receipts/0",
        "/v1/receipts/99999999",
        "/v1/receipts/9999999999999999999999999999",
        "/v1/receipts/-1",
        "/v1/receipts/1?log=venia.local/t/other",
        "/v1/receipts/1?log=%00%20",
        "/v1/receipts/1?log=venia.local/t/x/99999999999999999999",
    ],
)
def test_what_is_no_consent_has_no_receipt(api: Api, path: str):
    """
    404, with the same words whether it never was or is no more.
    """
    answer = api.client.get(path, headers={"Authorization": f"Bearer {api.keys['admin']}"})

    assert answer.status_code == 404


@pytest.mark.parametrize("query", ["format=xml", "language=xx", "words=perhaps", "disclose="])
def test_what_is_asked_for_must_exist(api: Api, query: str):
    """
    422 says which part of the query is wrong.
    """
    path = agreed(api, new_phone())
    answer = api.client.get(f"{path}?{query}", headers={"Authorization": f"Bearer {api.keys['admin']}"})

    assert answer.status_code == 422


def test_after_erasure_none_is_made_and_one_that_is_held_holds(api: Api):
    """
    404 by consent, 410 by entry; the receipt in the person's hands verifies as before.
    """
    phone = new_phone()
    said = api.agree(phone, notice=NOTICE, evidence={"text": "sí"})
    sign(api)
    consent, entry = f"/v1/consents/{said['consents'][0]['id']}/receipt", f"/v1/receipts/{said['receipt']['index']}"
    held = api.get(consent, format="html").content
    erased = api.post("/v1/contacts/erasures", {"contact": {"phone": phone}, "reason": "asked for"}, key="officer")
    sign(api)

    assert erased.status_code == 202
    assert api.get(consent).status_code == 404
    assert (api.get(entry).status_code, api.get(entry).json()["type"]) == (410, "urn:venia:problem:receipt-erased")
    assert check(jws_in(held), key_set(api), [api.demo["log"]["vkey"]]).entry.index == said["receipt"]["index"]


def test_the_signature_has_a_type_of_its_own(api: Api):
    """
    A receipt is no token: typ and key differ, and its time is when it was made.
    """
    path = agreed(api, new_phone())
    sign(api)
    jws = api.get(path, format="jws").text
    part = jws.split(".")[0]
    header = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    tokens = {each["kid"] for each in api.get("/.well-known/jwks.json", key=None).json()["keys"]}

    assert header["typ"] == "venia-consent-receipt+jws"
    assert header["alg"] == "EdDSA"
    assert header["kid"] in {each["kid"] for each in key_set(api)["keys"]}
    assert header["kid"] not in tokens
    assert datetime.fromisoformat(decoded(jws)["dct:created"]).microsecond == 0


def test_the_languages_are_those_there_are_words_in():
    """
    What may be asked for is what was written.
    """
    assert get_args(Language) == LANGUAGES


def test_the_words_are_shown_as_they_were(api: Api):
    """
    With what filled their placeholders where that may be shown, and else with the placeholders: those values are personal.
    """
    notice: Json = {"id": "filled", "version": 1, "locale": "en", "text": "I agree that {brand} calls {name}."}
    assert api.post("/v1/notices", notice).status_code == 201
    shown: Json = {"id": "filled", "version": 1, "locale": "en", "variables": {"brand": "Acme", "name": "Ana <b>"}}
    path = agreed(api, new_phone(), notice=shown)
    sign(api)
    plain, whole = (api.get(path, format="html", **more).text for more in ({}, {"disclose": "notice_variables"}))
    jws = api.get(path, format="27560", words="true", disclose="notice_variables").json()["jws"]

    assert "I agree that {brand} calls {name}." in plain
    assert "Ana" not in plain
    assert "I agree that Acme calls Ana &lt;b&gt;." in whole
    assert check(jws, key_set(api), [api.demo["log"]["vkey"]]).shown == {
        "notice_variables": '{"brand":"Acme","name":"Ana <b>"}'
    }


def test_it_says_who_acted_and_what_is_kept_of_it(api: Api):
    """
    The guardian, the kinds of evidence, the purpose in its version, and who set the end.
    """
    purpose: Json = {
        "purpose": "renewals",
        "category": "service",
        "description": "Calls about your contract",
        "validity": "P1Y",
    }
    assert api.post("/v1/purposes", purpose).status_code == 201
    path = agreed(
        api,
        new_phone(),
        purpose="renewals",
        giver={"kind": "guardian", "relation": "father", "name": "Luis"},
        evidence={"text": "yes", "message_id": "wamid.x"},
        method="whatsapp_message",
    )
    sign(api)
    [record] = api.get(path).json()["dpv:hasRecordOfActivity"]
    [status] = record["dpv:hasConsentStatus"]
    page = api.get(path, format="html", language="en").text

    assert (status["dpv:isIndicatedBy"], status["venia:giver"]) == ("dpv:GuardianOfDataSubject", "guardian")
    assert status["dpv:hasDuration"]["venia:setBy"] == "purpose"
    assert record["venia:evidence"] == ["message_id", "text"]
    assert record["dpv:hasProcess"][0]["dpv:hasPurpose"][0]["dct:description"] == "Calls about your contract"
    assert "Calls about your contract (service)" in page
    assert "your guardian" in page
    assert "Luis" not in page


def test_the_pdf_says_what_the_page_says(api: Api):
    """
    What, when, on which words, how to take it back, who answers, how to check; in six languages.
    """
    path = agreed(api, new_phone(), notice=NOTICE)
    sign(api)
    said = {}
    for language in LANGUAGES:
        pdf = api.get(path, format="pdf", language=language).content
        pages = pypdf.PdfReader(BytesIO(pdf)).pages
        said[language] = " ".join(" ".join(page.extract_text() for page in pages).split())

    for language, text in said.items():
        words = words_of(language)
        for heading in ("title_consent", "agreed", "when", "words", "back", "who", "check"):
            assert words.label(heading) in text, (language, heading)
        assert "Acepto que Acme me llame por WhatsApp" in text


def test_whoever_is_erased_is_erased_with_every_part(api: Api):
    """
    A receipt of what was said under another number of theirs is gone as well.
    """
    one, other = new_phone(), new_phone()
    said = [api.agree(each) for each in (one, other)]
    people = [
        api.post("/v1/contacts/lookup", {"contact": {"phone": each}}, once=None).json()["contact"]
        for each in (one, other)
    ]
    body = {"from": {"id": people[0]}, "into": {"id": people[1]}, "reason": "the same person"}
    assert api.post("/v1/contacts/merges", body).status_code in (200, 201)
    sign(api)
    paths = [f"/v1/receipts/{each['receipt']['index']}" for each in said]
    before = [api.get(path).status_code for path in paths]
    api.post("/v1/contacts/erasures", {"contact": {"phone": one}, "reason": "asked for"}, key="officer")

    assert before == [200, 200]
    assert [api.get(path).status_code for path in paths] == [410, 410]


def test_a_confirmation_has_a_receipt_of_its_own(api: Api):
    """
    What was asked says that it waits; what was confirmed names what was asked, and both hold.
    """
    phone = new_phone()
    answer = api.agree(phone, double_opt_in=True, notice=NOTICE)
    body = {"token": answer["confirmation_token"], "confirmed_at": ago(seconds=1), "method": "email"}
    confirmed = api.post("/v1/consents/confirmations", body).json()
    sign(api)
    asked, given = answer["consents"][0]["id"], confirmed["consents"][0]["id"]
    one, other = (api.get(f"/v1/consents/{each}/receipt", words="true").json() for each in (asked, given))
    page = api.get(f"/v1/consents/{given}/receipt", format="html", language="en").text
    keys, vkeys = key_set(api), [api.demo["log"]["vkey"]]

    assert one["dpv:hasRecordOfActivity"][0]["dpv:hasConsentStatus"][0]["venia:state"] == "pending"
    assert "confirm_by" in one["dpv:hasRecordOfActivity"][0]["venia:life"]
    assert other["dpv:hasRecordOfActivity"][0]["dpv:hasConsentStatus"][0]["venia:state"] == "granted"
    assert other["dpv:hasRecordOfActivity"][0]["venia:life"]["confirms"] == asked
    assert "Acepto que Acme me llame" in page
    for each in (one, other):
        assert page_check()(each["jws"], keys, vkeys) == check(each["jws"], keys, vkeys).document

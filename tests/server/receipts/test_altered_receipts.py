"""
Receipts checked by the code of docs/receipts.md and by ours: each altered value is noticed.
"""

import json
from collections.abc import Callable

import pytest

from server.receipts.verifying import ReceiptWrong, check, jws_in
from tests.server.api import Api, Json, ago, new_phone, withdrawal
from tests.server.receipts.example import altered, broken, decoded, key_set, page_check, places, signed_anew
from tests.server.test_api_evidence import sign

CHECK = page_check()

# What the business says and no entry: docs/receipts.md names these members.
ITS_WORD = {
    "@context",
    "dct:conformsTo",
    "venia:schema",
    "dct:created",
    "dct:publisher",
    "schema:recipient",
    "venia:absent",
    "venia:keys",
    "venia:proof/log_keys",
    "venia:identities/log_keys",
    *(
        f"dpv:hasRecordOfActivity/{each}"
        for each in (
            "@type",
            "dct:conformsTo",
            "dpv:hasDataController",
            "dpv:hasConsentControl",
            "dpv:hasRight",
            "dpv:hasEntity",
            "dpv:hasNotice/@type",
            "dpv:hasNotice/dct:title",
            "dpv:hasProcess/@type",
            "dpv:hasProcess/dpv:hasPurpose/@type",
            "dpv:hasProcess/dpv:hasPurpose/venia:category",
            "dpv:hasProcess/dpv:hasPurpose/skos:broader",
            "dpv:hasProcess/dpv:hasPurpose/dct:description",
            "dpv:hasProcess/dpv:hasPersonalData",
            "dpv:hasProcess/dpv:hasDataController",
            "dpv:hasProcess/dpv:hasRecipient",
            "dpv:hasProcess/dpv:hasStorageCondition",
            "dpv:hasProcess/dpv:hasDataSource",
            "dpv:hasProcess/dpv:hasService",
            "dpv:hasProcess/venia:senderPhone",
        )
    ),
}
KANTARA_WORD = {
    "version",
    "piiControllers",
    "policyUrl",
    "sensitive",
    "spiCat",
    "services/service",
    "services/purposes/purposeCategory",
    "services/purposes/piiCategory",
    "services/purposes/primaryPurpose",
    "services/purposes/thirdPartyDisclosure",
    "venia/schema",
    "venia/sender_phone",
    "venia/withdrawal",
    "venia/made_at",
    "venia/keys",
    "venia/absent",
    "proof/log_keys",
    "identities/log_keys",
}
# Of a withdrawal, no entry says whose law applies, nor which kinds of evidence there are.
_LESS = {
    "jurisdiction",
    "dpv:hasRecordOfActivity/dpv:hasJurisdiction",
    "venia/evidence",
    "dpv:hasRecordOfActivity/venia:evidence",
}
UNSAID = {"some": _LESS, "everything": _LESS}
NOTICE: Json = {"id": "calls-es", "version": 3, "locale": "es-ES"}
EVERYTHING: Json = {
    "notice": NOTICE,
    "evidence": {"text": "sí, quiero", "ip": "203.0.113.7"},
    "channels": ["voice", "whatsapp_call"],
    "purpose": "offers",
    "sender": {"id": "acme-es"},
    "technology": ["live", "ai_voice"],
    "expires_at": "2030-01-01T00:00:00Z",
    "jurisdiction": "ES-MD",
    "basis": "opt_in",
    "giver": {"kind": "guardian", "relation": "mother", "name": "Eva"},
}


@pytest.fixture(name="paths", scope="module")
def _paths(api: Api) -> dict[str, str]:
    """
    Where there are receipts: of one consent, of all that an entry says, of a withdrawal of some and of all.
    """
    phone = new_phone()
    agreed = api.agree(phone, **EVERYTHING)
    scope = {"purposes": ["offers", "order_updates"], "channels": ["voice"], "sender": {"id": "acme-es"}}
    some = api.post("/v1/consents/withdrawals", withdrawal(phone, scope=scope, evidence={"text": "BAJA"})).json()
    everything = api.post("/v1/consents/withdrawals", withdrawal(phone)).json()
    asked = api.agree(new_phone(), **{**EVERYTHING, "double_opt_in": True, "channels": ["voice"]})
    word = {"token": asked["confirmation_token"], "confirmed_at": ago(seconds=1), "method": "email"}
    confirmed = api.post("/v1/consents/confirmations", word).json()
    sign(api)
    return {
        "confirmed": f"/v1/consents/{confirmed['consents'][0]['id']}/receipt",
        "consent": f"/v1/consents/{agreed['consents'][0]['id']}/receipt",
        "entry": f"/v1/receipts/{agreed['receipt']['index']}",
        "some": f"/v1/receipts/{some['receipt']['index']}",
        "everything": f"/v1/receipts/{everything['receipt']['index']}",
    }


def fetched(api: Api, path: str, shape: str) -> Json:
    """
    A receipt with everything that can be in it.
    """
    answer = api.get(path, format=shape, words="true", disclose="*")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def rests_on(words: set[str], path: tuple[object, ...]) -> bool:
    """
    Whether a place is one of these members, or within one.
    """
    names = "/".join(str(each) for each in path if not isinstance(each, int))
    return any(names == each or names.startswith(f"{each}/") for each in words)


Check = Callable[[str, Json, list[str]], object]


def holds(one: Check, jws: str, keys: Json, vkeys: list[str]) -> bool:
    """
    Whether a check passes.
    """
    try:
        one(jws, keys, vkeys)
    except Exception:  # noqa: BLE001  The page's code raises whatever its steps raise.
        return False
    return True


WHICH = ["consent", "confirmed", "entry", "some", "everything"]


@pytest.mark.parametrize("which", WHICH)
def test_a_receipt_holds(api: Api, paths: dict[str, str], which: str):
    """
    By the page's code and by ours, in both shapes, each with the document it was signed from.
    """
    keys, vkeys = key_set(api), [api.demo["log"]["vkey"]]
    standard, kantara = (fetched(api, paths[which], shape) for shape in ("27560", "kantara"))

    assert CHECK(standard["jws"], keys, vkeys) == {k: v for k, v in standard.items() if k != "jws"}
    for document in (standard, kantara):
        found = check(jws_in(json.dumps(document).encode()), keys, vkeys)
        assert found.document == {name: value for name, value in document.items() if name != "jws"}


@pytest.mark.parametrize("which", WHICH)
@pytest.mark.parametrize("shape", ["27560", "kantara"])
def test_every_altered_value_breaks_the_signature(api: Api, paths: dict[str, str], which: str, shape: str):
    """
    Whatever is changed in a receipt, neither check takes it.
    """
    keys, vkeys = key_set(api), [api.demo["log"]["vkey"]]
    document = fetched(api, paths[which], shape)
    jws = document.pop("jws")
    forged = [broken(jws, altered(document, path)) for path in places(document)]
    checks: list[Check] = [check, CHECK] if shape == "27560" else [check]

    passed = [each for each in forged for one in checks if holds(one, each, keys, vkeys)]

    assert len(forged) > 60
    assert passed == []


@pytest.mark.parametrize("which", WHICH)
def test_a_business_cannot_sign_what_its_log_does_not_say(api: Api, paths: dict[str, str], which: str):
    """
    A receipt altered and signed anew by the business itself: only what rests on its own word may be otherwise.
    """
    keys, vkeys = key_set(api), [api.demo["log"]["vkey"]]
    document = fetched(api, paths[which], "27560")
    del document["jws"]
    passed = set()
    for path in places(document):
        forged = signed_anew(api, altered(document, path), "ld+json")
        results = {holds(one, forged, keys, vkeys) for one in (CHECK, check)}
        assert len(results) == 1, f"The two checks disagree about {path}."
        if results == {True}:
            passed.add(path)

    wrong = {path for path in passed if not rests_on(ITS_WORD | UNSAID.get(which, set()), path)}

    assert wrong == set()
    assert passed


@pytest.mark.parametrize("which", WHICH)
def test_nor_in_the_other_shape(api: Api, paths: dict[str, str], which: str):
    """
    The same of Kantara's receipt.
    """
    keys, vkeys = key_set(api), [api.demo["log"]["vkey"]]
    document = fetched(api, paths[which], "kantara")
    del document["jws"]
    forged = {path: signed_anew(api, altered(document, path), "json") for path in places(document)}

    passed = {path for path, jws in forged.items() if holds(check, jws, keys, vkeys)}

    assert {path for path in passed if not rests_on(KANTARA_WORD | UNSAID.get(which, set()), path)} == set()


def test_a_proof_of_another_entry_is_no_proof(api: Api, paths: dict[str, str]):
    """
    The receipt of one act with the good proof of another is refused, and so is one without its signature.
    """
    keys, vkeys = key_set(api), [api.demo["log"]["vkey"]]
    one, other = (decoded(fetched(api, paths[which], "27560")["jws"]) for which in ("consent", "everything"))
    swapped = signed_anew(api, {**one, "venia:proof": other["venia:proof"]}, "ld+json")

    with pytest.raises(ReceiptWrong):
        check(swapped, keys, vkeys)
    assert not holds(CHECK, swapped, keys, vkeys)
    with pytest.raises(ReceiptWrong, match="its member jws is missing"):
        jws_in(b'{"version": "KI-CR-v1.1.0"}')


@pytest.mark.parametrize(
    "text", ["", "x", "a.b.c", "....", "e30.e30.e30", "\x00" * 50, "[" * 100_000, "e30." + "W10" * 1000 + ".e30"]
)
def test_what_is_no_receipt_is_refused(api: Api, text: str):
    """
    In a sentence, whatever it is.
    """
    with pytest.raises(ReceiptWrong, match=r"^[A-Z].*\.$"):
        check(jws_in(text.encode()), key_set(api), [api.demo["log"]["vkey"]])

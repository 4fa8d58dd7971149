"""
Erasures and legal holds over HTTP: scopes, answers, and sentences for what is refused.
"""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from tests.server.api import Api, consent, new_phone

SOON = (datetime.now(UTC) + timedelta(days=30)).date().isoformat()


def hold(phone: str | None, **changed: Any) -> dict[str, Any]:
    """
    The body that places a hold.
    """
    contact = None if phone is None else {"phone": phone}
    return {"contact": contact, "matter": "AEPD 7", "reason": "complaint", "review_on": SOON, **changed}


def erasure(phone: str, **changed: Any) -> dict[str, Any]:
    """
    The body that erases somebody.
    """
    return {"contact": {"phone": phone}, "reason": "ticket 4711", **changed}


def test_a_held_person_is_not_erased_until_the_hold_is_lifted(api: Api):
    """
    409 with the hold's id, matter and date; after lifting it, 202 and nobody is found any more.
    """
    phone = new_phone()
    api.post("/v1/consents", consent(phone))
    placed = api.post("/v1/legal-holds", hold(phone), key="officer")
    refused = api.post("/v1/contacts/erasures", erasure(phone), key="officer")
    listed = api.get(f"/v1/legal-holds?state=open&contact={placed.json()['contact']}", key="officer")
    path = f"/v1/legal-holds/{placed.json()['id']}"
    reviewed = api.post(f"{path}/review", {"reason": "goes on", "review_on": SOON}, key="officer")
    lifted = api.post(f"{path}/lift", {"reason": "closed"}, key="officer")
    erased = api.post("/v1/contacts/erasures", erasure(phone), key="officer")
    gone = api.post("/v1/contacts/lookup", {"contact": {"phone": phone}}, key="officer")

    assert (placed.status_code, placed.json()["lifted_at"]) == (201, None)
    assert placed.json()["receipt"]["index"] > 0
    assert refused.status_code == 409
    assert refused.json()["hold"] == placed.json()["id"]
    assert refused.json()["matter"] == "AEPD 7"
    assert refused.json()["review_on"] == SOON
    assert [each["id"] for each in listed.json()["legal_holds"]] == [placed.json()["id"]]
    assert (reviewed.status_code, lifted.status_code, erased.status_code, gone.status_code) == (200, 200, 202, 404)
    assert erased.json()["contact"] == placed.json()["contact"]


def test_an_erasure_repeated_under_its_key_is_answered_again(api: Api):
    """
    The same answer and receipt, though there is nobody any more; without a key it is refused.
    """
    phone = new_phone()
    api.post("/v1/consents", consent(phone))
    once = str(uuid4())
    first, second = (api.post("/v1/contacts/erasures", erasure(phone), once=once) for _ in range(2))

    assert first.status_code == second.status_code == 202
    assert first.json() == second.json()
    assert api.post("/v1/contacts/erasures", erasure(phone), once=None).status_code == 400
    assert api.post("/v1/contacts/erasures", erasure(phone)).status_code == 404


def test_reasons_that_name_somebody_are_pointed_at(api: Api):
    """
    422 with the place in the body; nothing is erased.
    """
    phone = new_phone()
    api.post("/v1/consents", consent(phone))
    refused = api.post("/v1/contacts/erasures", erasure(phone, reason=f"called {phone}"))
    held = api.post("/v1/legal-holds", hold(phone, matter="ana@example.org"))

    assert refused.status_code == held.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/reason"
    assert held.json()["errors"][0]["pointer"] == "/matter"
    assert api.post("/v1/contacts/lookup", {"contact": {"phone": phone}}).status_code == 200


def test_who_may_not_is_told_the_scope(api: Api):
    """
    A caller's key neither erases nor holds.
    """
    erased = api.post("/v1/contacts/erasures", erasure(new_phone()), key="caller")
    held = api.post("/v1/legal-holds", hold(None), key="caller")
    listed = api.get("/v1/legal-holds", key="caller")

    assert [(each.status_code, each.json()["scope"]) for each in (erased, held, listed)] == [
        (403, "contacts:erase"),
        (403, "audit:hold"),
        (403, "audit:read"),
    ]

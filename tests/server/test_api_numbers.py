"""
Changes of number over HTTP, and lookups as of a moment.
"""

from tests.server.api import Api, ago, codes, new_phone, pointers, withdrawal


def test_a_number_changes_hands(api: Api):
    """
    201 with who had it and who has it; the next holder starts empty; a lookup finds whoever had it then.
    """
    number = new_phone()
    before = api.agree(number)["consents"][0]["contact"]
    moment = ago(seconds=0)
    told = api.post("/v1/contacts/reassignments", {"contact": {"phone": number}, "since": ago(seconds=0)})
    now = api.post("/v1/contacts/lookup", {"contact": {"phone": number}}, once=None)
    then = api.post("/v1/contacts/lookup", {"contact": {"phone": number}, "as_of": moment}, once=None)

    assert (told.status_code, told.json()["from"], told.json()["contact"]) == (201, before, None)
    assert now.status_code == 404
    assert then.json() == {"contact": before}
    assert "CONSENT_MISSING" in codes(api.check(number))


def test_a_person_has_a_new_number(api: Api):
    """
    201; the new number is theirs, the old one nobody's; ids and a number for itself are refused with a sentence.
    """
    old, new = new_phone(), new_phone()
    before = api.agree(old)["consents"][0]["contact"]
    body = {"old": {"phone": old}, "new": {"phone": new}, "at": ago(seconds=0)}
    same = api.post("/v1/contacts/renumberings", {**body, "new": {"phone": old}})
    by_id = api.post("/v1/contacts/renumberings", {**body, "old": {"id": before}})
    late = api.post("/v1/contacts/renumberings", {**body, "at": "2126-01-01T00:00:00Z"})
    told = api.post("/v1/contacts/renumberings", body)
    found = api.post("/v1/contacts/lookup", {"contact": {"phone": new}}, once=None).json()

    assert [each.status_code for each in (same, by_id, late, told)] == [422, 422, 422, 201]
    assert (told.json()["from"], told.json()["contact"]) == (before, found["contact"])
    assert api.post("/v1/contacts/renumberings", body).status_code == 404
    assert pointers(api.post("/v1/contacts/renumberings", {**body, "at": "yesterday"})) == ["/at"]


def test_what_was_refused_outweighs_what_the_number_before_had_agreed_to(api: Api):
    """
    Somebody else agreed under the new number, after the person had refused under the old one: that lifts nothing.
    """
    old, new = new_phone(), new_phone()
    api.post("/v1/consents/withdrawals", withdrawal(old, withdrawn_at=ago(minutes=30)))
    api.agree(new, given_at=ago(minutes=10))
    told = api.post("/v1/contacts/renumberings", {"old": {"phone": old}, "new": {"phone": new}, "at": ago(minutes=1)})

    assert told.status_code == 201
    assert "SUPPRESSED" in codes(api.check(new))


def test_a_form_may_not_say_that_numbers_changed_hands(api: Api):
    """
    It would shed what was refused: that is for who may merge people.
    """
    phone = new_phone()
    body = {"contact": {"phone": phone}, "since": ago(seconds=0)}

    assert api.post("/v1/contacts/reassignments", body, key="capture").status_code == 403

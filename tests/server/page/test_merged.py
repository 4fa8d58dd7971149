"""
The page of a person whom an officer has said to be two contacts.
"""

from tests.server.api import Api, ago, codes, new_phone
from tests.server.page.visits import visit


def test_the_page_is_of_the_whole_person(api: Api):
    """
    She had refused everything under one number; what she agreed to and was called for under the other is shown, and can be ended.
    """
    one, other = new_phone(), new_phone()
    api.agree(one)
    mine = visit(api, one)
    mine.press("all")
    api.agree(other)
    both = {"from": {"phone": one}, "into": {"phone": other}, "reason": "the same identity card"}
    merged = api.post("/v1/contacts/merges", both)
    api.agree(other, given_at=ago(seconds=0))
    api.authorize(other)
    page = mine.get()
    ended = mine.press("all")

    assert merged.status_code == 201
    assert "order updates" in page.text
    assert "In force. You agreed on" in page.text
    assert "From +34 910 00 00 00." in page.text
    assert ended.status == 200
    assert ended.forms == []
    assert "CONSENT_WITHDRAWN" in codes(api.check(other)) or "SUPPRESSED" in codes(api.check(other))

"""
Wishes that a person makes on their own page.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from consent.wishes.wish import why_not
from server.page.wishes import CHOICES, choice_of
from tests.policies.questions import MONDAY
from tests.server.api import Api, codes, new_phone
from tests.server.page.visits import visit


@pytest.mark.parametrize("name", CHOICES)
def test_every_choice_is_a_wish(name):
    """
    One that the API would take, and that is known again when it is told.
    """
    assert why_not(CHOICES[name], MONDAY.date()) is None
    assert choice_of(CHOICES[name]) == name


def test_a_wish_counts_at_once_and_is_told(api: Api):
    """
    The answer shows it and offers it no more; the next question is denied at the layer of the person; the entry names the link.
    """
    phone = new_phone()
    api.agree(phone)
    mine = visit(api, phone)
    now = datetime.now(ZoneInfo("Europe/Madrid"))
    first = "mornings" if 15 < now.hour < 22 else "evenings"  # Which of them it is not.
    page = mine.post({**mine.get().form("wish"), "what": first})
    denied = [each for each in api.check(phone)["reasons"] if each["layer"] == "contact"]
    told = api.timeline(api.post("/v1/contacts/lookup", {"contact": {"phone": phone}}).json()["contact"])[0]

    assert (page.status, "What you wish of calls" in page.text, "To take a wish back, tell Demo." in page.text) == (
        200,
        True,
        True,
    )
    assert f'<option value="{first}">' not in page.html
    assert {each["code"] for each in denied} <= {"QUIET_HOURS", "DAY_CLOSED"}
    assert denied
    assert (told["event"], told["actor"][:5], told["details"]["says"]["windows"]) == (
        "wish.made",
        "link:",
        list(CHOICES[first].windows or ()),
    )


def test_a_choice_twice_is_one_wish(api: Api):
    """
    From two forms as well: what is wished already is not wished again.
    """
    phone = new_phone()
    api.agree(phone)
    mine = visit(api, phone)
    forms = [mine.get().form("wish") for _ in range(2)]
    answers = [mine.post({**each, "what": "two_a_week"}) for each in forms]
    contact = api.post("/v1/contacts/lookup", {"contact": {"phone": phone}}).json()["contact"]

    assert [each.status for each in answers] == [200, 200]
    assert len(api.get(f"/v1/contacts/{contact}/consents").json()["wishes"]) == 1


@pytest.mark.parametrize("what", ["", "always", "two_a_week; drop", "mornings\r\n"])
def test_what_nobody_offers_is_no_wish(api: Api, what):
    """
    Refused, and nothing is recorded.
    """
    phone = new_phone()
    api.agree(phone)
    mine = visit(api, phone)
    form, before = mine.get().form("wish"), api.size()
    answer = mine.post({**form, "what": what})

    assert (answer.status, api.size()) == (400, before)
    assert codes(api.check(phone)) == []

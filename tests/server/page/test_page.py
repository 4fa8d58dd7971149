"""
The person's own page over HTTP: what it shows, and what a press of a button does.
"""

from datetime import date, timedelta

import pytest

from server.page.words import LANGUAGES, words_of
from tests.server.api import Api, ago, codes, new_phone
from tests.server.page.visits import Page, issue, visit

NOTICE = {"id": "calls-es", "version": 3, "locale": "es-ES"}


def test_the_page_tells_what_was_agreed_to_and_on_which_words(api: Api):
    """
    Purpose, channels together, how, until when, and the notice's own text in its own language.
    """
    phone = new_phone()
    api.agree(phone, purpose="offers", channels=["voice", "whatsapp_call"], notice=NOTICE, expires_at=None)
    page = visit(api, phone).get()

    assert page.status == 200
    assert "offers (advertising) In force. You agreed on" in page.text
    assert "By WhatsApp call, telephone Who may call or write Any number of Demo" in page.text
    assert '<blockquote lang="es-ES">Acepto que Acme me llame' in page.html
    assert phone not in page.html
    assert phone[3:] not in page.html


def test_the_page_tells_who_called_and_why_it_was_allowed(api: Api):
    """
    The business's number, what for, how it ended, on what it rested, what the caller owed, and who asked.
    """
    phone = new_phone()
    hold = api.held(phone)
    api.post(f"/v1/calls/{hold}/outcome", {"outcome": "connected", "at": ago(seconds=0), "duration_s": 31})
    page = visit(api, phone).get()

    assert "From +34 910 00 00 00. Answered. About “order updates”, by telephone. Why it was allowed" in page.text
    assert "You had agreed on" in page.text
    assert "Every rule in force at that moment was checked, and none was against it." in page.text
    assert "The caller had to: report how the call ended" in page.text
    assert "Asked by a program of Demo (key " in page.text


def test_the_page_tells_of_calls_that_were_stopped(api: Api):
    """
    A call that was asked for and denied, with the reason in plain words.
    """
    phone = new_phone()
    api.agree(phone)
    api.authorize(phone, purpose="appointment_reminders")
    page = visit(api, phone).get()

    assert "Calls that were stopped" in page.text
    assert "About “appointment reminders”: you had not agreed to it." in page.text


def test_opening_the_page_changes_nothing(api: Api):
    """
    A scanner may open it as often as it likes, with whatever in the query: the log stays as it is.
    """
    phone = new_phone()
    api.agree(phone)
    mine = visit(api, phone)
    before = api.size()
    for query in ("", "?act=all", "?act=all&form=x&lang=es", "?lang=%ff", "?lang=xx&lang=es"):
        mine.api.client.get(mine.path + query)
    mine.api.client.head(mine.path)
    mine.api.client.options(mine.path)

    assert api.size() == before


def test_everything_ends_in_one_step(api: Api):
    """
    The answer shows it, the very next question is denied, and the entry names the link and no person.
    """
    phone = new_phone()
    api.agree(phone)
    link = issue(api, phone)
    mine = visit(api, phone)
    page = mine.press("all")

    assert (page.status, "Done It is recorded: no more calls and no more messages." in page.text) == (200, True)
    assert "Ended by you." in page.text
    assert "Everything: all calls and messages" in page.text
    assert page.forms == []
    assert "SUPPRESSED" in codes(api.check(phone))
    told = api.timeline(link["contact"])[0]
    assert (told["event"], told["actor"][:5], told["details"]["method"]) == ("consent.withdrawn", "link:", "web_form")


@pytest.mark.parametrize(
    ("act", "what", "said"),
    [
        ("marketing", "", "It is recorded: no more advertising."),
        ("purpose", "order_updates", "It is recorded: nothing more about “order updates”."),
        ("channel", "voice", "It is recorded: nothing more by telephone."),
        ("sender", "acme-es", "It is recorded: no more calls or messages from +34 910 00 00 00."),
    ],
)
def test_less_than_everything_can_be_ended(api: Api, act, what, said):
    """
    A kind, a purpose, a channel or a business number: the answer says which, and lists it as refused.
    """
    phone = new_phone()
    api.held(phone)
    page = visit(api, phone).press(act, what)

    assert (page.status, said in page.text) == (200, True)
    assert "Only: " in page.text
    assert page.forms != []


def test_a_pause_lasts_until_the_day_that_was_chosen(api: Api):
    """
    From the midnight that comes last where they may be; the answer names the day.
    """
    phone = new_phone()
    api.agree(phone)
    day = date.today() + timedelta(days=10)  # noqa: DTZ011  Any day to come.
    page = visit(api, phone).press("pause", day=day.isoformat())
    [reason] = api.check(phone)["reasons"]

    assert f"It is recorded: no calls before {day.day} " in page.text
    assert (reason["code"], reason["retry_at"][:10]) == ("PAUSED", day.isoformat())


@pytest.mark.parametrize("day", ["", "tomorrow", "2020-01-01", "9999-12-31", "0001-01-01", "2027-02-30", "20270101"])
def test_a_day_on_which_no_pause_ends_changes_nothing(api: Api, day):
    """
    The page says so, and offers the choice again.
    """
    phone = new_phone()
    api.agree(phone)
    page = visit(api, phone).press("pause", day=day)

    assert (page.status, "Nothing was changed Choose a day" in page.text) == (422, True)
    assert codes(api.check(phone)) == []


def test_an_old_form_sent_again_ends_what_was_agreed_to_since(api: Api):
    """
    Pressed, agreed anew, and sent again by going back: it is ended, and not only said to be; a third time changes nothing.
    """
    phone = new_phone()
    api.agree(phone, given_at=ago(minutes=5))
    mine = visit(api, phone)
    form = mine.get().form("all")
    mine.post(form)
    api.agree(phone, given_at=ago(seconds=0))
    before = codes(api.check(phone))
    again = mine.post(form)
    size = api.size()
    third = mine.post(form)

    assert before == []
    assert (again.status, third.status) == (200, 200)
    assert "SUPPRESSED" in codes(api.check(phone))
    assert api.size() == size


def test_a_form_that_is_sent_twice_is_one_entry(api: Api):
    """
    The second answer looks like the first.
    """
    phone = new_phone()
    api.agree(phone)
    mine = visit(api, phone)
    form = mine.get().form("all")
    first = mine.post(form)
    size = api.size()
    second = mine.post(form)

    assert (first.status, second.status) == (200, 200)
    assert "It is recorded" in second.text
    assert api.size() == size


def test_two_buttons_of_one_page_are_two_acts(api: Api):
    """
    Whoever goes back and presses another button has done both.
    """
    phone = new_phone()
    api.agree(phone)
    mine = visit(api, phone)
    page = mine.get()
    mine.post(page.form("marketing"))
    mine.post(page.form("channel", "voice"))

    assert mine.get().text.count("Only: ") == 2


def test_a_link_to_refuse_shows_nothing_that_was(api: Api):
    """
    Neither words nor calls, nor what was refused or wished; what is open can be ended, and is.
    """
    phone = new_phone()
    api.held(phone)
    whole = visit(api, phone)
    whole.press("channel", "sms" if "sms" in whole.get().html else "voice")
    whole.post({**whole.get().form("wish"), "what": "two_a_week"})
    api.agree(phone, given_at=ago(seconds=0))
    mine = visit(api, phone, scope="refusal")
    page = mine.get()

    assert "Who called you" not in page.text
    assert "What you agreed to" not in page.text
    assert (words_of("en").say("refused") in whole.get().text, words_of("en").say("wished") in whole.get().text) == (
        True,
        True,
    )
    assert words_of("en").say("refused") not in page.text
    assert words_of("en").say("wished") not in page.text
    assert '<option value="two_a_week">' in page.html
    assert "Nothing more about “order updates”" in page.text
    assert mine.press("purpose", "order_updates").status == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_speaks_every_language(api: Api, language):
    """
    By what the browser accepts; `lang` is right, no text is left over, and the switch offers the others.
    """
    phone = new_phone()
    api.held(phone)
    mine = visit(api, phone)
    page = mine.get(f"xx, {language}-XX;q=0.8, en;q=0.1" if language != "en" else "en-GB")
    done = mine.post(page.form("all"), language)
    words = words_of(language)

    assert f'<html lang="{language}">' in page.html
    assert page.answer.headers["content-language"] == language
    assert words.say("agreed") in page.text
    assert words.say("done_all") in done.text
    assert page.html.count('href="?lang=') == len(LANGUAGES) - 1
    assert "{" not in page.text


def test_what_is_chosen_wins_over_what_the_browser_says(api: Api):
    """
    The switch is a link, and a form that is sent from there answers in the same language.
    """
    phone = new_phone()
    api.agree(phone)
    mine = visit(api, phone)
    answer = api.client.get(mine.path + "?lang=de", headers={"Accept-Language": "es"})

    assert '<html lang="de">' in answer.text
    assert '<form method="post">' in answer.text


def test_without_a_word_from_the_browser_it_speaks_the_language_of_the_country(api: Api):
    """
    A Spanish number reads Spanish.
    """
    phone = new_phone()
    api.agree(phone)

    assert '<html lang="es">' in visit(api, phone).get("").html


def test_times_are_those_of_the_person(api: Api):
    """
    The zone is said at the foot.
    """
    phone = new_phone()
    api.agree(phone)
    api.post(
        "/v1/contacts/location",
        {"contact": {"phone": phone}, "region": "ES-CN", "zone": "Atlantic/Canary", "stated_by": "person"},
    )

    assert "Times are those of Atlantic/Canary." in visit(api, phone).get().text


def test_a_link_needs_who_may_read_people(api: Api):
    """
    Writing consents alone does not let anybody read what a link shows.
    """
    phone = new_phone()
    api.agree(phone)
    body = {"contact": {"phone": phone}}

    assert api.post("/v1/contacts/links", body, key="opt-outs").status_code == 403
    assert api.post("/v1/contacts/links", body, key="caller").status_code == 403
    assert api.post("/v1/contacts/links", body, key="capture").status_code == 201
    assert api.post("/v1/contacts/links", body, once=None).status_code == 400
    assert api.post("/v1/contacts/links", {"contact": {"phone": new_phone()}}).status_code == 404


def test_the_same_request_gives_the_same_link_again(api: Api):
    """
    Marked as a repetition, and one entry.
    """
    phone = new_phone()
    api.agree(phone)
    first, again = (api.post("/v1/contacts/links", {"contact": {"phone": phone}}, once=f"k{phone}") for _ in "ab")

    assert first.json() == again.json()
    assert again.headers["idempotent-replay"] == "true"


def test_a_link_can_be_had_as_a_picture_to_print(api: Api):
    """
    An SVG that a browser shows, for the same link as its JSON tells.
    """
    phone = new_phone()
    api.agree(phone)
    told = api.post("/v1/contacts/links?format=svg", {"contact": {"phone": phone}})
    wrong = api.post("/v1/contacts/links?format=png", {"contact": {"phone": phone}})

    assert (told.status_code, told.headers["content-type"]) == (201, "image/svg+xml")
    assert told.text.startswith("<svg ")
    assert "<script" not in told.text
    assert wrong.status_code == 422


def test_nothing_of_the_page_is_kept_framed_or_told(api: Api):
    """
    The headers say so on every answer, whatever it is.
    """
    phone = new_phone()
    api.agree(phone)
    mine = visit(api, phone)
    pages = [mine.get(), mine.post({"act": "all"}), mine.post(b"%"), Page(api.client.get("/me/x"))]
    policy = pages[0].answer.headers["content-security-policy"]

    assert [each.status for each in pages] == [200, 400, 400, 404]
    for each in pages:
        told = each.answer.headers
        assert (told["referrer-policy"], told["cache-control"]) == ("no-referrer", "no-store")
        assert (told["x-robots-tag"][:7], told["x-frame-options"]) == ("noindex", "DENY")
        assert told["content-type"] == "text/html; charset=utf-8"
        assert "set-cookie" not in told
        assert told["content-security-policy"] == policy
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert policy.endswith("; form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
    assert "<script" not in pages[0].html

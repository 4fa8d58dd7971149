"""
The page in a real browser: readable by everybody, on every screen, with the keyboard alone and without scripts.
"""

import json
from importlib.resources import files

import pytest
from playwright.sync_api import Browser, Page

from server.page.words import LANGUAGES, words_of
from tests.server.api import Api, ago, new_phone
from tests.server.page.browser import ORIGIN, visiting
from tests.server.page.visits import Visit, visit

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NOTICE = {"id": "calls-es", "version": 3, "locale": "es-ES"}


def somebody(api: Api) -> Visit:
    """
    A person with everything that a page can show.
    """
    phone = new_phone()
    api.agree(phone, purpose="offers", channels=["voice", "whatsapp_call"], notice=NOTICE)
    hold = api.held(phone)
    api.post(f"/v1/calls/{hold}/outcome", {"outcome": "connected", "at": ago(seconds=0), "duration_s": 31})
    api.authorize(phone, purpose="overdue_payments")
    mine = visit(api, phone)
    mine.press("channel", "email") if "email" in mine.get().html else mine.press("marketing")
    return mine


def faults(page: Page) -> list[str]:
    """
    What axe-core says is wrong: rule and place.
    """
    page.evaluate(AXE)
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    told = page.evaluate(f"axe.run(document, {json.dumps(options)})")
    return [f"{each['id']}: {node['target']}" for each in told["violations"] for node in each["nodes"]]


def opened(page: Page) -> None:
    """
    Whatever can be opened is.
    """
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_for_everybody(api: Api, browser: Browser, language):
    """
    No fault of WCAG 2.2 AA in any language, by day and (in one of them) by night, before and after an act.
    """
    mine = somebody(api)
    for scheme in ("light", "dark") if language == "es" else ("light",):
        with visiting(browser, api, color_scheme=scheme) as context:
            page = context.new_page()
            page.goto(f"{ORIGIN}{mine.path}?lang={language}")
            opened(page)

            assert faults(page) == []
    with visiting(browser, api) as context:
        page = context.new_page()
        page.goto(f"{ORIGIN}{mine.path}?lang={language}")
        page.get_by_role("button", name=words_of(language).say("end_all"), exact=True).click()

        assert faults(page) == []
        assert words_of(language).say("done_all") in page.content()
        page.goto(f"{ORIGIN}/me/x?lang={language}")
        assert faults(page) == []


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_the_page_fits_every_screen(api: Api, browser: Browser, width):
    """
    Nothing is beyond the edge, also with letters twice as large, and what is pressed is large enough.
    """
    mine = somebody(api)
    with visiting(browser, api, width=width) as context:
        page = context.new_page()
        page.goto(ORIGIN + mine.path)
        opened(page)
        for size in ("100%", "200%"):
            page.evaluate(f"document.documentElement.style.fontSize = '{size}'")

            assert page.evaluate("document.documentElement.scrollWidth") <= width
        heights = page.evaluate("[...document.querySelectorAll('button')].map(each => each.offsetHeight)")
        assert min(heights) >= 44


def test_one_press_ends_it_without_scripts_and_without_a_mouse(api: Api, browser: Browser):
    """
    Tab to the button, Enter, and the next page says that it is done.
    """
    mine = somebody(api)
    with visiting(browser, api, scripts=False) as context:
        page = context.new_page()
        page.goto(ORIGIN + mine.path)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.get_by_role("button", name="End everything").focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")

        assert "It is recorded: no more calls and no more messages." in page.content()
        assert "Done" in page.title()
        assert context.cookies() == []

"""
A real browser that meets the application without a socket, where there is one on this machine.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, Route, sync_playwright

from tests.server.api import Api

ORIGIN = "http://testserver.local"
PLACES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def where() -> str | None:
    """
    The browser's program: what VENIA_TEST_CHROMIUM names, or one that is found; None where there is none.
    """
    return os.environ.get("VENIA_TEST_CHROMIUM") or next(filter(None, map(shutil.which, PLACES)), None)


@contextmanager
def browsing() -> Iterator[Browser]:
    """
    The browser, until the block ends.
    """
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=where(), args=["--no-sandbox", "--disable-dev-shm-usage"])
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def visiting(
    browser: Browser, api: Api, *, width: int = 768, scripts: bool = True, **more: str
) -> Iterator[BrowserContext]:
    """
    A fresh profile whose every request the application answers; what it asks of anybody else fails.
    """
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        java_script_enabled=scripts,
        locale=more.pop("locale", "en-GB"),
        **more,  # type: ignore[arg-type]  # How it looks: each a word that the library knows.
    )
    asked: list[str] = []

    def answer(route: Route) -> None:
        request = route.request
        asked.append(request.url)
        if not request.url.startswith(ORIGIN + "/"):
            route.abort()
            return
        told = api.client.request(
            request.method,
            request.url.removeprefix(ORIGIN),
            content=request.post_data_buffer,
            headers=dict(request.all_headers()),
            follow_redirects=False,
        )
        route.fulfill(status=told.status_code, headers=dict(told.headers), body=told.content)

    context.route("**/*", answer)
    try:
        yield context
        assert {each for each in asked if not each.startswith(ORIGIN + "/")} == set()
    finally:
        context.close()

"""
A browser for the tests that need one; without one they are not collected, and the head of the report says so.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.server.page.browser import browsing, where

collect_ignore = [] if where() else ["test_browser.py"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """
    One for the tests of a module.
    """
    with browsing() as running:
        yield running

"""
One bureau for the tests of a module, and one for a test that spoils its log.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.audit.exporting.bureau import Bureau
from tests.live import Live, live_service


@pytest.fixture(scope="module")
def bureau(shared: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bureau]:
    """
    A bureau that the tests of a module share.
    """
    home = tmp_path_factory.mktemp("bureau")
    with live_service(shared, home) as live:
        yield Bureau(live, home)


@pytest.fixture
def own(live: Live, tmp_path: Path) -> Bureau:
    """
    A bureau of a test's own.
    """
    return Bureau(live, tmp_path)

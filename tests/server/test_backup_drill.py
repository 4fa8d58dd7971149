"""
The drill of docs/backup.md: a database lost on purpose, restored, and every promise looked at.
"""

import tempfile
from pathlib import Path

import pytest

from docs.backup_drill import KINDS, drill


@pytest.mark.parametrize("kind", KINDS)
def test_every_promise_of_the_page_holds(kind):
    """
    From a dump and from a base backup.
    """
    with tempfile.TemporaryDirectory(prefix="venia-drill-") as folder:
        seen = drill(kind, Path(folder)).seen

    assert [promise for promise, held, _ in seen if not held] == []
    assert len(seen) == 11

"""
The page that walks through Venia against a real server.
"""

from pathlib import Path

from docs.walkthrough import PAGE, stage, walk


def test_the_walkthrough_is_what_happens(database: str, tmp_path: Path):
    """
    Every request on the page is sent again, and every answer is the one on the page, byte for byte.
    """
    with stage(tmp_path / "home", database) as (server, graph):
        written = walk(server, graph)

    assert written == PAGE.read_text(encoding="utf-8"), "Write the page anew: .venv/bin/python -m docs.walkthrough"

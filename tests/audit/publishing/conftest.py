"""
How a scene with a journal and a checkpointer is played.
"""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pytest

from tests.audit.publishing.office import Office, office

T = TypeVar("T")


@pytest.fixture
def play(database: str, tmp_path: Path) -> Callable[[Callable[[Office], Awaitable[T]]], T]:
    """
    Plays a scene on a fresh database.
    """

    def play(scene: Callable[[Office], Awaitable[T]]) -> T:
        async def run() -> T:
            async with office(database, tmp_path) as place:
                return await scene(place)

        return asyncio.run(run())

    return play

"""
Files that are imported by the service itself, in whatever pieces.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Any
from uuid import uuid4

from audit.work import Written
from consent.imports.api import verdicts_of
from consent.imports.edge import Source
from consent.imports.options import CSV, Options
from consent.imports.requests import BeginImport, Come, FindImport, Import
from consent.imports.running import Importing, Taken, begun, bound
from consent.imports.trying import Trial
from tests.factories import once
from tests.live import Live

HEADER = "phone,purpose,channels,given_at,withdrawn_at,method\n"
THEN = "2024-05-01T10:00:00Z"
PLAIN = Options(CSV)


class BrokenOff(Exception):
    """
    The sender went away.
    """


def grant(phone: str, at: str = THEN) -> str:
    """
    A row that grants.
    """
    return f"{phone},order_updates,voice,{at},,web_form\n"


def refusal(phone: str, at: str = THEN) -> str:
    """
    A row that refuses everything.
    """
    return f"{phone},,,,{at},sms\n"


def cut(content: bytes, sizes: Iterable[int]) -> list[bytes]:
    """
    The content in pieces of these sizes, and the rest.
    """
    pieces, at = [], 0
    for size in sizes:
        pieces.append(content[at : at + size])
        at += size
    return [*pieces, content[at:]]


async def _chunks(pieces: Sequence[bytes | type[Exception]]) -> AsyncIterator[bytes]:
    for piece in pieces:
        if isinstance(piece, type):
            raise piece
        await asyncio.sleep(0)
        yield piece


class Desk:
    """
    Sends files to the service.
    """

    def __init__(self, live: Live) -> None:
        self.live = live
        self.id = uuid4()

    def send(
        self, *pieces: bytes | type[Exception], key: str = "", options: Options = PLAIN, patience: float = 30
    ) -> Written:
        """
        Sends these pieces under a key of their own, or this one.
        """
        live, key = self.live, key or str(uuid4())
        facts: dict[str, Any] = {}

        async def begin(digest: bytes) -> Come:
            wanted = BeginImport(live.tenant, "test", options.format, digest, bound(once(key), options))
            come = await begun(live.service.journal, live.service.reader, wanted)
            self.id = come.import_.id
            facts["import"] = str(self.id)
            return come

        taken = Taken(options, Source(live.tenant, "test", facts))
        return live.run(Importing(live.service.journal, taken, begin, patience=patience).run(_chunks(pieces)))

    def attempt(self, *pieces: bytes | type[Exception], options: Options = PLAIN) -> list[dict[str, Any]]:
        """
        What a dry run says of these pieces.
        """
        taken = Taken(options, Source(self.live.tenant, "test", {}))
        trial = Trial(self.live.service.reader, taken)

        async def run() -> list[dict[str, Any]]:
            return [json.loads(each.to_json()) async for group in trial.verdicts(_chunks(pieces)) for each in group]

        return self.live.run(run())

    def state(self) -> Import:
        """
        How far the import that was sent last has come.
        """
        return self.live.read(FindImport(self.live.tenant, self.id)).import_

    def verdicts(self) -> list[dict[str, Any]]:
        """
        What became of its rows.
        """

        async def read() -> bytes:
            key = (self.live.tenant, self.id)
            return b"".join([piece async for piece in verdicts_of(self.live.service.snapshots, key)])

        return [json.loads(line) for line in self.live.run(read()).splitlines()]


def plain(verdicts: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """
    Verdicts without what a dry run cannot know.
    """
    return [{**each, "contact": None, "entry": None} for each in verdicts]

"""
A reader of server-sent events, as a dialler has one.
"""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from tests.server.process import Process


class Reader:
    """
    The blocks of one stream, as they come.
    """

    def __init__(self, answer: httpx.Response) -> None:
        self.answer = answer
        self._lines = answer.iter_lines()
        self.last_id: str | None = None

    def block(self) -> dict[str, str]:
        """
        The next block's fields; the last id is remembered as a browser does.
        """
        fields: dict[str, str] = {}
        for line in self._lines:
            if not line:
                break
            name, _, value = line.partition(":")
            fields[name] = value.strip()
        if "id" in fields:
            self.last_id = fields["id"]
        return fields

    def event(self) -> tuple[dict[str, Any], float]:  # Any: a JSON document.
        """
        The next event, and when it was here.
        """
        while True:
            fields = self.block()
            if "data" in fields:
                return dict(json.loads(fields["data"])), time.monotonic()


@contextmanager
def streaming(server: Process, *types: str, key: str = "admin", **headers: str) -> Iterator[Reader]:
    """
    Opens a stream; what it says first, where it begins, is read already.
    """
    sent = {"Authorization": f"Bearer {server.demo['keys'][key]}", "Accept": "text/event-stream"}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    params = {"type": list(types)}
    with (
        httpx.Client(base_url=server.base_url, timeout=60, trust_env=False) as client,
        client.stream("GET", "/v1/events", params=params, headers=sent) as answer,
    ):
        assert answer.status_code == 200, answer.read()
        reader = Reader(answer)
        reader.block()
        yield reader

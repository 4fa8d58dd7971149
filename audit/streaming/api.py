"""
Bodies that are answered while they come: of any length, no faster than they are worked on.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing

from litestar.response.base import ASGIResponse
from litestar.types import Receive, ReceiveMessage, Send

NDJSON = "application/x-ndjson"


class Incoming:
    """A body that is answered while it comes."""

    def __init__(self, first: ReceiveMessage, receive: Receive) -> None:
        self._first = first
        self._receive = receive
        self._parts: asyncio.Queue[bytes | None] = asyncio.Queue(1)
        self._task: asyncio.Task[None] | None = None

    def listening(self) -> asyncio.Task[None]:
        """The one task that takes the body in; it ends when the client goes away."""
        if self._task is None:
            self._task = asyncio.create_task(self._listen(), name="incoming")
        return self._task

    async def _listen(self) -> None:
        message = self._first
        while message["type"] == "http.request":
            await self._parts.put(message["body"])
            if not message["more_body"]:
                await self._parts.put(None)
            message = await self._receive()

    async def parts(self) -> AsyncIterator[bytes]:
        """The body's parts, to its end."""
        while (part := await self._parts.get()) is not None:
            yield part


class Answers(ASGIResponse):
    """
    Answers that are sent while the body is still being read; all work on them ends when the client goes away.

    The framework's own stream listens for that on the side, and would swallow the body's parts.
    """

    _should_set_content_length = False

    def __init__(self, incoming: Incoming, pieces: AsyncGenerator[bytes, None]) -> None:
        super().__init__(media_type=NDJSON)
        self._incoming = incoming
        self._pieces = pieces

    async def send_body(self, send: Send, receive: Receive) -> None:
        """Sends each piece as it is ready."""
        tasks = [asyncio.create_task(self._send(send)), self._incoming.listening()]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _send(self, send: Send) -> None:
        async with aclosing(self._pieces) as pieces:
            async for piece in pieces:
                await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})

"""
A server that answers as badly as it is told to, and remembers what it was asked.

Each request takes the next step of the script; the last step answers all that follow.
"""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias
from uuid import uuid4

import httpx

Json: TypeAlias = dict[str, Any]  # Any: what JSON holds.


@dataclass(frozen=True, slots=True)
class Asked:
    """One request."""

    path: str
    headers: dict[str, str]
    content: bytes

    @property
    def key(self) -> str:
        """Its idempotency key."""
        return self.headers["idempotency-key"]


Step: TypeAlias = Callable[[socket.socket, Asked], None]


def reply(content: bytes | Json, status: int = 200, media_type: str | None = "application/json", **more: str) -> Step:
    """A whole answer."""
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    return raw(head(len(body), status, media_type, **more) + body)


def head(length: int, status: int = 200, media_type: str | None = "application/json", **more: str) -> bytes:
    """The head of an answer of that length."""
    headers = {"Content-Length": str(length), "Connection": "close"}
    headers |= {"Content-Type": media_type} if media_type else {}
    headers |= {name.replace("_", "-"): value for name, value in more.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status} Told\r\n{lines}\r\n".encode()


def raw(answer: bytes) -> Step:
    """These bytes, and nothing after them."""
    return lambda connection, _: connection.sendall(answer)


def after(seconds: float, then: Step) -> Step:
    """Another step, later."""

    def answer(connection: socket.socket, asked: Asked) -> None:
        threading.Event().wait(seconds)
        then(connection, asked)

    return answer


def silence(connection: socket.socket, _: Asked) -> None:
    """Nothing, until the client hangs up."""
    with suppress(OSError):
        connection.recv(1)


def hang_up(_connection: socket.socket, _asked: Asked) -> None:
    """Nothing, and the end."""


def drip(begin: bytes, piece: bytes) -> Step:
    """A beginning, and then a piece each time before anybody would call it silence, for ever."""

    def answer(connection: socket.socket, _: Asked) -> None:
        connection.sendall(begin)
        while True:
            connection.sendall(piece)
            threading.Event().wait(0.05)

    return answer


def flood(connection: socket.socket, _: Asked) -> None:
    """JSON that never ends, as fast as it goes."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
    piece = b"10000\r\n" + b" " * 65536 + b"\r\n"
    while True:
        connection.sendall(piece)


def allow(**changes: Any) -> Json:  # Any: some of it is to be of the wrong type.
    """An allow as the service gives it, changed; what is set to ... is left out."""
    expires_at = (datetime.now(UTC) + timedelta(seconds=60)).isoformat().replace("+00:00", "Z")
    whole: Json = {
        "decision": "allow",
        "reasons": [],
        "retry_at": None,
        "obligations": [],
        "contact": str(uuid4()),
        "policy": {"rule_set": "sha256:00", "packs": ["core@1"], "tzdata": "2026f"},
        "hold": {"id": str(uuid4()), "expires_at": expires_at},
        "receipt": {"log": "venia.example/log", "index": 7, "leaf_hash": "aGFzaA=="},
    }
    return {name: value for name, value in (whole | changes).items() if value is not ...}


def deny(**changes: Any) -> Json:  # Any, as above.
    """A deny as the service gives it, changed."""
    reason: Json = {"code": "CONSENT_MISSING", "severity": "terminal", "retry_at": None, "params": {}, "remedy": None}
    return allow(**{"decision": "deny", "reasons": [reason], "hold": ..., **changes})


def settled(hold: str, state: str = "released") -> Json:
    """What is answered to an outcome and to a release."""
    return {"hold": {"id": hold, "state": state}, "receipt": allow()["receipt"]}


def settle(connection: socket.socket, asked: Asked) -> None:
    """Takes every word about a hold."""
    reply(settled(asked.path.split("/")[3]))(connection, asked)


def forward(url: str, *, lose: bool = False) -> Step:
    """Has another server answer, and loses the answer on its way back if told to."""

    def answer(connection: socket.socket, asked: Asked) -> None:
        kept = {name: asked.headers[name] for name in ("authorization", "content-type", "idempotency-key")}
        with httpx.Client(base_url=url, trust_env=False, timeout=30) as client:
            told = client.post(asked.path, content=asked.content, headers=kept)
        if not lose:
            reply(told.content, told.status_code, told.headers["content-type"])(connection, asked)

    return answer


@dataclass(slots=True)
class Hostile:
    """The server; ``script`` may be replaced at any time."""

    script: list[Step]
    asked: list[Asked] = field(default_factory=list)
    url: str = ""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def paths(self) -> list[str]:
        """The last part of the path of each request."""
        return [each.path.rpartition("/")[2] for each in self.asked]

    def serve(self, connection: socket.socket) -> None:
        """Answers one request."""
        with connection, suppress(OSError):
            asked = _read(connection)
            if asked is None:
                return
            with self._lock:
                self.asked.append(asked)
                step = self.script.pop(0) if len(self.script) > 1 else self.script[0]
            step(connection, asked)
            connection.shutdown(socket.SHUT_WR)


def _read(connection: socket.socket) -> Asked | None:
    with connection.makefile("rb") as file:
        line = file.readline()
        if not line:
            return None
        headers = {}
        while (text := file.readline().strip()) != b"":
            name, _, value = text.decode().partition(":")
            headers[name.lower()] = value.strip()
        content = file.read(int(headers.get("content-length", 0)))
    return Asked(line.split()[1].decode(), headers, content)


@contextmanager
def hostile(*script: Step) -> Iterator[Hostile]:
    """A server with this script, until the block ends."""
    server = Hostile([*script])
    threads: list[threading.Thread] = []
    connections: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server.url = f"http://127.0.0.1:{listening.getsockname()[1]}"

        def accept() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = listening.accept()
                    connections.append(connection)
                    threads.append(threading.Thread(target=server.serve, args=(connection,)))
                    threads[-1].start()

        accepting = threading.Thread(target=accept)
        accepting.start()
        try:
            yield server
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            accepting.join()
            for connection in connections:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
            for thread in threads:
                thread.join()

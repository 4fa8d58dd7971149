"""
A subscriber: a real HTTP server on this machine, which answers as a test says and keeps what it was sent.
"""

import base64
import hmac
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeAlias

Answer: TypeAlias = tuple[int, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Delivery:
    """
    One request, and when it was here.
    """

    headers: dict[str, str]
    body: bytes
    at: float

    @property
    def event(self) -> dict[str, Any]:  # Any: a JSON document.
        """
        What it tells.
        """
        return dict(json.loads(self.body))

    def is_signed_with(self, secret: str) -> bool:
        """
        As a subscriber checks it, who knows nothing of us but the standard.
        """
        signed = f"{self.headers['webhook-id']}.{self.headers['webhook-timestamp']}.".encode() + self.body
        key = base64.b64decode(secret.removeprefix("whsec_"))
        wanted = "v1," + base64.b64encode(hmac.digest(key, signed, "sha256")).decode()
        return wanted in self.headers["webhook-signature"].split(" ")


@dataclass
class Receiver:
    """
    Answers with what is next in ``answers``, else with ``otherwise``; ``on_taken`` is called before it answers.
    """

    url: str = ""
    deliveries: list[Delivery] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    otherwise: Answer = (200, {})
    endless: bool = False
    on_taken: Callable[[Delivery], None] = lambda delivery: None

    @property
    def ids(self) -> list[str]:
        """
        The events that came, in order, with repetitions.
        """
        return [each.headers["webhook-id"] for each in self.deliveries]

    def next_answer(self) -> Answer:
        """
        What is answered now.
        """
        return self.answers.pop(0) if self.answers else self.otherwise


def _handler(receiver: Receiver) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            delivery = Delivery({name.lower(): value for name, value in self.headers.items()}, body, time.monotonic())
            receiver.deliveries.append(delivery)
            receiver.on_taken(delivery)
            status, more = receiver.next_answer()
            self.send_response(status)
            for name, value in more.items():
                self.send_header(name, value)
            if receiver.endless:
                self._go_on()
                return
            self.send_header("Content-Length", "0")
            self.end_headers()

        def _go_on(self) -> None:
            self.close_connection = True
            self.end_headers()
            try:
                while True:
                    self.wfile.write(bytes(4096))
            except OSError:
                return

        def log_message(self, *_: object) -> None:
            """
            Silence.
            """

    return Handler


@contextmanager
def receiving() -> Iterator[Receiver]:
    """
    A subscriber that listens until the block ends.
    """
    receiver = Receiver()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(receiver))
    server.daemon_threads = True
    receiver.url = f"http://127.0.0.1:{server.server_port}/venia"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

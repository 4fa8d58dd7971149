"""
A local server that answers as WhatsApp's Cloud API does: taking messages, refusing them, limiting, breaking off.
"""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

TOKEN = "EAAtesttoken"


@dataclass(slots=True)
class GraphLike:
    """
    What was posted, and how the next posts are answered; a message is ``taken`` once the API would deliver it.
    """

    port: int = 0
    posted: list[dict[str, Any]] = field(default_factory=list)  # Any: JSON.
    taken: list[dict[str, Any]] = field(default_factory=list)
    answers: list["Answer"] = field(default_factory=list)  # of the next posts; then all are taken
    asked: list[str] = field(default_factory=list)  # the addresses of what was read
    permissions: list["Answer"] = field(default_factory=list)  # what is told of permissions next
    on_taken: Callable[[dict[str, Any], str], None] = lambda body, wamid: None

    @property
    def url(self) -> str:
        """
        The API's address with its version.
        """
        return f"http://127.0.0.1:{self.port}/v23.0"


@dataclass(frozen=True, slots=True)
class Answer:
    """
    One answer: a status with a body; or taken first, and then nothing said (``breaks``).
    """

    status: int = 200
    body: Any = None
    headers: tuple[tuple[str, str], ...] = ()
    takes: bool = False
    breaks: bool = False


def refusal(code: int, status: int = 400, *, transient: bool = False, wait: int | None = None) -> Answer:
    """
    The API's error with this code.
    """
    error = {"message": f"(#{code}) refused", "type": "OAuthException", "code": code, "is_transient": transient}
    return Answer(status, {"error": error}, () if wait is None else (("Retry-After", str(wait)),))


BROKEN_OFF = Answer(takes=True, breaks=True)
NEVER_REACHED = Answer(breaks=True)
BAD_GATEWAY = Answer(502, "<html>Bad gateway</html>")


@contextmanager
def graph_like() -> Iterator[GraphLike]:
    """
    The server, for as long as the block runs.
    """
    graph = GraphLike()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(graph))
    graph.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield graph
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(graph: GraphLike) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            graph.posted.append({**body, "path": self.path})
            if self.headers["Authorization"] != f"Bearer {TOKEN}":
                self._answer(refusal(190, 401))
                return
            answer = graph.answers.pop(0) if graph.answers else Answer(takes=True)
            wamid = f"wamid.out{len(graph.taken)}"
            if answer.takes:
                graph.taken.append(body)
                graph.on_taken(body, wamid)
            if answer.breaks:
                self.close_connection = True
                self.connection.close()
                return
            said = {"messaging_product": "whatsapp", "messages": [{"id": wamid}]}
            self._answer(Answer(answer.status, said if answer.takes else answer.body, answer.headers))

        def do_GET(self) -> None:
            graph.asked.append(self.path)
            told = self.headers["Authorization"] == f"Bearer {TOKEN}"
            self._answer(graph.permissions.pop(0) if told else refusal(190, 401))

        def _answer(self, answer: Answer) -> None:
            raw = (answer.body if isinstance(answer.body, str) else json.dumps(answer.body)).encode()
            self.send_response(answer.status)
            for name, value in (*answer.headers, ("Content-Length", str(len(raw)))):
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *_: object) -> None:
            """
            Says nothing.
            """

    return Handler

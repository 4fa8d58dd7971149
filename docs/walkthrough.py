"""
Walks through one person's story with a real server and writes it down as docs/walkthrough.md.

    python -m docs.walkthrough

The server's clock stands still on a Tuesday morning, and what differs from run to run (ids, hashes) is replaced by
names, so that the page changes only where Venia does.
"""  # noqa: INP001  a folder of pages is no package

import base64
import json
import tempfile
import textwrap
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

import httpx

from audit.verification import verify_chain
from server.credentials import read as read_key
from server.db import migrate
from tests.channels import payloads
from tests.channels.graph_like import TOKEN, GraphLike, graph_like
from tests.postgres import ThrowawayPostgres
from tests.server.process import Process, eventually

WIDTH = 90
PAGE = Path(__file__).with_suffix(".md")
FROZEN = ("-m", "tests.server.frozen_server")
NOW, NOW_UNIX = "2026-11-24T10:00:00Z", 1_795_514_400
ACME = payloads.Business(display_phone_number="34910000000")
ANA = payloads.Customer("34600111222", "ES.50000000000000000005", "Ana Example")
PERSON = {"phone": "+34600111222"}

# What differs from run to run, or with a new edition of the rules, the tz database or the calendars.
VARYING = {
    "log": "log",
    "leaf_hash": "leaf hash",
    "rule_set": "rule set",
    "contact": "contact",
    "tzdata": "tz database",
    "holidays": "calendars",
}

Json: TypeAlias = dict[str, Any]  # What is sent and answered is JSON, and the story reaches into it by name.

INTRODUCTION = """# A walk through Venia

One person, from the first yes to the last no, and the proof of all of it. Every request below was sent to a real
server and every answer is what came back; only ids and hashes, which differ from run to run, are replaced by names in
`<angle brackets>`. It is Tuesday, 24 November 2026, 11:00 in Madrid, and the clock stands still.

`python -m docs.walkthrough` writes this page anew, and a test compares it with what the server answers.

To follow it, run `make run` and take the demo's keys and secrets from its file:

```sh
VENIA=http://127.0.0.1:8000
demo() { python3 -c "import json; print(json.load(open('.venia/demo.json'))['$1']['$2'])"; }
CAPTURE=$(demo keys capture) CALLER=$(demo keys caller) OFFICER=$(demo keys officer)
CHANNEL=$(demo whatsapp channel) APP_SECRET=$(demo whatsapp app_secret)
```
"""


class Walk:
    """The story so far, the server it happens on, and the names for what differs from run to run."""

    def __init__(self, server: Process) -> None:
        self._server = server
        self._text = [INTRODUCTION]
        self._names: dict[str, str] = {}
        self._steps = 0
        self.name(server.demo["whatsapp"]["channel"], "channel")
        for who, text in server.demo["keys"].items():
            if presented := read_key(text):
                self.name(f"key:{presented.key_id.hex()}", who)

    def page(self) -> str:
        """Everything told so far."""
        text = "\n".join(self._text)
        for value, name in sorted(self._names.items(), key=lambda each: -len(each[0])):
            text = text.replace(value, name)
        return text

    def name(self, value: object, name: str) -> None:
        """Has this value appear under a name."""
        self._names.setdefault(str(value), f"<{name}>")

    def tell(self, *lines: str) -> None:
        """Adds paragraphs, as they are."""
        self._text += [line + "\n" for line in lines]

    def post(self, title: str, sentence: str, key: str, path: str, body: Json) -> Json:
        """Posts JSON with one of the demo's keys."""
        self._begin(title, sentence)
        headers = {"Authorization": f"Bearer {self._server.demo['keys'][key]}"}
        shown = f'curl -s $VENIA{path} -H "Authorization: Bearer ${key.upper()}" \\\n'
        if not path.endswith("/check"):
            headers["Idempotency-Key"] = f"walk-{self._steps}"
            shown += f"  -H 'Idempotency-Key: walk-{self._steps}' \\\n"
        answer = self._server.client.post(path, json=body, headers=headers)
        self._show(f"{shown}  -H 'Content-Type: application/json' -d '{_indented(body)}'", answer)
        return dict(answer.json())

    def received(self, title: str, sentence: str, posted: Json) -> None:
        """What was sent to somebody else."""
        self._begin(title, sentence)
        path, body = posted["path"], {name: value for name, value in posted.items() if name != "path"}
        self.name(body["biz_opaque_callback_data"], "message")
        self.tell(_block("http", f"POST {path} HTTP/1.1\nAuthorization: Bearer <access token>\n\n{_indented(body)}"))

    def get(self, title: str, sentence: str, key: str, path: str) -> httpx.Response:
        """Gets with one of the demo's keys; the answer is for the caller to tell."""
        self._begin(title, sentence)
        self.tell(_block("sh", f'curl -s $VENIA{path} -H "Authorization: Bearer ${key.upper()}"'))
        return self._server.client.get(path, headers={"Authorization": f"Bearer {self._server.demo['keys'][key]}"})

    def deliver(self, title: str, sentence: str, *changes: payloads.Json) -> None:
        """Delivers changes as WhatsApp does, signed with the channel's secret."""
        self._begin(title, sentence)
        whatsapp, body = self._server.demo["whatsapp"], payloads.delivery(*changes)
        raw, signature = payloads.signed(body, whatsapp["app_secret"].encode())
        answer = self._server.client.post(
            f"/webhooks/whatsapp/{whatsapp['channel']}", content=raw, headers={"X-Hub-Signature-256": signature}
        )
        shown = (
            f"BODY='{_indented(body)}'\n"
            'SIGNATURE=$(printf %s "$BODY" | openssl dgst -sha256 -hmac "$APP_SECRET" | sed "s/.* //")\n'
            "curl -s $VENIA/webhooks/whatsapp/$CHANNEL \\\n"
            '  -H "X-Hub-Signature-256: sha256=$SIGNATURE" -d "$BODY"'
        )
        self._show(shown, answer)

    def _begin(self, title: str, sentence: str) -> None:
        self._steps += 1
        self.tell(f"## {self._steps}. {title}", textwrap.fill(sentence, 120))

    def _show(self, request: str, answer: httpx.Response) -> None:
        self.name_all(answer.json())
        said = f"HTTP/1.1 {answer.status_code} {answer.reason_phrase}\n\n{_indented(answer.json())}"
        self.tell(_block("sh", request), _block("http", said))

    def name_all(self, value: object, at: str = "") -> None:
        """Gives names to what varies."""
        if isinstance(value, Mapping):
            for key, inner in value.items():
                self.name_all(inner, key)
        elif isinstance(value, list):
            for each in value:
                self.name_all(each, at)
        elif isinstance(value, str) and at in VARYING:
            self.name(value, VARYING[at])


def _indented(value: object, margin: str = "") -> str:
    """JSON, indented where a line would be too long."""
    line = json.dumps(value, ensure_ascii=False)
    if len(margin) + len(line) <= WIDTH or not isinstance(value, dict | list):
        return line
    inner = margin + "  "
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    if isinstance(value, dict):
        parts = [f"{json.dumps(key)}: {_indented(each, inner)}" for key, each in value.items()]
    else:
        parts = [_indented(each, inner) for each in value]
    return f"{opening}\n{inner}" + f",\n{inner}".join(parts) + f"\n{margin}{closing}"


def _block(language: str, text: str) -> str:
    return f"```{language}\n{text}\n```"


@contextmanager
def stage(home: Path, url: str) -> Iterator[tuple[Process, GraphLike]]:
    """A server whose clock stands at ``NOW``, beside a local server that answers as WhatsApp's Cloud API does."""
    with graph_like() as graph:
        outside = {"VENIA_CHECKPOINTER": "off", "VENIA_GRAPH_URL": graph.url}
        with Process(home, url, (*FROZEN, "serve", "--demo"), **outside) as server:
            whatsapp = server.demo["whatsapp"]["channel"]
            server.run(*FROZEN, "channel", "answer", "--tenant", server.demo["tenant"], whatsapp, told=f"{TOKEN}\n")
            yield server, graph


def walk(server: Process, graph: GraphLike) -> str:
    """The page, as it comes from a server on its stage."""
    story = Walk(server)
    hold = _from_consent_to_hold(story)
    _the_call(story, hold)
    _the_no(story)
    _the_answer(story, server, graph)
    contact = _the_deny(story)
    _the_proof(story, server, contact)
    return story.page().rstrip() + "\n"


def _question(**more: object) -> Json:
    return {"to": PERSON, "from": {"phone_number_id": "700600500400"}, "purpose": "appointment_reminders", **more}


def _from_consent_to_hold(story: Walk) -> object:
    consent: Json = {
        "contact": PERSON,
        "purpose": "appointment_reminders",
        "channels": ["whatsapp_call"],
        "given_at": "2026-11-24T09:58:00Z",
        "method": "web_form",
        "notice": {"id": "calls-es", "version": 3, "locale": "es-ES"},
        "evidence": {"page_url": "https://shop.example/calls", "ip": "203.0.113.7"},
    }
    said = story.post(
        "Ana agrees",
        "Two minutes ago, Ana ticked a box: the shop may call her over WhatsApp to remind her of appointments. "
        "The receipt says where in the log this stands.",
        "capture",
        "/v1/consents",
        consent,
    )
    story.name(said["consents"][0]["id"], "consent")
    story.post(
        "May we call?",
        "Not yet: WhatsApp wants a permission of its own, which is not the same as consent.",
        "caller",
        "/v1/calls/check",
        _question(),
    )
    story.deliver(
        "Ana lets the business call",
        "She accepts the permission request in her chat, for a week. The answer means that this is durable.",
        payloads.messages(
            payloads.temporary_grant(id="wamid.PERMISSION", by=ANA, at=NOW_UNIX), business=ACME, people=(ANA,)
        ),
    )
    story.post("May we call now?", "Yes. A check holds nothing.", "caller", "/v1/calls/check", _question())
    allowed = story.post(
        "Ask for leave",
        "Before dialling, the caller authorizes: the allow is held for this caller and entered in the log.",
        "caller",
        "/v1/calls/authorize",
        _question(reference="job-1"),
    )
    hold = allowed["hold"]["id"]
    story.name(hold, "hold 1")
    return hold


def _the_call(story: Walk, hold: object) -> None:
    call: Json = {"id": "wacid.CALL", "to": ANA, "at": NOW_UNIX, "opaque": f"hold={hold}"}
    story.deliver(
        "WhatsApp tells of the call",
        "Ana picks up, and half a minute later the call is over; the hold's id in the opaque data says which it was.",
        payloads.call_statuses(payloads.call_status("ACCEPTED", **call), business=ACME, people=(ANA,)),
        payloads.calls(payloads.terminate_answered(**call, duration=31), business=ACME, people=(ANA,)),
    )
    story.post(
        "The caller tells too",
        "It says what WhatsApp has said already: nothing new is entered, and the receipt is that of what is known.",
        "caller",
        f"/v1/calls/{hold}/outcome",
        {"outcome": "connected", "at": NOW, "duration_s": 31},
    )


def _the_no(story: Walk) -> None:
    again = story.post(
        "Another call is planned",
        "The caller authorizes again and gets a second hold.",
        "caller",
        "/v1/calls/authorize",
        _question(reference="job-2"),
    )
    story.name(again["hold"]["id"], "hold 2")
    story.deliver(
        "Ana writes BAJA",
        "In the same transaction her consents end, calls are suppressed and the open hold is released.",
        payloads.messages(payloads.text("BAJA", id="wamid.STOP", by=ANA, at=NOW_UNIX), business=ACME, people=(ANA,)),
    )


def _the_deny(story: Walk) -> object:
    story.post("May we still call?", "No, for two reasons.", "caller", "/v1/calls/check", _question())
    denied = story.post(
        "Ask for leave once more",
        "A deny is an answer and no error, and it is entered like an allow.",
        "caller",
        "/v1/calls/authorize",
        _question(reference="job-3"),
    )
    return denied["contact"]


def _the_answer(story: Walk, server: Process, graph: GraphLike) -> None:
    with server.beside(*FROZEN, "checkpoint", "--follow", "--until-input-ends"):
        eventually(lambda: bool(graph.taken))
        eventually(lambda: "message.sent" in server.events())
    story.received(
        "Ana is answered",
        "The process beside the server sends one confirmation, in her language, within five minutes of her BAJA, once "
        "`venia channel answer` has given the channel its access token; this is what "
        "WhatsApp's API receives. The id that travels with it comes back in every status, so that it is never sent twice.",
        graph.posted[0],
    )


def _the_proof(story: Walk, server: Process, contact: object) -> None:
    told = story.get(
        "What happened to Ana",
        "An officer reads her timeline, newest first. It names nobody: her number lies sealed elsewhere.",
        "officer",
        f"/v1/contacts/{contact}/timeline",
    ).json()["events"]
    rows = [f"| {each['index']} | `{each['event']}` | `{each['actor']}` |" for each in told]
    story.tell("\n".join(["| index | event | by |", "|---|---|---|", *rows]))
    first = told[0]["index"]
    lines = story.get(
        "The log of all of it",
        "The same events as the log holds them: bytes, each with its leaf hash. Here the whole log was read, every "
        "hash was computed again, and every entry names the one before it.",
        "officer",
        "/v1/audit/entries",
    ).text.splitlines()
    stored = [_stored(line) for line in lines]
    chain = verify_chain(server.demo["log"]["origin"], stored)
    story.tell(f"The last entry, decoded ({len(chain.entries)} entries verified):")
    story.tell(_block("text", _named_bytes(story, stored[first][1].decode())))


def _stored(line: str) -> tuple[int, bytes, bytes]:
    read = json.loads(line)
    return read["index"], base64.b64decode(read["body"]), base64.b64decode(read["leaf_hash"])


def _named_bytes(story: Walk, body: str) -> str:
    """An entry's lines, the ones that differ from run to run replaced by what they are, the payload indented."""
    header, log, index, previous, recorded_at, event, payload = body.splitlines()
    story.name(log, "log")
    story.name(previous, "leaf hash of the entry before")
    story.name(event, "event id")
    said = json.loads(payload)
    story.name_all(said)
    shown = _indented(said)
    return f"{header}\n{log}\n{index}\n{previous}\n{recorded_at}\n{event}\n{shown}"


def main() -> None:
    """Starts everything anew, walks, and writes the page."""
    with tempfile.TemporaryDirectory() as folder:
        postgres = ThrowawayPostgres(Path(folder) / "postgres")
        migrate(postgres.start())
        try:
            with stage(Path(folder) / "home", postgres.url) as (server, graph):
                PAGE.write_text(walk(server, graph), encoding="utf-8")
        finally:
            postgres.stop()


if __name__ == "__main__":
    main()

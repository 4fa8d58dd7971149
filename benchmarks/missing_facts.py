"""
What a missing fact does to calls that must be denied: Venia beside every policy engine that installs for Python.

    .venv/bin/python -m benchmarks.missing_facts

`make engines` runs it where the engines are installed; without them it shows Venia alone.

Seven calls must be denied, each because of one fact: the hour, a holiday, the calls of the day, the last call, a
register, an opt-out, a withdrawn consent.  The rules against them are written for each engine as its documentation
shows how to deny (`benchmarks.missing`).  With every fact, each engine must deny all seven, with the right reason if
it gives one, and allow a call against which there is nothing; otherwise the rules were told wrongly, and the run
ends.  Then the fact that decides is left out, and the table says what comes of it:

- ``deny`` and the reason that is given, or that none is given;
- ``raises``: safe where the caller makes a denial of the error, with a reason and a record;
- ``ALLOW``: the person is called.

Exits with 1 when Venia does not deny everywhere, and with 2 when rules were told wrongly.
"""

import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import version

from benchmarks.missing import IN_ORDER, QUESTIONS, VENIA, WAYS, Asked, Question, Way

ALLOWED, RAISED = "**ALLOW**", "raises"
_SHORT = 24  # Letters: longer than any code, shorter than a sentence.


class ToldWrongly(Exception):
    """With every fact an engine answers otherwise than it must, so that its answers without one say nothing."""


def check(way: Way, ask: Asked) -> None:
    """Sees whether the engine was told the rules; `ToldWrongly` if not."""
    if ask(IN_ORDER) is not None:
        raise ToldWrongly(f"{way.name} ({way.written}) denies a call against which there is nothing.")
    for question in QUESTIONS:
        reasons = ask(question.facts())
        if reasons is None or (reasons and question.code not in reasons):
            raise ToldWrongly(f"{way.name} ({way.written}) says {reasons} of {question.title}.")


def outcome(question: Question, ask: Asked) -> str:
    """What comes of the question without the fact that decides it."""
    try:
        reasons = ask(question.facts_without())
    except Exception:  # noqa: BLE001  Each engine raises its own, and all of them count alike.
        return RAISED
    if reasons is None:
        return ALLOWED
    if not reasons:
        return "deny, no reason"
    return f"deny: {reasons[0] if len(reasons[0]) <= _SHORT else 'invalid request'}"


def rows(ways: Sequence[Way]) -> Iterator[tuple[Way, list[str]]]:
    """What comes of each question, for those that are installed; `ToldWrongly`."""
    for way in ways:
        try:
            ask = way.told()
        except ModuleNotFoundError:
            print(f"{way.name} is not installed: make engines", file=sys.stderr)
            continue
        check(way, ask)
        yield way, [outcome(question, ask) for question in QUESTIONS]


def line(cells: Sequence[str]) -> str:
    """A line of a table in Markdown."""
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Prints the table."""
    print(line(["", "rules written as", *(question.title for question in QUESTIONS)]))
    print(line(["---"] * (2 + len(QUESTIONS))))
    failed = False
    try:
        for way, cells in rows(WAYS):
            name = "Venia" if way is VENIA else f"{way.name} {version(way.name)}"
            print(line([name, way.written, *cells]), flush=True)
            failed = failed or (way is VENIA and not all(cell.startswith("deny: ") for cell in cells))
    except ToldWrongly as wrong:
        print(wrong, file=sys.stderr)
        sys.exit(2)
    if failed:
        sys.exit("Venia does not deny everywhere, with a reason.")


if __name__ == "__main__":
    main()

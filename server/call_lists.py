"""
Lists of people: each row is a question, and gets a verdict.

They are decided some hundred rows at a time, so that their length does not matter.  A row that cannot be read, or not
be decided, has a verdict that says so; nothing that was not decided ever looks like an allow.
"""

from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import TypeAlias
from uuid import UUID

from pydantic import ValidationError

from audit.instants import rfc3339, rfc3339_or_none
from audit.reader import AnyLook, Reader
from policies.bodies import CheckBody
from policies.checking import Check, Checked
from policies.planning import Plan, Planned, Slot
from server.call_list_rows import DETAILS, PEOPLE, Cells, Row
from server.problems import problem_of

COLUMNS = ("line", "verdict", "reasons", "next_allowed_at", "remedy", "slots")

_AT_ONCE = 512
_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)

Asked: TypeAlias = tuple[AnyLook, ...] | str  # A row as looks, or as the sentence that says why it is none.


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a row: allow, deny or error, and what helps."""

    line: int
    verdict: str
    reasons: tuple[str, ...] = ()
    next_allowed_at: datetime | None = None
    remedy: str = ""
    slots: tuple[str, ...] = ()

    def to_json(self) -> dict[str, object]:
        """The verdict as programs read it."""
        return {
            "line": self.line,
            "verdict": self.verdict,
            "reasons": self.reasons,
            "next_allowed_at": rfc3339_or_none(self.next_allowed_at),
            "remedy": self.remedy or None,
            "slots": self.slots,
        }

    def cells(self) -> tuple[str, ...]:
        """The verdict as a row of a table, in the order of ``COLUMNS``."""
        again = "" if self.next_allowed_at is None else rfc3339(self.next_allowed_at)
        return str(self.line), self.verdict, " ".join(self.reasons), again, self.remedy, " ".join(self.slots)


@dataclass(slots=True)
class Summary:
    """How many rows had which verdict, and how many denials which reason."""

    verdicts: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)

    def add(self, verdicts: Sequence[Verdict]) -> None:
        """So many more."""
        for each in verdicts:
            self.verdicts[each.verdict] += 1
            self.codes.update(each.reasons)

    def lines(self) -> Iterator[str]:
        """For people: the verdicts, then the codes, the most frequent first."""
        count = self.verdicts
        yield f"{count.total()} rows: {count['allow']} allowed, {count['deny']} denied, {count['error']} undecided"
        for code, denied in self.codes.most_common():
            yield f"  {code}: {denied}"


@dataclass(frozen=True, slots=True)
class CallList:
    """What is asked of every row: from which sender, when, and what holds where the row itself does not say."""

    tenant: UUID
    sender: str
    usual: Cells
    at: datetime | None = None
    day: date | None = None  # the day, in UTC, of which slots are wanted

    def asked(self, row: Row) -> Asked:
        """Whether now, and perhaps when."""
        if isinstance(row.cells, str):
            return row.cells
        cells = {name: cell for name, cell in row.cells.items() if cell}
        person = {name: cells[name] for name in PEOPLE if name in cells}
        details = {**self.usual, **{name: cells[name] for name in DETAILS if name in cells}}
        try:
            body = CheckBody.model_validate({"to": person, "from": {"id": self.sender}, **details})
        except ValidationError as error:
            return _sentence(error)
        check = Check(self.tenant, body.question(), self.at)
        if self.day is None:
            return (check,)
        begin = datetime.combine(self.day, time(), tzinfo=UTC)
        return check, Plan(self.tenant, check.question, begin, begin + _DAY)


async def decide(reader: Reader, asked: CallList, rows: Iterable[Row]) -> AsyncIterator[list[Verdict]]:
    """The verdicts on a list's rows, in order, a group at a time; each group is decided on one snapshot."""
    left = iter(rows)
    while group := list(islice(left, _AT_ONCE)):
        each = [asked.asked(row) for row in group]
        looks = [look for row in each if not isinstance(row, str) for look in row]
        answers = iter(await _answers(reader, looks))
        yield [
            _verdict(row.line, one if isinstance(one, str) else [next(answers) for _ in one])
            for row, one in zip(group, each, strict=True)
        ]


async def _answers(reader: Reader, looks: Sequence[AnyLook]) -> Sequence[object]:
    try:
        return await reader.read_together(looks)
    except Exception as error:  # noqa: BLE001  Whatever it is, every row of the group says so.
        return [error] * len(looks)


def _verdict(line: int, answers: Sequence[object] | str) -> Verdict:
    if isinstance(answers, str):
        return Verdict(line, "error", remedy=answers)
    slots: tuple[str, ...] = ()
    for answer in answers:
        if isinstance(answer, Exception):
            return Verdict(line, "error", remedy=_sentence(answer))
        if isinstance(answer, Planned):
            slots = tuple(_clock(answer.slots))
    return _decided(line, answers[0], slots)


def _decided(line: int, checked: object, slots: tuple[str, ...]) -> Verdict:
    if not isinstance(checked, Checked):
        raise TypeError("A row's first look is a check.")
    decision = checked.decision
    remedies = dict.fromkeys(reason.remedy for reason in decision.reasons if reason.remedy)
    return Verdict(
        line,
        "allow" if decision.allow else "deny",
        tuple(dict.fromkeys(reason.code.value for reason in decision.reasons)),
        decision.retry_at,
        " ".join(remedies),
        slots,
    )


def _clock(slots: Iterable[Slot]) -> Iterator[str]:
    """Slots in whole minutes that lie within them, as HH:MM-HH:MM in UTC; the day's end is 24:00."""
    for start, end in slots:
        day = start.replace(hour=0, minute=0, second=0, microsecond=0)
        first, last = -((day - start) // _MINUTE), (end - day) // _MINUTE
        if first < last:
            yield f"{first // 60:02d}:{first % 60:02d}-{last // 60:02d}:{last % 60:02d}"


def _sentence(error: Exception) -> str:
    problem = problem_of(error)
    places = problem.get("errors")
    if not isinstance(places, list):
        return str(problem["detail"])
    return " ".join(f"{each['pointer'].rpartition('/')[2] or 'row'}: {each['detail']}" for each in places)

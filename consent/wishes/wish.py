"""
What people wish of whoever may call them: "only mornings", "at most two a week", "only about my order".

Pure.  A wish only ever narrows: it is asked beside every rule, and nothing that it says allows a call.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from itertools import pairwise
from uuid import UUID

from audit.entry import Json
from consent.lifecycle import Extent

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# A person's "a week" means any seven days: whoever has been called on Sunday is not called anew because it is Monday.
SPANS: Mapping[str, int] = {"day": 1, "week": 7, "month": 31}
LONGEST_DAYS = max(SPANS.values()) + 1  # of what a wish counts, in days; a local day begins up to a day earlier
_SHORTEST = 15  # minutes of a window
_WINDOW = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-(?:([01]\d|2[0-3]):([0-5]\d)|(24):(00))", re.ASCII)


@dataclass(frozen=True, slots=True)
class Wish:
    """
    One wish, as facts and entries have it.

    The first four say about which calls it is, None being all.  The others are what it asks of them: days of the week and
    hours, by the person's clock; at most so many in so long; only for these purposes, from this sender; none before a date.
    """

    id: str
    purposes: tuple[str, ...] | None = None
    categories: tuple[str, ...] | None = None
    channels: tuple[str, ...] | None = None
    sender: str | None = None
    days: tuple[str, ...] | None = None
    windows: tuple[str, ...] | None = None
    most: int | None = None
    per: str | None = None  # day, week or month
    only_purposes: tuple[str, ...] | None = None
    only_categories: tuple[str, ...] | None = None
    only_channels: tuple[str, ...] | None = None
    only_sender: str | None = None
    not_before: str | None = None  # a date, such as 2026-12-01

    @property
    def about(self) -> Extent:
        """The calls that it is about."""
        return Extent(self.purposes, self.categories, self.channels, self.sender)

    @property
    def only(self) -> Extent:
        """The calls that it leaves."""
        return Extent(self.only_purposes, self.only_categories, self.only_channels, self.only_sender)

    def says(self) -> dict[str, Json]:
        """What it says, without its id: what it does not speak of is left out."""
        told = ((name, getattr(self, name)) for name in _NAMES)
        return {name: list(value) if isinstance(value, tuple) else value for name, value in told if value is not None}


_NAMES = tuple(each.name for each in fields(Wish) if each.name != "id")


def wish_of(identity: UUID, says: Mapping[str, object]) -> Wish:
    """The wish of this id that says this; ValueError for a member that no wish has."""
    if unknown := sorted(set(says) - set(_NAMES)):
        raise ValueError(f"a wish has no {unknown[0]}")
    told = {name: tuple(value) if isinstance(value, list) else value for name, value in says.items()}
    return Wish(str(identity), **told)  # type: ignore[arg-type]  # As `says` wrote them.


@dataclass(frozen=True, slots=True)
class WishEvent:
    """A wish with its two clocks: when the person said it and when we learnt it, and so of its end."""

    id: UUID
    wish: Wish
    at: datetime
    recorded_at: datetime
    method: str
    ended_at: datetime | None = None
    end_recorded_at: datetime | None = None

    def holds(self, as_of: datetime, known_at: datetime | None = None) -> bool:
        """Whether it was in force at ``as_of``, by what was known at ``known_at``."""
        if self.at > as_of or (known_at is not None and self.recorded_at > known_at):
            return False
        if self.ended_at is None or self.ended_at > as_of:
            return True
        return known_at is not None and self.end_recorded_at is not None and self.end_recorded_at > known_at


def in_force(events: Iterable[WishEvent], as_of: datetime, known_at: datetime | None = None) -> Sequence[WishEvent]:
    """The wishes in force, oldest first."""
    held = (each for each in events if each.holds(as_of, known_at))
    return sorted(held, key=lambda each: (each.at, each.recorded_at, each.id))


def why_not(wish: Wish, today: date) -> str | None:
    """What keeps it from being a wish, as a sentence; None if nothing does.  ``today`` bounds how far ahead it may wait."""
    asked = (wish.days, wish.windows, wish.most, wish.not_before)
    if all(each is None for each in (*asked, *_told(wish.only))):
        return "say what is wished: days, windows, most, only or not_before"
    if wish.windows is not None and (why := _ill_windows(wish.windows)):
        return why
    if wish.days is not None and not wish.windows and set(wish.days) == set(DAYS):
        return "all seven days leave nothing out: name the days on which calls are welcome"
    if wish.windows == ("00:00-24:00",) and (wish.days is None or set(wish.days) == set(DAYS)):
        return "the whole day, every day, leaves nothing out"
    if wish.not_before is not None and date.fromisoformat(wish.not_before).year < today.year - 1:
        return "that date is long over and holds nothing back"
    if wish.not_before is not None and date.fromisoformat(wish.not_before).year > today.year + 10:
        return "write a date within ten years; whoever wants no calls for longer withdraws consent"
    return None


def _told(extent: Extent) -> tuple[object, ...]:
    return extent.purposes, extent.categories, extent.channels, extent.sender


def _ill_windows(windows: Sequence[str]) -> str | None:
    read = []
    for each in windows:
        match = _WINDOW.fullmatch(each)
        if match is None:
            return f"{each!r} is no window: write 09:00-12:00, at most until 24:00"
        hour, minute, until, past = (int(part) for part in match.groups() if part is not None)
        read.append((hour * 60 + minute, until * 60 + past))
        if read[-1][1] - read[-1][0] < _SHORTEST:
            return (
                f"{each!r} is shorter than {_SHORTEST} minutes; a night is written in two: 22:00-24:00 and 00:00-02:00"
            )
    if any(end > start for (_, end), (start, _) in pairwise(sorted(read))):
        return "two windows overlap: join them"
    return None

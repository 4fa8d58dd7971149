"""
What keeps a business number from calling, by the platform's word: each kind by itself, with its end where one is known.

Pure.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from audit.instants import rfc3339


@dataclass(frozen=True, slots=True)
class Restriction:
    """
    One of them; ``until`` None: until further notice.

    ``said_at`` is set where newer words replace older ones, which may come later; such a one is kept when it is over.
    """

    kind: str
    until: datetime | None = None
    said_at: datetime | None = None

    def lasts_longer(self, other: "Restriction") -> bool:
        """Whether it ends later."""
        return self.until is None or (other.until is not None and other.until < self.until)

    def replaces(self, other: "Restriction") -> bool:
        """Whether it counts, of two of a kind: the newer word where words are dated, else the longer one."""
        if self.said_at is not None and other.said_at is not None and self.said_at != other.said_at:
            return self.said_at > other.said_at
        return self.lasts_longer(other)


def in_force(restrictions: Sequence[Restriction], now: datetime) -> tuple[Restriction, ...]:
    """Those that are not over."""
    return tuple(each for each in restrictions if each.until is None or now < each.until)


def restricted(known: Sequence[Restriction], more: Sequence[Restriction], now: datetime) -> tuple[Restriction, ...]:
    """
    What is to be kept once these have come.

    Of one kind the longer stays: deliveries come in any order, and what shortens a restriction is not told of.
    """
    by_kind: dict[str, Restriction] = {}
    for each in (*known, *more):
        before = by_kind.get(each.kind)
        if before is None or each.replaces(before):
            by_kind[each.kind] = each
    return _kept(tuple(by_kind.values()), now)


def lifted(known: Sequence[Restriction], kinds: Collection[str] | None, now: datetime) -> tuple[Restriction, ...]:
    """What is left to be kept without these kinds; None: without any."""
    return () if kinds is None else _kept([each for each in known if each.kind not in kinds], now)


def _kept(restrictions: Sequence[Restriction], now: datetime) -> tuple[Restriction, ...]:
    live = in_force(restrictions, now)
    return tuple(each for each in restrictions if each in live or each.said_at is not None)


def joint_end(restrictions: Sequence[Restriction]) -> datetime | None:
    """When the last of them ends; None where that is not known, or there are none."""
    ends = [each.until for each in restrictions]
    known = [each for each in ends if each is not None]
    return max(known) if known and len(known) == len(ends) else None


def written_restriction(restriction: Restriction) -> str:
    """As a row holds it: the end, when it was said, and the kind."""
    moments = (restriction.until, restriction.said_at)
    return " ".join([*("-" if each is None else rfc3339(each) for each in moments), restriction.kind])


def read_restriction(written: str) -> Restriction:
    """One that a row holds."""
    until, said_at, kind = written.split(" ", 2)
    return Restriction(kind, *(None if each == "-" else datetime.fromisoformat(each) for each in (until, said_at)))

"""
What a message of a customer may mean, and which of two readings of it counts.
"""

from dataclasses import dataclass, replace
from typing import Literal

from consent.periods.reading import SOME_TIME, Period

Only = Literal["marketing"]
Kind = Literal["opt_out", "opt_out_maybe", "opt_in", "help", "none"]


@dataclass(frozen=True, slots=True)
class Meaning:
    """
    What was said, and the words that say so.

    ``language`` is a BCP 47 language, or None where several share the word (STOP).  ``pattern`` is the keyword or
    phrase, folded.  ``span`` is its half-open place in the original text, in code points.  A refusal may be of
    advertising ``only``, or for a ``period``; without either it is of everything for good.
    """

    kind: Kind
    language: str | None = None
    pattern: str | None = None
    span: tuple[int, int] | None = None
    only: Only | None = None
    period: Period | None = None
    quotes: bool = False  # ``pattern`` holds the person's own words: it is personal

    @property
    def confidence(self) -> Literal["clear", "possible"]:
        """Whether it takes effect at once, or stops marketing until a person has read it."""
        return "possible" if self.kind == "opt_out_maybe" else "clear"


NOTHING = Meaning("none")
_SEVERITY: dict[Kind, int] = {"none": 0, "help": 1, "opt_in": 2, "opt_out_maybe": 3, "opt_out": 4}


def stricter(one: Meaning, other: Meaning) -> Meaning:
    """The one that closes more; of two refusals that are limited differently, neither limit holds until a person has read it."""
    most, least = (one, other) if rank(one) >= rank(other) else (other, one)
    if most.only is None and most.period is None:
        return most
    alike = (most.kind, most.only, most.period) == (least.kind, least.only, least.period)
    if alike or least.kind not in ("opt_out", "opt_out_maybe") or (least.kind != "opt_out" and _meet(most, least)):
        return most
    return replace(most, only=None, period=SOME_TIME)


def _meet(one: Meaning, other: Meaning) -> bool:
    """Whether both were read from the same words."""
    return one.span is None or other.span is None or (one.span[0] < other.span[1] and other.span[0] < one.span[1])


def rank(meaning: Meaning) -> tuple[int, bool]:
    """Of two refusals the one without limits counts."""
    return _SEVERITY[meaning.kind], meaning.only is None and meaning.period is None


FOR_GOOD = rank(Meaning("opt_out"))

"""
How a call ended, when more than one source says so.

A later word may be the same, more exact (connected → refused), or less exact (refused → connected); a word from
another class contradicts: nobody was both reached and missed.
"""

from typing import Literal

REACHED = ("connected", "refused", "opted_out")  # less exact first
MISSED = ("unanswered", "rejected")
FAILED = ("failed",)

_BY_EVIDENCE = (FAILED, MISSED, REACHED)

Relation = Literal["new", "same", "finer", "coarser", "contrary"]


def relation(known: str | None, told: str) -> Relation:
    """What ``told`` is to what was known before."""
    if known is None:
        return "new"
    if known == told:
        return "same"
    for kind in (REACHED, MISSED, FAILED):
        if known in kind and told in kind:
            return "finer" if kind.index(told) > kind.index(known) else "coarser"
    return "contrary"


def weight(outcome: str | None) -> int:
    """How much evidence there is in an outcome: a voice was heard, a telephone rang, nothing is known to have rung."""
    return next((place for place, kind in enumerate(_BY_EVIDENCE) if outcome in kind), -1)

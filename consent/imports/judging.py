"""
What a row says beside what is known of the person: whether it is there already, or contradicts it.  Pure.

A grant that contradicts something is not recorded, since it could only open what is not clear.  A refusal always is.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from consent.lifecycle import ConsentEvent, Extent, Scope, SuppressionEvent

RECORDED, HISTORY, DUPLICATE, CONFLICT, REFUSED = "recorded", "history", "duplicate", "conflict", "refused"
VERDICTS = (RECORDED, HISTORY, DUPLICATE, CONFLICT, REFUSED)

_COMPARED = ("state", "expires_at", "method", "basis", "jurisdiction")
_COLUMNS = {"state": "double_opt_in"}


class Grant(NamedTuple):
    """A consent on one channel as a row has it."""

    scope: Scope
    technology: tuple[str, ...]
    state: str
    given_at: datetime
    expires_at: datetime | None
    method: str
    basis: str | None
    jurisdiction: str | None


class Clash(NamedTuple):
    """What contradicts a row: the column, and the sentence."""

    column: str
    why: str


def is_known(grant: Grant, known: Sequence[ConsentEvent]) -> bool | Clash:
    """Whether this very act is among what is known; a Clash where something else was said at the same moment."""
    for each in known:
        if each.given_at != grant.given_at:
            continue
        if each.state in ("withdrawn", "refused"):
            if each.scope.covers(grant.scope):
                return Clash("given_at", f"At the same moment this was {each.state}, which is recorded.")
        elif each.scope == grant.scope and set(each.technology or ()) == set(grant.technology):
            other = next((name for name in _COMPARED if _differ(name, each, grant)), None)
            if other is None:
                return True
            column = _COLUMNS.get(other, other)
            return Clash(column, f"The same consent of the same moment is recorded with another {column}.")
    return False


def _differ(name: str, known: ConsentEvent, grant: Grant) -> bool:
    if name == "expires_at" and grant.expires_at is None:
        return False  # Its end is that of the purpose, which may be another by now.
    return bool(getattr(known, name) != getattr(grant, name))


def is_refused_already(extent: Extent, at: datetime, known: Sequence[SuppressionEvent]) -> bool:
    """Whether this very refusal is among what is known."""
    return any(
        each.state == "set" and each.at == at and each.until is None and _same(each.extent, extent) for each in known
    )


def _same(one: Extent, other: Extent) -> bool:
    return one.reaches(other) and other.reaches(one)

"""
What is said of a hold afterwards: how the call ended, or that none was placed; and what could not be said.

A word carries its idempotency key from the beginning, so that saying it again, in an hour or from another process, says
it once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias, cast, get_args
from uuid import UUID, uuid4

from venia_client.questions import BadQuestion

Outcome = Literal["connected", "unanswered", "rejected", "failed", "refused", "opted_out"]

_LONGEST_CALL = 86_400  # seconds
_HIGHEST_CODE = 9_999_999


def new_key() -> str:
    """An idempotency key for one intention."""
    return str(uuid4())


@dataclass(frozen=True, slots=True)
class Report:
    """The call on a hold was placed, and ended like this at that moment.  Raises BadQuestion."""

    hold: UUID
    outcome: Outcome
    at: datetime
    duration_s: int | None = None
    key: str = field(default_factory=new_key)
    error_code: int | None = None  # of the platform, for a call that failed
    retry_at: datetime | None = None  # when the platform said that it may be done again

    def __post_init__(self) -> None:
        if self.outcome not in get_args(Outcome):
            raise BadQuestion(f"Write an outcome as one of {', '.join(get_args(Outcome))}.")
        if self.at.tzinfo is None:
            raise BadQuestion("Write the moment of an outcome with its offset.")
        if self.duration_s is not None and not 0 <= self.duration_s <= _LONGEST_CALL:
            raise BadQuestion(f"Write a duration as whole seconds from 0 to {_LONGEST_CALL}.")
        if self.error_code is not None and (self.outcome != "failed" or not 0 < self.error_code <= _HIGHEST_CODE):
            raise BadQuestion(f"Write an error code from 1 to {_HIGHEST_CODE}, beside the outcome failed.")
        if self.retry_at is not None and (self.error_code is None or self.retry_at.tzinfo is None):
            raise BadQuestion("Write when to try again with its offset, beside the platform's error code.")

    def to_json(self) -> dict[str, object]:
        """What to keep until it can be said; ``word_from_json`` reads it."""
        retry_at = None if self.retry_at is None else self.retry_at.isoformat()
        failure = {"error_code": self.error_code, "retry_at": retry_at}
        return {
            "hold": str(self.hold),
            "outcome": self.outcome,
            "at": self.at.isoformat(),
            "duration_s": self.duration_s,
            "key": self.key,
            **{name: value for name, value in failure.items() if value is not None},
        }


@dataclass(frozen=True, slots=True)
class Release:
    """No call was placed on the hold."""

    hold: UUID
    key: str = field(default_factory=new_key)

    def to_json(self) -> dict[str, object]:
        """What to keep until it can be said; ``word_from_json`` reads it."""
        return {"hold": str(self.hold), "key": self.key}


@dataclass(frozen=True, slots=True)
class Unknown:
    """A call was begun on the hold and nobody told how it ended.  Find out, and report it."""

    hold: UUID

    def to_json(self) -> dict[str, object]:
        """What to keep until it is known."""
        return {"hold": str(self.hold)}


Word: TypeAlias = Report | Release


def word_from_json(kept: Mapping[str, object]) -> Word:
    """The report or the release that ``to_json`` wrote.  Raises KeyError, TypeError or ValueError for anything else."""
    hold, key = UUID(str(kept["hold"])), str(kept["key"])
    if "outcome" not in kept:
        return Release(hold, key)
    at = datetime.fromisoformat(str(kept["at"]))
    # What is no outcome or no number of seconds is refused when the report is made.
    code, again = cast(int | None, kept.get("error_code")), kept.get("retry_at")
    retry_at = None if again is None else datetime.fromisoformat(str(again))
    return Report(hold, cast(Outcome, kept["outcome"]), at, cast(int | None, kept["duration_s"]), key, code, retry_at)


@dataclass(frozen=True, slots=True)
class Reported:
    """The server has it, durably."""

    hold: UUID
    state: str
    heard: Literal[True] = True


@dataclass(frozen=True, slots=True)
class Unreported:
    """
    The server may not have heard ``word``.

    Where ``final`` is false, say it again later: the same value, whose key makes sure that it counts once.  Where it is
    true, the server understood and refused (the hold is unknown, or something else was said of it before).
    """

    word: Word | Unknown
    why: str
    detail: str
    final: bool
    status: int | None = None
    problem: str | None = None
    heard: Literal[False] = False


class CallUnreported(Exception):
    """A call ended and Venia does not know how.  ``unreported`` says what to say; until then the hold counts."""

    def __init__(self, unreported: Unreported) -> None:
        super().__init__(sentence(unreported))
        self.unreported = unreported


def sentence(unreported: Unreported) -> str:
    """What to do, for a person."""
    return f"{unreported.detail}  Say it later, or the hold counts as an attempt: {unreported.word.to_json()}"

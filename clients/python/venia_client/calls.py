"""
One call, from the question to its outcome; pure but for the clock it is given.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TypeAlias

from venia_client.answers import Authorized, Held, Hold
from venia_client.reports import (
    CallUnreported,
    Outcome,
    Release,
    Report,
    Reported,
    Unknown,
    Unreported,
    Word,
    sentence,
)

Clock: TypeAlias = Callable[[], datetime]
Keep: TypeAlias = Callable[[Unreported], object]  # Puts what could not be said where it is said later.


class Call:
    """
    What the body of ``with client.call(…)`` works with.

    The body MUST call ``begin`` just before it dials, MUST NOT dial unless that is true, and says how it went with
    ``end``.  When the body is left, its word is reported; without a ``begin`` the hold is released.  A call that was
    begun and not ended may have reached the person: its hold is left to expire, which counts as an attempt, and
    ``unreported`` says so.
    """

    def __init__(self, answer: Authorized, clock: Clock) -> None:
        self.answer = answer
        self.unreported: Unreported | None = None
        self._clock = clock
        self._begun = False
        self._report: Report | None = None

    @property
    def allowed(self) -> bool:
        """Whether there was an allow."""
        return self.answer.allowed

    @property
    def hold(self) -> Hold:
        """The hold; LookupError where there is none."""
        if not isinstance(self.answer, Held):
            raise LookupError("There is no hold: the call is not allowed.")  # noqa: TRY004  A hold is missing, not a type.
        return self.answer.hold

    def begin(self) -> bool:
        """Whether the call may be placed at this moment; if so, it counts as placed from now on."""
        if isinstance(self.answer, Held) and self._clock() < self.answer.hold.expires_at:
            self._begun = True
            return True
        return False

    def end(
        self,
        outcome: Outcome,
        *,
        duration_s: int | None = None,
        error_code: int | None = None,
        retry_at: datetime | None = None,
    ) -> None:
        """
        Says how the call ended, now; of one that failed, the platform's code, and when it said to try again.

        Raises BadQuestion; LookupError for a call that was not begun.
        """
        if not self._begun:
            raise LookupError("The call was not begun: call begin first, and dial only if it is true.")
        self._report = Report(
            self.hold.id, outcome, self._clock(), duration_s, error_code=error_code, retry_at=retry_at
        )

    def word(self) -> Word | Unreported | None:
        """What is to be said when the body has been left; an Unreported where nobody told; None where nothing is."""
        if self._report is not None:
            return self._report
        if not isinstance(self.answer, Held):
            return None
        if self._begun:
            detail = "A call was begun, and nobody told how it ended."
            return Unreported(Unknown(self.hold.id), "outcome_unknown", detail, final=False)
        return Release(self.hold.id)

    def hand_back(self, said: Reported | Unreported, keep: Keep | None, error: BaseException | None) -> None:
        """
        Gives what could not be said to ``keep``; without one, raises CallUnreported where something would be lost.

        What the body raised goes on by itself where it knows more than we do, and where it ends the program: then it
        has a note.  A hold that could not be released loses nothing: it expires and counts.
        """
        if isinstance(said, Reported):
            self.unreported = None
            return
        self.unreported = said
        if keep is not None:
            keep(said)
        elif isinstance(said.word, Release):
            return
        elif error is None or (isinstance(said.word, Report) and isinstance(error, Exception)):
            raise CallUnreported(said) from error
        else:
            error.add_note(sentence(said))


def interrupted(word: Word | Unreported) -> Unreported:
    """What is left to say when saying it was broken off."""
    if isinstance(word, Unreported):
        return word
    return Unreported(word, "interrupted", "Saying what became of the call was broken off.", final=False)

"""
Messages that Venia owes to people: what each is, and when it may be sent again.

Pure.  A message holds no number and no words: its text follows from kind and language (``consent.outbox.texts``).
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

Kind = Literal["confirmation", "help", "permission_request"]
State = Literal["waiting", "sending", "sent", "failed", "lapsed"]

WITHIN = timedelta(minutes=5)  # from when it was heard: 47 CFR 64.1200(a)(12)
ANSWERED_FOR = timedelta(days=1)  # for which the question of a confirmation can be answered, and no other is sent
# Between two of a kind; how often somebody may be asked for permission is for the rules to say.
QUIET: dict[Kind, timedelta] = {
    "confirmation": ANSWERED_FOR,
    "help": timedelta(minutes=10),
    "permission_request": timedelta(0),
}
_PAUSES = tuple(timedelta(seconds=each) for each in (1, 3, 10, 30, 60))


@dataclass(frozen=True, slots=True)
class Via:
    """Where a person wrote to: the channel, and the vendor's id of the business number, from which the answer goes out."""

    channel: str
    phone_number_id: str


@dataclass(frozen=True, slots=True)
class Message:
    """One message to one person; ``next_at`` is when it may be tried, None once it has come to an end."""

    tenant: UUID
    id: UUID
    contact: UUID
    via: Via
    kind: Kind
    language: str
    asked_at: datetime
    send_by: datetime
    state: State = "waiting"
    attempts: int = 0
    next_at: datetime | None = None
    hold: UUID | None = None  # of a permission request: the allow that it rests on
    template: str | None = None  # of a permission request: by which it may be sent outside the customer's window

    @property
    def is_over(self) -> bool:
        """Whether nothing will be tried any more."""
        return self.state in ("sent", "failed", "lapsed")

    def is_due(self, now: datetime) -> bool:
        """Whether it may be tried: one that may be on its way is left alone until its silence means that it is not."""
        return not self.is_over and self.next_at is not None and self.next_at <= now

    def tried(self, now: datetime, doubt: timedelta) -> "Message":
        """On its way; not to be tried again for as long as its fate may be unknown."""
        return replace(self, state="sending", attempts=self.attempts + 1, next_at=now + doubt)

    def refused(self, now: datetime, wait: timedelta | None) -> "Message":
        """The vendor did not take it: to be tried again after a pause, at least as long as the vendor asks."""
        pause = _PAUSES[min(self.attempts, len(_PAUSES)) - 1]
        return replace(self, state="waiting", next_at=now + max(pause, wait or pause))

    def over(self, state: State) -> "Message":
        """Come to an end."""
        return replace(self, state=state, next_at=None)

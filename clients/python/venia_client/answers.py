"""
What is answered: the server's allow, the server's deny, or a denial of our own because nothing sure was heard.

``allowed`` is true of an allow and of nothing else.  A check's allow (MayCall) holds nothing and is no leave to call;
only authorize's (Held) is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal, TypeAlias
from uuid import UUID

from venia_client.reports import Unreported


class Why(StrEnum):
    """Why nothing sure was heard; a value never changes its meaning, and new ones may come."""

    TIMEOUT = "timeout"  # No whole answer in the time there was.
    UNREACHABLE = "unreachable"  # No connection, or none that is trusted.
    CUT_OFF = "cut_off"  # The connection broke before the answer was whole.
    BUSY = "busy"  # 429 or 503, and no time left to wait as long as it said.
    SERVER_ERROR = "server_error"  # Another 5xx.
    REFUSED = "refused"  # A 4xx: the credential or the question; ``problem`` names it.
    REDIRECT = "redirect"  # Never followed: it would hand the credential and the number to somebody else.
    STATUS = "status"  # Another status than 200.
    CONTENT_TYPE = "content_type"
    TOO_LARGE = "too_large"
    MALFORMED = "malformed"  # No JSON, or not of the contract's shape.
    INCONSISTENT = "inconsistent"  # An answer that contradicts itself, such as an allow without a hold.
    HOLD_EXPIRED = "hold_expired"  # By this machine's clock.
    OBLIGATION = "obligation"  # An allow on terms that the caller was not told how to fulfil.


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where the log has the answer."""

    log: str
    index: int
    leaf_hash: str


@dataclass(frozen=True, slots=True)
class Hold:
    """An allow reserved for the one who asked, until it expires."""

    id: UUID
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Obligation:
    """A term of an allow: whoever calls must do this."""

    id: str
    type: str
    properties: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Reason:
    """
    One rule that is against the call.

    ``retry_at`` is the earliest instant at which it alone stops failing; None when time cannot help.
    """

    code: str
    severity: str
    retry_at: datetime | None
    remedy: str | None
    details: Mapping[str, object] = field(repr=False)  # The reason as it was answered: layer, pack, rule, params.


@dataclass(frozen=True, slots=True)
class Held:
    """The server's allow, with its hold: call until ``hold.expires_at``, do what ``obligations`` say, then report."""

    hold: Hold
    obligations: tuple[Obligation, ...]
    contact: UUID | None
    rule_set: str
    receipt: Receipt
    allowed: Literal[True] = True


@dataclass(frozen=True, slots=True)
class MayCall:
    """The server would allow it now; nothing is held, and before a call is placed authorize must decide."""

    obligations: tuple[Obligation, ...]
    contact: UUID | None
    rule_set: str
    allowed: Literal[True] = True


@dataclass(frozen=True, slots=True)
class Denied:
    """The server's deny, with every reason, worst first; ``receipt`` is None where nothing was written (check)."""

    reasons: tuple[Reason, ...]
    retry_at: datetime | None
    contact: UUID | None
    rule_set: str
    receipt: Receipt | None
    allowed: Literal[False] = False

    @property
    def codes(self) -> tuple[str, ...]:
        """The reasons' codes."""
        return tuple(each.code for each in self.reasons)


@dataclass(frozen=True, slots=True)
class FailedClosed:
    """
    No sure allow was heard, so there is none.

    ``key`` asks the same again without a second hold.  ``unreleased`` is a hold that came with an answer that could not
    be used, and that could not be given back: say it later with ``release``, or it counts as an attempt when it expires.
    """

    why: Why
    detail: str
    status: int | None = None
    problem: str | None = None
    retry_after: float | None = None  # seconds, as the server asked for
    key: str | None = None
    unreleased: Unreported | None = None
    allowed: Literal[False] = False


Authorized: TypeAlias = Held | Denied | FailedClosed
Checked: TypeAlias = MayCall | Denied | FailedClosed

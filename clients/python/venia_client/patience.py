"""
How long to go on asking, and how long to wait in between; pure.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_MOST_DOUBLINGS = 30
# 408 and 425 ask for it; 429 and 5xx may pass.  The key makes it safe: whatever was done already is answered again.
_PASSING = {408, 425, 429, 500, 502, 503, 504}


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """
    Seconds: ``total`` from the first try to the last word, ``each`` for one try, and the waits in between.

    Waits double from ``first_wait`` to ``longest_wait``, each somewhere between a half and the whole of it.
    """

    total: float
    each: float
    first_wait: float = 0.1
    longest_wait: float = 2.0

    def __post_init__(self) -> None:
        if not all(each > 0 for each in (self.total, self.each, self.first_wait, self.longest_wait)):
            raise ValueError("Write patience as seconds above nothing.")

    def try_for(self, elapsed: float) -> float:
        """How many seconds the next try may take."""
        return max(0.0, min(self.each, self.total - elapsed))

    def wait(self, tries: int, elapsed: float, asked: float | None, chance: float) -> float | None:
        """
        How many seconds to wait after so many tries; None when there is no time for another.

        What the server ``asked`` for is waited at least.  ``chance`` lies from 0 to 1 and keeps many callers apart.
        """
        bound = min(self.longest_wait, self.first_wait * 2 ** min(tries - 1, _MOST_DOUBLINGS))
        pause = bound * (1 + chance) / 2 + (asked or 0)
        return pause if elapsed + pause < self.total else None


# Somebody waits for the answer of a question; an outcome is better late than never.
ASKING = Patience(total=5, each=2)
REPORTING = Patience(total=60, each=10, longest_wait=10)


def may_pass(status: int) -> bool:
    """Whether asking again may help."""
    return status in _PASSING


def read_retry_after(text: str | None, now: datetime) -> float | None:
    """The seconds that a Retry-After asks for, a number or a date (RFC 9110 §10.2.3); None where it says nothing."""
    if text is None:
        return None
    text = text.strip()
    if text.isascii() and text.isdigit():
        return float(text[:12])
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())

"""
One credential's rate, by the generic cell rate algorithm (ITU-T I.371, annex A).

A credential that was quiet may send its whole minute at once and after that one request per interval.  The count is
kept in this process alone: with n worker processes a credential reaches up to n times its rate.
"""

from collections.abc import Callable, Hashable

_MINUTE = 60.0
_MANY = 10_000


class RateLimiter:
    """Remembers, per credential, the moment at which its allowance is whole again."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """``clock`` gives seconds that never go back, such as ``time.monotonic``."""
        self._clock = clock
        self._whole_at: dict[Hashable, float] = {}
        self._tidied_at = clock()

    def wait(self, credential: Hashable, per_minute: int | None) -> float:
        """
        Counts one request and answers 0.0, or counts nothing and answers the seconds until one would pass.

        ``per_minute`` is at least 1; None is unlimited.
        """
        if per_minute is None:
            return 0.0
        now = self._clock()
        whole_at = max(self._whole_at.get(credential, now), now) + _MINUTE / per_minute
        # The tolerance covers the rounding of many additions, never a whole request.
        excess = whole_at - now - _MINUTE
        if excess > 1e-6:
            return excess
        self._remember(credential, whole_at, now)
        return 0.0

    def _remember(self, credential: Hashable, whole_at: float, now: float) -> None:
        # Who is whole again needs no memory; looking for them is a matter for once a minute.
        if len(self._whole_at) >= _MANY and now - self._tidied_at >= _MINUTE:
            self._whole_at = {name: at for name, at in self._whole_at.items() if at > now}
            self._tidied_at = now
        self._whole_at[credential] = whole_at

"""
The rate of one credential.
"""

from hypothesis import given
from hypothesis import strategies as st

from server.ratelimit import RateLimiter


class Clock:
    """Seconds, moved by hand."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def test_a_quiet_credential_may_send_its_minute_at_once():
    """
    Sixty a minute: sixty pass, the next waits one second.
    """
    clock = Clock()
    limiter = RateLimiter(clock)
    waits = [limiter.wait("a", 60) for _ in range(61)]

    assert waits[:60] == [0.0] * 60
    assert 0.99 < waits[60] <= 1.0


def test_credentials_do_not_share():
    """
    One credential's rate is nothing to another, and no rate is no limit.
    """
    limiter = RateLimiter(Clock())

    assert limiter.wait("a", 1) == 0
    assert limiter.wait("a", 1) > 0
    assert limiter.wait("b", 1) == 0
    assert [limiter.wait("c", None) for _ in range(1000)] == [0.0] * 1000


@given(st.integers(1, 600), st.lists(st.floats(0, 5), min_size=1, max_size=300))
def test_never_more_than_the_allowance(rate, pauses):
    """
    Over any time, no more pass than one full minute's allowance plus what has grown back.
    """
    clock = Clock()
    limiter = RateLimiter(clock)
    passed = 0
    for pause in pauses:
        clock.seconds += pause
        passed += limiter.wait("a", rate) == 0

    assert passed <= rate + clock.seconds * rate / 60 + 1e-3


@given(st.integers(1, 600), st.integers(0, 700))
def test_waiting_as_told_is_enough(rate, sent):
    """
    After the seconds that were answered, a request passes.
    """
    clock = Clock()
    limiter = RateLimiter(clock)
    for _ in range(sent):
        limiter.wait("a", rate)
    clock.seconds += limiter.wait("a", rate)

    assert limiter.wait("a", rate) == 0 or sent < rate


def test_memory_does_not_grow_with_credentials_long_quiet():
    """
    What is whole again is forgotten.
    """
    clock = Clock()
    limiter = RateLimiter(clock)
    for number in range(10_000):
        limiter.wait(number, 60)
    clock.seconds = 120
    limiter.wait("late", 60)

    assert len(limiter._whole_at) == 1

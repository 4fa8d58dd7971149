"""
The dates of a consent's life: until when it may be confirmed, when it is to be renewed, when it ends.

Pure.  Nothing of it is swept: each is compared with the moment that is asked about.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from consent.errors import LifeOutOfOrder

CONFIRM_WITHIN = timedelta(hours=48)
LONGEST_WAIT = timedelta(days=30)
RENEW_BEFORE = timedelta(days=30)


class Life(NamedTuple):
    """The dates that a consent has; None for those that it has not."""

    confirm_by: datetime | None
    renew_at: datetime | None


def life(
    given_at: datetime,
    now: datetime,
    expires_at: datetime | None,
    *,
    is_asked: bool,
    confirm_by: datetime | None,
    renew_at: datetime | None,
) -> Life:
    """
    What was asked, or the usual: 48 hours to confirm, and 30 days before the end to renew, or half of a shorter life.

    ``is_asked`` is whether it waits to be confirmed.  Raises LifeOutOfOrder.
    """
    if confirm_by is not None and not is_asked:
        raise LifeOutOfOrder("/confirm_by", "only what waits to be confirmed (double_opt_in) has a time for it")
    if is_asked:
        confirm_by = confirm_by or now + CONFIRM_WITHIN
        if not given_at < confirm_by <= max(given_at, now) + LONGEST_WAIT:
            raise LifeOutOfOrder(
                "/confirm_by", f"a person has at most {LONGEST_WAIT.days} days to confirm, from when they were asked"
            )
    if expires_at is None:
        if renew_at is not None:
            raise LifeOutOfOrder("/renew_at", "what does not end is not renewed: give expires_at as well")
        return Life(confirm_by, None)
    if renew_at is not None and not given_at < renew_at < expires_at:
        raise LifeOutOfOrder("/renew_at", "renewal is due after the consent was given and before it ends")
    usual = max(expires_at - RENEW_BEFORE, given_at + (expires_at - given_at) / 2)
    return Life(confirm_by, renew_at or usual)

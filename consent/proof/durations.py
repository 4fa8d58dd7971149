"""
How long a consent is valid: ISO 8601 durations of years, months, weeks and days, counted on the calendar.

Pure.
"""

import re
from calendar import monthrange
from datetime import datetime, timedelta

_DURATION = re.compile(r"P(?=\d)(?:(\d{1,3})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?", re.ASCII)
_LONGEST_YEARS = 100


def is_validity(text: str) -> bool:
    """Whether this is such a duration, longer than nothing and not longer than a hundred years."""
    found = _DURATION.fullmatch(text)
    if found is None:
        return False
    years, months, weeks, days = (int(each or 0) for each in found.groups())
    return 0 < years * 366 + months * 31 + weeks * 7 + days <= _LONGEST_YEARS * 366


def after(moment: datetime, duration: str) -> datetime:
    """
    The end of a duration that begins at a moment in UTC; ValueError if it is none.

    Years and months keep the day of the month, or end with the month where it has no such day.
    """
    found = _DURATION.fullmatch(duration)
    if found is None or not is_validity(duration):
        raise ValueError(f"{duration!r} is no duration in years, months, weeks or days.")
    years, months, weeks, days = (int(each or 0) for each in found.groups())
    months += moment.month - 1 + 12 * years
    year, month = moment.year + months // 12, months % 12 + 1
    day = min(moment.day, monthrange(year, month)[1])
    return moment.replace(year=year, month=month, day=day) + timedelta(weeks=weeks, days=days)

"""
What one language has to say for how long: named periods, numbers, units, days of the week from Monday on.

Expressions are separated by commas and folded like every message; ``/`` separates names of the same day.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """One language's words for time."""

    today: str = ""
    tomorrow: str = ""
    this_week: str = ""
    this_weekend: str = ""
    next_week: str = ""
    this_month: str = ""
    some_time: str = ""
    until: str = ""
    hours: str = ""
    days: str = ""
    weeks: str = ""
    months: str = ""
    weekdays: str = ""
    numbers: Mapping[int, str] = field(default_factory=dict)

"""
Zones in which naive arithmetic goes wrong, and moments near the hours at which it does.
"""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from policies.localtime import transitions, zone

MINUTE = timedelta(minutes=1)
START = datetime(2025, 1, 1, tzinfo=UTC)
AWKWARD = (
    "Africa/Cairo",  # Clocks jump over midnight.
    "Africa/Casablanca",  # Falls back for Ramadan.
    "America/Havana",  # Midnight is missing in spring and doubled in autumn.
    "America/New_York",
    "America/Santiago",  # Midnight is missing in spring; in autumn the old day goes on.
    "America/St_Johns",
    "Antarctica/Troll",  # Two hours.
    "Asia/Beirut",
    "Asia/Kathmandu",  # 05:45, and never changes.
    "Atlantic/Azores",
    "Atlantic/Canary",
    "Australia/Lord_Howe",  # Half an hour.
    "Europe/Dublin",  # Its winter is the exception.
    "Europe/Madrid",
    "Pacific/Apia",
    "Pacific/Chatham",  # 12:45 and 13:45.
    "Pacific/Fakaofo",
)
# Days that never were: both went from the 29th to the 31st.
_SKIPPED = {
    "Pacific/Apia": datetime(2011, 12, 30, 10, tzinfo=UTC),
    "Pacific/Fakaofo": datetime(2011, 12, 30, 11, tzinfo=UTC),
}
_CHANGES = {name: list(transitions(zone(name), START, START + timedelta(days=730))) for name in AWKWARD}
for _name, _skip in _SKIPPED.items():
    _CHANGES[_name].append(_skip)


def awkward_moments():
    """A zone, and a whole minute mostly within three days of a change of its offset."""
    return st.sampled_from(AWKWARD).flatmap(lambda name: st.tuples(st.just(zone(name)), _near(name)))


def _near(name):
    anywhere = st.integers(0, 730 * 1440).map(lambda minute: START + minute * MINUTE)
    if not _CHANGES[name]:
        return anywhere
    away = st.integers(-3 * 1440, 3 * 1440)
    near = st.builds(lambda change, minutes: change + minutes * MINUTE, st.sampled_from(_CHANGES[name]), away)
    return st.one_of(near, near, anywhere)

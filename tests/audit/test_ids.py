"""
Event ids are UUIDv7: they carry their millisecond, and nothing else that could be known.
"""

from datetime import UTC, datetime, timedelta
from uuid import RFC_4122

from hypothesis import given
from hypothesis import strategies as st

from audit.ids import event_id

MOMENTS = st.datetimes(datetime(1970, 1, 1), datetime(9999, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001  Hypothesis adds the zone.
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@given(MOMENTS)
def test_an_id_is_a_uuid_of_version_7(moment):
    """
    RFC 9562 §5.7: version, variant, and the Unix time in milliseconds in the first 48 bits.
    """
    identity = event_id(moment)

    assert identity.version == 7
    assert identity.variant == RFC_4122
    assert abs((identity.int >> 80) - (moment - EPOCH) // timedelta(milliseconds=1)) <= 1


@given(MOMENTS, st.integers(2, 10**12))
def test_ids_sort_as_their_moments(moment, milliseconds):
    """
    A later id is greater, as a number and as text.
    """
    later = min(moment + timedelta(milliseconds=milliseconds), datetime(9999, 12, 31, tzinfo=UTC))
    first, second = event_id(moment), event_id(later)

    assert first < second
    assert str(first) < str(second)


def test_ids_of_one_moment_differ():
    """
    74 random bits, every one of which is used.
    """
    made = [event_id(EPOCH).int for _ in range(2000)]
    ever, always = 0, -1
    for each in made:
        ever |= each
        always &= each

    assert len(set(made)) == len(made)
    assert (ever & ~always).bit_count() == 74

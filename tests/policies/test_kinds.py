"""
What counts, and until when: the corners of the rules over earlier calls.
"""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.decision import Fails, Passes
from policies.errors import FactsInvalid, NotAnInstant
from policies.facts import Facts
from policies.instants import parse_duration, parse_instant, rfc3339
from policies.kinds.attempts import Scope
from policies.kinds.cap import Cap
from policies.kinds.streak import Streak
from policies.reasons import Code
from tests.policies.questions import MONDAY, attempt, attempts, facts

DAY = timedelta(days=1)
ANY = Scope()


def cap(limit, **changed):
    """A cap on conversations in a rolling day, with these members changed."""
    members = {"limit": limit, "span": DAY, "per": "PT24H", "counts": "connected", "scope": ANY}
    return Cap(**members | changed)


def retry_at(outcome):
    """When a failure may be over; None for any other answer."""
    return outcome.retry_at if isinstance(outcome, Fails) else None


def hold(at, **changed):
    """A call whose outcome is not known."""
    return attempt(at, None, **changed)


def test_an_attempt_leaves_a_rolling_day_after_exactly_one_day():
    """
    The cap is half-open: a microsecond before the day is over it still holds.
    """
    question, free = facts(attempts=(attempt(MONDAY),)), MONDAY + DAY

    assert retry_at(cap(1).check(question, free - timedelta(microseconds=1))) == free
    assert isinstance(cap(1).check(question, free), Passes)


@pytest.mark.parametrize("period", ["day", "week"])
def test_a_call_dated_later_counts_until_its_own_day_or_week_is_over(period):
    """
    A clock ahead of ours dated it tomorrow: an allow of today would otherwise end at midnight without having said so.
    """
    tomorrow = MONDAY + (DAY if period == "day" else 7 * DAY)
    question = facts(zones=("Europe/Madrid",), attempts=(attempt(tomorrow),))
    over = MONDAY.replace(hour=23) + (DAY if period == "day" else 13 * DAY)

    assert retry_at(cap(1, span=period).check(question, MONDAY)) == over
    assert isinstance(cap(1, span=period).check(question, over), Passes)


@pytest.mark.parametrize(
    ("counts", "seconds", "expected"),
    [
        ("connected", 10, MONDAY + timedelta(seconds=90)),
        ("attempt", 10, MONDAY + DAY),
        ("attempt", 90, MONDAY + DAY),
        ("connected", 90, None),
    ],
)
def test_a_hold_counts_as_both_and_when_it_lapses_as_an_attempt(counts, seconds, expected):
    """
    Open, it may become a conversation; expired, it was an attempt and no conversation.
    """
    outcome = cap(1, counts=counts).check(facts(attempts=(hold(MONDAY),)), MONDAY + timedelta(seconds=seconds))

    assert retry_at(outcome) == expected


@pytest.mark.parametrize(
    ("outcome", "counted"), [("refused", True), ("opted_out", True), ("rejected", False), ("failed", False)]
)
def test_whoever_refuses_has_picked_up(outcome, counted):
    """
    Refusing and opting out are said in a conversation; rejecting is not answering.
    """
    answer = cap(1).check(facts(attempts=(attempt(MONDAY, outcome),)), MONDAY)

    assert isinstance(answer, Fails) == counted


def test_an_attempt_from_an_unknown_sender_counts_for_every_sender():
    """
    A call that nobody attributed is counted against each number's limit.
    """
    limit = cap(1, scope=Scope(by_sender=True))

    assert isinstance(limit.check(facts(attempts=(attempt(MONDAY, sender=None),)), MONDAY), Fails)
    assert isinstance(limit.check(facts(attempts=(attempt(MONDAY, sender="other"),)), MONDAY), Passes)


def test_a_category_that_nobody_knows_counts_as_marketing():
    """
    An attempt of an unknown category uses up the limit on marketing.
    """
    limit = cap(1, scope=Scope(categories=frozenset({"marketing"})))

    assert isinstance(limit.check(facts(attempts=(attempt(MONDAY, category="loyalty"),)), MONDAY), Fails)


@given(st.lists(attempts, max_size=12), st.integers(1, 4), st.sampled_from(["attempt", "connected"]))
def test_a_rolling_cap_is_exact(made, limit, counts):
    """
    It fails exactly when that many counted attempts lie in the day before.
    """
    seen = [call for call in made if call.action == "call.place" and call.at + DAY > MONDAY]
    talked = {"connected", "refused", "opted_out"}
    unclear = [call for call in seen if call.outcome is None and call.expires_at > MONDAY]
    counted = seen if counts == "attempt" else [call for call in seen if call.outcome in talked] + unclear
    answer = cap(limit, counts=counts).check(facts(attempts=tuple(made)), MONDAY)

    assert isinstance(answer, Fails) == (len(counted) >= limit)


def test_a_streak_grows_when_a_hold_lapses():
    """
    A fourth call without an outcome completes the row when its hold expires, not before.
    """
    calls = tuple(attempt(MONDAY - number * DAY, "unanswered") for number in (3, 2, 1))
    question = facts(attempts=(*calls, hold(MONDAY)), permission=None)
    streak = Streak(4, timedelta(days=90), ANY)

    assert isinstance(streak.check(question, MONDAY + timedelta(seconds=89)), Passes)
    assert streak.check(question, MONDAY + timedelta(seconds=90)) == Fails(
        Code.UNANSWERED_STREAK, MONDAY + 87 * DAY, {"limit": 4}
    )


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("PT24H", DAY),
        ("P7D", 7 * DAY),
        ("P2W", 14 * DAY),
        ("P1DT1M", DAY + timedelta(minutes=1)),
        ("PT90S", timedelta(seconds=90)),
    ],
)
def test_durations_are_read(text, span):
    """
    Weeks, days, hours, minutes and seconds have a fixed length.
    """
    assert parse_duration(text) == span


@pytest.mark.parametrize(
    "text", ["", "P", "PT", "P1M", "P1Y", "1D", "P1DT", "PT1.5H", "P-1D", "P1W1D", "PT24H\n", "P٣D"]
)
def test_durations_without_a_fixed_length_are_refused(text):
    """
    Months and years depend on where they begin; anything else is not a duration.
    """
    with pytest.raises(ValueError, match="duration"):
        parse_duration(text)


@given(st.datetimes(timezones=st.timezones()).filter(lambda moment: 1 < moment.year < 9999))
def test_instants_survive_being_written(moment):
    """
    An instant is written in UTC with Z, and read back as the same instant.
    """
    text = rfc3339(moment)

    assert text.endswith("Z")
    assert parse_instant(text) == moment.astimezone(UTC)
    assert ("." in text) == (moment.microsecond != 0)


@pytest.mark.parametrize("text", ["2026-11-23T10:00:00z", "2026-11-23t10:00:00Z", "2026-11-23T11:00:00+01:00"])
def test_a_moment_may_be_written_in_small_letters(text):
    """
    As RFC 3339 §5.6 has it.
    """
    assert parse_instant(text) == MONDAY


@pytest.mark.parametrize(
    ("text", "microsecond"),
    [
        ("2026-11-23T10:00:00.1234564Z", 123456),
        ("2026-11-23T10:00:00.1234565Z", 123457),
        ("2026-11-23T10:00:00.12345649999+00:00", 123456),
        ("2026-11-23T10:00:00.123456Z", 123456),
    ],
)
def test_a_moment_finer_than_microseconds_is_rounded(text, microsecond):
    """
    As the reader of whole entries rounds it, so that both read one instant.
    """
    assert parse_instant(text) == MONDAY.replace(microsecond=microsecond)
    assert msgspec.convert(text, datetime) == parse_instant(text)


def test_a_moment_that_rounds_beyond_the_last_year_is_refused():
    """
    There is no year after 9999 to round into.
    """
    with pytest.raises(NotAnInstant):
        parse_instant("9999-12-31T23:59:59.9999999Z")


@pytest.mark.parametrize("text", ["yesterday", "2026-11-23", "2026-11-23T10:00:00", "", "z"])
def test_a_moment_without_an_offset_is_refused(text):
    """
    A moment without its offset could be any of two dozen.
    """
    with pytest.raises(NotAnInstant):
        parse_instant(text)


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"action": 1},
        facts().to_json() | {"zones": "Europe/Madrid"},
        facts().to_json() | {"sender": {"id": "main", "restricted": "no"}},
        facts().to_json() | {"registers": []},
        facts().to_json() | {"registers": {"robinson": {"listed": True}}},
        facts().to_json() | {"consents": [{"state": "granted"}]},
        facts().to_json() | {"permission": "permanent"},
        facts().to_json() | {"permission": {"state": "permanent", "since": "2026-11-23"}},
        facts().to_json() | {"colour": "red"},
    ],
)
def test_facts_that_were_not_recorded_by_us_are_refused(document):
    """
    A member that is absent, unknown or of another type raises instead of being passed over.
    """
    with pytest.raises(FactsInvalid):
        Facts.from_json(document)

"""
For how long a refusal is meant: what counts as its period, and when that is over.
"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent.periods.reading import Period, periods_in
from consent.replies import read
from consent.words import words
from tests.channels.payloads import Customer, messages, text
from tests.consent.desk import Office
from tests.factories import ANA, DAY, HOUR, NOW, SECOND, consent

MADRID = ZoneInfo("Europe/Madrid")
TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
HER = Customer("34600111222", "ES.50000000000000000005", "Ana")


@pytest.mark.parametrize(
    ("said", "period"),
    [
        ("no me llamen esta semana", Period("this_week")),
        ("esta semana no me llamen", Period("this_week")),
        ("Por favor, durante dos semanas no me llamen", Period(count=2, unit="weeks")),
        ("no me llamen más hasta el lunes", Period(weekday=0)),
        ("please stop calling me for 10 days", Period(count=10, unit="days")),
        ("não me liguem hoje por favor", Period("today")),
        ("ne m'appelez plus pendant trois semaines", Period(count=3, unit="weeks")),
        ("今週は電話しないでください", Period("this_week")),
        ("这周不要给我打电话", Period("this_week")),
        ("de momento no me llamen", Period("some_time")),
    ],
)
def test_a_period_right_beside_a_refusal_limits_it(said, period):
    """
    In the same breath, behind the refusal or as all that stands before it.
    """
    meaning = read(said)

    assert (meaning.kind, meaning.period) == ("opt_out", period)


@pytest.mark.parametrize(
    "said",
    [
        "me han llamado tres veces esta semana no me llamen más",
        "Llevan dos semanas llamando, no me llamen más",
        "you called again today stop calling me",
        "stop calling me 5 times a day",
        "remove me from your list today",
        "ya son tres días seguidos no me llamen más",
        "no me llamen más. Hoy tengo médico",
        "no me llamen más, ni hoy ni nunca",
        "no me llamen hoy ni nunca",
        "dejen de llamarme o en dos semanas los denuncio",
        "dejen de llamarme un día de estos los denuncio",
        "please stop calling me today and in future",
        "ne m'appelez plus aujourd'hui ni jamais",
    ],
)
def test_words_of_time_elsewhere_limit_nothing(said):
    """
    Who tells how often or since when they were called, or wants to be off the list today, gave no end.
    """
    meaning = read(said)

    assert meaning.period is None
    assert meaning.kind in {"opt_out", "opt_out_maybe"}


@pytest.mark.parametrize(
    "said", ["no me llamen antes de las diez", "don't call me after nine", "no me llames mientras trabajo de noche no"]
)
def test_an_hour_or_a_condition_is_for_a_person_to_read(said):
    """
    It is no end: marketing stops, and somebody reads the rest.
    """
    assert read(said).kind == "opt_out_maybe" or read(said).period == Period("some_time")


@pytest.mark.parametrize(
    ("period", "end"),
    [
        (Period("today"), "2026-11-25T00:00"),
        (Period("tomorrow"), "2026-11-26T00:00"),
        (Period("this_week"), "2026-11-30T00:00"),
        (Period("this_weekend"), "2026-11-30T00:00"),
        (Period("next_week"), "2026-12-07T00:00"),
        (Period(weekday=0), "2026-12-01T00:00"),  # until Monday: left alone on Monday too
        (Period(weekday=1), "2026-12-02T00:00"),  # until Tuesday, on a Tuesday: the next one
        (Period(count=2, unit="weeks"), "2026-12-09T00:00"),
        (Period(count=1, unit="months"), "2026-12-26T00:00"),
    ],
)
def test_a_period_ends_with_the_day(period, end):
    """
    At a local midnight in the person's zone.
    """
    local = period.end(TUESDAY, ("Europe/Madrid",)).astimezone(MADRID)

    assert local.replace(tzinfo=None).isoformat(timespec="minutes") == end


def test_hours_are_counted_from_when_it_was_said():
    """
    Two hours are two hours.
    """
    assert Period(count=2, unit="hours").end(TUESDAY, ("Europe/Madrid",)) == TUESDAY + 2 * HOUR


@pytest.mark.parametrize("period", [Period("some_time"), Period(count=2, unit="months", named=None)])
def test_the_latest_zone_counts(period):
    """
    Who may be in several zones is left alone until it is over in all of them; nobody knows when "for now" is over.
    """
    both = period.end(TUESDAY, ("Asia/Tokyo", "America/Los_Angeles"))
    west = period.end(TUESDAY, ("America/Los_Angeles",))

    assert both == west
    assert (both is None) == (period.named == "some_time")


@given(
    count=st.integers(1, 999),
    unit=st.sampled_from(["hours", "days", "weeks", "months"]),
    at=st.integers(0, 20_000).map(lambda number: TUESDAY + number * timedelta(hours=7)),
    zone=st.sampled_from(["Europe/Madrid", "Asia/Kolkata", "America/Santiago", "Pacific/Apia", "Australia/Lord_Howe"]),
)
def test_no_end_comes_too_soon(count, unit, at, zone):
    """
    Whatever the number and the zone, it is over no sooner than that many units later, or nobody says when.
    """
    end = Period(count=count, unit=unit).end(at, (zone,))
    units = {
        "hours": timedelta(hours=1),
        "days": timedelta(days=1),
        "weeks": timedelta(weeks=1),
        "months": timedelta(days=28),
    }

    assert end is None or end >= at + count * units[unit]


@given(st.text(max_size=60))
def test_any_text_may_be_asked(said):
    """
    Nothing raises.
    """
    assert all(0 <= each.first < each.end for each in periods_in(words(said)))


def say(office: Office, words_of_hers: str, number: int = 1) -> None:
    """
    A message of hers is delivered.
    """
    at = int(office.clock.now.timestamp())
    office.deliver(messages(text(words_of_hers, by=HER, at=at, id=f"wamid.P{number}"), people=(HER,)))


def test_a_pause_closes_calls_until_its_end_and_ends_no_consent(office: Office):
    """
    Denied with the moment from which they are allowed again, and allowed from then on.
    """
    office.write(consent(office.tenant, channels=("voice",)))
    say(office, "esta semana no me llamen")
    decision = office.check(ANA).decision

    assert [reason.code.value for reason in decision.reasons] == ["PAUSED"]
    end = decision.reasons[0].retry_at
    assert end is not None
    assert end.astimezone(MADRID).weekday() == 0
    assert office.payloads("consent.withdrawn") == []
    office.clock.now = end
    assert "PAUSED" not in office.codes(ANA)


def test_a_pause_without_an_end_waits_for_a_person(office: Office):
    """
    Everything is closed, and a review is open; that it was no refusal lifts it.
    """
    office.write(consent(office.tenant, channels=("voice",)))
    say(office, "por ahora no me llamen")

    assert office.codes(ANA) == {"SUPPRESSED"}
    assert [row["verdict"] for row in office.rows("reviews")] == [None]


def test_a_pause_that_is_told_after_its_end_waits_for_a_person(office: Office):
    """
    "Today" of three days ago, or by a clock that is wrong: closed until somebody has looked.
    """
    office.write(consent(office.tenant, channels=("voice",), at=NOW - 5 * DAY))
    at = int((office.clock.now - timedelta(days=3)).timestamp())
    office.deliver(messages(text("hoy no me llamen", by=HER, at=at, id="wamid.LATE"), people=(HER,)))

    assert office.codes(ANA) == {"SUPPRESSED"}
    assert [row["verdict"] for row in office.rows("reviews")] == [None]


def test_a_no_for_good_outlasts_a_pause(office: Office):
    """
    BAJA after a pause is for good, and a pause after a BAJA changes nothing.
    """
    office.write(consent(office.tenant, channels=("voice",)))
    say(office, "hoy no me llamen")
    office.clock.advance(10 * SECOND)
    say(office, "BAJA", number=2)
    office.clock.advance(10 * SECOND)
    say(office, "hoy no me llamen", number=3)
    office.clock.now = NOW + timedelta(days=7)

    assert "SUPPRESSED" in office.codes(ANA)


def test_a_refusal_of_advertising_ends_advertising_alone(office: Office):
    """
    Consents to offers end at once; calls about orders go on, and nobody has to read it.
    """
    office.write(consent(office.tenant, channels=("voice",)))
    office.write(consent(office.tenant, purpose="offers", channels=("voice",)))
    say(office, "no quiero más publicidad")

    assert office.codes(ANA) == set()
    assert "SUPPRESSED" in office.codes(ANA, purpose="offers")
    assert office.rows("reviews") == []


@pytest.mark.parametrize(
    "said",
    [
        "Please don't call me today or tomorrow",
        "don't call me this week or next week",
        "Stop calling me today",
        "Dejen de llamarme hoy mismo",
        "Rufen Sie mich ab heute nicht mehr an",
        "Stop calling me 2 weeks ago I told you",
        "no me llamen hasta el lunes 15 de diciembre",
        "Don't send me ads. Don't call me this week.",
        "Don't call me today. Don't call me this week.",
    ],
)
def test_a_period_that_leaves_doubt_has_no_end_of_its_own(said):
    """
    Two periods, a beginning, an order to stop today, more words behind it, two limits: closed until a person has read it.
    """
    meaning = read(said)

    assert (meaning.kind, meaning.only, meaning.period) == ("opt_out", None, Period("some_time"))


@pytest.mark.parametrize("said", ["Don't call me today. Never again.", "no me llamen hoy, ni nunca más"])
def test_never_anywhere_is_for_good(said):
    """
    In whichever sentence it stands.
    """
    meaning = read(said)

    assert (meaning.kind, meaning.period) == ("opt_out", None)


def test_the_next_twelve_months_are_twelve():
    """
    "Next" is no number where one follows.
    """
    assert [each.period for each in periods_in(words("the next 12 months"))] == [Period(count=12, unit="months")]

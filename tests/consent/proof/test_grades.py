"""
Grades: what there is of a proof, what lacks, and who asks for it.
"""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from consent.bodies import Method
from consent.models import CATEGORIES, TECHNOLOGIES
from consent.proof.durations import after, is_validity
from consent.proof.duties import ROWS, boundaries, duties_of, places_of
from consent.proof.elements import ELEMENTS, MOST_WITHOUT, Duty, Given, grade
from consent.proof.errors import ElementUnknown
from consent.proof.kinds import KINDS, TRUSTS
from consent.proof.purposes import FLAG, REFUSE, Demand, Purpose, checked

METHODS = Method.__args__  # type: ignore[attr-defined]  # A Literal has them.
NOW = date(2026, 11, 25)
INSTANTS = st.integers(946_684_800, 4_102_444_800).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
GIVEN = st.builds(
    Given,
    st.sampled_from(METHODS),
    st.frozensets(st.sampled_from(KINDS)),
    st.sampled_from((None, *TRUSTS)),
    st.sampled_from((None, "DE", "ES", "US-TX")),
    st.timedeltas(timedelta(0), timedelta(days=400)),
    st.booleans(),
)
DUTIES = st.lists(
    st.builds(Duty, st.just("DE"), st.sets(st.sampled_from(ELEMENTS)).map(tuple), st.just("law"), st.just("source")),
    max_size=3,
)


@given(GIVEN, DUTIES)
def test_a_grade_is_whole_exactly_when_nothing_lacks(consent, duties):
    """
    0 to 100; 100 with nothing missing; never above fifty where a duty is not met.
    """
    found = grade(consent, duties)

    assert 0 <= found.score <= 100
    assert (found.score == 100) == (not found.lacks)
    assert not found.required or found.score <= MOST_WITHOUT
    assert {each.element for each in found.required} == {
        each for duty in duties for each in duty.elements if not consent.has(each)
    }
    assert all("{" not in each.why for each in found.lacks)


@given(GIVEN, DUTIES, st.frozensets(st.sampled_from(KINDS)))
def test_more_evidence_never_makes_it_worse(consent, duties, more):
    """
    Whatever is added, the grade stays or grows, and nothing is missing that was there.
    """
    better = Given(consent.method, consent.kinds | more, *[getattr(consent, name) for name in Given.__slots__[2:]])
    before, afterwards = grade(consent, duties), grade(better, duties)

    assert afterwards.score >= before.score
    assert {each.element for each in afterwards.lacks} <= {each.element for each in before.lacks}


def test_an_old_consent_is_unproven():
    """
    What its entry never told counts as not there.
    """
    found = grade(Given("web_form", frozenset(), None, None, timedelta(0), False), ())

    assert found.score == 10
    assert {each.element for each in found.lacks} == {"words", "act", "copy", "law", "writer"}


def test_german_advertising_needs_words_act_and_haste():
    """
    §7a UWG, before art. 7 GDPR, before our own care.
    """
    found = duties_of(("DE",), "marketing", ("live",), NOW)

    assert [each.jurisdiction for each in found] == ["DE", "EU", "*"]
    assert found[0].elements == ("words", "act", "prompt")
    assert duties_of(("DE",), "transactional", ("live",), NOW) == ()


def test_a_row_begins_on_its_day():
    """
    French opt-in is asked for of what was given from 11 August 2026 on.
    """
    before, on = (duties_of(("FR",), "marketing", ("live",), date(2026, 8, day)) for day in (10, 11))

    assert {each.jurisdiction for each in on} - {each.jurisdiction for each in before} == {"FR"}
    assert date(2026, 8, 11) in boundaries()


def test_only_recorded_voices_need_writing_in_the_united_states():
    """
    Prior express written consent is for prerecorded and artificial voices; any technology of several is enough.
    """
    live, mixed = (duties_of(("US-TX",), "marketing", each, NOW) for each in (("live",), ("live", "ai_voice")))

    assert "copy" not in {element for each in live for element in each.elements}
    assert "copy" in {element for each in mixed for element in each.elements}


def test_every_row_is_dated_and_sourced():
    """
    Known categories, technologies and elements; an address, or that it is our own; a mark of how sure we are.
    """
    for row in ROWS:
        assert set(row.categories) <= set(CATEGORIES)
        assert set(row.technologies or ()) <= set(TECHNOLOGIES)
        assert row.elements
        assert set(row.elements) <= set(ELEMENTS)
        assert row.source.startswith("http") == (row.confidence != "default")
        assert row.confidence in ("high", "medium", "low", "default")
        assert row.since is None or row.until is None or row.since < row.until


def test_places_go_from_close_to_far():
    """
    A part, its country, the union it belongs to, and everywhere.
    """
    assert places_of("ES-MD") == ("ES-MD", "ES", "EU", "*")
    assert places_of("US") == ("US", "*")
    assert places_of(None) == ("*",)


def test_the_closest_word_decides_what_becomes_of_a_lack():
    """
    A tenant refuses in the union and only flags in Spain; where a person may be in two places, the stricter word counts.
    """
    purpose = Purpose("offers", "marketing", demands=(Demand("EU", ("copy",), REFUSE), Demand("ES", (), FLAG)))

    assert purpose.refuses(("DE",))
    assert not purpose.refuses(("ES-MD",))
    assert purpose.refuses(("ES", "FR"))
    assert not purpose.refuses(("US",))
    assert "copy" in {element for each in purpose.duties(("ES",), ("live",), NOW) for element in each.elements}


def test_no_demand_takes_a_duty_away():
    """
    Whatever a tenant says of a place, what is asked for there anyway is asked for.
    """
    own = Purpose("offers", "marketing", demands=(Demand("DE", (), FLAG),)).duties(("DE",), ("live",), NOW)

    assert set(duties_of(("DE",), "marketing", ("live",), NOW)) <= set(own)


@pytest.mark.parametrize(
    "demand",
    [
        Demand("Germany", (), FLAG),
        Demand("de", (), FLAG),
        Demand("DE", ("sworn",), FLAG),
        Demand("DE", (), "ignore"),
    ],
)
def test_a_demand_that_means_nothing_is_refused(demand):
    """
    No such place, element or consequence.
    """
    with pytest.raises(ElementUnknown):
        checked((demand,), None)


def test_one_word_for_each_place():
    """
    Two would contradict each other.
    """
    with pytest.raises(ElementUnknown, match="twice"):
        checked((Demand("DE", (), FLAG), Demand("DE", (), REFUSE)), None)


@given(
    st.builds(Demand, st.sampled_from(("*", "EU", "US-TX")), st.just(("words", "act")), st.sampled_from((FLAG, REFUSE)))
)
def test_a_demand_is_read_as_it_was_written(demand):
    """
    One line of words.
    """
    assert Demand.read(demand.written()) == demand


@given(
    st.integers(0, 30),
    st.integers(0, 30),
    st.integers(0, 100),
    INSTANTS,
)
def test_validity_counts_on_the_calendar(years, months, days, moment):
    """
    The end is later than the beginning, and as many months ahead, unless that month has no such day.
    """
    text = f"P{years}Y{months}M{days}D"
    assume(years + months + days)
    end = after(moment, text)

    assert is_validity(text)
    assert end > moment


def test_a_month_that_is_too_short_ends_it():
    """
    A month after 31 January is the last of February; two years after 29 February the 28th.
    """
    assert after(datetime(2027, 1, 31, 9, tzinfo=UTC), "P1M") == datetime(2027, 2, 28, 9, tzinfo=UTC)
    assert after(datetime(2028, 2, 29, tzinfo=UTC), "P2Y") == datetime(2030, 2, 28, tzinfo=UTC)


@pytest.mark.parametrize("text", ["P", "P0D", "PT1H", "P1.5Y", "-P1Y", "P1Y ", "1Y", "P101Y", "P1D1Y", "P٢Y", ""])
def test_no_other_durations(text):
    """
    Nothing empty, with hours, fractions or signs, and nothing beyond a hundred years.
    """
    assert not is_validity(text)

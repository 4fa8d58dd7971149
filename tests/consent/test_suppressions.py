"""
What a no reaches, and who takes it back; and which word about Meta's permission counts.
"""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent.lifecycle import (
    EVERYTHING,
    Extent,
    Scope,
    SuppressionEvent,
    permission_in_force,
    standings,
    suppressing,
    suppressions_in_force,
)
from tests.factories import NOW, SECOND, permission, suppression, word

PURPOSES, CATEGORIES, CHANNELS, SENDERS = ("offers", "news"), ("marketing", "service"), ("voice", "sms"), ("a", "b")
STRICTNESS = ("permanent", "temporary", "declined", "revoked")


def at(tick):
    """A moment; a few of them, so that words often fall together."""
    return NOW + tick * SECOND


def some(values):
    """All of a dimension, or a part of it."""
    return st.none() | st.lists(st.sampled_from(values), min_size=1, unique=True).map(tuple)


EXTENTS = st.builds(Extent, some(PURPOSES), some(CATEGORIES), some(CHANNELS), st.none() | st.sampled_from(SENDERS))
CALLS = st.fixed_dictionaries(
    {
        "purpose": st.sampled_from(PURPOSES),
        "category": st.sampled_from(CATEGORIES),
        "channel": st.sampled_from(CHANNELS),
        "sender": st.none() | st.sampled_from(SENDERS),
        "technology": st.sampled_from(("live", "ai_voice")),
    }
)


@st.composite
def noes(draw):
    """What was said no to and taken back, in no order."""
    events: list[SuppressionEvent] = []
    for number in range(draw(st.integers(0, 6))):
        lifts = draw(st.none() | st.sampled_from([e.id for e in events])) if events else None
        state = "lifted" if lifts else draw(st.sampled_from(("set", "set", "lifted")))
        said = draw(st.integers(0, 5))
        learnt = at(draw(st.integers(said, 8)))
        extent = draw(EXTENTS)
        events.append(
            suppression(at(said), id=UUID(int=number), state=state, extent=extent, recorded_at=learnt, lifts=lifts)
        )
    return draw(st.permutations(events))


def reached(extent, call):
    """Whether a call falls under an extent; a sender nobody knows may be the one that is meant."""
    return (
        (extent.purposes is None or call["purpose"] in extent.purposes)
        and (extent.categories is None or call["category"] in extent.categories)
        and (extent.channels is None or call["channel"] in extent.channels)
        and (extent.sender is None or call["sender"] is None or call["sender"] == extent.sender)
    )


def against(events, call, moment):
    """The suppressions against a call: those that reach it and that nothing later has lifted for it."""
    past = [each for each in events if each.at <= moment]
    found = set()
    for no in (each for each in past if each.state == "set" and reached(each.extent, call)):
        by_name = any(each.lifts == no.id for each in past)
        by_extent = any(
            each.state == "lifted" and each.lifts is None and each.at > no.at and reached(each.extent, call)
            for each in past
        )
        if not by_name and not by_extent:
            found.add(no.id)
    return found


@given(noes(), CALLS, st.integers(-1, 6))
def test_a_call_is_held_back_by_what_the_model_says(events, call, tick):
    """
    Set, lifted within an extent, or lifted by name: exactly the suppressions of the slow model are against a call.
    """
    found = suppressing(events, (), at(tick), **call)

    assert {each.id for each in found} == against(events, call, at(tick))


@given(st.data())
def test_the_order_of_arrival_never_matters(data):
    """
    The same events in any order hold back the same calls.
    """
    events = data.draw(noes())
    call = data.draw(CALLS)
    shuffled = data.draw(st.permutations(events))

    assert suppressing(events, (), at(9), **call) == suppressing(shuffled, (), at(9), **call)
    assert suppressions_in_force(events, at(9)) == suppressions_in_force(shuffled, at(9))


@given(noes(), st.integers(-1, 6), st.integers(-1, 8))
def test_what_is_in_force_is_what_no_lifting_has_wholly_ended(events, true_at, known_at):
    """
    A suppression is shown until something later of at least its extent, or aimed at it, has lifted it.
    """
    past = [e for e in events if e.at <= at(true_at) and e.recorded_at <= at(known_at)]
    lifted = [e for e in past if e.state == "lifted"]
    shown = suppressions_in_force(events, at(true_at), at(known_at))

    assert {e.id for e in shown} == {
        e.id
        for e in past
        if e.state == "set"
        and not any(each.lifts == e.id for each in lifted)
        and not any(each.lifts is None and each.at > e.at and each.extent.reaches(e.extent) for each in lifted)
    }


@given(EXTENTS, EXTENTS)
def test_reaching_is_covering_every_call(wider, narrower):
    """
    What reaches an extent covers every call within it.
    """
    if wider.reaches(narrower):
        for purpose in PURPOSES:
            for category in CATEGORIES:
                call = {"purpose": purpose, "category": category, "channel": "voice", "sender": "a"}

                assert wider.covers(**call) or not narrower.covers(**call)


def test_a_lifting_at_the_same_moment_lifts_nothing():
    """
    Of a no and its taking back at one instant, the no counts.
    """
    no = suppression(at(1))

    assert suppressions_in_force([no, suppression(at(1), state="lifted")], at(2)) == (no,)


def test_a_lifting_aimed_at_one_leaves_the_other():
    """
    A lifting by name ends that suppression and no other, however alike they are.
    """
    suspicion, said = suppression(at(1)), suppression(at(1))
    lifting = suppression(at(2), state="lifted", lifts=suspicion.id)

    assert suppressions_in_force([suspicion, said, lifting], at(3)) == (said,)


@pytest.mark.parametrize("unknown", [{"purpose": None}, {"sender": None}])
def test_what_is_unknown_might_be_what_is_meant(unknown):
    """
    A no to one purpose and sender covers a call whose purpose or sender nobody knows.
    """
    call = {"purpose": "offers", "category": "marketing", "channel": "voice", "sender": "a", **unknown}

    assert Extent(purposes=("offers",), sender="a").covers(**call)
    assert EVERYTHING.covers(**call)


# --- Agreeing again


def held_back(consents, **changed):
    """Whether a no to everything, said at tick 2, still holds back a call about offers."""
    call = {"purpose": "offers", "category": "marketing", "channel": "voice", "sender": "a", "technology": "live"}
    return bool(suppressing([suppression(at(2))], standings(consents, at(9)), at(9), **{**call, **changed}))


@pytest.mark.parametrize("method", ["web_form", "whatsapp_button", "sms", "inbound_call", "keypress", "paper"])
def test_the_person_re_opens_by_agreeing_later(method):
    """
    A later consent that the person gave re-opens its purpose on its channel; one at the same instant does not.
    """
    assert not held_back([word(at=at(3), method=method)])
    assert held_back([word(at=at(2), method=method)])
    assert held_back([word(at=at(1), method=method)])


@pytest.mark.parametrize("method", ["import", "api", "agent"])
def test_the_business_never_re_opens(method):
    """
    A later consent that the business reports on the person's behalf opens nothing that they have closed.
    """
    assert held_back([word(at=at(3), method=method)])


@pytest.mark.parametrize(
    "agreed",
    [
        {"scope": Scope("news", "voice")},
        {"scope": Scope("offers", "sms")},
        {"scope": Scope("offers", "voice", "b")},
        {"technology": ("ai_voice",)},
        {"state": "pending"},
    ],
)
def test_agreeing_re_opens_exactly_what_was_agreed(agreed):
    """
    Another purpose, channel, sender or technology stays closed, also for what the business reports afterwards.
    """
    again = word(agreed.pop("state", "granted"), at(3), **agreed)
    reported = word(at=at(4), method="import")

    assert held_back([again])
    assert held_back([again, reported])


def test_agreeing_with_a_sender_does_not_re_open_for_one_unknown():
    """
    A call whose sender nobody knows is not covered by what was agreed with one sender.
    """
    again = word(at=at(3), scope=Scope("offers", "voice", "a"))

    assert not held_back([again])
    assert held_back([again], sender=None)


# --- Meta's permission


@given(st.data())
def test_the_last_word_about_permission_counts(data):
    """
    By the time it was said; of words said together the stricter; whatever order they came in.
    """
    said = data.draw(st.lists(st.tuples(st.sampled_from(STRICTNESS), st.integers(0, 3)), max_size=6))
    events = [permission(state, at(tick), id=uuid4(), recorded_at=at(9 - tick)) for state, tick in said]
    moment = at(data.draw(st.integers(-1, 4)))
    past = [e for e in events if e.at <= moment]
    found = permission_in_force(data.draw(st.permutations(events)), "acme-es", moment)

    assert (found is None) == (not past)
    if found is not None:
        assert found.at == max(e.at for e in past)
        assert found.state == max((e.state for e in past if e.at == found.at), key=STRICTNESS.index)


@given(st.permutations([1, 2, 3]))
def test_of_two_permissions_at_once_the_shorter_counts(order):
    """
    Temporary permissions of the same second end when the first of them does, whichever was learnt last.
    """
    events = [
        permission("temporary", NOW, expires_at=at(days), recorded_at=NOW + timedelta(days=n))
        for n, days in enumerate(order)
    ]
    found = permission_in_force(events, "acme-es", at(100))

    assert found is not None
    assert found.expires_at == at(1)


def test_permission_is_between_one_sender_and_the_person():
    """
    What was granted to one sender says nothing about another.
    """
    assert permission_in_force([permission()], "acme-2", at(1)) is None


def test_permission_has_two_clocks_too():
    """
    A revocation counts from when it happened, for whoever knew of it.
    """
    granted, revoked = permission("permanent", at(0)), permission("revoked", at(2), recorded_at=at(5))
    events = [granted, revoked]

    assert permission_in_force(events, "acme-es", at(3)) == revoked
    assert permission_in_force(events, "acme-es", at(1)) == granted
    assert permission_in_force(events, "acme-es", at(3), at(4)) == granted

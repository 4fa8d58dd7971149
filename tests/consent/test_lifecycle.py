"""
Which word about consent counts, against a model that is slow and says what it means.
"""

from datetime import timedelta
from itertools import product
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from consent.lifecycle import Scope, known, opens_nothing, standings
from tests.factories import NOW, SECOND, word

NEVER = timedelta(days=9999)
STRICTNESS = ("granted", "pending", "refused", "withdrawn")
PURPOSES, CHANNELS, SENDERS = ("offers", "news"), ("voice", "whatsapp_call"), (None, "acme-es")
LIVE, BOTH = ("live",), ("live", "ai_voice")
KEYS = [(Scope(*scope), used) for *scope, used in product(PURPOSES, CHANNELS, SENDERS, (LIVE, BOTH))]


def at(tick):
    """A moment; a few of them, so that words often fall together."""
    return NOW + tick * SECOND


@st.composite
def histories(draw, most=7):
    """Everything that one person ever said, in no order."""
    events = []
    for number in range(draw(st.integers(0, most))):
        state = draw(st.sampled_from(STRICTNESS))
        whole = state == "withdrawn" and draw(st.booleans())
        purpose = None if whole else draw(st.sampled_from(PURPOSES))
        channel = None if whole and draw(st.booleans()) else draw(st.sampled_from(CHANNELS))
        said, learnt = draw(st.integers(0, 6)), draw(st.integers(0, 9))
        expires = draw(st.none() | st.integers(said + 1, said + 8)) if state == "granted" else None
        closes = state in ("withdrawn", "refused")
        events.append(
            word(
                state,
                at(said),
                id=UUID(int=number),
                recorded_at=at(max(said, learnt)),
                scope=Scope(purpose, channel, draw(st.sampled_from(SENDERS))),
                technology=draw(st.sampled_from((None, LIVE, BOTH)) if closes else st.sampled_from((LIVE, BOTH))),
                expires_at=None if expires is None else at(expires),
            )
        )
    return draw(st.permutations(events))


# --- The model


def when(event):
    """Time first; of words said together the stricter is later, and what lasts longer is less strict."""
    lasts = NEVER if event.expires_at is None else event.expires_at - event.given_at
    return event.given_at, STRICTNESS.index(event.state), -lasts


def closes(event, scope, technology):
    """Whether it is a no that reaches this far."""
    within = all(
        mine is None or mine == theirs
        for mine, theirs in zip(
            (event.scope.purpose, event.scope.channel, event.scope.sender),
            (scope.purpose, scope.channel, scope.sender),
            strict=True,
        )
    )
    means = event.technology is None or set(technology) <= set(event.technology)
    return event.state in ("refused", "withdrawn") and within and means


def opens(event, key, past):
    """Whether it begins something: a grant, or a question that was not asked while a grant was in force."""
    if (event.scope, event.technology) != key or event.state not in ("granted", "pending"):
        return False
    if event.state == "granted":
        return True
    before = last_opening([each for each in past if when(each) < when(event)], key)
    if before is None or before.state != "granted" or before.given_at == event.given_at:
        return True
    ended = before.expires_at is not None and before.expires_at <= event.given_at
    return ended or any(
        closes(each, *key) and when(before) < when(each) < when(event) for each in past if each is not before
    )


def last_opening(past, key):
    """The last grant or question of exactly this scope."""
    return max((each for each in past if opens(each, key, past)), key=when, default=None)


def model(events, key, moment, known_at=None):
    """The state of one scope at a moment, as far as it was known; None where nothing was ever said of it."""
    past = [e for e in events if e.given_at <= moment and (known_at is None or e.recorded_at <= known_at)]
    last = last_opening(past, key)
    if last is None:
        refused = any(e.state == "refused" and (e.scope, e.technology) == key for e in past)
        return "refused" if refused else None
    noes = [e for e in past if closes(e, *key) and e.given_at >= last.given_at]
    if noes:
        return min(noes, key=when).state
    if last.state == "granted" and last.expires_at is not None and last.expires_at <= moment:
        return "expired"
    return last.state


def states(events, moment, known_at=None):
    """The same, as the code has it."""
    found = {(s.consent.scope, s.consent.technology): s.state_at(moment) for s in standings(events, moment, known_at)}
    return {key: found.get(key) for key in KEYS}


# --- The facts


@given(histories(), st.integers(-1, 16))
def test_the_state_of_every_scope_is_that_of_the_model(events, tick):
    """
    At any moment, every scope is in the state that the slow model gives it.
    """
    assert states(events, at(tick)) == {key: model(events, key, at(tick)) for key in KEYS}


@given(histories(), st.integers(-1, 10), st.integers(-1, 10))
def test_two_clocks_are_kept_apart(events, true_at, known_at):
    """
    What was true at one moment, by what was known at another, needs nothing said or learnt later.
    """
    seen = states(events, at(true_at), at(known_at))

    assert seen == {key: model(events, key, at(true_at), at(known_at)) for key in KEYS}
    assert all(e.given_at <= at(true_at) for e in known(events, at(true_at), at(known_at)))
    assert all(e.recorded_at <= at(known_at) for e in known(events, at(true_at), at(known_at)))


@given(st.data())
def test_the_order_of_arrival_never_matters(data):
    """
    The same words, learnt in another order and at other times, leave every scope in the same state.
    """
    events = data.draw(histories())
    learnt = data.draw(st.permutations([e.recorded_at for e in events]))
    later = [
        word(e.state, e.given_at, scope=e.scope, technology=e.technology, expires_at=e.expires_at, recorded_at=moment)
        for e, moment in zip(data.draw(st.permutations(events)), learnt, strict=True)
    ]

    assert all(states(events, at(tick)) == states(later, at(tick)) for tick in range(-1, 16))


@given(histories(), st.sampled_from(KEYS), st.integers(0, 6), st.integers(0, 6))
def test_a_grant_learnt_late_is_history_only(events, key, granted, withdrawn):
    """
    Once a withdrawal reaches a scope, a grant of it opens exactly if the person gave it later.
    """
    scope, technology = key
    no = word("withdrawn", at(withdrawn), scope=Scope())
    late = word("granted", at(granted), scope=scope, technology=technology, recorded_at=at(20))
    later_words = [e for e in events if e.given_at < at(granted)]

    assert opens_nothing([*later_words, no, late], late, at(30)) == (granted <= withdrawn)


@given(st.integers(1, 10**12))
def test_a_consent_ends_at_its_expiry_and_not_before(microseconds):
    """
    One microsecond before its expiry a consent is in force; at its expiry it is not.
    """
    end = NOW + timedelta(microseconds=microseconds)
    (standing,) = standings([word(expires_at=end)], end)

    assert standing.state_at(end - timedelta(microseconds=1)) == "granted"
    assert standing.state_at(end) == "expired"


def test_what_expired_is_never_swept():
    """
    Before its expiry a consent is granted even when it is asked about years later.
    """
    events = [word(expires_at=at(5))]

    assert states(events, at(4))[(Scope("offers", "voice"), LIVE)] == "granted"
    assert states(events, at(5))[(Scope("offers", "voice"), LIVE)] == "expired"


def test_of_two_grants_at_once_the_shorter_counts():
    """
    The same act told twice, once with an end and once without, ends; whichever was learnt first.
    """
    endless, ending = word(), word(expires_at=at(5))
    told_late = word(recorded_at=at(3))

    for events in ([endless, ending], [ending, endless], [ending, told_late]):
        assert states(events, at(6))[(Scope("offers", "voice"), LIVE)] == "expired"


def test_double_opt_in_opens_when_it_is_confirmed():
    """
    Asked for, a consent is pending; confirmed, it is granted; asked for again, it stays granted.
    """
    asked, confirmed, again = word("pending", at(0)), word("granted", at(2)), word("pending", at(4))
    key = (Scope("offers", "voice"), LIVE)

    assert states([asked], at(1))[key] == "pending"
    assert states([asked, confirmed], at(3))[key] == "granted"
    assert states([asked, confirmed, again], at(5))[key] == "granted"


def test_double_opt_in_after_a_no_stays_pending():
    """
    After a withdrawal, or an expiry, asking opens nothing until it is confirmed.
    """
    no, asked = word("withdrawn", at(1), scope=Scope()), word("pending", at(2))
    key = (Scope("offers", "voice"), LIVE)

    assert states([word(), no, asked], at(3))[key] == "pending"
    assert states([word(expires_at=at(1)), asked], at(3))[key] == "pending"


def test_a_withdrawal_reaches_only_what_it_names():
    """
    Taking back one channel leaves the other; taking back one sender leaves what was given to all.
    """
    calls, texts = word(scope=Scope("offers", "voice")), word(scope=Scope("offers", "whatsapp_call"))
    theirs = word(scope=Scope("news", "voice", "acme-es"))
    events = [calls, texts, theirs, word("withdrawn", at(1), scope=Scope(None, "voice", "acme-es"))]
    now = states(events, at(2))

    assert now[(Scope("news", "voice", "acme-es"), LIVE)] == "withdrawn"
    assert now[(Scope("offers", "voice"), LIVE)] == "granted"
    assert now[(Scope("offers", "whatsapp_call"), LIVE)] == "granted"

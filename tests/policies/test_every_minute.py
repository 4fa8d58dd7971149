"""
The whole decision against looking at every minute, where clocks do odd things and every kind of rule has a say.
"""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from policies.catalogue import builtin
from policies.decision import Passes
from policies.evaluator import evaluate, trace
from policies.facts import AttemptFact, ConsentFact, PermissionFact, SenderFact
from policies.ruleset import compile_rules
from tests.policies.clocks import MINUTE, awkward_moments
from tests.policies.questions import facts, pack, rule

CALLS = pack(
    rule("cap", id="a-day", limit=2, per="day", counts="attempt"),
    rule("cap", id="three-days", limit=3, per="3 days", counts="attempt"),
    rule("gap", id="pause", after=["connected"], wait="PT5H"),
    rule("gap", id="days", after=["refused"], wait="1 days"),
    rule("window", id="night", open={"mon-sun": ["22:00-01:30", "07:15-19:45"]}),
)
RULES = compile_rules([*(builtin(name) for name in ("core", "whatsapp", "es", "us", "acme")), CALLS])
DAYS = 2


def attempts_before(now):
    """Up to three calls of the last two days, at whole minutes."""
    outcomes = st.sampled_from(["connected", "unanswered", "refused", "failed", None])
    minutes = st.integers(1, 2 * 1440)

    def made(ago, outcome):
        at = now - ago * MINUTE
        lapse = at + (2 * MINUTE if outcome else timedelta(days=3))
        return AttemptFact(at, "call.place", "visits", "service", "whatsapp_call", "main", outcome, lapse)

    return st.lists(st.builds(made, minutes, outcomes), max_size=3).map(
        lambda some: tuple(sorted(some, key=lambda each: each.at))
    )


def allowed(question, at):
    """What every rule says at this instant, without working out when it will say otherwise."""
    return all(isinstance(step.outcome, Passes) for step in trace(RULES, question, at))


@st.composite
def cases(draw):
    """A moment near a change of some clock, and a service call to somebody who keeps that clock, or one of two."""
    where, now = draw(awkward_moments())
    zones = draw(st.sampled_from([(where.key,), (where.key, "Europe/Madrid")]))
    question = facts(
        regions=draw(st.sampled_from([("ES",), ("US-TX",), ("ES", "US-FL")])),
        zones=zones,
        business_zone=draw(st.sampled_from([where.key, "Europe/Madrid"])),
        attempts=draw(attempts_before(now)),
        consents=(ConsentFact("whatsapp_call", ("live",), None, "granted", now - timedelta(days=9), basis="opt_in"),),
        permission=PermissionFact("permanent", now - timedelta(days=9)),
        sender=SenderFact("main", "ES"),
    )
    return replace(question, category=draw(st.sampled_from(["service", "transactional"]))), now


@given(cases())
@settings(max_examples=60, deadline=None)
def test_retry_at_is_the_first_minute_that_is_allowed(case):
    """
    Asked minute by minute for two days: no earlier one is allowed, and the one named is.
    """
    question, now = case
    decision = evaluate(RULES, question, now)
    asked = (now + n * MINUTE for n in range(DAYS * 1440))
    first = next((at for at in asked if allowed(question, at)), None)

    if decision.allow:
        assert first == now
    elif first is None:
        assert decision.retry_at is None or decision.retry_at > now + (DAYS * 1440 - 1) * MINUTE
    else:
        assert decision.retry_at == first


@given(cases())
@settings(max_examples=60, deadline=None)
def test_an_allow_stands_at_every_minute_until_it_expires(case):
    """
    None of them is denied, and where it ends the next one is asked anew.
    """
    question, now = case
    start = now if evaluate(RULES, question, now).allow else evaluate(RULES, question, now).retry_at
    if start is None or start > now + timedelta(days=DAYS):
        return
    expires = evaluate(RULES, question, start).expires_at
    last = min(expires, start + timedelta(days=1)) if expires else start + timedelta(days=1)
    minutes = int((last - start) / MINUTE)

    assert all(allowed(question, start + n * MINUTE) for n in range(0, minutes, 7))
    assert allowed(question, last - timedelta(microseconds=1))

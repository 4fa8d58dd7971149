"""
What would have been a wrong allow: each is a way in that somebody tried.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from policies.catalogue import builtin
from policies.closed_days import holidays_in
from policies.errors import NotAnInstant, PackInvalid
from policies.evaluator import evaluate
from policies.facts import AttemptFact, ConsentFact, PermissionFact, RegisterFact, SenderFact, SuppressionFact
from policies.instants import parse_instant
from policies.loading import parse_pack
from policies.planning import slots
from policies.ruleset import compile_rules
from tests.consent.desk import Office
from tests.factories import ANA, DAY, MINUTE, NOW, SECOND, authorization, consent, outcome, withdrawal
from tests.policies.calling import agreed, ask, called
from tests.policies.questions import MONDAY, PACKS, attempt, facts, pack, rule


def at(year, month, day, hour=0):
    """A moment in UTC."""
    return datetime(year, month, day, hour, tzinfo=UTC)


def grant(since, basis="opt_in", **changed):
    """A consent to be called by voice, by a person or a machine."""
    usual = ConsentFact("voice", ("live", "ai_voice"), None, "granted", since, basis=basis)
    return replace(usual, **changed)


def american(state, *consents, **changed):
    """An offer by an artificial voice to somebody of one American state."""
    usual = {
        "regions": (state,),
        "zones": ("America/New_York",),
        "channel": "voice",
        "technology": "ai_voice",
        "category": "marketing",
        "consents": consents,
        "sender": SenderFact("s1", "US"),
        "registers": {"us-dnc": RegisterFact(listed=False, as_of=MONDAY)},
    }
    return facts(**{**usual, **changed})


def codes(rules, question, now):
    """Every reason's code and rule; none is an allow."""
    return [f"{reason.code.value} {reason.rule}" for reason in evaluate(rules, question, now).reasons]


# --- One consent for all that is asked


def test_a_revoked_consent_and_a_lesser_one_do_not_add_up():
    """
    A written consent that a withdrawal elsewhere ended, and a later one that is not written.
    """
    rules, now = compile_rules([builtin("core"), builtin("us")]), at(2027, 3, 2, 18)
    revoked = grant(at(2027, 2, 1), "opt_in_written")
    later = grant(at(2027, 2, 20), "opt_in", sender="s1")
    fresh = {"us-dnc": RegisterFact(listed=False, as_of=now - timedelta(days=1))}

    def asked(*consents):
        return american("US-NY", *consents, other_withdrawals=(at(2027, 2, 10),), registers=fresh)

    assert codes(rules, asked(revoked), now) == ["CONSENT_WITHDRAWN revoked-for-all"]
    assert codes(rules, asked(revoked, later), now) != []
    assert codes(rules, asked(replace(later, basis="opt_in_written")), now) == []


def test_neither_do_consents_across_packs():
    """
    The law wants it written, the tenant wants it fresh: an old written one and a fresh other one are neither.
    """
    own = pack(rule("consent", id="fresh", max_age={"opt_in_written": "P365D"}))
    rules, now = compile_rules([builtin("core"), builtin("us"), own]), at(2026, 11, 24, 16)
    old, other = grant(at(2024, 6, 1), "opt_in_written"), grant(at(2026, 11, 1), sender="s1")

    assert codes(rules, american("US-CT", old), now) == ["CONSENT_EXPIRED fresh"]
    assert codes(rules, american("US-CT", old, other), now) != []


def test_a_rule_that_is_not_in_force_yet_ends_no_consent():
    """
    An age that begins to count in 2030 is no reason today.
    """
    later = rule("consent", id="age", max_age={"opt_in": "P10D"}, effective={"from": "2030-01-01T00:00:00Z"})
    rules = compile_rules([*PACKS, pack(rule("consent", id="any", bases=["opt_in"]), later)])

    assert evaluate(rules, facts(), MONDAY).allow


def test_an_older_consent_does_not_come_back_when_a_newer_one_ends():
    """
    Agreed, refused, agreed again for a while: when the while is over, the refusal stands, and no plan says otherwise.
    """
    before, ends = MONDAY - 20 * DAY, MONDAY + 2 * DAY
    consents = (
        grant(before),
        grant(MONDAY - 10 * DAY, state="refused", sender="main"),
        grant(MONDAY - 5 * DAY, sender="main", expires_at=ends),
    )
    question = facts(channel="voice", category="transactional", consents=consents, sender=SenderFact("main", "ES"))
    rules = compile_rules([builtin("core"), builtin("es")])

    assert evaluate(rules, question, MONDAY).expires_at == ends
    assert codes(rules, question, ends) == ["CONSENT_REFUSED consent"]
    assert slots(rules, question, MONDAY, MONDAY + 7 * DAY) == ((MONDAY, ends),)


# --- Time


def test_a_window_that_hardly_ever_closes_closes_in_a_plan_too():
    """
    Open round the clock but on holidays: Tuesday the eighth of December is none of the plan's.
    """
    always = pack(rule("window", open={"mon-sun": ["00:00-24:00"], "hol": []}, holidays=["ES-MD"]))
    rules = compile_rules([builtin("core"), builtin("whatsapp"), builtin("es"), always])
    question = facts(category="transactional")
    found = slots(rules, question, at(2026, 12, 4), at(2026, 12, 11))

    assert not any(start <= at(2026, 12, 8, 12) < end for start, end in found)
    assert codes(rules, question, at(2026, 12, 8, 12)) == ["HOLIDAY window"]


def test_a_hold_lasts_no_longer_than_its_allow(office: Office):
    """
    Ten minutes were asked for, and the consent has half a minute left.
    """
    office.write(consent(office.tenant, at=NOW - DAY, expires_at=NOW + 30 * SECOND))
    answer = office.ask(authorization(office.tenant, ttl=10 * MINUTE))

    assert answer["hold"]["expires_at"] == "2026-11-25T11:00:30Z"


@pytest.mark.parametrize("day", [date(2028, 2, 29), date(2028, 2, 28)])
def test_a_feast_that_moves_with_the_moon_brings_its_neighbours(day):
    """
    A substitute day that is only estimated may come a day or two later.
    """
    assert day in holidays_in("SG", 2028)


# --- Attempts


def test_an_open_hold_is_known_to_rules_with_no_memory(office: Office):
    """
    Rules that count nothing still release the hold when the person says no.
    """
    office.adopt(builtin("core"), builtin("es"))
    agreed(office)
    hold = ask(office)[1]
    office.clock.advance(5 * SECOND)
    written = office.write(withdrawal(office.tenant, at=office.clock.now))

    assert written.answer["released_holds"] == [hold]


def test_a_call_that_may_be_ringing_is_waited_for_by_rules_about_refusals(office: Office):
    """
    The second of two questions within seconds is denied: the first call may end in a refusal.
    """
    office.adopt(*PACKS[:3], pack(rule("gap", id="never-again", after=["refused"], wait="indefinite")))
    agreed(office)

    assert ask(office)[0] == []
    office.clock.advance(5 * SECOND)
    assert ask(office)[0] == ["COOL_OFF"]


def test_a_refusal_that_is_told_late_bars_for_its_whole_time(office: Office):
    """
    Ten days after the call it was said to have ended then, with a refusal: sixty days count from that.
    """
    office.adopt(*PACKS[:3], pack(rule("gap", id="refused", after=["refused"], wait="P60D")))
    agreed(office)
    hold = called(office, None)
    office.clock.advance(10 * DAY)
    office.write(outcome(office.tenant, hold, "refused", at=office.clock.now))
    told = office.clock.now

    office.clock.now = told + 60 * DAY - SECOND
    assert office.codes(ANA) == {"COOL_OFF"}
    office.clock.now = told + 60 * DAY
    assert office.codes(ANA) == set()


def test_a_call_that_nobody_announced_counts_for_every_category():
    """
    It is entered as marketing for want of better, and may have been about a debt.
    """
    rules = compile_rules([*PACKS, pack(rule("cap", limit=1, per="P7D", counts="attempt", categories=["collections"]))])
    unannounced = AttemptFact(
        MONDAY - DAY, "call.place", None, "marketing", "whatsapp_call", "main", "connected", MONDAY - DAY
    )
    known = attempt(MONDAY - DAY, category="marketing", purpose="offers")

    assert codes(rules, facts(attempts=(unannounced,)), MONDAY) == ["CAP_REACHED cap"]
    assert codes(rules, facts(attempts=(known,)), MONDAY) == []


# --- Sets and packs


def test_a_set_that_asks_about_no_refusal_or_permission_vouches_for_nothing():
    """
    A country alone, and a country without the platform.
    """
    country = compile_rules([builtin("es")])
    refused = facts(channel="voice", category="transactional", suppressions=(SuppressionFact(MONDAY - DAY),))
    no_platform = compile_rules([builtin("core"), builtin("es")])

    assert "FACT_MISSING coverage" in codes(country, refused, MONDAY)
    assert "FACT_MISSING coverage" in codes(no_platform, facts(permission=PermissionFact("none")), MONDAY)


def test_a_rule_about_a_country_has_the_holidays_of_its_parts():
    """
    Christmas is one in Texas too.
    """
    text = """\
{"pack": "xmas", "version": 1, "layer": "jurisdiction", "applies_when": {"country": ["US", "PR"]}, "rules": [
  {"id": "hours", "kind": "window", "basis": "default", "when": {"region": ["US"]},
   "source": [{"cite": "Venia", "as_of": "2026-11-01", "confidence": "low"}],
   "open": {"mon-sun": ["08:00-21:00"], "hol": []}}]}"""
    rules = compile_rules([builtin("core"), parse_pack(text)])
    noon = at(2026, 12, 25, 18)

    for region in ("US", "US-TX"):
        asked = american(region, grant(MONDAY - DAY), technology="live", zones=("America/Chicago",))
        assert codes(rules, asked, noon) == ["HOLIDAY hours"]


def test_nebraskas_hours_are_those_of_artificial_voices_too():
    """
    No robot on Sunday morning, whoever made its voice.
    """
    rules, sunday = compile_rules([builtin("core"), builtin("us")]), at(2026, 11, 22, 16)
    asked = american("US-NE", grant(MONDAY - DAY, "opt_in_written"), zones=("America/Chicago",))

    assert "QUIET_HOURS hours-ne" in codes(rules, asked, sunday)


@pytest.mark.parametrize(
    ("member", "says"),
    [
        ('"when": {"region": ["US-CAL"]}', "of a part that is known"),
        ('"per": "P999999D"', "local days"),
        ('"effective": {"from": "0001-01-01T00:00:00+14:00"}', "beyond the years"),
        ('"deny": {"code": []}', "not in the registry"),
        ('"id": "\\ud800"', "half of a character"),
    ],
)
def test_a_pack_that_would_break_later_is_refused_now(member, says):
    """
    A misspelt part, an endless duration, an instant that has none in UTC, a code that is none, half a character.
    """
    usual = {'"id"': '"id": "r"', '"per"': '"per": "day"', '"when"': '"when": {}', '"deny"': '"deny": {}'}
    usual['"effective"'] = '"effective": {}'
    usual[member.partition(":")[0]] = member
    text = (
        '{"pack": "odd", "version": 1, "layer": "tenant", "rules": [{"kind": "cap", "basis": "tenant", "limit": 1, '
        f'"counts": "attempt", {", ".join(usual.values())}}}]}}'
    )

    with pytest.raises(PackInvalid, match=says):
        parse_pack(text)


def test_an_instant_beyond_the_years_is_no_instant():
    """
    Refused with a sentence, not with an overflow.
    """
    with pytest.raises(NotAnInstant):
        parse_instant("9999-12-31T23:59:59-14:00")

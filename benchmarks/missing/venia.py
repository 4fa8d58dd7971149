"""
Venia: a marketing call to somebody in Spain under the packs core, es and acme, as anybody would enforce them.

The facts of the other engines become Venia's own: the hour is the instant, seen from a zone that is known or not; whose
holidays matter follows from the person's region; calls are the calls themselves.
"""

from datetime import UTC, datetime, timedelta

from benchmarks.missing import Facts
from policies.catalogue import builtin
from policies.evaluator import evaluate
from policies.facts import AttemptFact, ConsentFact, RegisterFact, SuppressionFact
from policies.facts import Facts as Known
from policies.ruleset import compile_rules

_RULES = compile_rules([builtin("core"), builtin("es"), builtin("acme")])
_MONDAY = datetime(2026, 11, 22, 23, tzinfo=UTC)  # Midnight in Madrid.
_HOLIDAY = datetime(2026, 12, 7, 23, tzinfo=UTC)  # Of the Immaculate Conception, a Tuesday.


def ask(facts: Facts) -> tuple[str, ...] | None:
    """The codes of every reason."""
    day = _HOLIDAY if facts.get("holiday") else _MONDAY
    now = day + timedelta(minutes=int(facts.get("minute", 660)))
    decision = evaluate(_RULES, _known(facts, now), now)
    return None if decision.allow else tuple(reason.code.value for reason in decision.reasons)


def _known(facts: Facts, now: datetime) -> Known:
    consent = facts.get("consent")
    said = ConsentFact("voice", ("live",), None, str(consent), now - timedelta(days=30), basis="soft_opt_in")
    register = RegisterFact(bool(facts.get("on_register")), now - timedelta(days=1))
    no = SuppressionFact(now - timedelta(days=1))
    return Known(
        action="call.place",
        purpose="offers",
        category="marketing",
        channel="voice",
        technology="live",
        regions=("ES",) if "holiday" in facts else None,
        zones=("Europe/Madrid",) if "minute" in facts else None,
        business_zone="Europe/Madrid",
        consents=None if consent is None else (said,),
        other_purposes=(),
        other_withdrawals=(),
        suppressions=((no,) if facts["opted_out"] else ()) if "opted_out" in facts else None,
        attempts=_calls(facts, now) if {"calls_today", "minutes_since_call"} <= set(facts) else None,
        registers={"robinson": register} if "on_register" in facts else None,
    )


def _calls(facts: Facts, now: datetime) -> tuple[AttemptFact, ...]:
    """A conversation so many minutes ago, and so many calls that nobody picked up since midnight."""
    missed = [(now - timedelta(hours=hour), "unanswered") for hour in range(4, 4 + int(facts["calls_today"]))]
    spoken = (now - timedelta(minutes=int(facts["minutes_since_call"])), "connected")
    return tuple(_call(at, outcome) for at, outcome in sorted([*missed, spoken]))


def _call(at: datetime, outcome: str) -> AttemptFact:
    lapses = at + timedelta(seconds=90)
    return AttemptFact(at, "call.place", "orders", "service", "voice", None, outcome, expires_at=lapses)

"""
A past made up: people, what was asked about them, what a rule set answered, and how the calls went.
"""

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from hypothesis import strategies as st

from policies.evaluator import judge
from policies.facts import AttemptFact, Facts
from policies.instants import rfc3339
from policies.kinds.attempts import REFUSALS
from policies.loading import parse_pack
from policies.recorded import Recorded
from policies.ruleset import RuleSet, compile_rules
from policies.simulating.stories import Outcome, Reach, Release, Story
from policies.simulating.tally import Comparison
from tests.policies.questions import MONDAY, PACKS, USUAL, extra_packs, pack, rule

HELD = timedelta(seconds=90)
_SOURCE = [{"cite": "Made up", "as_of": "2026-01-01", "confidence": "high"}]
_TINY = {
    "pack": "tiny",
    "version": 1,
    "layer": "jurisdiction",
    "applies_when": {"country": ["ES"]},
    "rules": [
        {"id": "consent", "kind": "consent", "basis": "law", "source": _SOURCE},
        {"id": "refusals", "kind": "suppression", "basis": "law", "source": _SOURCE},
        # Never in the way; it has calls recorded for three days.
        {
            "id": "many",
            "kind": "cap",
            "basis": "law",
            "source": _SOURCE,
            "limit": 1000,
            "per": "P3D",
            "counts": "attempt",
        },
    ],
}
TINY = parse_pack(json.dumps(_TINY), "tiny")  # Spain, at any hour: only what a test adds is against a call.
FREE = compile_rules([TINY])
CAP = pack(rule("cap", limit=2, per="PT24H", counts="attempt"), name="capped")
LONG_CAP = pack(rule("cap", limit=2, per="P20D", counts="attempt"), name="long")


@dataclass(frozen=True, slots=True)
class Call:
    """What is asked next, how much later, and how the call ends if it is allowed; None: nobody says."""

    after: timedelta
    outcome: str | None = "unanswered"
    category: str = "service"
    channel: str = "whatsapp_call"
    facts: Facts = USUAL


def reach_of(rules: RuleSet) -> dict[str, Reach]:
    """How far the facts of decisions by these rules reach."""
    return {rules.hash: Reach(rules.lookback, rules.remembers_refusals)}


def happened(rules: RuleSet, calls: list[Call], contact: str = str(UUID(int=7)), first: int = 0) -> Story:
    """What the log tells of these questions about one person, answered by these rules."""
    story, attempts, now = Story(contact), list[AttemptFact](), MONDAY
    for number, call in enumerate(calls, first):
        now += call.after
        facts = replace(
            call.facts,
            category=call.category,
            channel=call.channel,
            attempts=tuple(each for each in attempts if _is_recorded(each, rules, now)),
        )
        verdict = judge(rules, facts, now)
        hold = (f"hold-{number}", rfc3339(now + HELD)) if verdict.allow else None
        story.add(
            Recorded(
                number * 2,
                verdict.allow,
                now,
                contact,
                None,
                hold,
                tuple(verdict.findings),
                facts,
                rules.hash,
                "2026b",
                "0.109",
            )
        )
        if hold is None:
            continue
        if call.outcome == "released":
            story.add(Release((hold[0],)))
            continue
        made = AttemptFact(now, facts.action, facts.purpose, facts.category, facts.channel, "main", None, now + HELD)
        if call.outcome is not None:
            now += timedelta(seconds=40)
            made = replace(made, outcome=call.outcome, ended_at=now)
            story.add(Outcome(hold[0], call.outcome, now))
        attempts.append(made)
    return story


def _is_recorded(attempt: AttemptFact, rules: RuleSet, now: datetime) -> bool:
    last = max(attempt.at, attempt.ended_at or attempt.at)
    is_open = attempt.outcome is None and now < attempt.expires_at
    refused = attempt.outcome in REFUSALS and last >= now - rules.remembers_refusals
    return last >= now - rules.lookback or refused or is_open


def compared(base: RuleSet, candidate: RuleSet, mode: str, assumed: str = "unknown") -> Comparison:
    """Two sets, to be tried in this mode."""
    return Comparison(base, candidate, closed=mode == "closed_loop", assumed=assumed)  # type: ignore[arg-type]  # One of three words.


VOICE = replace(
    USUAL, consents=tuple(replace(each, channel="voice") for each in USUAL.consents or ()), category="transactional"
)


def voice(after: timedelta, outcome: str | None = "unanswered") -> Call:
    """A call by telephone about an order."""
    return Call(after, outcome, "transactional", "voice", VOICE)


calls = st.builds(
    Call,
    after=st.integers(1, 60 * 60 * 30).map(lambda seconds: timedelta(seconds=seconds)),
    outcome=st.sampled_from([None, "connected", "unanswered", "rejected", "failed", "refused", "released"]),
    category=st.sampled_from(["service", "marketing", "transactional"]),
    channel=st.sampled_from(["whatsapp_call", "whatsapp_call", "voice"]),
)
pasts = st.lists(calls, min_size=1, max_size=12)
rule_sets = extra_packs.map(lambda extra: compile_rules([*PACKS, extra]))

"""
The report of a simulation: plain JSON that says the same in the same bytes, whenever and wherever it was made.

Pure.  Its name is the SHA-256 of its canonical bytes (RFC 8785); nothing in it depends on who asked, when, or with how many
processes.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from audit.entry import canonical
from consent.places import country_of
from policies.decision import Json, written
from policies.recorded import findings_json
from policies.ruleset import RuleSet
from policies.simulating.tally import LOOSER, MOST_EXAMPLES, NOWHERE, STRICTER, UNSURE, Example, Tally, merged
from policies.simulating.worlds import Told

FORMAT = "venia-simulation/v1"
_ANSWERS = ("allow", "deny", "unsure")
_DIMENSIONS = ("code", "layer", "country", "purpose")


@dataclass(frozen=True, slots=True)
class Asked:
    """What was simulated: on which decisions, in which mode, under which assumption."""

    mode: str  # point or closed_loop
    assume: str | None  # how calls ended that never were; only in a closed loop
    log: str | None
    first: int | None
    end: int | None
    questions: int | None  # how many, where they were given with the request instead of read from the log


def report_of(
    asked: Asked, base: RuleSet, candidate: RuleSet, tally: Tally, versions: Mapping[str, str]
) -> dict[str, Json]:
    """The whole report, without its name."""
    tally = merged((tally,))  # In order, and no longer than it may be.
    return {
        "format": FORMAT,
        "mode": asked.mode,
        "assume": asked.assume,
        "log": asked.log,
        "from": asked.first,
        "to": asked.end,
        "questions": asked.questions,
        "base": {"rule_set": base.hash, "packs": list(base.packs)},
        "candidate": {"rule_set": candidate.hash, "packs": list(candidate.packs)},
        "engine": dict(versions),
        "decisions": tally.decisions,
        "first_at": written(tally.first_at),
        "last_at": written(tally.last_at),
        "matrix": {one: {other: tally.matrix[one, other] for other in _ANSWERS} for one in _ANSWERS},
        "changes": {kind: _change(kind, tally) for kind in (STRICTER, LOOSER)},
        "lost_calls": _lost(tally),
        "unsure": [
            {"of": whose, "why": why, "decisions": number} for (whose, why), number in sorted(tally.unsure.items())
        ],
        "untold": {
            "decisions": tally.untold.total(),
            "why": _counted("why", tally.untold.items()),
            "examples": [{"index": each.entry, "why": each.why, "detail": each.sentence} for each in tally.troubles],
        },
        "base_as_recorded": tally.as_recorded,
        "assumed_calls": {
            "base": tally.assumed["base"],
            "candidate": tally.assumed["candidate"],
            "decisions": tally.assuming,
        },
        "contacts": {
            "affected": tally.affected,
            "most_changes": tally.most_changes,
            "most_affected": [
                {"contact": each.contact, STRICTER: each.stricter, LOOSER: each.looser} for each in tally.people
            ],
        },
        "examples": {
            kind: [_example(each) for each in tally.examples.get(kind, ())[:MOST_EXAMPLES]]
            for kind in (STRICTER, LOOSER, UNSURE)
        },
    }


def named(report: Mapping[str, Json]) -> tuple[bytes, str]:
    """The report's canonical bytes, and its name."""
    content = canonical(report)
    return content, "sha256:" + hashlib.sha256(content).hexdigest()


def _change(kind: str, tally: Tally) -> dict[str, Json]:
    pair = ("allow", "deny") if kind == STRICTER else ("deny", "allow")
    by = {
        f"by_{name}": _counted(
            name, ((value, number) for (of, by, value), number in tally.changes.items() if (of, by) == (kind, name))
        )
        for name in _DIMENSIONS
    }
    return {"decisions": tally.matrix[pair], **by}


def _lost(tally: Tally) -> dict[str, Json]:
    """Calls that were really placed, as far as is known: on a released hold there was none."""
    placed = {outcome: number for outcome, number in tally.lost.items() if outcome != "released"}
    return {
        "calls": sum(placed.values()),
        "connected": tally.lost_connected,
        "by_outcome": _counted("outcome", placed.items()),
        "not_placed": tally.lost["released"],
    }


def _counted(name: str, counts: Iterable[tuple[str, int]]) -> list[Json]:
    """Most first; among as many, by name."""
    return [
        {name: value, "decisions": number} for value, number in sorted(counts, key=lambda each: (-each[1], each[0]))
    ]


def _example(each: Example) -> dict[str, Json]:
    decision = each.decision
    return {
        "index": each.entry,
        "at": written(decision.now),
        "contact": decision.contact,
        "purpose": decision.facts.purpose,
        "channel": decision.facts.channel,
        "countries": sorted(set(map(country_of, decision.facts.regions or ()))) or [NOWHERE],
        "base": _told(each.base),
        "candidate": _told(each.candidate),
    }


def _told(told: Told) -> dict[str, Json]:
    return {"answer": told.answer, "why": told.why, "findings": findings_json(told.findings)}

"""
Recorded decisions made again, and held against what was recorded.

Pure.  A decision follows from its rule set, its facts and its instant alone, so that making it again gives the same; a
difference is a defect, a change of what was stored, or another version of the time zones or holidays.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from policies.decision import Json, written
from policies.entered import Entered, facts_of
from policies.errors import PolicyError
from policies.evaluator import Finding, judge
from policies.recorded import ALLOWED, Recorded, findings_json
from policies.ruleset import RuleSet
from policies.sifting import Sifter

_MOST_SHOWN = 100


class Redecided(NamedTuple):
    """What a decision is now: allow or deny, and what is against the call."""

    allow: bool
    findings: tuple[Finding, ...]


class Difference(NamedTuple):
    """A decision that comes out otherwise; ``versions`` are the data that it was made with, where those are others."""

    entry: int  # its index
    now: datetime
    recorded: Redecided
    found: Redecided
    versions: tuple[tuple[str, str, str], ...]  # name, then, now

    def to_json(self) -> dict[str, Json]:
        """The difference as it is reported."""
        return {
            "index": self.entry,
            "now": written(self.now),
            "recorded": _told(self.recorded),
            "found": _told(self.found),
            "versions": [{"of": name, "then": then, "now": now} for name, then, now in self.versions],
        }


class Trouble(NamedTuple):
    """A decision that cannot be made again, and why."""

    entry: int  # its index
    why: str


def redecide(recorded: Recorded, rules: RuleSet) -> Redecided:
    """The decision, made again by the rule set that it used."""
    verdict = judge(rules, recorded.facts, recorded.now)
    return Redecided(verdict.allow, () if verdict.allow else tuple(verdict.findings))


def compare(recorded: Recorded, rules: RuleSet, tzdata: str, holidays: str) -> Difference | None:
    """None if the decision made again is the one that was recorded: allow or deny, for the same reasons in order."""
    found = redecide(recorded, rules)
    if found.allow is recorded.allow and found.findings == recorded.reasons:
        return None
    versions = (("tzdata", recorded.tzdata, tzdata), ("holidays", recorded.holidays, holidays))
    return Difference(
        recorded.entry,
        recorded.now,
        Redecided(recorded.allow, recorded.reasons),
        found,
        tuple(each for each in versions if each[1] != each[2]),
    )


def comes_out_again(entered: Entered, sifter: Sifter) -> bool:
    """
    Whether a decision made again is the one that was recorded: `compare`, at a glance.

    True MUST mean that ``compare`` finds no difference; False, that it has to be asked.
    """
    try:
        against = sifter.sift(facts_of(entered), entered.now)
    except (PolicyError, ArithmeticError, RuntimeError, ValueError):
        return False
    reasons = entered.reasons
    if not against:
        return entered.event == ALLOWED and not reasons
    if entered.event == ALLOWED or len(against) != len(reasons):
        return False
    if len(against) == 1:
        return against[0].told == reasons[0]
    return [each.told for each in against] == reasons


@dataclass(slots=True)
class Replayed:
    """What a replay has found so far; as many differences and problems are kept as anybody reads, all are counted."""

    decisions: int = 0
    same: int = 0
    different: int = 0
    by_version: int = 0  # different, and made with other time zones or holidays
    untold: int = 0  # that cannot be made again
    differences: list[Difference] = field(default_factory=list)
    otherwise: list[Difference] = field(default_factory=list)  # by version
    troubles: list[Trouble] = field(default_factory=list)

    @property
    def is_true(self) -> bool:
        """Whether every decision is what it was, as far as this machine's time zones and holidays can tell."""
        return self.different == self.untold == 0

    def add(self, compared: Difference | None) -> None:
        """One more decision."""
        self.decisions += 1
        if compared is None:
            self.same += 1
            return
        kept = self.otherwise if compared.versions else self.differences
        self.by_version += bool(compared.versions)
        self.different += not compared.versions
        if len(kept) < _MOST_SHOWN:
            kept.append(compared)

    def agree(self, number: int) -> None:
        """So many more, none of which comes out otherwise."""
        self.decisions += number
        self.same += number

    def miss(self, index: int, why: str) -> None:
        """One more that cannot be made again."""
        self.decisions += 1
        self.untold += 1
        if len(self.troubles) < _MOST_SHOWN:
            self.troubles.append(Trouble(index, why))

    def to_json(self) -> dict[str, Json]:
        """The replay as it is reported."""
        return {
            "decisions": self.decisions,
            "same": self.same,
            "different": self.different,
            "by_version": self.by_version,
            "untold": self.untold,
            "differences": [each.to_json() for each in self.differences],
            "otherwise": [each.to_json() for each in self.otherwise],
            "troubles": [{"index": each.entry, "why": each.why} for each in self.troubles],
        }


def _told(decided: Redecided) -> dict[str, Json]:
    return {"decision": "allow" if decided.allow else "deny", "reasons": findings_json(decided.findings)}

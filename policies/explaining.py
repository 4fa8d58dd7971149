"""
One recorded decision, explained rule by rule: what each rule answered, how it is written, and on what it rests.

The entry holds everything that the decision was made from, and rule sets are kept for good, so that this works as long as the
entry is there, whatever became of the person.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from audit.extracts import read_one
from audit.reader import Snapshots
from policies.closed_days import HOLIDAYS_VERSION
from policies.decision import Fails, Json, written
from policies.errors import EntryUnreadable
from policies.evaluator import Step, trace
from policies.facts import Facts, wish_json
from policies.localtime import TZDATA_VERSION
from policies.pack_rules import Citation
from policies.recorded import DECISIONS, Recorded, findings_json, read_decision
from policies.redeciding import Redecided, redecide
from policies.rules import Rule
from policies.ruleset import RuleSet, packs_of
from policies.shelf import Shelf
from policies.showing import describe

_Key = tuple[str | None, str, int]  # pack, rule and variant


@dataclass(frozen=True, slots=True)
class Text:
    """A rule as it was written, in words, and with its sources."""

    written: Json
    words: tuple[str, ...]
    sources: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """A decision, the rules that made it, and what each of them answers."""

    decision: Recorded
    rules: RuleSet
    steps: tuple[Step, ...]
    texts: Mapping[_Key, Text]
    again: Redecided

    @property
    def reproduced(self) -> bool:
        """Whether the decision, made again, is the one that was recorded."""
        return self.again == Redecided(self.decision.allow, self.decision.reasons)

    def to_json(self) -> dict[str, Json]:
        """The explanation as it goes over the wire."""
        decision = self.decision
        return {
            "index": decision.entry,
            "at": written(decision.now),
            "event": "decision.allowed" if decision.allow else "decision.denied",
            "contact": decision.contact,
            "reference": decision.reference,
            "reasons": findings_json(decision.reasons),
            "facts": decision.facts.to_json(),
            "policy": {
                "rule_set": decision.rule_set,
                "packs": list(self.rules.packs),
                "tzdata": decision.tzdata,
                "holidays": decision.holidays,
            },
            "steps": [self._step(each) for each in self.steps],
            "reproduced": self.reproduced,
            "found": {
                "decision": "allow" if self.again.allow else "deny",
                "reasons": findings_json(self.again.findings),
                "tzdata": TZDATA_VERSION,
                "holidays": HOLIDAYS_VERSION,
            },
        }

    def _step(self, step: Step) -> dict[str, Json]:
        outcome, rule = step.outcome, step.rule
        text = self.texts.get((rule.pack, rule.id, rule.variant)) or _wished(rule, self.decision.facts)
        retry = outcome.retry_at if isinstance(outcome, Fails) else None
        told: dict[str, Json] = {"code": None, "params": {}, "until": None, **step.to_json(), "retry": written(retry)}
        return {
            **told,
            "text": list(text.words),
            "written": text.written,
            "sources": [
                {"cite": each.cite, "url": each.url, "as_of": each.as_of.isoformat(), "confidence": each.confidence}
                for each in text.sources
            ],
        }


def _wished(rule: Rule, facts: Facts) -> Text:
    """What is in no pack, but was said by the person."""
    said = next((wish_json(each) for each in facts.wishes if each.id == rule.id), None)
    return Text(said, ("The person wishes it so.",), ())


async def explain(snapshots: Snapshots, tenant: UUID, index: int) -> Explained | None:
    """
    The decision at this index of the tenant's log; None if there is another entry, or none.

    Raises EntriesPruned where its body is gone, EntryUnreadable, RuleSetUnknown or RuleSetInvalid where what is stored is not
    what was recorded.
    """
    async with snapshots.of(tenant) as conn:
        found = await read_one(conn, tenant, index, DECISIONS)
    if found is None:
        return None
    if not found.sound:
        raise EntryUnreadable(index, "its bytes do not have the hash that was stored")
    decision = read_decision(index, found.body)
    rules = await Shelf(snapshots, tenant).find(decision.rule_set)
    return explained(decision, rules)


def explained(decision: Recorded, rules: RuleSet) -> Explained:
    """The decision, explained by the rules that it used.  Pure."""
    steps = trace(rules, decision.facts, decision.now)
    return Explained(decision, rules, steps, _texts(rules), redecide(decision, rules))


def _texts(rules: RuleSet) -> dict[_Key, Text]:
    texts: dict[_Key, Text] = {}
    for pack in packs_of(rules.content):
        seen: dict[str, int] = {}
        documents = json.loads(pack.content)["rules"] if pack.rules else []
        for rule, document in zip(pack.rules, documents, strict=True):
            seen[rule.id] = seen.get(rule.id, 0) + 1
            texts[pack.name, rule.id, seen[rule.id]] = Text(document, tuple(describe(rule)), tuple(rule.source))
    return texts


def lines_of(told: Explained) -> list[str]:
    """The explanation for people, line by line."""
    decision = told.decision
    lines = [
        f"entry {decision.entry}: {'allow' if decision.allow else 'deny'} at {_shown(decision.now)}",
        f"contact {decision.contact or '-'}, reference {decision.reference or '-'}",
        f"rules {decision.rule_set}: {', '.join(told.rules.packs)}; tzdata {decision.tzdata}, holidays {decision.holidays}",
        "made again it is the same" if told.reproduced else "MADE AGAIN IT IS ANOTHER",
    ]
    for step in told.to_json()["steps"]:  # type: ignore[union-attr]  # A list of objects, made above.
        lines += _told(step)  # type: ignore[arg-type]  # The same.
    return lines


def _told(step: Mapping[str, Json]) -> list[str]:
    code = f" {step['code']}" if step["code"] else ""
    end = f", until {step['until']}" if step["until"] else f", again at {step['retry']}" if step["retry"] else ""
    head = f"{step['outcome']}{code}: {step['rule']} ({step['pack'] or 'wish'}, {step['layer']}, {step['basis']}){end}"
    return ["", head, *(f"  {line}" for line in step["text"])]  # type: ignore[union-attr]  # A list of texts.


def _shown(moment: datetime) -> str:
    return written(moment) or ""

"""
One entry as a report tells it: a heading, and a row for each thing that it says.

Pure.  What the log says of itself (ids, the facts behind a decision) is left to the log where nobody reads it.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from audit.exporting.report import Reported
from server.reports.legible import legible
from server.reports.words import Words

Row: TypeAlias = dict[str, object]

_ENUMERATED = frozenset(
    {
        "category",
        "categories",
        "channel",
        "channels",
        "technology",
        "state",
        "outcome",
        "action",
        "automatic",
        "expired",
        "stated_by",
        "method",
        "kind",
        "source",
        "verdict",
    }
)
_REACH = frozenset({"purposes", "categories", "channels", "sender"})
_ASKED = ("action", "purpose", "category", "channel", "technology", "sender")
_LINE, _SHORT = 70, 25  # characters, and lines
_TONES = {
    "decision.allowed": "allow",
    "decision.denied": "deny",
    "consent.recorded": "allow",
    "permission.granted": "allow",
    "consent.withdrawn": "refuse",
    "permission.declined": "refuse",
    "permission.revoked": "refuse",
    "reply.queued": "refuse",
    "reply.paused": "refuse",
}


def row(label: str, value: str, *, mono: bool = False) -> Row:
    """A label and what stands beside it."""
    return {"label": legible(label), "value": legible(value), "mono": mono}


def tell(entry: Reported, words: Words, *, erased: bool, named: bool) -> dict[str, object]:
    """The entry in words; ``erased`` is whether whom it is about was, ``named`` whether to say who that is."""
    at = moment(entry.recorded_at.isoformat())
    heading = words.label("entry_at", index=entry.index, title=words.event(entry.event), at=at)
    rows = [row(words.label("actor"), entry.actor)]
    if named and entry.contact is not None:
        rows.append(row(words.label("contact"), entry.contact))
    rows += _decision(entry, words) if entry.event.startswith("decision.") else _facts(entry.facts, words)
    rows += [row(words.fact(name), said(value, words, name)) for name, value in sorted(entry.fields.items())]
    if entry.hidden:
        rows.append(
            row(words.label("hidden"), words.label("hidden_erased" if erased else "hidden_value", count=entry.hidden))
        )
    rows.append(row(words.label("fingerprint"), entry.leaf_hash.hex(), mono=True))
    # What is short is kept on one page.
    short = sum(1 + len(str(each["value"])) // _LINE for each in rows) < _SHORT
    return {"heading": legible(heading), "tone": _TONES.get(entry.event, "plain"), "rows": rows, "short": short}


def _decision(entry: Reported, words: Words) -> list[Row]:
    facts = entry.facts.get("facts")
    asked: Mapping[str, Any] = facts if isinstance(facts, Mapping) else {}  # JSON, as it is.
    sender = asked.get("sender")
    asked = {**asked, "sender": sender.get("id")} if isinstance(sender, Mapping) else asked
    rows = [row(words.fact(name), said(asked[name], words, name)) for name in _ASKED if name in asked]
    reasons = [_reason(each, words) for each in entry.facts.get("reasons", ())]
    rows += [row(words.label("reasons"), each) for each in reasons or [words.label("no_reasons")]]
    if owed := entry.facts.get("obligations"):
        rows.append(row(words.label("obligations"), ", ".join(owed)))
    rows.append(row(words.label("decision_rules"), str(entry.facts.get("rule_set")), mono=True))
    hold = entry.facts.get("hold")
    return rows + ([row(words.fact("hold"), said(hold, words, "hold"))] if hold else [])


def _reason(reason: Sequence[object], words: Words) -> str:
    code, pack, rule = (str(each or "-") for each in reason)  # A wish is in no pack.
    text = words.reasons.get(code, code).rstrip(".")
    return words.label("reason_value", text=text, code=code, rule=rule, pack=pack)


def _facts(facts: Mapping[str, object], words: Words) -> list[Row]:
    told = {name: value for name, value in facts.items() if value not in (None, [], "")}
    return [row(words.fact(name), said(value, words, name)) for name, value in told.items()]


def said(value: object, words: Words, name: str = "") -> str:
    """A value in words."""
    if value is None:  # Within the reach of a word, nothing named is everything.
        return words.values["null" if name in _REACH else "nothing"]
    if isinstance(value, bool):
        return words.values[str(value).lower()]
    if isinstance(value, Mapping):
        if name == "notice":
            return f"{value.get('id')} {value.get('version')} {value.get('locale')}"
        return "; ".join(_members(value, words))
    if isinstance(value, list | tuple):
        return ", ".join(said(each, words, name) for each in value)
    text = str(value)
    if name in _ENUMERATED:
        return words.values.get(text, text)
    return moment(text) if name == "at" or name.endswith("_at") else text


def _members(value: Mapping[str, object], words: Words) -> Iterator[str]:
    for name, member in value.items():
        yield f"{words.fact(name)}: {said(member, words, name)}"


def moment(text: str) -> str:
    """An RFC 3339 instant in UTC as people read it, to the second."""
    day, time = text[:10], text[11:19]
    return f"{day} {time}" if text[10:11] == "T" else text

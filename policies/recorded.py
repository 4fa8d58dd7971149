"""
Decisions as the log has them: everything that a decision was made from, and what it was.
"""

from datetime import datetime
from typing import Any, NamedTuple

import orjson

from policies.decision import Json
from policies.errors import EntryUnreadable, FactsInvalid, NotAnInstant
from policies.evaluator import Finding
from policies.facts import Facts
from policies.instants import parse_instant
from policies.reasons import Code
from policies.rereading import facts_from

ALLOWED, DENIED = "decision.allowed", "decision.denied"
DECISIONS = (ALLOWED, DENIED)

_VERSION = b"venia-entry/v1"
_LINES = 7


class Recorded(NamedTuple):
    """One recorded decision; ``now`` is the instant that it was made at."""

    entry: int  # its index
    allow: bool
    now: datetime
    contact: str | None
    reference: str | None
    hold: tuple[str, str] | None  # its id, and when it lapses, as it is written
    reasons: tuple[Finding, ...]
    facts: Facts
    rule_set: str
    tzdata: str
    holidays: str


def payload_of(index: int, body: bytes) -> dict[str, Any]:  # Any: JSON, of which each reader knows its part.
    """What the entry says; EntryUnreadable where its bytes are not those of an entry of this index."""
    lines = body.split(b"\n", _LINES - 1)
    if len(lines) != _LINES or lines[0] != _VERSION:
        raise EntryUnreadable(index, "it does not have the lines of an entry")
    if lines[2] != b"%d" % index:
        raise EntryUnreadable(index, "it says that it stands elsewhere")
    try:
        payload = orjson.loads(lines[6])
    except ValueError as error:
        raise EntryUnreadable(index, "what it says is no JSON") from error
    if type(payload) is not dict:
        raise EntryUnreadable(index, "what it says is no object")
    return payload


def read_decision(index: int, body: bytes) -> Recorded:
    """The decision that an entry tells of; EntryUnreadable with a sentence where it does not tell of one."""
    return decision_in(index, payload_of(index, body))


def decision_in(index: int, payload: dict[str, Any]) -> Recorded:  # Any: as above.
    """The same, of an entry that was read."""
    event = payload.get("event")
    if event not in DECISIONS:
        raise EntryUnreadable(index, "it is no decision")
    try:
        hold = payload["hold"]
        reasons = payload["reasons"]
        return Recorded(
            index,
            event == ALLOWED,
            parse_instant(payload["now"]),
            payload.get("contact"),
            payload["reference"],
            None if hold is None else (hold["id"], hold["expires_at"]),
            tuple([_finding(*each) for each in reasons]) if reasons else (),
            facts_from(payload["facts"]),
            payload["rule_set"],
            payload["tzdata"],
            payload["holidays"],
        )
    except FactsInvalid as error:
        raise EntryUnreadable(index, f"its facts cannot be read: {error}") from error
    except KeyError as error:
        raise EntryUnreadable(index, f"it does not say {error.args[0]}") from error
    except (AttributeError, TypeError, ValueError, NotAnInstant) as error:
        raise EntryUnreadable(index, "a member of it is of another kind than it must be") from error


def _finding(code: str, pack: str | None, rule: str) -> Finding:
    return Finding(_CODES[code], pack, rule)


_CODES = {code.value: code for code in Code}


def findings_json(findings: "tuple[Finding, ...]") -> list[Json]:
    """Findings as entries and reports have them: lists of code, pack and rule."""
    return [[each.code.value, each.pack, each.rule] for each in findings]

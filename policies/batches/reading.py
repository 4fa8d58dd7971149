"""
A line's question read the short way, where it has the shape that nearly every line of a list has.

Never another reading than that of `CheckBody`, only a quicker one: whatever is unusual in anything (a member more, one
that is there twice, an escape, a number that cannot be) is left to the model, which reads it or says what is wrong.
"""

import re
from functools import lru_cache
from typing import Any, TypeAlias, get_args
from uuid import UUID

import orjson

from audit.unfrozen import unfrozen
from consent.errors import ConsentError
from consent.numbers import read_phone
from consent.references import PHONE, ContactReference
from consent.settings import SenderReference
from policies.bodies import CheckBody
from policies.checking import Check
from policies.gathering import Question

Document: TypeAlias = dict[str, Any]  # Any: as a parser of JSON gave it, looked at below.

_MakeQuestion, _MakeCheck = unfrozen(Question), unfrozen(Check)

_CHOICES = ("channel", "technology", "action")
# Each choice with the words there are for it, and the one that is meant where none is said.
_WORDS = {name: frozenset(get_args(CheckBody.model_fields[name].annotation)) for name in _CHOICES}
_USUAL = {name: str(CheckBody.model_fields[name].default) for name in _CHOICES}
_USUAL_CHANNEL, _USUAL_TECHNOLOGY, _USUAL_ACTION = _USUAL.values()
_PURPOSE = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,63}", re.ASCII)
_LONGEST_NAME = 64  # of a sender


def quickly_read(line: bytes, tenant: UUID) -> Check | None:
    """The line as a question about a telephone number, as things are now; None where `CheckBody` has to read it."""
    if b"\\" in line:
        return None
    try:
        asked = orjson.loads(line)
        question = _question(asked, line.count(b'"'))
    except (AttributeError, KeyError, TypeError, ValueError, ConsentError):
        return None
    if question is None:
        return None
    made: Check = _MakeCheck(tenant, question, None, False, "reasons")
    made.__class__ = Check
    return made


def _question(asked: Document, quotes: int) -> Question | None:
    to, ((kind, name),), purpose = asked["to"], asked["from"].items(), asked["purpose"]
    phone = to[PHONE]
    # Without escapes every word has two quotation marks: with one more there would be a member that is hidden by another.
    if len(to) != 1 or quotes != 4 * len(asked) + 4 or not _is_purpose(purpose) or not _is_sender(kind, name):
        return None
    channel, technology, action = _USUAL_CHANNEL, _USUAL_TECHNOLOGY, _USUAL_ACTION
    if len(asked) > 3:
        chosen = _USUAL | {member: word for member, word in asked.items() if member not in {"to", "from", "purpose"}}
        if len(chosen) > len(_USUAL) or any(chosen[each] not in words for each, words in _WORDS.items()):
            return None
        channel, technology, action = chosen["channel"], chosen["technology"], chosen["action"]
    read_phone(phone)
    person, sender = ContactReference(PHONE, phone), SenderReference(kind, name)
    made: Question = _MakeQuestion(person, sender, purpose, channel, technology, action, ())
    made.__class__ = Question
    return made


@lru_cache(1024)
def _is_purpose(text: str) -> bool:
    return _PURPOSE.fullmatch(text) is not None


@lru_cache(1024)
def _is_sender(kind: str, name: str) -> bool:
    if kind == PHONE:
        return bool(read_phone(name))
    return kind in {"id", "phone_number_id"} and name.isascii() and len(name) <= _LONGEST_NAME

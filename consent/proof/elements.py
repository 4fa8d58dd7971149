"""
What the proof of a consent consists of, how much of it there is, and what lacks.

Pure.  An element is there if any of its ways is.  The grade is the weight of what is there over the weight of what is
asked; whoever lacks what a duty of the place asks for is never above ``MOST_WITHOUT``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType

from audit.entry import Json
from consent.proof.kinds import CONFIRMED, FILE, NOTICE, PUBLIC

MOST_WITHOUT = 50
PROMPT = timedelta(days=1)

WORDS, ACT, COPY, LAW, SOON, WRITER, TERM = "words", "act", "copy", "law", "prompt", "writer", "term"
_WEIGHTS: Mapping[str, int] = MappingProxyType({WORDS: 30, ACT: 30, COPY: 15, LAW: 10, SOON: 10, WRITER: 5, TERM: 10})
ELEMENTS = tuple(_WEIGHTS)
_ALWAYS = tuple(each for each in ELEMENTS if each != TERM)  # an end is asked for only where the law has one

WHY: Mapping[str, str] = MappingProxyType(
    {
        WORDS: "no published notice is named, so that nobody can tell what was agreed to",
        ACT: "nothing shows the act itself: for this method, {ways}",
        COPY: "there is nothing that a third person can look at: a file, a recording, a certificate or the message's text",
        LAW: "no jurisdiction was stated, so that it is open which law it was given under",
        SOON: "it was written down more than a day after it was given",
        WRITER: "a public form's key wrote it and nobody confirmed it: anyone may have typed that number",
        TERM: "it has no end, and consent there ends by itself",
    }
)

# For each method the ways in which the act itself leaves a trace; each way is kinds that must all be there.
_MESSAGE = (("message_id",), (FILE,))
_CALL = (("recording",), ("call_id",), (FILE,))
_ACTS: Mapping[str, Sequence[Sequence[str]]] = MappingProxyType(
    {
        "web_form": (("page_url", "ip"), ("page_url", "user_agent"), ("certificate_url",), (FILE,)),
        **dict.fromkeys(("whatsapp_message", "whatsapp_button", "sms", "email"), _MESSAGE),
        **dict.fromkeys(("whatsapp_call", "inbound_call", "outbound_call"), _CALL),
        "keypress": (("key", "call_id"), ("key", "recording")),
        "paper": ((FILE,),),
        "agent": (("recording",), ("call_id",), (FILE,)),
    }
)
_OTHER_ACTS = (("message_id",), ("recording",), ("certificate_url",), (FILE,), ("call_id",))  # of an api or an import
_COPIES = frozenset({FILE, "recording", "certificate_url", "text"})


@dataclass(frozen=True, slots=True)
class Duty:
    """Elements that somebody asks for in a place, why, and where that is written."""

    jurisdiction: str
    elements: tuple[str, ...]
    why: str
    source: str


@dataclass(frozen=True, slots=True)
class Given:
    """A consent as far as its proof goes; nothing of it is personal."""

    method: str
    kinds: frozenset[str]
    trust: str | None
    jurisdiction: str | None  # as the caller stated it
    lag: timedelta  # from when it was given to when it was recorded
    ends: bool

    def has(self, element: str) -> bool:
        """Whether an element of proof is there; what is not told is not there."""
        if element == WORDS:
            return NOTICE in self.kinds
        if element == ACT:
            return any(self.kinds.issuperset(way) for way in _ways(self.method))
        if element == COPY:
            return not _COPIES.isdisjoint(self.kinds)
        if element == LAW:
            return self.jurisdiction is not None
        if element == SOON:
            return self.lag <= PROMPT
        if element == WRITER:
            return self.trust is not None and (self.trust != PUBLIC or CONFIRMED in self.kinds)
        return element == TERM and self.ends


@dataclass(frozen=True, slots=True)
class Lack:
    """An element that is not there: what that means, and who asks for it; nobody in particular if ``duty`` is None."""

    element: str
    why: str
    duty: Duty | None

    def to_json(self) -> dict[str, Json]:
        """As answers show it."""
        return {
            "element": self.element,
            "why": self.why,
            "required": self.duty is not None,
            "jurisdiction": None if self.duty is None else self.duty.jurisdiction,
            "because": None if self.duty is None else self.duty.why,
            "source": None if self.duty is None else self.duty.source,
        }


@dataclass(frozen=True, slots=True)
class Grade:
    """How much proof there is, 0 to 100, and what lacks, what a duty asks for first."""

    score: int
    lacks: tuple[Lack, ...]

    @property
    def required(self) -> list[Lack]:
        """What a duty asks for and is not there."""
        return [each for each in self.lacks if each.duty is not None]

    def to_json(self) -> dict[str, Json]:
        """As answers show it."""
        return {"score": self.score, "missing": [each.to_json() for each in self.lacks]}


def grade(given: Given, duties: Sequence[Duty]) -> Grade:
    """How well a consent is proven where these duties hold."""
    asked = {element: duty for duty in reversed(duties) for element in duty.elements}
    elements = [each for each in ELEMENTS if each in _ALWAYS or each in asked]
    there = [each for each in elements if given.has(each)]
    score = 100 * sum(_WEIGHTS[each] for each in there) // sum(_WEIGHTS[each] for each in elements)
    lacks = [Lack(each, _why(each, given.method), asked.get(each)) for each in elements if each not in there]
    if any(each.duty is not None for each in lacks):
        score = min(score, MOST_WITHOUT)
    return Grade(score, tuple(sorted(lacks, key=lambda each: (each.duty is None, -_WEIGHTS[each.element]))))


def _ways(method: str) -> Sequence[Sequence[str]]:
    return _ACTS.get(method, _OTHER_ACTS)


def _why(element: str, method: str) -> str:
    return WHY[element].format(ways=" or ".join(" with ".join(way) for way in _ways(method)))

"""
Refusals as people put them: short patterns over sets of words, one grammar for each language.

A grammar is data (``consent.grammars``).  Its sets list words separated by spaces: ``word`` as it is written, ``stem*``
with any ending, ``two_words`` in sequence; capitals, accents and punctuation do not matter, and an unknown word of
five letters or more counts as the listed word that is one slip of the finger away.  A pattern is a sequence of steps:
``NAME`` is any word of that set, a small word is itself, ``a|b`` either, a step with ``?`` may be missing, ``~`` lets up
to three further words stand between, ``~~`` up to twelve, ``^`` begins and ``$`` ends a sentence.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, product
from typing import Literal

from consent.lexicon import Lexicon, Node
from consent.words import Word

Verdict = Literal["refusal", "doubtful", "innocent"]
_REACH = {"~": 3, "~~": 12}  # words that these pass over
_AROUND = 4  # words before and after a refusal that may limit it
_REMEMBERED = 65536  # words of which is kept what they may begin
_NOBODY: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Grammar:
    """
    One language's ways to refuse.

    ``refusals`` ask clearly for no more calls or messages; ``doubtful`` ones may; ``innocent`` ones speak of something
    else in one breath, and what stands wholly inside them is no refusal.  ``negators`` before a refusal turn it round, ``times`` in it
    or around it bind it to a time or a condition, ``parts`` to a part of what is sent (advertising): each makes it
    doubtful.  ``breaks`` are the words behind which a negator is of another clause ("I want nothing and don't call").
    """

    language: str
    sets: Mapping[str, str]
    refusals: tuple[str, ...]
    doubtful: tuple[str, ...] = ()
    innocent: tuple[str, ...] = ()
    negators: str = ""
    times: str = ""
    parts: str = ""
    breaks: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A pattern's match: the words from ``first`` up to ``end``, and of a refusal what turns it round or limits it."""

    verdict: Verdict
    language: str
    first: int
    end: int
    negated: bool = False  # a negator stands before it
    timed: bool = False  # a time or a condition stands by
    partial: bool = False  # it speaks of a part of what is sent

    @property
    def doubted(self) -> bool:
        """Whether it is no plain refusal of everything for good."""
        return self.negated or self.timed or self.partial


@dataclass(frozen=True, slots=True)
class _Spelling:
    """A pattern without what may be missing; steps have numbers, and the same choice of words has the same one."""

    steps: tuple[int, ...]
    reach: tuple[int, ...]  # words that may stand before each step
    opens: bool
    closes: bool
    needed: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Limits:
    """The steps of one language that turn a refusal round or limit it."""

    negators: int
    breaks: int
    times: int
    parts: int


@dataclass(frozen=True, slots=True, eq=False)
class _Pattern:
    verdict: Verdict
    language: str
    spellings: tuple[_Spelling, ...]
    needed: frozenset[int]  # steps of every spelling
    limits: _Limits


@dataclass(frozen=True, slots=True)
class _Heard:
    """What a word alone says: the steps it fits, the patterns whose rarest step it is, the sequences it begins."""

    steps: frozenset[int] = _NOBODY
    calls: tuple[_Pattern, ...] = ()
    sequences: Node | None = None


_Later = Mapping[int, Sequence[tuple[int, _Heard]]]  # by first word: the ends of the sequences that stand there


class _Text:
    """A message with the steps that its words fit."""

    def __init__(self, message: Sequence[Word], steps: Sequence[frozenset[int]], later: _Later) -> None:
        self.message = message
        self._steps = steps
        self._later = later
        self._ends: dict[int, dict[int, list[int]]] = {}
        self._sentences: list[int] = []
        self._breaths: list[int] = []

    def ends(self, step: int) -> Mapping[int, Sequence[int]]:
        """By its first word, where a step ends."""
        if step not in self._ends:
            found = {index: [index + 1] for index, steps in enumerate(self._steps) if step in steps}
            for index, sequences in self._later.items():
                for end, heard in sequences:
                    if step in heard.steps:
                        found.setdefault(index, []).append(end)
            self._ends[step] = found
        return self._ends[step]

    def clauses(self, verdict: Verdict) -> Sequence[int]:
        """By word, the number of the clause that a pattern may not leave: "No, I want to unsubscribe" has two."""
        if verdict == "innocent":
            self._breaths = self._breaths or list(accumulate(min(word.gap, 1) for word in self.message))
            return self._breaths
        self._sentences = self._sentences or [word.sentence for word in self.message]
        return self._sentences


@dataclass(slots=True)
class Reader:
    """
    Every grammar as one index, so that a message is read once however many languages there are.

    A word calls only the patterns whose rarest step it fits, and of these only those are tried whose other steps stand
    somewhere in the message too.
    """

    grammars: Sequence[Grammar]
    _lexicon: Lexicon = field(default_factory=Lexicon)
    _steps: dict[frozenset[int], int] = field(default_factory=dict)  # choices of sets
    _steps_of: dict[int, list[int]] = field(default_factory=dict)  # by set
    _frequencies: list[float] = field(default_factory=list)  # by step
    _called: dict[int, list[_Pattern]] = field(default_factory=dict)  # by step
    _hear: Callable[[str], _Heard] = field(init=False)
    _heard: Callable[[frozenset[int]], _Heard] = field(init=False)

    def __post_init__(self) -> None:
        for grammar in self.grammars:
            for name, listed in grammar.sets.items():
                self._lexicon.add(name, grammar.language, listed)
            limits = _Limits(
                self._step(grammar, "negators", grammar.negators),
                self._step(grammar, "breaks", grammar.breaks),
                self._step(grammar, "times", grammar.times),
                self._step(grammar, "parts", grammar.parts),
            )
            verdicts: dict[Verdict, tuple[str, ...]] = {
                "refusal": grammar.refusals,
                "doubtful": grammar.doubtful,
                "innocent": grammar.innocent,
            }
            for verdict, listed_patterns in verdicts.items():
                for pattern in listed_patterns:
                    self._compile(grammar, verdict, pattern, limits)
        self._hear = lru_cache(maxsize=_REMEMBERED)(self._look_up)
        self._heard = lru_cache(maxsize=_REMEMBERED)(self._fitting)

    def find(self, message: Sequence[Word]) -> list[Found]:
        """
        Every match in the message, the longest of each pattern's spelling and beginning, in the order of their first
        words; none crosses a sentence's end.
        """
        heard = [self._hear(word.text) for word in message]
        later = {
            index: sequences
            for index, each in enumerate(heard)
            if each.sequences and (sequences := self._sequences(message, index, each.sequences))
        }
        every = heard + [each for sequences in later.values() for _, each in sequences] if later else heard
        called = [pattern for each in every for pattern in each.calls]
        if not called:
            return []
        present = _NOBODY.union(*[each.steps for each in every])
        text = _Text(message, [each.steps for each in heard], later)
        found: set[Found] = set()
        for pattern in {each for each in called if each.needed <= present}:
            for spelling in pattern.spellings:
                if spelling.needed <= present:
                    found |= _found(text, pattern, spelling)
        return sorted(
            found,
            key=lambda each: (
                each.first,
                -each.end,
                each.verdict,
                each.language,
                each.doubted,
                each.timed,
                each.partial,
            ),
        )

    def _sequences(self, message: Sequence[Word], first: int, node: Node) -> list[tuple[int, _Heard]]:
        """The listed sequences that begin at a word, with their ends."""
        found = []
        for end in range(first + 1, len(message)):
            following = node.following.get(message[end].text) if message[end].gap < 2 else None
            if following is None:
                break
            node = following
            if node.sets:
                found.append((end + 1, self._heard(frozenset(node.sets))))
        return found

    def _look_up(self, text: str) -> _Heard:
        heard = self._heard(frozenset(self._lexicon.sets_of(text)))
        node = self._lexicon.sequences.get(text)
        return _Heard(heard.steps, heard.calls, node) if node else heard

    def _fitting(self, sets: frozenset[int]) -> _Heard:
        steps = frozenset(step for each in sets for step in self._steps_of.get(each, ()))
        return _Heard(steps, tuple(pattern for step in steps for pattern in self._called.get(step, ())))

    def _step(self, grammar: Grammar, name: str, listed: str) -> int:
        return self._numbered(frozenset({self._lexicon.add(name, grammar.language, listed)}))

    def _numbered(self, choice: frozenset[int]) -> int:
        if choice not in self._steps:
            self._steps[choice] = len(self._steps)
            self._frequencies.append(sum(map(self._lexicon.frequency, choice)))
            for each in choice:
                self._steps_of.setdefault(each, []).append(self._steps[choice])
        return self._steps[choice]

    def _compile(self, grammar: Grammar, verdict: Verdict, pattern: str, limits: _Limits) -> None:
        choices = [[step.rstrip("?"), ""] if step.endswith("?") else [step] for step in pattern.split()]
        chosen = dict.fromkeys(tuple(filter(None, each)) for each in product(*choices))
        spellings = tuple(self._spelling(grammar, each) for each in chosen)
        needed = frozenset.intersection(*(each.needed for each in spellings))
        if not needed:
            raise ValueError(f"Every step of the pattern {pattern!r} of {grammar.language} may be missing.")
        compiled = _Pattern(verdict, grammar.language, spellings, needed, limits)
        self._called.setdefault(min(needed, key=self._frequencies.__getitem__), []).append(compiled)

    def _spelling(self, grammar: Grammar, chosen: Sequence[str]) -> _Spelling:
        steps: list[int] = []
        reach: list[int] = []
        further = 0
        for step in chosen:
            if step in _REACH:
                further = _REACH[step]
            elif step not in {"^", "$"}:
                steps.append(self._numbered(frozenset(self._choice(grammar, word) for word in step.split("|"))))
                reach.append(further)
                further = 0
        return _Spelling(tuple(steps), tuple(reach), chosen[:1] == ("^",), chosen[-1:] == ("$",), frozenset(steps))

    def _choice(self, grammar: Grammar, word: str) -> int:
        if word.isascii() and word.isupper() and word not in grammar.sets:
            raise ValueError(f"A pattern of {grammar.language} names the set {word}, which the grammar does not have.")
        return self._lexicon.add(word, grammar.language, grammar.sets.get(word, word))


def _found(text: _Text, pattern: _Pattern, spelling: _Spelling) -> set[Found]:
    return {
        _bounded(text, pattern, first, end)
        if pattern.verdict == "refusal"
        else Found(pattern.verdict, pattern.language, first, end)
        for first, end in _longest(text, spelling, text.clauses(pattern.verdict)).items()
    }


def _longest(text: _Text, spelling: _Spelling, clauses: Sequence[int]) -> dict[int, int]:
    """By their beginnings the longest places of a pattern."""
    message = text.message
    spans = {(first, end) for first, ends in text.ends(spelling.steps[0]).items() for end in ends}
    if spelling.opens:
        spans = {(first, end) for first, end in spans if not first or message[first].gap > 1}
    for step, reach in zip(spelling.steps[1:], spelling.reach[1:], strict=True):
        ends = text.ends(step)
        spans = {
            (first, after)
            for first, end in spans
            for index in range(end, min(end + reach + 1, len(message)))
            if index in ends and clauses[index] == clauses[end - 1]
            for after in ends[index]
        }
    if spelling.closes:
        spans = {(first, end) for first, end in spans if end == len(message) or message[end].gap > 1}
    return dict(sorted(spans))


def _bounded(text: _Text, pattern: _Pattern, first: int, end: int) -> Found:
    """A refusal with what limits it: what stands in it, and the words around it in one breath."""
    message, before, after, limits = text.message, first, end, pattern.limits
    negators, breaks = text.ends(limits.negators), text.ends(limits.breaks)
    times, parts = text.ends(limits.times), text.ends(limits.parts)
    joined, negated = True, False
    while before and first - before < _AROUND and not message[before].gap:
        before -= 1
        negated = negated or (joined and before in negators)
        joined = joined and before not in breaks
    while after < len(message) and after - end < _AROUND and not message[after].gap:
        after += 1
    around = range(before, after)
    timed, partial = any(index in times for index in around), any(index in parts for index in around)
    return Found("refusal", pattern.language, first, end, negated, timed, partial)

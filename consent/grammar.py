"""
Refusals as people put them: short patterns over sets of words, one grammar for each language.

A grammar is data (``consent.grammars``).  Its sets list words separated by spaces: ``word`` as it is written, ``stem*``
with any ending, ``two_words`` in sequence; capitals, accents and punctuation do not matter, and an unknown word of
five letters or more counts as the listed word that is one slip of the finger away.  A pattern is a sequence of steps:
``NAME`` is any word of that set, a small word is itself, ``a|b`` either, a step with ``?`` may be missing, ``~`` lets up
to three further words stand between, ``^`` begins and ``$`` ends a sentence.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from typing import Literal

from consent.words import Word, words

Verdict = Literal["refusal", "doubtful", "innocent"]
_REACH = 3  # words that a ~ passes over
_NEGATORS, _BOUNDS = "negators", "bounds"  # sets of every grammar
_AROUND = 4  # words before and after a refusal that may limit it
_LONGEST = 40  # letters of a word that is looked up
_REMEMBERED = 65536  # words whose sets are kept
_SHORTEST_TYPO = 5  # letters; shorter words have too many neighbours that are other words


@dataclass(frozen=True, slots=True)
class Grammar:
    """
    One language's ways to refuse.

    ``refusals`` ask clearly for no more calls or messages; ``doubtful`` ones may; ``innocent`` ones speak of something
    else in one breath, and what stands wholly inside them is no refusal.  ``negators`` before a refusal turn it round, ``times`` in it
    or around it bind it to a time or a condition, ``parts`` to a part of what is sent (advertising): each makes it
    doubtful.
    """

    language: str
    sets: Mapping[str, str]
    refusals: tuple[str, ...]
    doubtful: tuple[str, ...] = ()
    innocent: tuple[str, ...] = ()
    negators: str = ""
    times: str = ""
    parts: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A pattern's match: the words from ``first`` up to ``end``."""

    verdict: Verdict
    language: str
    first: int
    end: int
    doubted: bool  # a negator, a time or a part stands by


@dataclass(frozen=True, slots=True)
class _Pattern:
    verdict: Verdict
    language: str
    steps: tuple[frozenset[int], ...]  # each a choice of sets
    reach: tuple[int, ...]  # words that may stand before each step
    opens: bool
    closes: bool


_Ends = dict[int, list[int]]  # by set: where its members that begin at a word end


@dataclass(slots=True)
class Reader:
    """Every grammar as one index, so that a message is read once however many languages there are."""

    grammars: Sequence[Grammar]
    _names: dict[tuple[str, str], int] = field(default_factory=dict)
    _single: dict[str, set[int]] = field(default_factory=dict)
    _stems: dict[str, set[int]] = field(default_factory=dict)
    _longer: dict[str, list[tuple[tuple[str, ...], int]]] = field(default_factory=dict)
    _typos: dict[str, set[str]] = field(default_factory=dict)
    _patterns: dict[int, dict[int, list[_Pattern]]] = field(default_factory=dict)
    _sets_of: Callable[[str], frozenset[int]] = field(init=False)

    def __post_init__(self) -> None:
        for grammar in self.grammars:
            for name, listed in grammar.sets.items():
                self._add(grammar.language, name, listed)
            self._add(grammar.language, _NEGATORS, grammar.negators)
            self._add(grammar.language, _BOUNDS, f"{grammar.times} {grammar.parts}")
            verdicts: dict[Verdict, tuple[str, ...]] = {
                "refusal": grammar.refusals,
                "doubtful": grammar.doubtful,
                "innocent": grammar.innocent,
            }
            for verdict, listed_patterns in verdicts.items():
                for pattern in listed_patterns:
                    self._compile(grammar, verdict, pattern)
        self._sets_of = lru_cache(maxsize=_REMEMBERED)(self._look_up)
        for word in self._single:
            for shorter in _shortened(word):
                self._typos.setdefault(shorter, set()).add(word)

    def find(self, message: Sequence[Word]) -> list[Found]:
        """Every match in the message, the longest of each pattern and beginning; none crosses a sentence's end."""
        ends = [self._ends(message, index) for index in range(len(message))]
        present: frozenset[int] = frozenset().union(*ends)
        found = []
        for first, at in enumerate(ends):
            for name in at:
                for pattern in self._candidates(name, present):
                    end = _longest(message, ends, pattern, first, name)
                    if end is not None:
                        doubted = pattern.verdict == "refusal" and self._doubted(message, ends, pattern, first, end)
                        found.append(Found(pattern.verdict, pattern.language, first, end, doubted))
        return found

    def _candidates(self, name: int, present: frozenset[int]) -> Iterable[_Pattern]:
        """The patterns that begin with a set and whose second step stands somewhere in the message."""
        by_second = self._patterns.get(name)
        if by_second is None:
            return ()
        return {id(each): each for second in by_second.keys() & present for each in by_second[second]}.values()

    def _doubted(self, message: Sequence[Word], ends: Sequence[_Ends], pattern: _Pattern, first: int, end: int) -> bool:
        negators, bounds = (self._names[pattern.language, name] for name in (_NEGATORS, _BOUNDS))
        before = first
        while before and first - before < _AROUND and not message[before].gap:
            before -= 1
            if negators in ends[before]:
                return True
        after = end
        while after < len(message) and after - end < _AROUND and not message[after].gap:
            after += 1
        return any(bounds in ends[index] for index in range(before, after))

    def _ends(self, message: Sequence[Word], index: int) -> _Ends:
        text = message[index].text
        ends: _Ends = {name: [index + 1] for name in self._sets_of(text)}
        for sequence, name in self._longer.get(text, ()):
            end = index + len(sequence)
            if end <= len(message) and all(
                message[index + place].text == word and (place == 0 or message[index + place].gap < 2)
                for place, word in enumerate(sequence)
            ):
                ends.setdefault(name, []).append(end)
        return ends

    def _look_up(self, text: str) -> frozenset[int]:
        if len(text) > _LONGEST:
            return frozenset()
        names = set(self._single.get(text, ()))
        for length in range(2, len(text) + 1):
            names |= self._stems.get(text[:length], set())
        if not names and text not in self._longer and len(text) >= _SHORTEST_TYPO:
            for shorter in (text, *_shortened(text)):
                for word in self._typos.get(shorter, set()) | ({shorter} & self._single.keys()):
                    if len(word) >= _SHORTEST_TYPO and _is_slip(text, word):
                        names |= self._single[word]
        return frozenset(names)

    def _add(self, language: str, name: str, listed: str) -> int:
        number = self._names.setdefault((language, name), len(self._names))
        for entry in listed.split():
            sequence = tuple(word.text for word in words(entry.rstrip("*").replace("_", " ")))
            if not sequence:
                raise ValueError(f"The set {name} of {language} lists {entry!r}, which holds no word.")
            if len(sequence) > 1:
                self._longer.setdefault(sequence[0], []).append((sequence, number))
            else:
                (self._stems if entry.endswith("*") else self._single).setdefault(sequence[0], set()).add(number)
        return number

    def _compile(self, grammar: Grammar, verdict: Verdict, pattern: str) -> None:
        choices = [[step.rstrip("?"), ""] if step.endswith("?") else [step] for step in pattern.split()]
        for chosen in {tuple(filter(None, each)) for each in product(*choices)}:
            steps: list[frozenset[int]] = []
            reach: list[int] = []
            further = 0
            for step in chosen:
                if step == "~":
                    further = _REACH
                elif step not in {"^", "$"}:
                    steps.append(frozenset(self._choice(grammar, word) for word in step.split("|")))
                    reach.append(further)
                    further = 0
            compiled = _Pattern(
                verdict, grammar.language, tuple(steps), tuple(reach), chosen[0] == "^", chosen[-1] == "$"
            )
            for name in steps[0]:
                for second in steps[1] if len(steps) > 1 else {name}:
                    self._patterns.setdefault(name, {}).setdefault(second, []).append(compiled)

    def _choice(self, grammar: Grammar, word: str) -> int:
        if word in grammar.sets:
            return self._names[grammar.language, word]
        if word.isascii() and word.isupper():
            raise ValueError(f"A pattern of {grammar.language} names the set {word}, which the grammar does not have.")
        return self._add(grammar.language, word, word)


def _longest(message: Sequence[Word], ends: Sequence[_Ends], pattern: _Pattern, first: int, name: int) -> int | None:
    if pattern.opens and first and message[first].gap < 2:
        return None
    best = None
    pause = 1 if pattern.verdict == "innocent" else 2  # "No, I want to unsubscribe" is not "no I want to ..."
    reached = {*ends[first][name]}
    for step, reach in zip(pattern.steps[1:], pattern.reach[1:], strict=True):
        following: set[int] = set()
        for start in reached:
            for index in range(start, min(start + reach + 1, len(message))):
                if message[index].gap >= pause:
                    break
                for choice in step & ends[index].keys():
                    following.update(ends[index][choice])
        reached = following
    for end in reached:
        if not pattern.closes or end == len(message) or message[end].gap > 1:
            best = max(best or 0, end)
    return best


def _shortened(word: str) -> Iterator[str]:
    """The word without one of its letters, if it is long enough to be misspelled."""
    if len(word) >= _SHORTEST_TYPO - 1:
        for index in range(len(word)):
            yield word[:index] + word[index + 1 :]


def _is_slip(one: str, other: str) -> bool:
    """One letter more, less or different, or two neighbours exchanged."""
    if one == other or abs(len(one) - len(other)) > 1:
        return one == other
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rest, others = one[start:], other[start:]
    if len(rest) == len(others):
        return rest[1:] == others[1:] or (rest[:2] == others[1::-1] and rest[2:] == others[2:])
    return rest[1:] == others or rest == others[1:]

"""
Which sets of words a word is in: as written, by its beginning, as the first of a sequence, or but for one slip.

Sets have numbers, and sets that list the same words are one, however many languages have them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from consent.words import IDEOGRAPHS, words

_LONGEST = 40  # letters of a word that is looked up
_SHORTEST_TYPO = 5  # letters; shorter words have too many neighbours that are other words
_SIGN = re.compile(f"[{IDEOGRAPHS}]")
_SIGN_WEIGHS = 3  # letters that a sign of a script without spaces is worth


@dataclass(slots=True)
class Node:
    """A place in the tree of sequences: the sets of those that end here, and what may follow."""

    sets: set[int] = field(default_factory=set)
    following: dict[str, "Node"] = field(default_factory=dict)


@dataclass(slots=True)
class Lexicon:
    """Words and their sets; ``sequences`` is the tree of those of several words."""

    sequences: dict[str, Node] = field(default_factory=dict)
    _listed: dict[str, int] = field(default_factory=dict)  # as it was written
    _numbers: dict[frozenset[str], int] = field(default_factory=dict)
    _frequencies: list[float] = field(default_factory=list)
    _single: dict[str, set[int]] = field(default_factory=dict)
    _stems: dict[str, set[int]] = field(default_factory=dict)
    _typos: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, language: str, listed: str) -> int:
        """
        The number of a set that lists these words.

        Raises ValueError for an entry without a word, naming the set, its language and the entry.
        """
        if listed not in self._listed:
            entries = frozenset(listed.split())
            if entries not in self._numbers:
                self._number(entries, name, language)
            self._listed[listed] = self._numbers[entries]
        return self._listed[listed]

    def frequency(self, number: int) -> float:
        """How often a set's words are met, by their length alone: short words are common in every language."""
        return self._frequencies[number]

    def sets_of(self, word: str) -> set[int]:
        """The sets that a folded word is in; a slip is forgiven only to a word that is listed nowhere."""
        if len(word) > _LONGEST:
            return set()
        sets = set(self._single.get(word, ()))
        for length in range(2, len(word) + 1):
            sets |= self._stems.get(word[:length], set())
        if sets or word in self.sequences or len(word) < _SHORTEST_TYPO:
            return sets
        return sets.union(*(self._single[meant] for meant in self._meant(word)))

    def _number(self, entries: frozenset[str], name: str, language: str) -> None:
        number = self._numbers[entries] = len(self._numbers)
        self._frequencies.append(sum(map(_frequency, entries)))
        for entry in entries:
            if not self._add(entry, number):
                raise ValueError(f"The set {name} of {language} lists {entry!r}, which holds no word.")

    def _add(self, entry: str, number: int) -> bool:
        sequence = [word.text for word in words(entry.rstrip("*").replace("_", " "))]
        if len(sequence) == 1:
            (self._stems if entry.endswith("*") else self._single).setdefault(sequence[0], set()).add(number)
            if not entry.endswith("*"):
                self._misspell(sequence[0])
        elif sequence:
            node = Node(following=self.sequences)
            for word in sequence:
                node = node.following.setdefault(word, Node())
            node.sets.add(number)
        return bool(sequence)

    def _misspell(self, word: str) -> None:
        for shorter in _shortened(word) if len(word) >= _SHORTEST_TYPO else ():
            known = self._typos.get(shorter, "")
            if word not in known.split():
                self._typos[shorter] = f"{known} {word}" if known else word  # One string takes less room than a set.

    def _meant(self, word: str) -> Iterator[str]:
        for shorter in (word, *_shortened(word)):
            for listed in {*self._typos.get(shorter, "").split(), *({shorter} & self._single.keys())}:
                if len(listed) >= _SHORTEST_TYPO and _is_slip(word, listed):
                    yield listed


def _frequency(entry: str) -> float:
    letters = sum(_SIGN_WEIGHS if _SIGN.match(sign) else 1 for sign in entry.rstrip("*"))
    return float(10 ** (-letters / 2)) * (3 if entry.endswith("*") else 1)


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

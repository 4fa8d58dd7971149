"""
A text as the words a reader would hear: folded, so that case, accents, width and typography do not matter.

Pure and linear in the text.  Every word keeps its place in the original, because evidence quotes what was written.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

IDEOGRAPHS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"

_LETTER = f"[^ .,'{IDEOGRAPHS}]"
# Scripts without spaces give one word per sign; an English contraction (don't, I'm) is one word, a French elision two.
_WORD = re.compile(f"[{IDEOGRAPHS}]|{_LETTER}+(?:'(?:t|s|m|re|ve|ll|d)(?!{_LETTER}))?")
_STRETCHED = re.compile(r"(.)\1{2,}")  # STOOOP, bajaaaa
_APOSTROPHES = frozenset("'’‘ʼ`´＇")
_ENDS = frozenset(".!?\n\r\u2028\u2029。؟।")
_PAUSES = frozenset(",;:、،؛")
# What only chooses between an emoji and its plain form, and the stroke that only stretches an Arabic word.
_UNHEARD = frozenset([*map(chr, range(0xFE00, 0xFE10)), "\u0640"])
_BARE = str.maketrans("ıłøđ", "ilod")
_LONGEST_CLUSTER = 30  # marks; UAX #15's Stream-Safe Text bound, without which normalising is quadratic


class Word(NamedTuple):  # One is made for every word that is read; a frozen dataclass takes four times as long.
    """One folded word, and its half-open place in the original text, in code points."""

    text: str
    start: int
    end: int
    gap: int  # before it: 2 a sentence ended, 1 a pause, 0 neither
    sentence: int  # counted from 0


def words(text: str) -> list[Word]:
    """
    The words of any text, in order; emoji, symbols and punctuation are none.

    Folding is NFKC and casefold, and strips accents from Latin letters alone: taking marks off Hindi, Arabic or Hebrew
    would make other words of them.  Turkish ı counts as i, so IPTAL, İPTAL and ıptal are one word.  Never raises.
    """
    folded, starts, ends = _folded(text)
    found_words: list[Word] = []
    last = sentence = 0
    plain = "'" not in folded and not _STRETCHED.search(folded)
    for found in _WORD.finditer(folded):
        first, end = found.span()
        between = folded[last:first]
        gap = 2 if "." in between else 1 if "," in between else 0
        sentence += gap == 2
        last = end
        letters = found.group() if plain else _heard(found.group())
        found_words.append(Word(letters, starts[first], ends[end - 1], gap, sentence))
    return found_words


def _heard(letters: str) -> str:
    """A word without its apostrophe, and with one letter where the writer leaned on the key."""
    letters = letters.replace("'", "")
    return _STRETCHED.sub(r"\1", letters) if len(letters) > 3 else letters


class _Alone(dict[int, str]):
    """By its code point the one character that a sign folds to; ``_LEANS`` for those that are not one or join others."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        folded = _LEANS if _extends(character) else _fold(character)
        alone = folded if len(folded) == 1 else _LEANS
        if len(self) < _REMEMBERED:
            self[code] = alone
        return alone


_LEANS = "\0"  # to which nothing folds
_REMEMBERED = 8192  # signs
_ALONE = _Alone()


def _folded(text: str) -> tuple[str, Sequence[int], Sequence[int]]:
    """The text folded sign by sign, and for each folded character the bounds of the sign it came from."""
    alone = text.translate(_ALONE)
    if _LEANS not in alone:  # Each sign is one character and stays one: the places are the same.
        return alone, range(len(text)), range(1, len(text) + 1)
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _clusters(text):
        piece = _fold(text[start:end])
        pieces.append(piece)
        starts += [start] * len(piece)
        ends += [end] * len(piece)
    return "".join(pieces), starts, ends


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """A base character with the marks and Korean vowels that belong to it."""
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or end - start > _LONGEST_CLUSTER or not _extends(text[end]):
            yield start, end
            start = end


def _extends(character: str) -> bool:
    return character > "\u02ff" and (unicodedata.category(character)[0] == "M" or "\u1160" <= character <= "\u11ff")


@lru_cache(maxsize=_REMEMBERED)
def _fold(cluster: str) -> str:
    if cluster in _APOSTROPHES:
        return "'"
    composed = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", cluster).casefold())
    folded = ""
    for character in composed:
        folded += _fold_one(character, after=folded[-1:])
    return folded


def _fold_one(character: str, *, after: str) -> str:
    if _is_latin(character):
        return "".join(filter(str.isalnum, unicodedata.normalize("NFD", character))).translate(_BARE)
    category = unicodedata.category(character)
    if category in {"Cf", "Me"} or character in _UNHEARD:
        return ""  # joiners, directions and frames around a letter
    if category[0] == "M":
        # A mark is an accent on a Latin letter, part of the word in Hindi, Arabic or Hebrew, and noise elsewhere.
        return character if _keeps_marks(after) else ""
    if character.isalnum():
        return character
    return "." if character in _ENDS else "," if character in _PAUSES else " "


def _is_latin(character: str) -> bool:
    return character.isalpha() and (character < "\u0250" or "\u1e00" <= character <= "\u1eff")


def _keeps_marks(before: str) -> bool:
    return before != "" and not _is_latin(before) and (before.isalnum() or unicodedata.category(before)[0] == "M")

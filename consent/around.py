"""
What the words around a match make of it: a statement, a question, something negated, or bound to an hour.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Protocol

from consent import keywords
from consent.words import Word

_TOLD, _OWN = 7, 4  # words between what is told and who tells it, and between that and a word for oneself
_FAREWELLS = [[word] for word in keywords.FAREWELLS]
_CLOCK = re.compile(r"\d{1,2}|\d{1,4}(?:am|pm|h|hs|hrs|uhr)")


class Match(Protocol):
    """A keyword, a phrase or what a grammar found: the words from ``first`` up to ``end``."""

    @property
    def first(self) -> int:
        """The first word."""
        ...

    @property
    def end(self) -> int:
        """The word after the last."""
        ...


def negated(words: Sequence[Word], match: Match) -> bool:
    """A "no" or a "why" governs the match: up to five words before, in the same clause, with no break between."""
    emphatic = words[match.first].text in keywords.NEGATORS
    for index in range(match.first - 1, max(match.first - 6, -1), -1):
        text = words[index].text
        if words[index + 1].gap or text in keywords.BREAKERS:
            return False
        emphatic = emphatic and text in keywords.PLAIN_NO
        if not emphatic and (text in keywords.NEGATORS or text in keywords.ASKERS):
            return True
    return False


def asked(words: Sequence[Word], match: Match) -> bool:
    """A question stands in the same clause: "How do I unsubscribe" asks, whatever follows."""
    return any(word.text in keywords.ASKERS for word in _preceding(words, match))


def negated_late(words: Sequence[Word], match: Match) -> bool:
    """A "no" right behind it: "stopp das nicht"."""
    return any(word.text in keywords.LATE_NEGATORS for word in _following(words, match))


def described(words: Sequence[Word], match: Match) -> bool:
    """A statement about somebody ("you don't call me back"), not a wish."""
    if match.first == 0 or words[match.first].gap or words[match.first - 1].text not in keywords.SUBJECTS:
        return False
    return any(word.text in keywords.NEGATORS for word in words[match.first : match.end])


def reported(words: Sequence[Word], match: Match) -> bool:
    """Somebody else's word is told, in the same sentence: "my sister told you to stop calling her"."""
    sentence = words[match.first].sentence
    for index in range(match.first - 1, max(match.first - 1 - _TOLD, -1), -1):
        if words[index].sentence != sentence:
            return False
        if words[index].text in keywords.REPORTERS:
            return not any(word.text in keywords.OWN_WORD for word in words[max(index - _OWN, 0) : index])
    return False


def speaks_of_calls(words: Sequence[Word], match: Match) -> bool:
    """The same breath speaks of calls, or of all there is, and not of advertising alone: "no ads and no calls"."""
    begin, close = match.first, match.end
    while begin and not words[begin].gap:
        begin -= 1
    while close < len(words) and not words[close].gap:
        close += 1
    return any(word.text.startswith(keywords.CALLING) for word in words[begin:close])


def answers(words: Sequence[Word], match: Match) -> bool:
    """It begins with a no that answers something else: "no, please go on"."""
    follows = words[match.first + 1 : match.end]
    return bool(follows) and follows[0].gap > 0 and words[match.first].text in keywords.ANSWERS


def qualified(words: Sequence[Word], match: Match) -> bool:
    """Bound to an hour, a place or a condition."""
    following = [word.text for word in _following(words, match)]
    return any(
        (text in keywords.QUALIFIERS or _CLOCK.fullmatch(text)) and following[index + 1 : index + 2] not in _FAREWELLS
        for index, text in enumerate(following)
    )


def _following(words: Sequence[Word], match: Match) -> Iterator[Word]:
    """Up to three words after the match, in the same clause."""
    return takewhile(lambda word: not word.gap, words[match.end : match.end + 3])


def _preceding(words: Sequence[Word], match: Match) -> Iterator[Word]:
    """Up to three words before the match, in the same clause, the nearest first."""
    for index in range(match.first - 1, max(match.first - 4, -1), -1):
        if words[index + 1].gap:
            return
        yield words[index]

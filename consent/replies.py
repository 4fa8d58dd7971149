"""
What a customer's message means: an opt-out, perhaps an opt-out, an opt-in, a call for help, or none of these.

Pure: no network, no model, no clock; time linear in the text.  Two errors are not alike: to miss a refusal breaks the
law, to see one too many costs a review.  So a clear opt-out may be wrapped in other words, what is doubtful is
reported as ``opt_out_maybe``, and an opt-in counts only when it is the whole message.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import accumulate, chain, product
from typing import Literal

from consent import around, grammars, keywords, phrases
from consent.grammar import Found, Reader
from consent.meaning import FOR_GOOD, NOTHING, Kind, Meaning, Only, rank, stricter
from consent.periods.limits import is_for_good, period_of
from consent.periods.reading import SOME_TIME
from consent.words import IDEOGRAPHS, Word
from consent.words import words as words_of

Strength = Literal["exact", "keyword", "phrase", "clear", "hint"]


def read(text: str) -> Meaning:
    """
    The meaning of a free text of any length, in any case, spelling of accents, and punctuation.

    Never raises.  A keyword that is the whole message, or stands in at most three words or alone in its sentence, and a
    refusing phrase anywhere are an ``opt_out``; negated, qualified or buried ones are an ``opt_out_maybe``.
    """
    return _read(text, pressed=False)


def read_choice(payload: str | None, title: str | None) -> Meaning:
    """
    The meaning of a pressed button or list row: the more restrictive of what it says and what it is called inside.

    Both MUST be read: Meta's own examples put the words now in one, now in the other.  ``span`` lies in the title when
    both say the same, else in the text that says more.  "Cancel order" is a menu entry, so ``exact`` words count only
    alone.
    """
    read_title = _read(title or "", pressed=True)
    read_payload = _read(payload or "", pressed=True)
    split = _CAMEL.sub(" ", payload or "")
    if split != payload and read_payload.kind == "none":
        inner = _read(split, pressed=True)
        read_payload = replace(inner, span=inner.span and (0, len(payload or "")))
    return stricter(read_title, read_payload)


_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


# --- Rules: every keyword and phrase as a sequence of words, in one tree.

_SIGN = re.compile(f"[{IDEOGRAPHS}]")


@dataclass(frozen=True, slots=True)
class _Rule:
    pattern: str
    language: str | None
    strength: Strength
    timed: bool = False
    partial: bool = False
    quotes: bool = False


@dataclass(slots=True)
class _Node:
    children: dict[str, "_Node"] = field(default_factory=dict)
    rule: _Rule | None = None


def _texts(text: str) -> tuple[str, ...]:
    return tuple(word.text for word in words_of(text))


def _shown(sequence: tuple[str, ...]) -> str:
    """The words as a reader writes them: signs of a script without spaces stand together."""
    return "".join(sequence) if all(map(_SIGN.fullmatch, sequence)) else " ".join(sequence)


def _listed(words: str) -> Iterator[tuple[str, ...]]:
    return (_texts(word) for word in words.split(",") if word.strip())


def _sequences(phrase: str) -> Iterator[tuple[str, ...]]:
    """Every sequence of words that a phrase of ``consent.phrases`` stands for."""
    slots = []
    for slot in phrase.split():
        choices = [_texts(choice) for word in slot.rstrip("?").split("|") for choice in _spellings(word)]
        slots.append([*choices, ()] if slot.endswith("?") else choices)
    return (tuple(chain.from_iterable(choice)) for choice in product(*slots))


def _spellings(word: str) -> set[str]:
    """The word, and as it is typed where the keyboard has no umlauts."""
    plain = word.replace("_", " ")
    return {plain, plain.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")}


def _stop_rules() -> Iterator[tuple[tuple[str, ...], _Rule]]:
    # Later rules replace earlier ones of the same words: a clear phrase outranks a keyword, which outranks a hint.
    for phrase in phrases.HINTS:
        for sequence in _sequences(phrase):
            yield sequence, _Rule(_shown(sequence), None, "hint")
    for language, listed in keywords.KEYWORDS.items():
        exact = set(_listed(listed.exact))
        for sequence in _listed(listed.stop):
            yield sequence, _Rule(_shown(sequence), language, "exact" if sequence in exact else "keyword")
    for language, listed_phrases in phrases.PHRASES.items():
        for sequence in chain.from_iterable(map(_sequences, listed_phrases)):
            yield sequence, _Rule(_shown(sequence), language, "phrase")


def _merged(old: _Rule | None, new: _Rule) -> _Rule:
    """A word of two languages names neither, and is ``exact`` if it is in one of them."""
    if old is None or old.strength == "hint" or (new.strength == "phrase" != old.strength):
        return new
    language = new.language if new.language == old.language else None
    return replace(new, language=language, strength="exact" if old.strength == "exact" else new.strength)


def _tree() -> _Node:
    root = _Node()
    for sequence, rule in _stop_rules():
        node = root
        for word in sequence:
            node = node.children.setdefault(word, _Node())
        node.rule = _merged(node.rule, rule)
    return root


def _whole_messages() -> dict[tuple[str, ...], Meaning]:
    """Messages that mean something only as a whole."""
    whole: dict[tuple[str, ...], Meaning] = {}
    for language, listed in keywords.KEYWORDS.items():
        kinds: dict[Kind, str] = {"help": listed.help, "opt_in": listed.start, "opt_out": listed.stop}
        for kind, words in kinds.items():
            for sequence in _listed(words):
                only = language if sequence not in whole else None
                whole[sequence] = Meaning(kind, only, _shown(sequence))
    return whole


_TREE = _tree()
_WHOLE = _whole_messages()
_KEYWORDS = frozenset(key[0] for key, said in _WHOLE.items() if said.kind == "opt_out" and len(key) == 1)


@cache
def _reader() -> Reader:
    return Reader(list(grammars.load()))


def prepare() -> None:
    """Builds the index over all grammars, which takes most of a second, so that the first message is read like any other."""
    _reader()


# --- Reading.

_WEIGHT = 3  # of a word, where one sign of a script without spaces weighs one


@dataclass(frozen=True, slots=True)
class _Match:
    rule: _Rule
    first: int
    end: int  # the word after the last


@dataclass(frozen=True, slots=True)
class _Message:
    """A message's words with what is counted once, so that reading stays linear however many keywords it holds."""

    words: list[Word]
    pressed: bool
    weight: int  # of all words
    besides: dict[int, int]  # per sentence: words that are neither courtesy nor a stop keyword
    besides_in_all: int


def _read(text: str, *, pressed: bool) -> Meaning:
    words = words_of(text)
    if not words:
        signs = keywords.STOP_SIGNS.intersection(text)
        return Meaning("opt_out_maybe", None, min(signs), (0, len(text))) if signs else NOTHING
    texts = tuple([word.text for word in words])
    whole = _WHOLE.get(texts)
    if whole is None and 2 < len(texts) == len(letters := "".join(texts)):
        whole = _WHOLE.get((letters,))  # S.T.O.P.
    if whole is not None:
        return replace(whole, span=(words[0].start, words[-1].end))
    return _strongest(words, pressed=pressed)


def _message(words: list[Word], *, pressed: bool) -> _Message:
    besides: dict[int, int] = {}
    for word in words:
        besides[word.sentence] = besides.get(word.sentence, 0) + _counts(word)
    return _Message(words, pressed, sum(map(_weight, words)), besides, sum(besides.values()))


def _weight(word: Word) -> int:
    return 1 if _SIGN.fullmatch(word.text) else _WEIGHT


def _counts(word: Word) -> bool:
    everyday = word.text in keywords.EVERYDAY
    return word.text not in keywords.COURTESY and (everyday or word.text not in _KEYWORDS)


def _strongest(words: list[Word], *, pressed: bool) -> Meaning:
    found = _reader().find(words)
    matches = [*_matches(words), *_refusals(words, found)]
    if not matches:
        return NOTHING
    best, message = NOTHING, _message(words, pressed=pressed)
    innocent = _reach(len(words), (each for each in found if each.verdict == "innocent"))
    limits = _limits(len(words), found)
    for match in matches:
        if match.end <= innocent[match.first]:
            continue
        meant = _meant(message, match, {name for name, reaches in limits.items() if _stands_in(match, reaches)})
        best = stricter(best, meant)
        if rank(best) == FOR_GOOD:
            break
    return best


def _meant(message: _Message, match: _Match, limits: set[str]) -> Meaning:
    """What a match says, with what limits it: what stands by itself, or another reading of the same words."""
    words, kind, period = message.words, _judge(message, match), None
    if kind == "opt_out" and "negated" in limits:
        kind = "opt_out_maybe"
    phrased = match.rule.strength in ("phrase", "clear")
    if kind == "opt_out" and (phrased or "timed" in limits):
        period = period_of(words, match.first, match.end)
        bound = match.rule.timed or "timed" in limits or (phrased and around.qualified(words, match))
        if period is None and bound and not is_for_good(words, match.first, match.end):
            kind = "opt_out_maybe"  # Bound to an hour, a place or a condition.
    only: Only | None = "marketing" if match.rule.partial or "partial" in limits else None
    span = (words[match.first].start, words[match.end - 1].end)
    if only and around.speaks_of_calls(words, match):
        only, period = None, SOME_TIME  # Whether calls about other things are meant a person has to read.
    if kind != "opt_out":
        only, period = None, None
    return Meaning(kind, match.rule.language, match.rule.pattern, span, only, period, match.rule.quotes)


def _matches(words: list[Word]) -> Iterator[_Match]:
    """At each word the longest keyword or phrase that begins there and does not cross the end of a sentence."""
    roots = _TREE.children
    for first in [index for index, word in enumerate(words) if word.text in roots]:
        node = roots[words[first].text]
        found = _Match(node.rule, first, first + 1) if node.rule else None
        for end in range(first + 1, len(words)):
            following = node.children.get(words[end].text) if words[end].gap < 2 else None
            if following is None:
                break
            node = following
            found = _Match(node.rule, first, end + 1) if node.rule else found
        if found:
            yield found


def _reach(count: int, found: Iterable[Found]) -> list[int]:
    """For each word how far the patterns reach that begin there or before it."""
    reach = [0] * count
    for each in found:
        reach[each.first] = max(reach[each.first], each.end)
    return list(accumulate(reach, max))


def _limits(count: int, found: list[Found]) -> dict[str, dict[str, list[int]]]:
    """By limit and language how far refusals reach that are so limited, for each word that they may hold."""
    named: dict[str, Callable[[Found], bool]] = {
        "negated": lambda each: each.negated,
        "timed": lambda each: each.timed,
        "partial": lambda each: each.partial,
    }
    languages = {each.language for each in found if each.doubted}
    return {
        name: {
            code: _reach(count, (each for each in found if each.language == code and so(each))) for code in languages
        }
        for name, so in named.items()
    }


def _stands_in(match: _Match, reaches: dict[str, list[int]]) -> bool:
    """A keyword or a neighbour's grammar does not know the language's times: "no me llamen esta semana"."""
    own = match.rule.language if match.rule.strength == "clear" else None
    return any(reach[match.first] >= match.end for code, reach in reaches.items() if code != own)


def _refusals(words: list[Word], found: list[Found]) -> Iterator[_Match]:
    """What the grammars found, as rules of the words it stands in."""
    for each in found:
        if each.verdict != "innocent":
            pattern = _shown(tuple(word.text for word in words[each.first : each.end]))
            strength: Strength = "hint" if each.negated or each.verdict == "doubtful" else "clear"
            yield _Match(
                _Rule(pattern, each.language, strength, each.timed, each.partial, quotes=True), each.first, each.end
            )


def _judge(message: _Message, match: _Match) -> Kind:
    doubtful = around.negated(message.words, match)
    match match.rule.strength:
        case "phrase":
            doubtful = doubtful or around.described(message.words, match) or around.reported(message.words, match)
            return "opt_out_maybe" if doubtful else "opt_out"
        case "clear":
            doubtful = around.described(message.words, match) or around.asked(message.words, match)
            doubtful = doubtful or around.reported(message.words, match) or around.answers(message.words, match)
            return "opt_out_maybe" if doubtful else "opt_out"
        case "keyword":
            clear = message.pressed or _is_short(message, match) or _is_alone(message, match)
            return (
                "opt_out"
                if clear and not doubtful and not around.negated_late(message.words, match)
                else "opt_out_maybe"
            )
        case "exact":
            return _judge_exact(message, match)
        case "hint":
            return "opt_out_maybe"


def _judge_exact(message: _Message, match: _Match) -> Kind:
    said = message.words[match.first : match.end]
    if message.besides_in_all == sum(map(_counts, said)):
        return "opt_out"
    everyday = any(word.text in keywords.EVERYDAY for word in said)
    return "none" if message.pressed or everyday or not _is_short(message, match) else "opt_out_maybe"


def _is_short(message: _Message, match: _Match) -> bool:
    """At most three words, a keyword of several counting as one."""
    return message.weight - sum(map(_weight, message.words[match.first : match.end])) <= 2 * _WEIGHT


def _is_alone(message: _Message, match: _Match) -> bool:
    """Nothing but courtesy stands beside it in its sentence."""
    said = message.words[match.first : match.end]
    return message.besides[said[0].sentence] == sum(map(_counts, said))

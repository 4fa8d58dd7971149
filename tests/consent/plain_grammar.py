"""
What a grammar's notation says, word for word: slow, without an index, and sharing nothing with the reader that has one.
"""

from collections.abc import Collection, Iterator, Sequence
from functools import cache
from itertools import product

from consent.grammar import Found, Grammar, Verdict
from consent.words import Word, words

Listed = Collection[str]  # entries of sets


def every_entry(grammars: Sequence[Grammar]) -> set[str]:
    """
    All that any language lists, sets and the small words of patterns.
    """
    entries: set[str] = set()
    for grammar in grammars:
        for listed in (*grammar.sets.values(), grammar.negators, grammar.breaks, grammar.times, grammar.parts):
            entries.update(listed.split())
        for pattern in (*grammar.refusals, *grammar.doubtful, *grammar.innocent):
            steps = (word for step in pattern.split() for word in step.rstrip("?").split("|"))
            entries.update(step for step in steps if step not in {"~", "~~", "^", "$", *grammar.sets})
    return entries


def read_plainly(grammar: Grammar, listed: Listed, message: Sequence[Word]) -> set[Found]:
    """
    Every match of one grammar's patterns, where ``listed`` are the entries of all grammars.
    """
    found: set[Found] = set()
    verdicts: dict[Verdict, tuple[str, ...]] = {
        "refusal": grammar.refusals,
        "doubtful": grammar.doubtful,
        "innocent": grammar.innocent,
    }
    for verdict, patterns in verdicts.items():
        pause = 1 if verdict == "innocent" else 2
        for spelling in {each for pattern in patterns for each in _spellings(pattern)}:
            for first in range(len(message)):
                ends = set(_ends(grammar, listed, message, spelling, first, first, pause))
                if ends:
                    limits = _limits(grammar, listed, message, first, max(ends)) if verdict == "refusal" else ()
                    found.add(Found(verdict, grammar.language, first, max(ends), *limits))
    return found


def _spellings(pattern: str) -> Iterator[tuple[str, ...]]:
    options = [(step[:-1], "") if step.endswith("?") else (step,) for step in pattern.split()]
    return (tuple(filter(None, chosen)) for chosen in product(*options))


def _ends(
    grammar: Grammar,
    listed: Listed,
    message: Sequence[Word],
    steps: tuple[str, ...],
    first: int,
    at: int,
    pause: int,
    reach: int = 0,
) -> Iterator[int]:
    """Where the steps can end that begin at a word or up to ``reach`` later."""
    if steps in {(), ("$",)}:
        if not steps or at == len(message) or message[at].gap == 2:
            yield at
        return
    step, later = steps[0], steps[1:]
    if step == "^":
        if at == 0 or message[at].gap == 2:
            yield from _ends(grammar, listed, message, later, first, at, pause)
        return
    if step in {"~", "~~"}:
        far = 3 if step == "~" else 12
        yield from _ends(grammar, listed, message, later, first, at, pause, far if at > first else 0)
        return
    for start in range(at, min(at + reach, len(message) - 1) + 1):
        if start > first and any(word.gap >= pause for word in message[at : start + 1]):
            break
        for end in _step_ends(grammar, listed, message, step, start):
            yield from _ends(grammar, listed, message, later, first, end, pause)


def _step_ends(grammar: Grammar, listed: Listed, message: Sequence[Word], step: str, at: int) -> set[int]:
    entries = [entry for name in step.split("|") for entry in grammar.sets.get(name, name).split()]
    return {end for entry in entries if (end := _end(entry, listed, message, at)) is not None}


def _end(entry: str, listed: Listed, message: Sequence[Word], at: int) -> int | None:
    sequence = _words(entry)
    said = message[at : at + len(sequence)]
    text = message[at].text
    if len(sequence) > 1:
        whole = [word.text for word in said] == sequence and all(word.gap < 2 for word in said[1:])
        return at + len(sequence) if whole else None
    fits = text.startswith(sequence[0]) if entry.endswith("*") else text == sequence[0]
    return at + 1 if len(text) <= 40 and (fits or _means(text, entry, listed)) else None


@cache
def _words(entry: str) -> list[str]:
    return [word.text for word in words(entry.rstrip("*").replace("_", " "))]


def _means(text: str, entry: str, listed: Listed) -> bool:
    """Whether an unknown word is an entry with a slip of the finger."""
    if min(len(text), len(entry)) < 5 or entry.endswith("*") or not one_slip(text, _words(entry)[0]):
        return False
    return not any(text.startswith(each[:-1]) if each.endswith("*") else _words(each)[0] == text for each in listed)


def one_slip(written: str, meant: str) -> bool:
    """
    One letter more, less or different, or two neighbours exchanged.
    """
    places = range(max(len(written), len(meant)))
    return (
        any(written[:at] + written[at + 1 :] == meant for at in places if at < len(written))
        or any(meant[:at] + meant[at + 1 :] == written for at in places if at < len(meant))
        or any(
            len(written) == len(meant) and written[:at] + written[at + 1 :] == meant[:at] + meant[at + 1 :]
            for at in places
        )
        or any(written[:at] + written[at : at + 2][::-1] + written[at + 2 :] == meant for at in places)
    )


def _limits(grammar: Grammar, listed: Listed, message: Sequence[Word], first: int, end: int) -> tuple[bool, bool, bool]:
    """
    Whether a refusal is negated, bound to a time, of a part.
    """
    before = after = 0
    while before < min(4, first) and not message[first - before].gap:
        before += 1
    while after < min(4, len(message) - end) and not message[end + after].gap:
        after += 1
    broken = [
        place
        for place in range(first - before, first)
        if _stands(grammar.breaks, listed, message, range(place, place + 1))
    ]
    ahead, around = range(max([first - before, *broken]), first), range(first - before, end + after)
    return (
        _stands(grammar.negators, listed, message, ahead),
        _stands(grammar.times, listed, message, around),
        _stands(grammar.parts, listed, message, around),
    )


def _stands(entries: str, listed: Listed, message: Sequence[Word], places: range) -> bool:
    return any(_end(entry, listed, message, at) is not None for at in places for entry in entries.split())

"""
Whether a refusal is meant for a period only, or merely stands near words of time.

To take "five calls this week, stop it" for a week would call somebody again who said no for good.  So a period counts only
in the same breath, right behind the refusal or as all that stands before it; never beside words of how often, and never
where somebody asks to be removed.
"""

from collections.abc import Sequence

from consent import keywords
from consent.periods.reading import Period, Spoken, periods_in
from consent.words import Word

_BEHIND = 3  # words between a refusal and its period


def period_of(words: Sequence[Word], first: int, end: int) -> Period | None:
    """The period to which the refusal in ``words[first:end]`` is limited; None where it is for good, or nobody knows."""
    begin, close = _clause(words, first, end)
    breath = words[begin:close]
    if is_for_good(words, first, end):
        return None
    spoken = periods_in(breath)
    within = [each for each in spoken if first - begin <= each.first < end - begin]
    behind = [each for each in spoken if 0 <= each.first - (end - begin) <= _BEHIND]
    before = [each for each in spoken if each.end <= first - begin]
    if not _is_all_that_stands(breath[: first - begin], before):
        before = []
    found = [*within, *behind, *before]
    return next((each.period for each in found if each.period.named != "some_time"), found[0].period if found else None)


def is_for_good(words: Sequence[Word], first: int, end: int) -> bool:
    """Whether words of time around the refusal tell how often somebody was called, or it asks to be removed."""
    begin, close = _clause(words, first, end)
    often = any(word.text in keywords.OFTEN for word in words[begin:close])
    return often or any(word.text.startswith(keywords.REMOVALS) for word in words[first:end])


def _clause(words: Sequence[Word], first: int, end: int) -> tuple[int, int]:
    begin, close = first, end
    while begin and not words[begin].gap:
        begin -= 1
    while close < len(words) and not words[close].gap:
        close += 1
    return begin, close


def _is_all_that_stands(before: Sequence[Word], spoken: Sequence[Spoken]) -> bool:
    covered = {index for each in spoken for index in range(each.first, each.end)}
    return all(
        index in covered or word.text in keywords.COURTESY or word.text in keywords.LEADING
        for index, word in enumerate(before)
    )

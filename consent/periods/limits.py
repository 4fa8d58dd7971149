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

_SOME_DAY = Period(count=1, unit="days")  # "one of these days I'll sue you"


def period_of(words: Sequence[Word], first: int, end: int) -> Period | None:
    """The period to which the refusal in ``words[first:end]`` is limited; None where it is for good, or nobody knows."""
    begin, close = _clause(words, first, end)
    breath = words[begin:close]
    if is_for_good(words, first, end):
        return None
    spoken = [each for each in periods_in(breath) if each.period != _SOME_DAY]
    within = [each for each in spoken if first - begin <= each.first < end - begin]
    behind = [each for each in spoken if each.first >= end - begin and _leads_over(breath[end - begin : each.first])]
    before = [each for each in spoken if each.end <= first - begin]
    if not _leads_over(breath[: first - begin], before):
        before = []
    found = [*within, *behind, *before]
    return next((each.period for each in found if each.period.named != "some_time"), found[0].period if found else None)


def is_for_good(words: Sequence[Word], first: int, end: int) -> bool:
    """Whether words of time around the refusal tell how often somebody was called, or say never; or it asks to be removed."""
    begin, close = _clause(words, first, end)
    lasting = any(word.text in keywords.OFTEN or word.text in keywords.NEVER for word in words[begin:close])
    return lasting or any(word.text.startswith(keywords.REMOVALS) for word in words[first:end])


def _clause(words: Sequence[Word], first: int, end: int) -> tuple[int, int]:
    begin, close = first, end
    while begin and not words[begin].gap:
        begin -= 1
    while close < len(words) and not words[close].gap:
        close += 1
    return begin, close


def _leads_over(between: Sequence[Word], spoken: Sequence[Spoken] = ()) -> bool:
    """Whether nothing stands there but periods, prepositions and courtesy: "hasta" does, "o en" ("or within") does not."""
    covered = {index for each in spoken for index in range(each.first, each.end)}
    return all(
        index in covered or word.text in keywords.COURTESY or word.text in keywords.LEADING
        for index, word in enumerate(between)
    )

"""
Whether a refusal is meant for a period only, or merely stands near words of time.

To take "five calls this week, stop it" for a week would call somebody again who said no for good.  So a period counts only
in the same breath, right behind the refusal or as all that stands before it; never beside words of how often, and never
where somebody asks to be removed.
"""

from collections.abc import Sequence

from consent import keywords
from consent.periods.reading import SOME_TIME, Period, Spoken, periods_in
from consent.words import Word

_SOME_DAY = Period(count=1, unit="days")  # "one of these days I'll sue you"


def period_of(words: Sequence[Word], first: int, end: int) -> Period | None:
    """
    The period to which the refusal in ``words[first:end]`` is limited; None where it is for good, or nobody knows.

    A period with an end must be all that is said of time: beside a second one, behind "from", with more words after it, or
    in an order to stop today, it is one that a person has to read.
    """
    begin, close = _clause(words, first, end)
    breath = words[begin:close]
    if is_for_good(words, first, end):
        return None
    everything = periods_in(breath)
    spoken = [each for each in everything if each.period != _SOME_DAY]
    within = [each for each in spoken if first - begin <= each.first < end - begin]
    behind = [each for each in spoken if each.first >= end - begin and _leads_over(breath[end - begin : each.first])]
    before = [each for each in spoken if each.end <= first - begin]
    if not _leads_over(breath[: first - begin], before):
        before = []
    found = [*within, *behind, *before]
    if not found:
        return None
    told = found[0]
    alone = not any(each.first >= told.end or each.end <= told.first for each in everything)
    rest = breath[max(told.end, end - begin) :] if told not in before else []
    starts = told.first and breath[told.first - 1].text in keywords.FROM
    urgent = told.period.named in ("today", "tomorrow") and breath[first - begin].text.startswith(keywords.STOPPING)
    plain = alone and not starts and not urgent and all(word.text in keywords.COURTESY for word in rest)
    return told.period if plain else SOME_TIME


def is_for_good(words: Sequence[Word], first: int, end: int) -> bool:
    """Whether words of time around the refusal tell how often somebody was called, or say never; or it asks to be removed."""
    begin, close = _clause(words, first, end)
    often = any(word.text in keywords.OFTEN for word in words[begin:close])
    lasting = any(word.text in keywords.NEVER for word in words)
    return often or lasting or any(word.text.startswith(keywords.REMOVALS) for word in words[first:end])


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

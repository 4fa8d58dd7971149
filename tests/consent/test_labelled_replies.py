"""
The labelled set of replies is one that can be measured with.
"""

from collections import Counter

import pytest

from benchmarks.replies import FOR_RULES, Result, is_shown, labelled, languages, measure

MEANINGS = {"opt_out", "opt_out_maybe", "opt_in", "help", "none"}


@pytest.mark.parametrize("language", languages())
def test_a_language_has_enough_of_everything_in_both_halves(language: str) -> None:
    """
    Neither half of a language measures by chance alone, and no text is counted twice.
    """
    replies = labelled(language)
    assert {each.means for each in replies} == MEANINGS
    assert len({each.text.casefold() for each in replies}) == len(replies)
    halves = Counter((is_shown(each.text), each.means in ("opt_out", "opt_out_maybe")) for each in replies)
    assert min(halves[half, refuses] for half in (True, False) for refuses in (True, False)) >= 15


def test_only_a_refusal_is_limited() -> None:
    """
    A limit or a time says something about a refusal and about nothing else.
    """
    for reply in (each for language in languages() for each in labelled(language)):
        assert reply.only in (None, "calls", "messages", "marketing")
        assert reply.means == "opt_out" or (reply.only is None and reply.time is None)


def test_the_set_covers_what_is_promised_of_it() -> None:
    """
    At least 1,500 replies in at least 18 languages.
    """
    assert len(languages()) >= 18
    assert sum(len(labelled(language)) for language in languages()) >= 1500


def test_a_miss_and_a_false_alarm_are_told_apart() -> None:
    """
    A keyword counts as a clear refusal that was read, a call for help as no alarm.
    """
    spanish = {each.text: each for each in labelled("es")}
    refusal = next(each for each in spanish.values() if each.means == "opt_out" and each.text.strip() == "BAJA")
    harmless = next(each for each in spanish.values() if each.means == "help")
    assert measure([refusal, harmless]) == Result(1, 1, 1, 1, 1, 1, 0, 0)


SHOWN = [each for language in languages() for each in labelled(language, FOR_RULES)]


def test_what_rules_were_written_for_is_understood() -> None:
    """
    Of the replies that are there to be read, hardly one clear refusal is missed, and few others are taken for one.
    """
    found = measure(SHOWN)

    assert found.clear / found.refusals > 0.97
    assert found.noticed / found.refusals > 0.99
    assert found.alarms / found.others < 0.02


def test_no_reply_is_for_rules_and_for_measuring_at_once() -> None:
    """
    What may be read is no text of the unseen half.
    """
    unseen = {each.text for language in languages() for each in labelled(language) if not is_shown(each.text)}

    assert not unseen & {each.text for each in SHOWN}

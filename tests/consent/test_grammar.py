"""
Patterns over sets of words: what each sign of the notation means.
"""

import pytest

from consent.grammar import Found, Grammar, Reader
from consent.words import words

DO_NOT_CALL = Grammar(
    "xx",
    sets={"NO": "never do_not", "CALL": "call* phone ring", "LIST": "list register", "TALK": "电话 电话号码"},
    refusals=("NO me? ~ CALL", "^ off LIST $", "stop|quit CALL", "不要 TALK"),
    doubtful=("who told you",),
    innocent=("never call CALL back",),
    negators="nobody",
    times="today next_week",
    parts="adverts",
    breaks="and",
)
READER = Reader([DO_NOT_CALL])


def found(text: str) -> list[Found]:
    """
    What the reader finds in a text.
    """
    return READER.find(words(text))


@pytest.mark.parametrize(
    "text",
    [
        "Never call!",
        "do not ring",
        "do not me ring",
        "never, oh please never ever call",
        "NEVER me CALLING",
        "quit phone",
        "off list",
        "Hello. Off register. Bye.",
        "不要电话",
        "请不要 电 话。",
    ],
)
def test_a_pattern_is_found_in_its_forms(text):
    """
    Sets, stems, sequences, alternatives, missing steps, words between, and the bounds of a sentence.
    """
    assert any(each.verdict == "refusal" and not (each.negated or each.timed or each.partial) for each in found(text))


@pytest.mark.parametrize(
    "text",
    [
        "do call",
        "never. Call",
        "never one two three four call",
        "take me off list",
        "off list now",
        "phone quit",
        "不要电",
        "",
        "ring",
    ],
)
def test_what_differs_is_not_found(text):
    """
    No pattern crosses a sentence's end, reaches too far, changes its order or forgets where it must begin or end.
    """
    assert found(text) == []


@pytest.mark.parametrize("text", ["never phnoe", "never phoen", "never phonee", "never phome", "nevver phone"])
def test_a_slip_of_the_finger_is_forgiven(text):
    """
    In words of five letters and more: one letter more, less or different, or two neighbours exchanged.
    """
    assert [each.verdict for each in found(text)] == ["refusal"]


@pytest.mark.parametrize("text", ["never rign", "never phon", "never phnoee", "never pohen"])
def test_short_words_and_two_slips_are_other_words(text):
    """
    A word of four letters has too many neighbours, and two slips make another word.
    """
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "doubted"),
    [
        ("never call", False),
        ("nobody said never call", True),
        ("nobody, never call", False),
        ("nobody wants it and never call", False),
        ("and nobody said never call", True),
        ("never call today", True),
        ("next week never call", True),
        ("never adverts call", True),
        ("never call one two three four today", False),
    ],
)
def test_what_stands_by_may_doubt_it(text, doubted):
    """
    A negator before it, a time or a part in or near it, in the same clause.
    """
    assert [(each.negated or each.timed or each.partial) for each in found(text)] == [doubted]


def test_the_longest_match_of_a_pattern_counts():
    """
    The span holds all that belongs to the refusal.
    """
    (match,) = found("please never call me to ring")

    assert (match.first, match.end) == (1, 6)


def test_a_pattern_of_a_missing_set_is_refused():
    """
    A misspelled name is told when the grammar is read, by the language and the name.
    """
    with pytest.raises(ValueError, match="A pattern of xx names the set CALS"):
        Reader([Grammar("xx", sets={}, refusals=("stop CALS",))])


def test_an_entry_without_a_word_is_refused():
    """
    A lone punctuation mark would match nothing for ever.
    """
    with pytest.raises(ValueError, match="The set CALL of xx lists '!!', which holds no word"):
        Reader([Grammar("xx", sets={"CALL": "ring !!"}, refusals=("CALL",))])

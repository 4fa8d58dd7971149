"""
The index finds what the notation says, neither more nor less.
"""

from hypothesis import given, settings
from hypothesis import strategies as st

from consent import grammars
from consent.grammar import Grammar, Reader
from consent.words import words
from tests.consent.plain_grammar import every_entry, read_plainly

# Few words, so that patterns meet, share their steps and overlap; with slips, stems, and words that begin others.
SPOKEN = ["no", "call", "calls", "phone", "phome", "phnoe", "caller", "a", "a b", "not now", "电", "电话", "x"]
ENTRIES = st.sampled_from(["no", "call", "call*", "phone", "caller", "a_b", "a", "not_now", "电话", "电", "phon*"])
LISTS = st.lists(ENTRIES, max_size=4).map(" ".join)
STEPS = st.lists(st.sampled_from(["NO", "CALL", "LIST", "no", "a", "电", "call"]), min_size=1, max_size=2).map("|".join)
MARKS = st.sampled_from([" ", " ", " ", " ", ", ", ". ", "… "])


@st.composite
def patterns(draw):
    """
    A pattern with at least one step that may not be missing.
    """
    steps = draw(st.lists(STEPS, min_size=1, max_size=4))
    kept = draw(st.integers(0, len(steps) - 1))
    said = [
        draw(st.sampled_from(["", "~ ", "~~ "])) + step + (draw(st.sampled_from(["", "?"])) if index != kept else "")
        for index, step in enumerate(steps)
    ]
    return (
        draw(st.sampled_from(["", "^ "]))
        + " ".join(said).removeprefix("~~ ").removeprefix("~ ")
        + draw(st.sampled_from(["", " $"]))
    )


@st.composite
def small_grammars(draw):
    """
    A language of a few words.
    """
    several = st.lists(patterns(), max_size=4).map(tuple)
    return Grammar(
        draw(st.sampled_from(["xx", "yy"])),
        sets={name: draw(LISTS) for name in ("NO", "CALL", "LIST")},
        refusals=draw(several),
        doubtful=draw(several),
        innocent=draw(several),
        negators=draw(LISTS),
        breaks=draw(LISTS),
        times=draw(LISTS),
        parts=draw(LISTS),
    )


def messages(spoken):
    """
    Texts of these words, with the marks between them.
    """
    return st.lists(st.tuples(spoken, MARKS), max_size=16).map(lambda said: "".join(map("".join, said)))


@given(small_grammars(), messages(st.sampled_from(SPOKEN)))
def test_the_index_reads_as_the_notation_says(grammar, text):
    """
    Whatever the words, the patterns and the text.
    """
    message = words(text)

    assert set(Reader([grammar]).find(message)) == read_plainly(grammar, every_entry([grammar]), message)


ALL = grammars.load()
READER = Reader(ALL)
LISTED = every_entry(ALL)


def spoken_of(grammar):
    """
    Texts that are likely to say something: words of one language's patterns, and any entry of its sets.
    """
    steps = [step for pattern in grammar.refusals + grammar.innocent for step in pattern.split()]
    entries = " ".join(grammar.sets.get(word, word) for step in steps for word in step.rstrip("?").split("|"))
    return st.sampled_from([entry.rstrip("*").replace("_", " ") for entry in entries.split()])


@settings(max_examples=20)
@given(st.data(), st.sampled_from(ALL))
def test_all_languages_together_read_as_each_one_says(data, grammar):
    """
    No grammar is disturbed by another that stands in the same index.
    """
    message = words(data.draw(messages(spoken_of(grammar))))
    found = {each for each in READER.find(message) if each.language == grammar.language}

    assert found == read_plainly(grammar, LISTED, message)

"""
A stored log cannot be changed unnoticed.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from audit.entry import GENESIS, canonical, entry_bytes
from audit.errors import BrokenChain
from audit.ids import event_id
from audit.merkle import EMPTY_ROOT, Edge, leaf_hash
from audit.verification import verify_chain

ORIGIN, OTHER = "venia.example/t/one", "venia.example/t/other"
START = datetime(2026, 11, 23, 10, tzinfo=UTC)


@dataclass(frozen=True)
class Said:
    """
    What one entry will say.
    """

    text: str
    after: int  # microseconds since the entry before


def chained(said, origin=ORIGIN, previous=GENESIS, first=0, start=START):
    """
    The rows of a log that says this, made as an honest log, or a forger with all of its knowledge, would.
    """
    rows, at = [], start
    for index, each in enumerate(said, first):
        at += timedelta(microseconds=each.after)
        body = entry_bytes(
            origin=origin,
            index=index,
            previous=previous,
            recorded_at=at,
            event_id=event_id(at),
            payload=canonical({"event": "note.taken", "text": each.text}),
        )
        previous = leaf_hash(body)
        rows.append((index, body, previous))
    return rows


SAID = st.builds(Said, st.text(st.characters(codec="utf-8"), max_size=5), st.integers(0, 3))
SAYINGS = st.lists(SAID, min_size=2, max_size=12)
PLACES = st.integers(0, 10**6)


def broken(rows) -> int:
    """
    The entry that verification complains about.
    """
    with pytest.raises(BrokenChain) as found:
        verify_chain(ORIGIN, rows)
    return found.value.index


@given(SAYINGS)
def test_an_honest_log_is_verified(said):
    """
    Every entry is read, in order, and the root is that of the folded edge.
    """
    rows = chained(said)
    edge = Edge()
    for _, _, leaf in rows:
        edge = edge.push(leaf)
    chain = verify_chain(ORIGIN, rows)

    assert [entry.payload["text"] for entry in chain.entries] == [each.text for each in said]
    assert chain.root == edge.root()


def test_an_empty_log_proves_nothing():
    """
    No entries are a valid chain with the root of the empty tree.
    """
    assert verify_chain(ORIGIN, []).root == EMPTY_ROOT


@given(SAYINGS, PLACES, PLACES, st.integers(1, 255))
def test_an_altered_byte_is_noticed(said, place, position, mask):
    """
    One byte of one stored entry, in whichever line.
    """
    rows = chained(said)
    at = place % len(rows)
    index, body, leaf = rows[at]
    changed = bytearray(body)
    changed[position % len(body)] ^= mask
    rows[at] = (index, bytes(changed), leaf)

    assert broken(rows) == at


@given(SAYINGS, PLACES, SAID)
def test_a_rewritten_entry_is_noticed_by_its_successor(said, place, instead):
    """
    Even with a hash that fits it, the next entry names another; at the end of the log the root differs.
    """
    rows = chained(said)
    at = place % len(rows)
    assume(instead.text != said[at].text)
    previous = rows[at - 1][2] if at else GENESIS
    start = START + timedelta(microseconds=sum(each.after for each in said[:at]))
    forged = [*rows[:at], *chained([Said(instead.text, said[at].after)], ORIGIN, previous, at, start), *rows[at + 1 :]]

    if at == len(rows) - 1:
        assert verify_chain(ORIGIN, forged).root != verify_chain(ORIGIN, rows).root
    else:
        assert broken(forged) == at + 1


@given(SAYINGS, PLACES)
def test_a_dropped_entry_is_noticed(said, place):
    """
    In the middle or at the head the order breaks; at the end the root differs.
    """
    rows = chained(said)
    at = place % len(rows)
    left = [*rows[:at], *rows[at + 1 :]]

    if at == len(rows) - 1:
        assert verify_chain(ORIGIN, left).root != verify_chain(ORIGIN, rows).root
    else:
        assert broken(left) == at


@given(SAYINGS, PLACES)
def test_a_dropped_entry_whose_successors_moved_up_is_noticed(said, place):
    """
    Renumbered rows still say in their bytes which place was theirs.
    """
    rows = chained(said)
    at = place % (len(rows) - 1)
    left = [*rows[:at], *rows[at + 1 :]]

    assert broken([(index, body, leaf) for index, (_, body, leaf) in enumerate(left)]) == at


@given(SAYINGS, st.integers(1, 11))
def test_a_truncated_head_is_noticed(said, entries):
    """
    A log does not begin in its middle, renumbered or not.
    """
    rows = chained(said)
    left = rows[entries:]
    assume(left)

    assert broken(left) == 0
    assert broken([(index, body, leaf) for index, (_, body, leaf) in enumerate(left)]) == 0


@given(SAYINGS, PLACES, SAID)
def test_an_inserted_entry_is_noticed(said, place, extra):
    """
    One that follows correctly leaves its successor without a predecessor; so does one that was there before.
    """
    rows = chained(said)
    at = place % (len(rows) - 1) + 1
    previous, start = rows[at - 1][2], START + timedelta(microseconds=sum(each.after for each in said[:at]))
    inserted = [*rows[:at], *chained([extra], ORIGIN, previous, at, start), *rows[at:]]
    repeated = [*rows[:at], *rows[at - 1 :]]

    assert broken(inserted) == at + 1
    assert broken([(index, body, leaf) for index, (_, body, leaf) in enumerate(inserted)]) in (at, at + 1)
    assert broken(repeated) == at


@given(SAYINGS, PLACES, PLACES)
def test_swapped_entries_are_noticed(said, one, other):
    """
    Two rows, or the contents of two rows, in each other's place.
    """
    rows = chained(said)
    first, second = sorted((one % len(rows), other % len(rows)))
    assume(first != second)
    swapped = list(rows)
    swapped[first], swapped[second] = rows[second], rows[first]

    assert broken(swapped) == first
    assert broken([(index, body, leaf) for index, (_, body, leaf) in enumerate(swapped)]) == first


@given(SAYINGS, SAYINGS, PLACES)
def test_another_logs_entries_are_noticed(said, others, place):
    """
    Entries of another log do not fit, from the start or from the middle, even where they link correctly.
    """
    rows = chained(said)
    at = place % len(rows)
    foreign = chained(others, OTHER)
    start = START + timedelta(microseconds=sum(each.after for each in said[:at]))
    spliced = [*rows[:at], *chained(others, OTHER, rows[at - 1][2] if at else GENESIS, at, start)]

    assert broken(foreign) == 0
    assert broken(spliced) == at


@given(SAYINGS, PLACES, st.binary(min_size=32, max_size=32))
def test_an_altered_hash_is_noticed(said, place, leaf):
    """
    The stored hash must be that of the stored bytes, in the last entry too.
    """
    rows = chained(said)
    at = place % len(rows)
    assume(leaf != rows[at][2])
    rows[at] = (*rows[at][:2], leaf)

    assert broken(rows) == at


@given(SAYINGS, PLACES, st.integers(1, 10**6))
def test_a_clock_that_ran_backwards_is_noticed(said, place, microseconds):
    """
    However well the entry links.
    """
    rows = chained(said)
    at = place % (len(rows) - 1) + 1
    before = START + timedelta(microseconds=sum(each.after for each in said[:at]) - microseconds)
    forged = [*rows[:at], *chained([Said("late", 0)], ORIGIN, rows[at - 1][2], at, before)]

    assert broken(forged) == at

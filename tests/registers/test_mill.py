"""
Sets of numbers and the blocks that are made of them.
"""

from hashlib import sha256
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from consent.registers import mill
from consent.registers.digests import TAIL, bits_for, digest_of, place_of
from consent.registers.mill import FRAME, Mill
from consent.registers.reading import Format

KEY = b"k" * 32
numbers = st.integers(600_000_000, 799_999_999).map(lambda number: f"+34{number}")


def blocks_of(content: bytes, key: bytes = KEY, chunk: int = 1000) -> tuple[dict[str, Any], list[bytes]]:
    """
    What a mill says of a file, and its blocks.
    """
    with Mill(Format("ES"), key) as made:
        for start in range(0, len(content), chunk):
            made.feed(content[start : start + chunk])
        had, whole, blocks = made.finish(), b"".join(made.ground()), []
    while whole:
        length = int.from_bytes(whole[:FRAME])
        blocks.append(whole[FRAME : FRAME + length])
        whole = whole[FRAME + length :]
    return had, blocks


def lines(found: list[str]) -> bytes:
    """
    One number a line.
    """
    return "".join(f"{each}\n" for each in found).encode()


def is_in(blocks: list[bytes], bits: int, number: str) -> bool:
    """
    Whether a number stands in its block.
    """
    bucket, tail = place_of(digest_of(KEY, number), bits)
    return tail in [blocks[bucket][at : at + TAIL] for at in range(0, len(blocks[bucket]), TAIL)]


@given(st.lists(numbers, max_size=300), st.lists(numbers, max_size=50))
def test_what_is_listed_is_found_and_nothing_else_is(listed: list[str], others: list[str]):
    """
    In any order, with duplicates.
    """
    had, blocks = blocks_of(lines(listed))

    assert all(is_in(blocks, had["bits"], each) for each in listed)
    assert [each for each in others if is_in(blocks, had["bits"], each)] == [each for each in others if each in listed]
    assert (had["numbers"], had["numbers"] + had["duplicates"]) == (len(set(listed)), len(listed))
    assert sum(map(len, blocks)) == had["numbers"] * TAIL


@given(st.lists(numbers, max_size=100).flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))))
def test_the_order_of_lines_makes_no_difference(both: tuple[list[str], list[str]]):
    """
    Equal sets have equal blocks, whose hash is told; with another key they have others.
    """
    one, other = both
    had, blocks = blocks_of(lines(one))
    told = sha256(b"".join(len(each).to_bytes(FRAME) + each for each in blocks)).hexdigest()

    assert (had["blocks"], blocks) == (blocks_of(lines(other))[0]["blocks"], blocks)
    assert had["blocks"] == told
    assert not one or blocks_of(lines(one), b"other" * 6)[0]["blocks"] != told


def test_what_memory_does_not_hold_is_put_aside(monkeypatch):
    """
    Many times over, and comes back whole.
    """
    monkeypatch.setattr(mill, "_HELD", 20)
    listed = [f"+34{number}" for number in range(600_000_000, 600_020_000)]
    had, blocks = blocks_of(lines(listed), chunk=1 << 16)

    assert all(is_in(blocks, had["bits"], each) for each in listed)
    assert (had["numbers"], len(blocks)) == (20_000, 1 << had["bits"])


def test_blocks_stay_small():
    """
    Whatever the size of a register, up to billions.
    """
    assert [bits_for(size) for size in (0, 1, 40_000, 50_000, 10_000_000, 240_000_000)] == [8, 8, 8, 9, 16, 21]
    assert bits_for(10**12) == 24

"""
Tiles have one path each, and bundles of entries one way to be read.
"""

from itertools import count
from struct import pack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.tiles import pack_entries, parse_tile_path, tile_path, unpack_entries


@pytest.mark.parametrize(
    ("path", "parts"),
    [
        ("tile/0/x001/x234/067", (0, 1_234_067, 256)),
        ("tile/0/000", (0, 0, 256)),
        ("tile/0/000.p/1", (0, 0, 1)),
        ("tile/63/999.p/255", (63, 999, 255)),
        ("tile/1/x001/000", (1, 1000, 256)),
        ("tile/entries/000.p/12", ("entries", 0, 12)),
        ("tile/entries/x273/063", ("entries", 273_063, 256)),
    ],
)
def test_tiles_lie_where_the_specification_says(path, parts):
    """
    Groups of three digits, all but the last behind an x, and the width of a partial tile (c2sp.org/tlog-tiles).
    """
    assert tile_path(*parts) == path
    assert parse_tile_path(path) == parts


@pytest.mark.parametrize(
    "path",
    [
        "",
        "tile/0",
        "tile/0/0",
        "tile/0/0000",
        "tile/0/x000/000",
        "tile/0/x000/x001/000",
        "tile/0/001/000",
        "tile/0/x001",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/0/000.p",
        "tile/0/000.p/",
        "tile/0/000/",
        "tile/00/000",
        "tile/64/000",
        "tile/-1/000",
        "tile/entries/-01",
        "tile/Entries/000",
        "tile/0/٠٠٠",
        "tile/0/000\n",
        "/tile/0/000",
        "tile/0/../000",
        "tile/0/x099/x999/x999/x999/x999/999",
        "tile/0/x001/x000/x000/x000/x000/x000/000",
    ],
)
def test_a_tile_has_one_spelling(path):
    """
    Whatever is not the canonical path of a possible tile is refused.
    """
    with pytest.raises(ValueError, match=r"path|no tile"):
        parse_tile_path(path)


@given(
    st.one_of(st.just("entries"), st.integers(0, 63)),
    st.integers(0, 2**55 - 1) | st.integers(0, 2_000_000),
    st.integers(1, 256),
)
def test_paths_read_back(level, index, width):
    """
    Every path that is written is read as what it was written from.
    """
    assert parse_tile_path(tile_path(level, index, width)) == (level, index, width)


@given(st.text(alphabet="tile/entrs0123456789x.p", max_size=40))
def test_a_path_is_canonical_or_refused(path):
    """
    What is read is written the same again.
    """
    try:
        parts = parse_tile_path(path)
    except ValueError:
        return

    assert tile_path(*parts) == path


@pytest.mark.parametrize("parts", [(-1, 0, 256), (64, 0, 256), (0, -1, 256), (0, 2**55, 256), (0, 0, 0), (0, 0, 257)])
def test_there_is_no_path_to_an_impossible_tile(parts):
    """
    Nothing is put where nobody could find it.
    """
    with pytest.raises(ValueError, match="there is no tile"):
        tile_path(*parts)


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=256))
def test_entries_come_out_of_their_bundle(bodies):
    """
    The same entries in the same order, empty ones too.
    """
    assert unpack_entries(pack_entries(bodies)) == bodies


def test_a_bundle_is_lengths_and_bytes():
    """
    Each entry stands behind its length in two bytes, the more significant first (c2sp.org/tlog-tiles, log entries).
    """
    longest = bytes(65_535)

    assert pack_entries([b"abc", b"", b"d"]) == b"\x00\x03abc\x00\x00\x00\x01d"
    assert unpack_entries(pack(">H", 65_535) + longest) == [longest]


@pytest.mark.parametrize("bodies", [[], [b""] * 257, [bytes(65_536)]], ids=["none", "too many", "too long"])
def test_what_fits_no_bundle_is_refused(bodies):
    """
    One to 256 entries of at most 65,535 bytes.
    """
    with pytest.raises(ValueError, match="bundle"):
        pack_entries(bodies)


@pytest.mark.parametrize(
    "data",
    [b"", b"\x00", b"\x00\x02a", b"\x00\x01a\x00", b"\x00\x01aa", b"\x00\x00" * 257],
    ids=["empty", "half a length", "short entry", "trailing byte", "trailing text", "too many"],
)
def test_a_bundle_that_is_cut_or_longer_is_refused(data):
    """
    Every byte belongs to an entry, and every entry is whole.
    """
    with pytest.raises(ValueError, match="bundle"):
        unpack_entries(data)


@given(st.lists(st.binary(max_size=20), min_size=1, max_size=20), st.data())
def test_no_part_of_a_bundle_is_that_bundle(bodies, data):
    """
    A bundle cut off anywhere is refused, or has fewer entries.
    """
    packed = pack_entries(bodies)
    part = packed[: data.draw(st.integers(0, len(packed) - 1))]
    ends = dict(zip(running(bodies), count(1), strict=False))
    if len(part) in ends:
        assert unpack_entries(part) == bodies[: ends[len(part)]]
        return

    with pytest.raises(ValueError, match="bundle"):
        unpack_entries(part)


def running(bodies: list[bytes]) -> list[int]:
    """
    Where each entry ends within the bundle.
    """
    ends, at = [], 0
    for body in bodies:
        at += 2 + len(body)
        ends.append(at)
    return ends

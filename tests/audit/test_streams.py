"""
Lines are found however a stream is cut; a pipe keeps order and never makes its writer wait for its reader.
"""

import asyncio
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.streams import LONGEST_LINE, Spool, groups_of_lines


async def pieces_of(data, sizes):
    """The bytes in pieces of these sizes, the rest in one."""
    for size in sizes:
        if not data:
            return
        yield data[:size]
        data = data[size:]
    yield data


def lines_of(data, sizes=(), most=256):
    """Every line that is found, group by group."""

    async def read():
        return [group async for group in groups_of_lines(pieces_of(data, sizes), most)]

    return asyncio.run(read())


@given(st.lists(st.text(alphabet="añ€🙂 {}", max_size=9)), st.lists(st.integers(1, 9)), st.booleans(), st.booleans())
@settings(max_examples=200)
def test_lines_are_the_same_however_the_stream_is_cut(texts, sizes, ends, windows):
    """
    In the middle of a character, of CRLF or of nothing; blank lines are counted and left out.
    """
    newline = "\r\n" if windows else "\n"
    data = (newline.join(texts) + (newline if ends else "")).encode()
    expected = [(number, text) for number, text in enumerate(texts, 1) if text.strip()]
    found = [line for group in lines_of(data, sizes) for line in group]

    assert [(line.number, line.text.decode().removesuffix("\r")) for line in found] == expected


def test_groups_hold_no_more_than_asked_and_nothing_back():
    """
    What has arrived is answered before the rest comes.
    """
    groups = lines_of(b"1\n2\n3\n4\n5", [4], most=2)

    assert [[line.text for line in group] for group in groups] == [[b"1", b"2"], [b"3", b"4"], [b"5"]]


@pytest.mark.parametrize("size", [1000, 70_000, 200_000])
def test_a_line_that_is_too_long_hurts_no_neighbour(size):
    """
    It is counted, its text is given up, and the next line is whole.
    """
    data = b"first\n" + b"x" * (LONGEST_LINE + 1) + b"\nlast\n" + b"y" * (3 * LONGEST_LINE)
    found = [line for group in lines_of(data, [size] * 10) for line in group]

    assert [(line.number, line.text) for line in found] == [(1, b"first"), (2, None), (3, b"last"), (4, None)]


def test_a_line_as_long_as_may_be_is_read():
    """
    64 KiB, and not a byte more.
    """
    assert lines_of(b"x" * LONGEST_LINE)[0][0].text == b"x" * LONGEST_LINE


FOLDER = Path(tempfile.gettempdir())
NOWHERE = Path("/dev/null/nowhere")  # No file can be made there, as on a disk that is full.


async def read_all(spool):
    """Everything that comes out."""
    return b"".join([piece async for piece in spool.pieces()])


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 40)), max_size=60))
@settings(max_examples=200, deadline=None)
def test_pieces_come_out_in_order_whether_they_waited_in_memory_or_on_disk(steps):
    """
    However writing and reading take turns, with room for a hundred bytes in memory.
    """

    async def run():
        spool, written, read = Spool(FOLDER, in_memory=100, on_disk=10**9), b"", b""
        reader = spool.pieces()
        for number, (writes, size) in enumerate(steps):
            if writes:
                piece = bytes([number % 256]) * (size + 1)
                await spool.write(piece)
                written += piece
            elif len(read) < len(written):
                read += await anext(reader)
        spool.close()
        read += b"".join([piece async for piece in reader])
        await spool.drop()
        return written, read

    written, read = asyncio.run(run())

    assert read == written


@given(st.lists(st.integers(1, 90), max_size=80), st.integers(0, 200), st.sampled_from([FOLDER, NOWHERE]), st.data())
@settings(max_examples=150, deadline=None)
def test_writer_and_reader_never_wait_for_each_other(sizes, on_disk, folder, data):
    """
    Side by side, each as slow as it likes, with little room or no disk at all: everything arrives, in order.
    """
    rests = data.draw(st.lists(st.integers(0, 3), min_size=1, max_size=9))

    async def write(spool):
        for number, size in enumerate(sizes):
            for _ in range(rests[number % len(rests)]):
                await asyncio.sleep(0)
            await spool.write(bytes([number % 256]) * size)
        spool.close()

    async def run():
        spool, read = Spool(folder, in_memory=100, on_disk=on_disk), b""
        writing = asyncio.create_task(write(spool))
        async for piece in spool.pieces():
            for _ in range(rests[len(piece) % len(rests)]):
                await asyncio.sleep(0)
            read += piece
        await writing
        await spool.drop()
        return read

    read = asyncio.run(asyncio.wait_for(run(), 20))

    assert read == b"".join(bytes([number % 256]) * size for number, size in enumerate(sizes))


@pytest.mark.parametrize(("folder", "on_disk", "taken"), [(FOLDER, 20, 3), (FOLDER, 0, 1), (NOWHERE, 20, 1)])
def test_a_writer_waits_only_when_the_disk_is_full_too(folder, on_disk, taken):
    """
    Ten bytes fit in memory and some on disk; the piece after those waits until what lies there was read.
    """

    async def run():
        spool = Spool(folder, in_memory=10, on_disk=on_disk)
        for _ in range(taken):
            await spool.write(b"x" * 10)
        waiting = asyncio.create_task(spool.write(b"y" * 10))
        await asyncio.sleep(0.05)
        held = not waiting.done()
        reading = asyncio.create_task(read_all(spool))
        await asyncio.wait_for(waiting, 5)
        spool.close()
        read = await reading
        await spool.drop()
        return held, read

    assert asyncio.run(run()) == (True, b"x" * 10 * taken + b"y" * 10)


def test_what_waits_on_disk_has_no_name_and_takes_its_room_again():
    """
    Nobody finds the file, and when all of it was read the next piece is written at its beginning.
    """

    async def run(folder):
        spool, reader, sizes = Spool(folder, in_memory=10, on_disk=10**9), None, []
        reader = spool.pieces()
        for _ in range(3):
            await spool.write(b"kept")
            await spool.write(b"x" * 100_000)
            sizes.append(sum(each.stat().st_size for each in spools()))
            await anext(reader)
            await anext(reader)
        seen = list(folder.iterdir())
        await spool.drop()
        return seen, sizes, spools()

    with tempfile.TemporaryDirectory() as folder:

        def spools():
            """The open files of that folder."""
            links = [each for each in Path("/proc/self/fd").iterdir() if each.is_symlink()]
            return [each for each in links if str(each.readlink()).startswith(folder)]

        seen, sizes, left = asyncio.run(run(Path(folder)))

    assert (seen, sizes, left) == ([], [100_000] * 3, [])


def test_an_error_comes_after_what_came_before_it():
    """
    Whoever reads gets every piece and then the error.
    """

    async def run():
        spool = Spool(FOLDER)
        await spool.write(b"said")
        spool.close(ValueError("broken"))
        read: list[object] = []
        try:
            async for piece in spool.pieces():
                read.append(piece)  # noqa: PERF401  The error comes in the middle.
        except ValueError as error:
            read.append(str(error))
        return read

    assert asyncio.run(run()) == [b"said", "broken"]

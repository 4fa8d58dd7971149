"""
Answering groups of lines: each group is one look at the database, each line has an answer of its own.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

import orjson

from audit.reader import AnyLook, Reader
from audit.streams import Line, Spool, groups_of_lines
from policies.refusals import LineTooLong

_UNDER_WAY = 3  # groups
AT_ONCE = 1024  # lines: enough to spare statements; a part of a body seldom has as many

T = TypeVar("T")
Asked: TypeAlias = AnyLook | Exception
Read: TypeAlias = Callable[[bytes], AnyLook]  # One line as a look; raises what is wrong with it.
Told: TypeAlias = Callable[[Any], bytes]  # A look's answer as an object of JSON; each kind of look has its own.
Problem: TypeAlias = Callable[[Exception], Mapping[str, object]]
GroupAnswer: TypeAlias = Callable[[Sequence[Line]], Coroutine[Any, Any, bytes]]  # As asyncio has it.


def answering(
    reader: Reader, read: Read, told: Told, problem: Problem, settle: Callable[[], None] = lambda: None
) -> GroupAnswer:
    """
    Answers one group: the lines' answers in order, each a line of JSON with its number.

    A line that cannot be read, decided or reached has an ``error``, and its neighbours are none the worse; nothing that
    was not decided ever looks like an allow.  ``settle`` is called when a group was told.
    """

    async def answer(lines: Sequence[Line]) -> bytes:
        asked = [_read(read, line) for line in lines]
        looks = [each for each in asked if not isinstance(each, Exception)]
        answers = iter(await _looked(reader, looks))
        try:
            return b"".join(
                [
                    _written(line.number, each if isinstance(each, Exception) else next(answers), told, problem)
                    for line, each in zip(lines, asked, strict=True)
                ]
            )
        finally:
            settle()

    return answer


def _read(read: Read, line: Line) -> Asked:
    if line.text is None:
        return LineTooLong()
    try:
        return read(line.text)
    except Exception as error:  # noqa: BLE001  Whatever is wrong with a line is told in its answer.
        return error


async def _looked(reader: Reader, looks: Sequence[AnyLook]) -> Sequence[object]:
    try:
        return await reader.read_together(looks)
    except Exception as error:  # noqa: BLE001  The database is away: every line of the group hears of it.
        return [error] * len(looks)


def _written(number: int, answer: object, told: Told, problem: Problem) -> bytes:
    if isinstance(answer, Exception):
        return orjson.dumps({"line": number, "error": problem(answer)}) + b"\n"
    # The answer's members follow the number, in one object.
    return b'{"line":%d,%b\n' % (number, told(answer)[1:])


async def answers_to(chunks: AsyncIterator[bytes], answer: GroupAnswer, folder: Path) -> AsyncGenerator[bytes, None]:
    """
    The answers to every line of a stream, as they are ready; they wait where a client sends all before it reads.

    Ends when the stream ends, and lets go of everything when nobody reads any more.
    """
    spool = Spool(folder)
    task = asyncio.create_task(_pump(chunks, answer, spool), name="check-batch")
    try:
        async for piece in spool.pieces():
            yield piece
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await spool.drop()


async def _pump(chunks: AsyncIterator[bytes], answer: GroupAnswer, spool: Spool) -> None:
    """Has a few groups under way at once, so that lines are read and written while the database is asked for others."""
    under_way: asyncio.Queue[asyncio.Task[bytes] | None] = asyncio.Queue(_UNDER_WAY)
    reading = asyncio.create_task(_start_groups(chunks, answer, under_way), name="check-batch-reading")
    try:
        while (group := await under_way.get()) is not None:
            await spool.write(await group)
        await reading
    except Exception as error:  # noqa: BLE001  What the stream itself broke on reaches whoever reads the answers.
        spool.close(error)
    else:
        spool.close()
    finally:
        reading.cancel()
        while not under_way.empty():
            if (left := under_way.get_nowait()) is not None:
                left.cancel()


async def _start_groups(
    chunks: AsyncIterator[bytes], answer: GroupAnswer, under_way: asyncio.Queue[asyncio.Task[bytes] | None]
) -> None:
    try:
        async for lines in groups_of_lines(chunks, AT_ONCE):
            await under_way.put(asyncio.create_task(answer(lines), name="check-batch-group"))
    finally:
        await under_way.put(None)

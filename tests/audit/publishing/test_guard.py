"""
The guard keeps what was promised, all or none, whoever asks at the same time.
"""

import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from audit.errors import GuardConflict, GuardUnusable
from audit.publishing.guard import Guard, Promise, Round
from tests.checkout import ROOT

ONE, OTHER = (Promise(UUID(int=n), f"venia.test/t/{n}", 5, bytes([n]) * 32) for n in (1, 2))
LATER = replace(ONE, size=9, root=b"z" * 32)


def round_of(*promises: Promise) -> Round:
    """
    A round with a leaf for each of its promises.
    """
    return Round(promises, tuple((each.tenant, each.origin.encode()) for each in promises))


def known(*promises: Promise) -> dict[UUID, Promise]:
    """
    What somebody has read of the guard.
    """
    return {each.tenant: each for each in promises}


@pytest.fixture(name="guard")
def _guard(tmp_path) -> Guard:
    return Guard(tmp_path / "deep" / "guard.sqlite3")


def test_a_promise_is_kept_and_pending_until_it_is_published(guard, tmp_path):
    """
    Another process that opens the file sees both.
    """
    guard.promise(round_of(ONE, OTHER), {})
    second = Guard(tmp_path / "deep" / "guard.sqlite3")
    before = (second.promises(), second.pending())
    guard.fulfilled()

    assert before == (known(ONE, OTHER), round_of(ONE, OTHER))
    assert (second.promises(), second.pending()) == (known(ONE, OTHER), None)


@pytest.mark.parametrize(
    "before",
    [{}, known(LATER), known(replace(ONE, root=b"y" * 32)), known(replace(ONE, size=4))],
    ids=["nothing", "later", "another root", "another size"],
)
def test_who_has_not_read_the_last_promise_swaps_nothing(guard, before):
    """
    Neither this promise nor another of the same round, and nothing becomes pending.
    """
    guard.promise(round_of(ONE), {})
    guard.fulfilled()

    with pytest.raises(GuardConflict):
        guard.promise(round_of(OTHER, replace(LATER, size=12)), before)
    assert (guard.promises(), guard.pending()) == (known(ONE), None)


def test_a_smaller_tree_is_never_promised(guard):
    """
    Not under the same name.
    """
    guard.promise(round_of(LATER), {})
    guard.fulfilled()

    with pytest.raises(GuardConflict):
        guard.promise(round_of(ONE), known(LATER))


def test_one_round_at_a_time(guard):
    """
    As long as one is pending there is no other.
    """
    guard.promise(round_of(ONE), {})

    with pytest.raises(GuardConflict):
        guard.promise(round_of(LATER), known(ONE))


def test_of_many_that_promise_at_once_one_does(guard, tmp_path):
    """
    Twenty threads swap the same promise for their own; nineteen are told that they came too late.
    """
    guard.promise(round_of(ONE), {})
    guard.fulfilled()
    told: list[str] = []

    def swap(number: int) -> None:
        mine = replace(ONE, size=10 + number)
        try:
            Guard(tmp_path / "deep" / "guard.sqlite3").promise(round_of(mine), known(ONE))
        except GuardConflict:
            told.append("late")
        else:
            told.append("promised")

    threads = [threading.Thread(target=swap, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(told) == ["late"] * 19 + ["promised"]


def test_a_promise_survives_a_kill(tmp_path):
    """
    A process that is killed right after it promised leaves its promise behind.
    """
    program = (
        "import os, signal, sys; from pathlib import Path; from uuid import UUID\n"
        "from audit.publishing.guard import *\n"
        "p = Promise(UUID(int=1), 'venia.test/t/1', 5, bytes([1]) * 32)\n"
        "Guard(Path(sys.argv[1])).promise(Round((p,), ()), {})\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", program, str(tmp_path / "g")], cwd=ROOT, check=False)

    assert Guard(Path(tmp_path / "g")).promises() == known(ONE)


def test_the_operators_word_is_remembered(guard):
    """
    For this tenant and this name.
    """
    guard.allow(ONE.tenant, "venia.test/t/1/2")

    assert guard.allowed() == {(ONE.tenant, "venia.test/t/1/2")}


def test_only_an_empty_guard_adopts(guard):
    """
    What was promised is never replaced by what a database says.
    """
    guard.adopt([ONE])

    with pytest.raises(GuardConflict):
        guard.adopt([OTHER])
    assert guard.promises() == known(ONE)


@pytest.mark.parametrize("damage", [b"no database at all, but long enough to be read as one" * 100, b"\0" * 4096])
def test_a_damaged_guard_is_told_by_a_sentence(guard: Guard, tmp_path: Path, damage):
    """
    It is neither taken for an empty one nor overwritten, whether it was open before or is opened now.
    """
    path = tmp_path / "deep" / "guard.sqlite3"
    guard.promise(round_of(ONE), {})
    path.write_bytes(damage)

    for use in (guard.promises, lambda: Guard(path)):
        with pytest.raises(GuardUnusable, match="--adopt"):
            use()
    assert path.read_bytes() == damage

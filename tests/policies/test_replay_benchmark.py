"""
What is measured of replays is what replays do: entries as they are recorded, and a run that ends when one comes out otherwise.
"""

import subprocess
import sys
from dataclasses import replace

import pytest

from audit.entry import parse_entry
from benchmarks.replay import compare_all, extracts, made, replay, replay_hashed
from policies.ruleset import compile_rules
from tests.checkout import ROOT


def test_the_entries_are_those_of_a_log():
    """
    Each is an entry in canonical form, allows and denials, and comes out as recorded.
    """
    rules, entries = made(60, seed=2)
    events = {parse_entry(body, index).payload["event"] for index, body, _ in entries}
    replay(extracts(entries), rules)
    replay_hashed(entries, rules)
    compare_all(entries, rules)

    assert events == {"decision.allowed", "decision.denied"}


def test_another_answer_ends_the_run():
    """
    By other rules the entries come out otherwise, which is noticed at the first.
    """
    rules, entries = made(60, seed=2)
    others = replace(compile_rules(()), hash=rules.hash)

    for run in (lambda: replay(extracts(entries), others), lambda: compare_all(entries, others)):
        with pytest.raises(SystemExit, match="comes out otherwise"):
            run()


def test_an_altered_entry_ends_the_run():
    """
    Where the bytes of an entry do not have its hash, it is not judged.
    """
    rules, entries = made(20, seed=2)
    index, body, leaf = entries[7]
    entries[7] = (index, body.replace(b"campaign-7", b"campaign-8"), leaf)

    with pytest.raises(SystemExit, match="Entry 7 comes out otherwise"):
        replay_hashed(entries, rules)


def test_it_runs_and_prints_its_table():
    """
    The command measures every step.
    """
    command = [sys.executable, "-m", "benchmarks.replay", "--decisions", "50", "--seconds", "0.05"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    steps = [line.split(" | ")[0] for line in done.stdout.splitlines() if line.startswith("| ")]

    assert steps[:5] == ["| step", "| decode", "| decide", "| decode, decide, compare", "| … with its hash"]
    assert steps[5:] == ["| … without, member by member"]

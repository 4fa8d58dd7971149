"""
What it costs to make a recorded decision again: decode its entry, decide, compare; decisions a second on one core.

    .venv/bin/python -m benchmarks.replay [--decisions 20000] [--seconds 3] [--processes 2]

**The entries** are those that the service records: the seven lines, with everything that a decision was made from.  The
questions are drawn from a seed (`benchmarks.questions`: every fact known, up to five earlier calls, on forty different
days) and answered by the packs core, whatsapp, es and acme; what is recorded is that answer.  ``--decisions`` different
entries are read in turn, so that nothing is met again that the processor still has at hand.

**What is timed**, each for itself and then all together, are the steps of ``venia policy replay`` after the database:

- *decode*: from an entry's bytes to all of its members, typed: facts, instant, reasons and names;
- *decide*: the rule set judges the facts at the instant, and names every finding;
- *decode, decide, compare*: what is promised, a comparison of every finding with what was recorded included;
- *with its hash*: the same, and the bytes hashed again before, as the command does;
- *without, member by member*: the third once more, as entries are judged of which anything is not plain, and as all of them
  would be without the quick way.  All take turns in one run, so that their ratios mean something on a busy machine.

``--processes`` does the third in so many processes at once and says how many decisions that makes for each of them.
One decision that comes out otherwise ends the run.  Counted is the processor's time that this process had, so that other
programs on the machine cost it no turns (they still cost it caches); of several rounds the best and the median are told.
"""

import argparse
import gc
import multiprocessing
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from audit.entry import canonical, entry_bytes, timestamp
from audit.extracts import Extract
from audit.ids import event_id
from audit.merkle import leaf_hash
from benchmarks.evaluate import machine
from benchmarks.questions import Question
from benchmarks.workloads import WORKLOADS
from policies.closed_days import HOLIDAYS_VERSION
from policies.entered import facts_of, read_entered
from policies.evaluator import judge
from policies.instants import rfc3339
from policies.localtime import TZDATA_VERSION
from policies.recorded import ALLOWED, read_decision
from policies.redeciding import Replayed, compare
from policies.replaying import glance
from policies.ruleset import RuleSet, compile_rules
from policies.sifting import sifter_of

Entry = tuple[int, bytes, bytes]  # index, body and leaf hash
_AT_ONCE = 1_000  # as many as the command reads at a time


def entry_of(index: int, question: Question, rules: RuleSet) -> Entry:
    """The entry of a decision, as it is recorded and stored."""
    verdict, now = judge(rules, question.facts, question.now), question.now
    payload = canonical(
        {
            "event": "decision.allowed" if verdict.allow else "decision.denied",
            "actor": "key:0011223344556677",
            "contact": str(UUID(int=index * 7919, version=4)),
            "now": timestamp(now),
            "facts": question.facts.to_json(),
            "reasons": [[each.code.value, each.pack, each.rule] for each in verdict.findings],
            **({"obligations": [each.id for each in verdict.obligations]} if verdict.allow else {}),
            "rule_set": rules.hash,
            "tzdata": TZDATA_VERSION,
            "holidays": HOLIDAYS_VERSION,
            "reference": f"campaign-7/call-{index}",
            "hold": {"id": str(UUID(int=index)), "expires_at": rfc3339(now + timedelta(seconds=90))}
            if verdict.allow
            else None,
        }
    )
    body = entry_bytes(
        origin="venia.example/t/abcdefghijklmnopqrstuvwx",
        index=index,
        previous=bytes(32),
        recorded_at=now,
        event_id=event_id(now),
        payload=payload,
    )
    return index, body, leaf_hash(body)


def decode(entries: Sequence[Entry]) -> None:
    """From bytes to typed members."""
    for index, body, _ in entries:
        if read_entered(index, body) is None:
            raise SystemExit(f"Entry {index} is not written as decisions are.")


def extracts(entries: Sequence[Entry]) -> Iterator[list[Extract]]:
    """The entries as they come from the database, so many at a time, each taken for sound."""
    for first in range(0, len(entries), _AT_ONCE):
        yield [Extract(index, "", None, body, True) for index, body, _ in entries[first : first + _AT_ONCE]]


def replay(pieces: Iterable[Sequence[Extract]], rules: RuleSet) -> None:
    """From bytes to the comparison, as the command does it: an entry of which anything is not plain ends the run."""
    sifters, found = {rules.hash: sifter_of(rules)}, Replayed()
    for piece in pieces:
        if remaining := glance(piece, sifters, found):
            raise SystemExit(f"Entry {remaining[0].entry} comes out otherwise.")


def replay_hashed(entries: Sequence[Entry], rules: RuleSet) -> None:
    """The same, with the hash of each."""
    sifters, found = {rules.hash: sifter_of(rules)}, Replayed()
    for first in range(0, len(entries), _AT_ONCE):
        some = entries[first : first + _AT_ONCE]
        piece = [Extract(index, "", None, body, leaf_hash(body) == leaf) for index, body, leaf in some]
        if remaining := glance(piece, sifters, found):
            raise SystemExit(f"Entry {remaining[0].entry} comes out otherwise.")


def compare_all(entries: Sequence[Entry], rules: RuleSet) -> None:
    """The same without the hash, member by member: what is done with an entry of which anything is not plain."""
    for index, body, _ in entries:
        difference = compare(read_decision(index, body), rules, TZDATA_VERSION, HOLIDAYS_VERSION)
        if difference is not None:
            raise SystemExit(f"Entry {index} comes out otherwise: {difference}")


def rates(works: Mapping[str, Callable[[], None]], number: int, seconds: float) -> dict[str, tuple[float, float]]:
    """
    The best and the median of the rates of each, in decisions a second, over as many rounds as fit.

    They take turns, so that whatever else the machine does befalls all of them.
    """
    found: dict[str, list[float]] = {name: [] for name in works}
    until, rounds = time.perf_counter() + seconds * len(works), 0
    while rounds < 3 or time.perf_counter() < until:
        for name, work in works.items():
            gc.collect()
            gc.freeze()
            started = time.process_time()
            work()
            found[name].append(number / (time.process_time() - started))
        rounds += 1
    return {name: (max(each), sorted(each)[len(each) // 2]) for name, each in found.items()}


def line(name: str, best: float, usual: float) -> str:
    """A row of the table."""
    return f"| {name} | {best:,.0f} | {usual:,.0f} | {1e6 / best:.1f} |"


def made(decisions: int, seed: int) -> tuple[RuleSet, list[Entry]]:
    """The rules, and so many entries of decisions by them."""
    workload = WORKLOADS["real"]
    rules = compile_rules(workload.packs())
    questions = workload.questions(seed, decisions)
    return rules, [entry_of(index, each, rules) for index, each in enumerate(questions)]


def _alone(given: tuple[int, int, float]) -> float:
    decisions, seed, seconds = given
    rules, entries = made(decisions, seed)
    pieces = list(extracts(entries))
    replay(pieces, rules)
    return rates({"": lambda: replay(pieces, rules)}, decisions, seconds)[""][1]


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description="What making a recorded decision again costs.")
    parser.add_argument("--decisions", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--processes", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    rules, entries = made(asked.decisions, asked.seed)
    pieces = list(extracts(entries))
    decisions = [each for index, body, _ in entries if (each := read_entered(index, body)) is not None]
    allowed = sum(each.event == ALLOWED for each in decisions)
    size = sum(len(body) for _, body, _ in entries) / len(entries)
    print(machine())
    print(f"{len(entries):,} different entries, {size:,.0f} bytes on average, {allowed / len(entries):.0%} allowed")
    print(f"rules: {', '.join(rules.packs)}; one process, one thread\n")
    print("| step | decisions/s, best | median | µs each, best |\n|---|---|---|---|")

    def decide() -> None:
        sifter = sifter_of(rules)
        for each in decisions:
            sifter.sift(facts_of(each), each.now)

    works = {
        "decode": lambda: decode(entries),
        "decide": decide,
        "decode, decide, compare": lambda: replay(pieces, rules),
        "… with its hash": lambda: replay_hashed(entries, rules),
        "… without, member by member": lambda: compare_all(entries, rules),
    }
    for name, told in rates(works, len(entries), asked.seconds).items():
        print(line(name, *told))
    if asked.processes:
        _print_processes(asked.processes, asked.decisions, asked.seed, asked.seconds)


def _print_processes(processes: int, decisions: int, seed: int, seconds: float) -> None:
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        rates = pool.map(_alone, [(decisions, seed + each, seconds) for each in range(processes)], chunksize=1)
    cores = min(processes, os.cpu_count() or 1)
    print(f"\n{processes} processes at once: {sum(rates):,.0f} decisions/s, {sum(rates) / cores:,.0f} on each core")


if __name__ == "__main__":
    main()

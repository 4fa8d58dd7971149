"""
What a decision costs: microseconds for all failing reasons, beside other engines on the same rules and facts in one run.

    .venv/bin/python -m benchmarks.evaluate [--sets real about-12 ...] [--engines cedarpy ...] [--seconds 3]

`make engines` runs it where the engines are installed; without them it measures Venia alone.

**The rules.** ``real`` is what a business in Spain enforces: the packs core, whatsapp, es and acme.  The others are made up
(`benchmarks.synthetic`) in the schema of all packs: twelve rules to a pack, on consent, a register, hours, caps, pauses,
streaks, senders and what the caller states.  Of 600 rules in ``about-600`` all are about the question; in ``elsewhere-600``
they are those of fifty countries, and twelve are about it.

**The questions** are drawn from a seed (`benchmarks.questions`): every fact known, each with a little against it or
nothing, on forty different days.  Each engine answers all of them before anything is timed, or as many as it can in
``--patience`` seconds, and one answer that is not the complete and ordered list of reasons, code and rule, ends the run.

**What is timed** is one answer, from the facts to that list.  Rules are compiled, and for other engines translated, before.
They are given local time, holidays, counts over attempts and which consent covers the call as plain values that were
worked out beforehand, because they cannot work them out: that favours them, by about what is printed below each
table (this benchmark's own code, plain and not tuned).  Where a rule fails because nobody agreed, why is read off those
facts, so that it is one condition and not seven: that favours them too.  Making an engine's own form of a Python
dict is inside the timer.  Venia works all of it out inside the timer.  "Venia" is asked as the service asks, with `Facts`,
and answers what the others answer, the list; "Venia, from a dict" makes `Facts` of a dict first; "Venia, explained" answers
besides when each reason and the whole would end, what to do about them, and until when an allow holds.  What Venia remembers from question to question (which rules are about it,
the day's timetable) is remembered here too, as it is in a service that is asked about today all day.
"""

import argparse
import gc
import os
import platform
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.contest import Contestant, Mismatch, prepared, timed, worked_out
from benchmarks.contestants import foreign, venia, venia_explained, venia_from_a_dict
from benchmarks.engines import ENGINES
from benchmarks.translation import Translation, translated
from benchmarks.workloads import WORKLOADS, Workload
from policies.ruleset import compile_rules

HEAD = ("", "p50 µs", "of allows", "of denials", "p99 µs", "decisions/s", "× Venia", "× from a dict", "compared")


def machine() -> str:
    """The processor, as it calls itself, and how busy it is with other things."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text("utf-8").splitlines() if info.exists() else []
    model = next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine()
    )
    return f"{model}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; Python {platform.python_version()}"


def entrants(names: Sequence[str], translation: Translation) -> Iterator[Contestant]:
    """The engines of these names that are installed."""
    for name in names:
        try:
            yield foreign(name, translation)
        except ModuleNotFoundError:
            print(f"{name} is not installed: make engines", file=sys.stderr)


def percentile(times: Sequence[int], share: float) -> float:
    """The time, in microseconds, that this share of answers took at most; not a number when there was none."""
    return sorted(times)[min(len(times) - 1, int(len(times) * share))] / 1000 if times else float("nan")


def row(contestant: Contestant, ours: Sequence[float]) -> str:
    """A line of the table; ``ours`` are the medians of Venia."""
    times = [time for time, _ in contestant.times]
    median = percentile(times, 0.5)
    figures = [
        f"{median:,.1f}",
        *(
            f"{percentile([time for time, allow in contestant.times if allow is kind], 0.5):,.1f}"
            for kind in (True, False)
        ),
        f"{percentile(times, 0.99):,.1f}",
        f"{1e9 * len(times) / sum(times):,.0f}",
        *(f"{median / each:,.2f}" for each in ours),
        f"{contestant.compared:,}",
    ]
    return f"| {' | '.join([contestant.name, *figures])} |"


def measure(workload: Workload, asked: argparse.Namespace) -> None:
    """Prints the table of a rule set; `Mismatch` for one wrong answer."""
    rules, translation = compile_rules(workload.packs()), translated(workload.packs())
    questions = prepared(rules, translation, workload.questions(asked.seed, asked.questions))
    ours = [venia(rules), venia_from_a_dict(rules)]
    everyone = [*ours, venia_explained(rules), *entrants(asked.engines, translation)]
    for contestant in everyone:
        contestant.compare(questions, asked.patience)
    gc.collect()
    gc.freeze()  # Nobody's time is that of looking through the questions for garbage.
    timed(everyone, questions, asked.seconds, asked.rounds)
    allowed = sum(not each.answer for each in questions) / len(questions)
    reasons = sum(len(each.answer) for each in questions) / max(1, sum(bool(each.answer) for each in questions))
    print(f"\n**{workload.title}** ({len(rules.rules)} rules, {len(translation.denials)} ways to fail; ", end="")
    print(f"{allowed:.0%} of {len(questions):,} questions allowed, {reasons:.1f} reasons to a denial)\n")
    print(f"| {' | '.join(HEAD)} |")
    print("|---" + "|---:" * (len(HEAD) - 1) + "|")
    medians = [percentile([time for time, _ in each.times], 0.5) for each in ours]
    print("\n".join(row(contestant, medians) for contestant in everyone))
    before = percentile(worked_out(translation, [each.question for each in questions]), 0.5)
    print(f"\nIn no other engine's time: {before:.0f} µs (p50) to work out beforehand what they are told.", flush=True)


def main() -> None:
    """Measures; exits with 1 when somebody answers otherwise than Venia."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets", nargs="+", choices=WORKLOADS, default=[*WORKLOADS])
    parser.add_argument("--engines", nargs="*", choices=ENGINES, default=[*ENGINES])
    parser.add_argument("--questions", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=3, help="of answering, for each engine and set")
    parser.add_argument("--rounds", type=int, default=3, help="turns in which they are taken")
    parser.add_argument("--patience", type=float, default=20, help="seconds of comparing, for each engine and set")
    asked = parser.parse_args()
    print(f"{machine()}; seed {asked.seed}")
    for name in asked.sets:
        try:
            measure(WORKLOADS[name], asked)
        except Mismatch as mismatch:
            sys.exit(f"{name}: {mismatch}")


if __name__ == "__main__":
    main()

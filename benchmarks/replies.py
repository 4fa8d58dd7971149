"""
How well replies are understood, by language: ``python -m benchmarks.replies``.

The labelled set in ``tests/vectors/replies`` is halved by a hash of each text.  The shown half is for whoever writes
rules; what is told by default is the unseen half, and nothing here prints its texts.
"""

import json
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from consent.replies import read

_VECTORS = Path(__file__).parents[1] / "tests" / "vectors"
PLACE = _VECTORS / "replies"
FOR_RULES = _VECTORS / "replies_shown"  # further ones, which anybody may read and nothing is measured with
_NO_REFUSAL = ("none", "help", "opt_in")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A reply and what a fair reader of the language makes of it; ``only`` and ``time`` limit a refusal."""

    text: str
    means: str
    only: str | None
    time: str | None
    kind: str


def is_shown(text: str) -> bool:
    """Whether the reply belongs to the half that writers of rules may read."""
    return sha256(text.encode()).digest()[0] % 2 == 0


def labelled(language: str, place: Path = PLACE) -> list[Labelled]:
    """The whole set of one language (BCP 47)."""
    lines = (place / f"{language}.jsonl").read_text(encoding="utf-8").splitlines()
    return [Labelled(**json.loads(line)) for line in lines]


def languages() -> list[str]:
    """Every language of the set."""
    return sorted(file.stem for file in PLACE.glob("*.jsonl"))


@dataclass(frozen=True, slots=True)
class Result:
    """
    Counts: clear refusals, those read as clear and those at least queued; of the refusals those of everything for good,
    and those of them read as clear; others, those read as refusals or queued.
    """

    refusals: int
    clear: int
    noticed: int
    unlimited: int
    unlimited_clear: int
    others: int
    alarms: int
    queued: int

    def row(self, name: str) -> str:
        """A line of the table."""
        shares = (
            self.clear / self.refusals,
            self.unlimited_clear / max(self.unlimited, 1),
            self.clear / max(self.clear + self.alarms, 1),
            self.noticed / self.refusals,
            self.alarms / self.others,
            self.queued / self.others,
        )
        return f"| {name} | {self.refusals + self.others} | " + " | ".join(f"{each:.3f}" for each in shares) + " |"


def measure(replies: Sequence[Labelled]) -> Result:
    """Reads each clear refusal and each reply that refuses nothing; what is doubtful may be read either way."""
    refused = [read(each.text).kind for each in replies if each.means == "opt_out"]
    others = [read(each.text).kind for each in replies if each.means in _NO_REFUSAL]
    clear, alarms = refused.count("opt_out"), others.count("opt_out")
    queued = others.count("opt_out_maybe")
    noticed = clear + refused.count("opt_out_maybe")
    unlimited = [read(each.text).kind for each in replies if each.means == "opt_out" and not (each.only or each.time)]
    return Result(len(refused), clear, noticed, len(unlimited), unlimited.count("opt_out"), len(others), alarms, queued)


def microseconds(replies: Iterable[Labelled], rounds: int = 5) -> float:
    """Per message, of the fastest of several rounds."""
    texts = [each.text for each in replies]
    best = float("inf")
    for _ in range(rounds):
        since = time.perf_counter()
        for text in texts:
            read(text)
        best = min(best, time.perf_counter() - since)
    return best / len(texts) * 1e6


def main(arguments: Sequence[str]) -> None:
    """Prints a row per language and the time per message."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--shown", action="store_true", help="measure the half that writers of rules may read")
    shown = parser.parse_args(arguments).shown
    print(
        "| language | replies | recall of clear refusals | of unlimited ones | precision | noticed at all | false alarms "
        "| queued in vain |"
    )
    print("|---|---|---|---|---|---|---|---|")
    every: list[Labelled] = []
    for language in languages():
        half = [each for each in labelled(language) if is_shown(each.text) == shown]
        every += half
        print(measure(half).row(language))
    print(measure(every).row("all"))
    print(f"\n{microseconds(every):.1f} µs per message over {len(every)} messages.")


if __name__ == "__main__":
    main(sys.argv[1:])

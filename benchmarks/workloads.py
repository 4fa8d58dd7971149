"""
The rule sets that are measured, and the questions that each is asked.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from benchmarks.questions import Question, drawn
from benchmarks.synthetic import PER_PACK, REGISTERS, ZONES, about, elsewhere
from policies.catalogue import builtin
from policies.pack import Pack

REAL = ("core", "whatsapp", "es", "acme")
_SPAIN = {"ES": ZONES["ES"]}


@dataclass(frozen=True, slots=True)
class Workload:
    """Rules, and the countries and registers of those who are asked about."""

    name: str
    title: str
    packs: Callable[[], tuple[Pack, ...]]
    zones: Mapping[str, str]
    registers: Sequence[str]

    def questions(self, seed: int, number: int) -> list[Question]:
        """So many questions, the same for the same seed."""
        return drawn(seed, number, self.zones, self.registers)


def _real() -> Workload:
    title = "Spain, WhatsApp and a tenant: the packs " + ", ".join(REAL)
    return Workload("real", title, lambda: tuple(map(builtin, REAL)), _SPAIN, ("robinson",))


def _about(size: int) -> Workload:
    title = f"{size} rules, all of them about the question"
    return Workload(f"about-{size}", title, lambda: about(size), _SPAIN, REGISTERS)


def _elsewhere(size: int) -> Workload:
    countries = size // PER_PACK
    title = f"{size} rules of {countries} countries, {PER_PACK} of them about the question"
    zones = dict(islice(ZONES.items(), countries))
    return Workload(f"elsewhere-{size}", title, lambda: elsewhere(size), zones, REGISTERS)


WORKLOADS = {
    each.name: each for each in (_real(), _about(12), _about(60), _elsewhere(60), _about(600), _elsewhere(600))
}

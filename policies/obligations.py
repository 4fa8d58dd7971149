"""
What an allow asks of whoever calls: obligations of packs, ready to be given, and what several packs ask together.

They come beside the rules and never instead of one: a pack adds to what is asked, and takes nothing away.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from policies.decision import Obligation
from policies.facts import Facts
from policies.pack import Pack
from policies.pack_obligations import TYPES
from policies.pack_values import LAYERS, Layer
from policies.rules import Selector, selector_of

_FIRMEST_FIRST = ("law", "platform", "tenant", "default")
_SHORTEST = "maximum_duration"
_TYPES = tuple(TYPES)


@dataclass(frozen=True, slots=True)
class Owed:
    """
    An obligation of a pack: what is given, to which questions and when.

    ``variant`` counts the obligations of one id within the pack from 1; at most one of them answers any question.
    """

    pack: str
    id: str
    variant: int
    layer: Layer
    basis: str
    countries: frozenset[str] | None  # None: every person, whatever the country.
    when: Selector
    start: datetime | None
    until: datetime | None
    given: Obligation

    @property
    def rank(self) -> int:
        """The place of its layer, platform first."""
        return LAYERS.index(self.layer)

    def covers(self, facts: Facts, countries: frozenset[str]) -> bool:
        """Is it about this question, asked of a person who may be in these countries?"""
        return self.when.covers(facts) and (self.countries is None or bool(self.countries & countries))

    def in_force(self, now: datetime) -> bool:
        """Is it owed at this instant?"""
        return (self.start is None or self.start <= now) and (self.until is None or now < self.until)


def owed_by(pack: Pack) -> tuple[Owed, ...]:
    """The obligations of a pack in the order in which they are written."""
    seen: dict[str, int] = {}
    found = []
    for model in pack.obligations:
        seen[model.id] = seen.get(model.id, 0) + 1
        given = Obligation(f"{pack.name}/{model.id}", model.type, model.properties.model_dump(mode="json"))
        found.append(
            Owed(
                pack=pack.name,
                id=model.id,
                variant=seen[model.id],
                layer=pack.layer,
                basis=model.basis,
                countries=pack.countries if pack.layer == "jurisdiction" else None,
                when=selector_of(model.when),
                start=model.effective.start,
                until=model.effective.until,
                given=given,
            )
        )
    return tuple(found)


def together(owed: Iterable[Owed]) -> tuple[Obligation, ...]:
    """
    What these ask together, each once: by type, and within one in the order in which they are given here.

    Of equal ones the one that rests on the firmest ground is named; of maximum durations only the shortest counts.
    Properties that MUST hold: a further obligation takes away none, and of durations leaves one that is no longer.
    """
    named: dict[tuple[object, ...], Owed] = {}
    for each in owed:
        what = (_TYPES.index(each.given.type), *sorted(each.given.properties.items()))
        same = named.get(what)
        if same is None or _FIRMEST_FIRST.index(each.basis) < _FIRMEST_FIRST.index(same.basis):
            named[what] = each
    durations = sorted(map(_seconds, (each for each in named.values() if each.given.type == _SHORTEST)))
    kept = [each.given for each in named.values() if each.given.type != _SHORTEST or _seconds(each) == durations[0]]
    return tuple(sorted(kept, key=lambda each: _TYPES.index(each.type)))


def _seconds(each: Owed) -> int:
    return int(str(each.given.properties["seconds"]))

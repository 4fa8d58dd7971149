"""
A rule pack: what it says about itself, and the pack whose every rule was found usable.
"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import Field

from policies.pack_access import AccessSection
from policies.pack_obligations import ObligationModel
from policies.pack_rules import Citation, RuleModel
from policies.pack_values import Category, Country, Day, Layer, Name, Region, Text, Word, Written


class AppliesWhen(Written):
    """The countries whose people the pack protects."""

    country: Annotated[list[Country], Field(min_length=1)]


class Proclaimed(Written):
    """A day that an authority made a holiday in a region, which no calendar knew beforehand."""

    region: Region
    day: Annotated[Day, Field(alias="date")]
    name: Text
    source: Annotated[list[Citation], Field(min_length=1)]


class SuggestedPurpose(Written):
    """A purpose that a business of this kind calls for, and words by which it may ask for consent, by locale."""

    name: Word
    category: Category
    title: Text
    wording: Annotated[dict[str, Text], Field(min_length=1)]


class Head(Written):
    """
    What a pack says about itself; its rules and obligations are checked one by one, so that every problem is found.

    With ``supplement: true`` it adds to the packs of its countries and vouches for none of them alone.  With ``access`` it
    is about access and has no rules of calls.
    """

    pack: Name
    version: Annotated[int, Field(ge=1)]
    layer: Layer
    title: Text | None = None
    applies_when: AppliesWhen | None = None
    supplement: bool = False
    proclaimed: list[Proclaimed] = Field(default_factory=list)
    purposes: list[SuggestedPurpose] = Field(default_factory=list)
    access: AccessSection | None = None
    rules: list[object] = Field(default_factory=list)
    obligations: list[object] = Field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Pack:
    """
    A pack whose every rule was found usable, immutable and named by its content.

    ``content`` is the canonical form of the document as it was written, so that the name of a stored pack never
    changes when Venia learns a new default; ``hash`` is ``sha256:`` and the hex SHA-256 of it.
    """

    id: str
    version: int
    layer: Layer
    title: str | None
    countries: frozenset[str]
    supplement: bool
    proclaimed: tuple[tuple[str, date], ...]  # region and day
    purposes: tuple[SuggestedPurpose, ...]
    rules: tuple[RuleModel, ...]
    obligations: tuple[ObligationModel, ...]
    content: bytes
    hash: str
    access: AccessSection | None = None

    @property
    def name(self) -> str:
        """The pack as reasons cite it: ``es@1``."""
        return f"{self.id}@{self.version}"

    @property
    def vouches_for(self) -> frozenset[str]:
        """The countries in which a person may be called under this pack, as far as their law is concerned."""
        return frozenset() if self.supplement or self.layer != "jurisdiction" else self.countries

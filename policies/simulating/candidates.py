"""
The rules that are to be tried: the tenant's own by their hash, or packs.
"""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from audit.reader import Snapshots
from policies.catalogue import builtin
from policies.errors import DocumentInvalid, PackUnknown, RuleSetInvalid, RuleSetUnknown
from policies.loading import parse_pack
from policies.pack import Pack
from policies.ruleset import RuleSet, compile_rules
from policies.shelf import Shelf
from policies.simulating.errors import CandidateInvalid, CandidateUnknown


class Given(NamedTuple):
    """A pack as somebody gave it: the name of one that ships, or YAML; ``pointer`` is where it was given."""

    pointer: str
    name: str | None
    yaml: str | None


async def published(snapshots: Snapshots, tenant: UUID, rule_set: str) -> RuleSet:
    """The tenant's rule set of this hash; CandidateUnknown if there is none."""
    try:
        return await Shelf(snapshots, tenant).find(rule_set)
    except RuleSetUnknown as error:
        raise CandidateUnknown(rule_set) from error


def of_packs(given: Sequence[Given]) -> RuleSet:
    """These packs, compiled; CandidateInvalid with every problem of the first one that is wrong."""
    packs = [_pack(each) for each in given]
    try:
        return compile_rules(packs)
    except RuleSetInvalid as error:
        raise CandidateInvalid("/candidate/packs", str(error)) from error


def _pack(given: Given) -> Pack:
    try:
        return builtin(given.name) if given.name is not None else parse_pack(given.yaml or "")
    except (DocumentInvalid, PackUnknown) as error:
        raise CandidateInvalid(given.pointer, str(error)) from error

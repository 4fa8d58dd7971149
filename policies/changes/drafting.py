"""
From what a draft names to packs with their cases: those that ship, those that are in force, and a tenant's own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from policies.catalogue import Source, builtin_names, sources
from policies.changes.errors import ChecksFailed, Fault
from policies.errors import DocumentInvalid
from policies.loading import parse_pack
from policies.pack import Pack
from policies.trial import parse_suite


@dataclass(frozen=True, slots=True)
class OwnPack:
    """A pack as somebody wrote it, and the cases beside it."""

    yaml: str
    tests: str


@dataclass(frozen=True, slots=True)
class Drafted:
    """One pack of a draft, where it stands in the body, and whether it is in force already."""

    source: Source
    pointer: str
    is_in_force: bool


def assembled(named: Sequence[str | OwnPack], in_force: Sequence[Pack], *, keep: bool = False) -> list[Drafted]:
    """
    The packs so named: ``es`` is the one that ships, ``acme@3`` the one in force of that name, the rest is written out.

    With ``keep``, the packs in force stay, but for those whose id one of these has: it takes their place.  ChecksFailed
    names every problem at once.
    """
    drafted: list[Drafted] = []
    faults: list[Fault] = []
    kept = {pack.name: pack for pack in in_force}
    hashes = {pack.hash for pack in in_force}
    for place, each in enumerate(named):
        pointer = f"/packs/{place}"
        try:
            source = _written(each) if isinstance(each, OwnPack) else _named(each, kept)
        except DocumentInvalid as error:
            faults += (Fault(pointer, f"{p.sentence} ({p.path or 'document'}, line {p.line})") for p in error.problems)
        except LookupError as error:
            faults.append(Fault(pointer, str(error.args[0])))
        else:
            drafted.append(Drafted(source, pointer, source.pack.hash in hashes))
    ids = [each.source.pack.id for each in drafted]
    faults += (
        Fault(each.pointer, f"The pack {each.source.pack.id} is there twice: choose one version of it.")
        for place, each in enumerate(drafted)
        if each.source.pack.id in ids[:place]
    )
    if faults:
        raise ChecksFailed(faults)
    return _beside(drafted, in_force) if keep else drafted


def _beside(drafted: Sequence[Drafted], in_force: Sequence[Pack]) -> list[Drafted]:
    own = {each.source.pack.id: each for each in drafted}
    kept = [own.get(pack.id, Drafted(_stored(pack), "/packs", is_in_force=True)) for pack in in_force]
    return [*kept, *(each for each in drafted if each not in kept)]


def _stored(pack: Pack) -> Source:
    return Source(pack, pack.content.decode(), None)


def _written(own: OwnPack) -> Source:
    return Source(parse_pack(own.yaml, "the pack"), own.yaml, parse_suite(own.tests, "the cases"))


def _named(name: str, in_force: Mapping[str, Pack]) -> Source:
    if name in in_force:
        return _stored(in_force[name])
    if name in builtin_names():
        return sources((name,))[0]
    known = ", ".join(sorted(in_force)) or "none"
    raise LookupError(f"{name} is no pack that ships ({', '.join(builtin_names())}) and none in force ({known}).")

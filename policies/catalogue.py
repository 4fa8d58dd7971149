"""
The packs that ship with Venia, and the cases beside them; and packs and cases from files of somebody's own.

A jurisdiction's pack is called by its ISO 3166 code, so that everybody knows where a country's rules are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from policies.errors import PackUnknown
from policies.loading import parse_pack
from policies.pack import Pack
from policies.trial import Suite, parse_suite

_CODE_LENGTH = 2


@cache
def builtin_names() -> tuple[str, ...]:
    """The names of every pack that ships, in alphabetical order."""
    found = (each.name for each in files("policies").joinpath("packs").iterdir())
    return tuple(
        sorted(name.removesuffix(".yaml") for name in found if name.count(".") == 1 and name.endswith(".yaml"))
    )


def jurisdictions() -> tuple[str, ...]:
    """The packs of countries, and of communities of countries."""
    return tuple(name for name in builtin_names() if len(name) == _CODE_LENGTH)


@cache
def builtin(name: str) -> Pack:
    """A pack that ships with Venia: core, whatsapp, a country such as es, or a starter such as retail; PackUnknown."""
    if name not in builtin_names():
        raise PackUnknown(name, builtin_names())
    return parse_pack(_read(name, ".yaml"), f"{name}.yaml")


@cache
def builtin_suite(name: str) -> Suite:
    """The cases beside a pack that ships."""
    return parse_suite(_read(name, ".tests.yaml"), f"{name}.tests.yaml")


def _read(name: str, ending: str) -> str:
    return files("policies").joinpath("packs", name + ending).read_text("utf-8")


@dataclass(frozen=True, slots=True)
class Source:
    """A pack, its text and its cases, wherever they come from; ``suite`` is None where there are none."""

    pack: Pack
    text: str
    suite: Suite | None


def sources(named: Sequence[str]) -> tuple[Source, ...]:
    """
    The packs so named: a name of one that ships, or the path of a YAML file whose cases lie in ``NAME.tests.yaml``.

    Raises PackUnknown, PackInvalid or SuiteInvalid; OSError where a file cannot be read.
    """
    return tuple(_own(Path(name)) if name.endswith((".yaml", ".yml")) else _shipped(name) for name in named)


def _shipped(name: str) -> Source:
    pack = builtin(name)
    return Source(pack, _read(name, ".yaml"), builtin_suite(name))


def _own(path: Path) -> Source:
    text = path.read_text("utf-8")
    cases = path.with_suffix(f".tests{path.suffix}")
    suite = parse_suite(cases.read_text("utf-8"), cases.name) if cases.exists() else None
    return Source(parse_pack(text, path.name), text, suite)


def for_suite(suite: Suite, own: Sequence[Source]) -> Mapping[str, Pack]:
    """The packs that a suite asks for: one's own first, then those that ship."""
    known = {source.pack.id: source.pack for source in own}
    shipped = {name: builtin(name) for name in suite.packs if name not in known and name in builtin_names()}
    return {**shipped, **known}

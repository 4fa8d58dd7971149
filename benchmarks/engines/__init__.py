"""
Other engines, told the same rules, each as its documentation shows it and in the fastest way that was found.

A module each, so that one which is not installed is left out: each has a class ``Engine``, made from a
`benchmarks.translation.Translation` outside the timer, whose ``applying`` names the denials that apply to some facts.
"""

from collections.abc import Iterable
from importlib import import_module
from typing import Protocol, cast

from benchmarks.conditions import Flat
from benchmarks.translation import Translation

# The distributions, and the modules here that tell them the rules.
ENGINES = {"cedarpy": "cedar", "zen-engine": "zen", "casbin": "casbin", "regopy": "rego"}


class Engine(Protocol):
    """An engine that has been told the rules."""

    def applying(self, flat: Flat) -> Iterable[int]:
        """The numbers of the denials that apply, in any order."""


def told(name: str, translation: Translation) -> Engine:
    """The engine of this distribution, told these rules; ModuleNotFoundError where it is not installed."""
    module = import_module(f"benchmarks.engines.{ENGINES[name]}")
    return cast(Engine, module.Engine(translation))

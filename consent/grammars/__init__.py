"""
The grammars of refusals, one module for each language.
"""

from importlib import import_module
from pkgutil import iter_modules

from consent.grammar import Grammar
from consent.turns.adding import with_turns


def load() -> list[Grammar]:
    """Every language's grammar, by its code."""
    found: list[Grammar] = []
    for name in sorted(module.name for module in iter_modules(__path__)):
        grammar: Grammar = import_module(f"{__name__}.{name}").GRAMMAR
        found.append(with_turns(grammar))
    return found

"""
Frozen dataclasses made by the million.
"""

from collections.abc import Callable
from dataclasses import fields, make_dataclass
from typing import Any, TypeAlias

Made: TypeAlias = Any  # One under construction.


def unfrozen(kind: type[object]) -> Callable[..., Made]:
    """
    A class with the members of this dataclass that is not frozen: what it makes becomes one of ``kind`` when it is complete.

    A frozen dataclass sets each member through `object.__setattr__`, which takes five times as long as all the rest.
    All members MUST be given, in order, and ``made.__class__ = kind`` MUST follow before anybody else sees it.
    """
    return make_dataclass(kind.__name__, [each.name for each in fields(kind)], slots=True)  # type: ignore[arg-type]  # A dataclass, as said.

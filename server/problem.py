"""
How one kind of error is answered.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Problem:
    """
    How one kind of error is answered.

    ``members`` are attributes of the error that travel beside the detail; ``pointer`` is the place in the body that an
    input error is about (an error's own ``pointer`` wins); ``retry_after`` is in seconds (an error's own wins).
    """

    status: int
    slug: str
    title: str
    members: tuple[str, ...] = ()
    pointer: str | None = None
    retry_after: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

"""
What an entry's payload says, in the types that it means; TypeError or ValueError where it says something else.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from audit.entry import Json


def as_uuid(value: Json) -> UUID:
    """An id."""
    return UUID(str(value))


def as_instant(value: Json) -> datetime:
    """An RFC 3339 instant."""
    return datetime.fromisoformat(str(value))


def as_object(value: Json) -> Mapping[str, Json]:
    """An object."""
    if not isinstance(value, Mapping):
        raise TypeError("an object")
    return value


def as_objects(value: Json) -> Sequence[Mapping[str, Json]]:
    """A list of objects."""
    if not isinstance(value, list | tuple):
        raise TypeError("a list of objects")
    return [as_object(each) for each in value]


def as_texts(value: object) -> tuple[str, ...]:
    """A list of texts."""
    if not isinstance(value, list | tuple):
        raise TypeError("a list of texts")
    return tuple(str(each) for each in value)


def as_texts_or_none(value: object) -> tuple[str, ...] | None:
    """A list of texts, or none."""
    return None if value is None else as_texts(value)

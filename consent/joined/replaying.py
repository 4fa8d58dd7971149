"""
The rows of merges that follow from the log.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from audit.checking.rows import Projection, Replayed, Told
from audit.checking.values import as_uuid
from consent.joined.models import merges

MERGES = Projection(merges, "merge_id", clocked=frozenset({"merged_at", "undone_at"}))


def _merged(told: Told, into: Replayed) -> None:
    row = {
        "contact_id": told.contact,
        "into_id": as_uuid(told.facts["into"]),
        "reason": told.facts["reason"],
        "merged_at": told.moment,
        "merged_by": told.facts["actor"],
        **dict.fromkeys(("undone_at", "undone_by", "undone_because")),
        "event_id": told.entry.event_id,
    }
    into.put(MERGES.name, as_uuid(told.facts["merge"]), told, row)


def _parted(told: Told, into: Replayed) -> None:
    row = {
        "undone_at": told.moment,
        "undone_by": told.facts["actor"],
        "undone_because": told.facts["reason"],
        "event_id": told.entry.event_id,
    }
    into.change(MERGES.name, as_uuid(told.facts["merge"]), told, row)


MERGING: Mapping[str, Callable[[Told, Replayed], None]] = MappingProxyType(
    {"contact.merged": _merged, "contact.parted": _parted}
)

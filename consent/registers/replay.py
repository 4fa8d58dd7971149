"""
The loads of registers that follow from the log: what each entry about one does to its row.

Pure.  The numbers themselves are in no entry: an entry tells how many there are and the hash of the blocks that hold them, which a
check compares; what is lost of them is loaded again from its file.
"""

from uuid import UUID

from audit.checking.rows import Projection, Replayed, Told
from audit.checking.values import as_instant, as_uuid
from consent.registers.models import registers

REGISTERS = Projection(registers, "load_id", clocked=frozenset({"loaded_at"}))
LOADING = ("register.loaded", "register.dropped")


def replay(told: Told, into: Replayed) -> None:
    """Puts a load in the place of the one before, or takes it away; other events say nothing of registers."""
    if told.event not in LOADING:
        return
    for (table, row), kept in list(into.rows.items()):
        if table == REGISTERS.name and kept.values["register"] == told.facts["register"]:
            del into.rows[table, row]
    if told.event == "register.loaded":
        into.put(REGISTERS.name, as_uuid(told.facts["load"]), told, _row(told))


def _row(told: Told) -> dict[str, object]:
    return {
        "register": told.facts["register"],
        "load_id": UUID(str(told.facts["load"])),
        "lists": told.facts["lists"],
        "country": told.facts["country"],
        "as_of": as_instant(told.facts["as_of"]),
        "numbers": told.facts["numbers"],
        "bits": told.facts["bits"],
        "file_hash": bytes.fromhex(str(told.facts["sha256"])),
        "blocks_hash": bytes.fromhex(str(told.facts["blocks"])),
        "loaded_at": told.moment,
        "loaded_by": told.facts["actor"],
        "event_id": told.entry.event_id,
    }

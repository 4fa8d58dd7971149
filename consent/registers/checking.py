"""
Whether the blocks of every register that the log says is loaded are those that its entry tells of.
"""

from uuid import UUID

from audit.checking.rows import LOST, Difference, Replayed
from audit.link import AnyConnection
from consent.registers import store
from consent.registers.models import register_blocks
from consent.registers.replay import REGISTERS

_WHY = "the numbers of {register} are not those that were loaded, and no entry has them: load the register again from its file"


async def other_blocks(conn: AnyConnection, tenant: UUID, told: Replayed, *, deep: bool) -> list[Difference]:
    """
    The loads whose blocks are not all there; if ``deep``, also those whose blocks hold something else.

    A number whose block is not there is not known to be listed or not, and whatever rule asks for it denies.
    """
    found = []
    for load, kept in told.of(REGISTERS.name).items():
        bits, blocks = int(str(kept.values["bits"])), kept.values["blocks_hash"]
        numbers, must = int(str(kept.values["numbers"])), blocks.hex() if isinstance(blocks, bytes) else ""
        if deep:
            is_sound = await store.sound(conn, tenant, load, bits) == (numbers, must)
        else:
            is_sound = await store.count_blocks(conn, tenant, load) == 1 << bits
        if not is_sound:
            why = _WHY.format(register=kept.values["register"])
            found.append(Difference(str(register_blocks.name), str(load), LOST, entry=kept.by.place, why=why))
    return found

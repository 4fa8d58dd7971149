"""
The registers of a batch: what each tenant has loaded, and whether numbers stand in it.

A number is looked up in the blocks of the load that was in force when the batch began.  Where another took its place before
the blocks were read, the batch begins again; where a block is not there, nothing is known of the number.  So a decision sees
one load or the next, whole, and never none.
"""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from audit.link import Connection
from audit.tenants import KeyRing
from audit.work import Book, Request, Work
from consent.registers import store
from consent.registers.digests import digest_of, key_of, place_of
from consent.registers.errors import RegisterUnknown
from consent.registers.numbering import canonical
from consent.registers.records import Load, load_from


class RegisterBook(Book):
    """
    What is loaded for everyone who asks about it, and who changes it.

    A request says so by ``asks_registers`` (it decides), ``lists_registers`` (it looks at them) or ``changes_registers``.
    """

    def __init__(self, work: Work, ring: KeyRing) -> None:
        super().__init__(work)
        self._ring = ring
        self._known: dict[UUID, dict[str, Load]] = {}
        self._changing: list[UUID] = []
        self._coming: list[Load] = []
        self._whole: set[UUID] = set()  # the loads to come whose blocks lie there
        self._listed: dict[tuple[UUID, str], bool] = {}  # by load and number
        self._keys: dict[UUID, bytes] = {}
        self._saved: dict[tuple[UUID, str], tuple[Load, UUID]] = {}
        self._dropped: list[tuple[UUID, str]] = []
        self.asking: Sequence[Request] = ()

    async def find(self, conn: Connection, requests: Sequence[Request]) -> None:
        """Learns what is loaded, of tenants of whom anybody asks."""
        self.asking = [each for each in requests if getattr(each, "asks_registers", False)]
        changes = [each for each in requests if getattr(each, "changes_registers", False)]
        looks = [each for each in requests if getattr(each, "lists_registers", False)]
        self._changing = sorted({each.tenant for each in changes})
        self._coming = [load for each in changes if (load := getattr(each, "load", None)) is not None]
        tenants = {each.tenant for each in (*self.asking, *changes, *looks)}
        self.is_idle = not tenants
        await self._know(conn, tenants)

    async def lock(self, conn: Connection) -> None:
        """Whoever changes registers is alone with them, and sees them as the one before has left them."""
        if self._changing:
            await store.lock(conn, self._changing)
            await self._know(conn, self._changing)
            for load in self._coming:
                if await store.is_whole(conn, load.tenant, load.id, load.bits):
                    self._whole.add(load.id)

    async def _know(self, conn: Connection, tenants: Collection[UUID]) -> None:
        found: dict[UUID, dict[str, Load]] = {tenant: {} for tenant in tenants}
        for row in await store.load(conn, tenants):
            found[row.tenant_id][row.register] = load_from(row)
        self._known |= found

    # What is loaded.

    @property
    def loads(self) -> Mapping[str, Load]:
        """What the current tenant has loaded, by name."""
        return self._known.get(self.work.tenant, {})

    def loads_of(self, tenant: UUID) -> Mapping[str, Load]:
        """The same of any tenant in the batch."""
        return self._known.get(tenant, {})

    def known(self, register: str) -> Load:
        """The load that is in force; RegisterUnknown if there is none."""
        found = self.loads.get(register)
        if found is None:
            raise RegisterUnknown
        return found

    # Who is listed.

    async def look_up(self, conn: Connection, wanted: Collection[tuple[Load, str]]) -> None:
        """Looks numbers up in loads, as far as that was not done, in one statement."""
        asked = [(load, number) for load, number in set(wanted) if (load.id, number) not in self._listed]
        if not asked:
            return
        places = [(load.tenant, load.id, *place_of(digest_of(self._key(load), n), load.bits)) for load, n in asked]
        found, in_force = await store.look_up(conn, places, {load.tenant for load, _ in asked})
        # Since the loads were learnt, others may have taken their place and their blocks may be gone.
        self.work.is_stale |= any(load.id not in in_force for load, _ in asked)
        for place, listed in found:
            load, number = asked[place]
            self._listed[load.id, number] = listed

    def listed(self, load: Load, number: str) -> bool | None:
        """Whether a number stands in a load; None where that is not known."""
        return self._listed.get((load.id, canonical(number)))

    def _key(self, load: Load) -> bytes:
        if load.id not in self._keys:
            self._keys[load.id] = key_of(self._ring[load.tenant].registers, load.id)
        return self._keys[load.id]

    # What changes.

    def has_all_blocks(self, load: Load) -> bool:
        """Whether a load that is to come lies there whole."""
        return load.id in self._whole

    def put(self, load: Load, entry: UUID) -> None:
        """
        Has a load be in force from this commit on, as this entry says.

        What else is decided in this batch is decided by the one before: the numbers of this one were not looked up.
        """
        self._saved[load.tenant, load.register] = (load, entry)

    def take_away(self, load: Load) -> None:
        """Has a register not be loaded any more."""
        self._saved.pop((load.tenant, load.register), None)
        self._dropped.append((load.tenant, load.register))
        self._known[load.tenant].pop(load.register, None)

    async def finish(self, conn: Connection) -> None:
        """Writes which loads are in force; the blocks of others are swept away afterwards."""
        for tenant, register in self._dropped:
            await store.drop(conn, tenant, register)
        for load, entry in self._saved.values():
            await store.save(conn, _row(load, entry))


def _row(load: Load, entry: UUID) -> Mapping[str, object]:
    return {
        "tenant_id": load.tenant,
        "register": load.register,
        "load_id": load.id,
        "lists": load.lists,
        "country": load.country,
        "as_of": load.as_of,
        "numbers": load.numbers,
        "bits": load.bits,
        "file_hash": load.file_hash,
        "blocks_hash": load.blocks_hash,
        "loaded_at": load.loaded_at,
        "loaded_by": load.loaded_by,
        "event_id": entry,
    }

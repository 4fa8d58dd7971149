"""
What became of entries that receipts were given for: there, pruned, lost with a database, or never given.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from audit import store
from audit.entry import Json, parse_entry
from audit.origins import origin_of
from audit.pruning import pruned_to
from audit.published import read_tiles
from audit.tiles import WIDTH, TileId
from audit.work import Receipt

HASH_BYTES = 32

PRESENT, PRUNED, LOST, UNKNOWN = "present", "pruned", "lost", "unknown"


@dataclass(frozen=True, slots=True)
class Fate:
    """
    What became of one receipt's entry.

    ``told`` is, for a lost one, where the log says so: the first entry of its next incarnation.
    """

    state: str
    told: Mapping[str, Json] | None = None
    why: str | None = None  # an unknown one is

    def to_json(self) -> dict[str, Json]:
        """As answers show it."""
        return {"state": self.state, "told": self.told, "why": self.why}


async def fates(conn: AsyncConnection, tenant: UUID, receipts: Sequence[Receipt]) -> list[Fate]:
    """
    What became of each of these receipts of a tenant.

    An entry is lost only if the log itself tells that it went back behind it; all else that is not there was never
    given by this log, or not with this hash.
    """
    end = await store.read_end(conn, tenant)
    ours = [each for each in receipts if origin_of(each.log, 1) == origin_of(end.origin, 1)]
    found = await store.read_leaves(conn, tenant, [(each.incarnation, each.index) for each in ours])
    reopened = await _reopened(conn, tenant)
    told: list[Fate] = []
    for each in receipts:
        leaf = found.get((each.incarnation, each.index))
        if origin_of(each.log, 1) != origin_of(end.origin, 1):
            told.append(Fate(UNKNOWN, why="this receipt is of another log"))
        elif leaf is not None:
            told.append(Fate(PRESENT) if leaf == each.leaf_hash else _replaced(each, reopened))
        elif each.index < await pruned_to(conn, tenant, each.log):
            told.append(await _pruned(conn, tenant, each))
        else:
            told.append(_missing(each, reopened))
    return told


async def _pruned(conn: AsyncConnection, tenant: UUID, receipt: Receipt) -> Fate:
    """The leaf hash of an entry whose body is gone is in its tile for good."""
    tile = TileId(0, receipt.index // WIDTH)
    hashes = (await read_tiles(conn, tenant, receipt.log, [tile])).get(tile, b"")
    at = receipt.index % WIDTH * HASH_BYTES
    is_its = hashes[at : at + HASH_BYTES] == receipt.leaf_hash
    return Fate(PRUNED) if is_its else Fate(UNKNOWN, why="the entry there was another one")


def _replaced(receipt: Receipt, reopened: Sequence[Mapping[str, Json]]) -> Fate:
    """Between the loss and the new incarnation, other entries may have taken the places of those that were lost."""
    for told in reopened:
        if told["log_before"] == receipt.log:
            return Fate(LOST, told=told)
    return Fate(UNKNOWN, why="the entry there is another one")


def _missing(receipt: Receipt, reopened: Sequence[Mapping[str, Json]]) -> Fate:
    for told in reopened:
        if told["log_before"] == receipt.log and receipt.index >= int(str(told["kept"])):
            return Fate(LOST, told=told)
    return Fate(UNKNOWN, why="the log never had so many entries")


async def _reopened(conn: AsyncConnection, tenant: UUID) -> list[Mapping[str, Json]]:
    """What the first entries of later incarnations tell: what was signed before, and how much of it was kept."""
    told: list[Mapping[str, Json]] = []
    for _, index, body in await store.read_reopened(conn, tenant):
        payload = parse_entry(body, index).payload
        before, found = payload["before"], payload["found"]
        if isinstance(before, Mapping) and isinstance(found, Mapping):
            told.append(
                {
                    "log": payload["log"],
                    "index": index,
                    "reason": payload["reason"],
                    "log_before": found["log"],
                    "signed": before["size"],
                    "kept": found["size"],
                }
            )
    return told

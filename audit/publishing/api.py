"""
The routes of checkpoints, proofs, tiles and keys.
"""

import base64
from collections.abc import Mapping, Sequence
from typing import Annotated
from urllib.parse import unquote

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.response import Response

from audit import store
from audit.api import Asked, Desk
from audit.entry import timestamp
from audit.errors import EntriesPruned, TileUnknown
from audit.origins import META
from audit.pruning import pruned_to
from audit.published import (
    consistency_proof,
    inclusion_proof,
    newest_checkpoint,
    read_keys,
    read_tiles,
)
from audit.tiles import HASH_BYTES, WIDTH, TileId, pack_entries, parse_tile_path

_TEXT = "text/plain"  # Litestar adds the charset.
_BYTES = "application/octet-stream"
# What never changes need not be asked for twice; it is the tenant's, so only its own cache may keep it.
_FOREVER = {"Cache-Control": "private, max-age=31536000, immutable"}
_NOW = {"Cache-Control": "no-store"}


@get("/v1/audit/checkpoint", opt={"scope": "audit:read"}, media_type=_TEXT)
async def read_checkpoint(request: Asked, desk: NamedDependency[Desk]) -> Response[bytes]:
    """The newest checkpoint of the tenant's log: a C2SP signed note, with the lines of its witnesses."""
    async with desk.snapshots.of(request.auth.tenant) as conn:
        newest = await newest_checkpoint(conn, request.auth.tenant)
    return Response(newest.note, media_type=_TEXT, headers=_NOW)


@get("/v1/audit/proofs/inclusion", opt={"scope": "audit:read"})
async def prove_inclusion(
    request: Asked,
    desk: NamedDependency[Desk],
    index: Annotated[int, QueryParameter(ge=0, lt=2**62, description="index of the entry")],
    size: Annotated[int | None, QueryParameter(ge=1, lt=2**62, description="size of the tree")] = None,
) -> Mapping[str, object]:
    """That the tree of ``size`` entries holds this one (RFC 6962 §2.1.1); without a size, the newest checkpoint's."""
    tenant = request.auth.tenant
    async with desk.snapshots.of(tenant) as conn:
        newest = await newest_checkpoint(conn, tenant)
        wanted = newest.size if size is None else size
        hashes = await inclusion_proof(conn, tenant, newest.origin, index, wanted)
        tile = TileId(0, index // WIDTH)
        at = index % WIDTH * HASH_BYTES
        leaf = (await read_tiles(conn, tenant, newest.origin, [tile]))[tile][at : at + HASH_BYTES]
    return {
        "log": newest.origin,
        "index": index,
        "size": wanted,
        "leaf_hash": base64.b64encode(leaf).decode(),
        "hashes": _encoded(hashes),
    }


@get("/v1/audit/proofs/consistency", opt={"scope": "audit:read"})
async def prove_consistency(
    request: Asked,
    desk: NamedDependency[Desk],
    old: Annotated[int, QueryParameter(ge=1, lt=2**62, description="size of the earlier tree")],
    new: Annotated[int | None, QueryParameter(ge=1, lt=2**62, description="size of the later tree")] = None,
) -> Mapping[str, object]:
    """That the later tree extends the earlier one (RFC 6962 §2.1.2); without ``new``, the newest checkpoint's."""
    tenant = request.auth.tenant
    async with desk.snapshots.of(tenant) as conn:
        newest = await newest_checkpoint(conn, tenant)
        wanted = newest.size if new is None else new
        hashes = await consistency_proof(conn, tenant, newest.origin, old, wanted)
    return {"log": newest.origin, "old": old, "new": wanted, "hashes": _encoded(hashes)}


@get("/v1/audit/tile/{path:path}", opt={"scope": "audit:read"}, media_type=_BYTES)
async def read_tile(path: FromPath[str], request: Asked, desk: NamedDependency[Desk]) -> Response[bytes]:
    """A tile of hashes or of entries, as C2SP tlog-tiles names them; what is there once never changes."""
    name = f"tile{unquote(str(path))}"
    try:
        level, index, width = parse_tile_path(name)
    except ValueError:
        raise TileUnknown(name) from None
    content = await _tile(desk, request, level, index, width)
    if content is None:
        raise TileUnknown(name)
    return Response(content, media_type=_BYTES, headers=_FOREVER)


async def _tile(desk: Desk, request: Asked, level: int | str, index: int, width: int) -> bytes | None:
    tenant = request.auth.tenant
    async with desk.snapshots.of(tenant) as conn:
        newest = await newest_checkpoint(conn, tenant)
        if isinstance(level, int):
            found = await read_tiles(conn, tenant, newest.origin, [TileId(level, index)])
            hashes = found.get(TileId(level, index), b"")
            return hashes[: width * HASH_BYTES] if len(hashes) >= width * HASH_BYTES else None
        first = index * WIDTH
        if first + width > newest.size:
            return None
        pruned = await pruned_to(conn, tenant, newest.origin)
        if first < pruned:
            raise EntriesPruned(pruned)
        rows = await store.read_entries(conn, tenant, newest.origin, first, first + width)
        return pack_entries([body for _, body, _ in rows])


@get("/v1/audit/keys", opt={"scope": "audit:read"})
async def list_keys(request: Asked, desk: NamedDependency[Desk]) -> Mapping[str, object]:
    """The verifier keys of the tenant's log and of the meta-log; compare them with what you were given elsewhere."""
    tenant = request.auth.tenant
    async with desk.snapshots.of(tenant) as conn:
        newest = await newest_checkpoint(conn, tenant)
        own = await read_keys(conn, tenant)
    async with desk.snapshots.of(META) as conn:
        meta = await read_keys(conn, META)
    # Of a log at rest the newest key may have ended already, and its follower has had nothing to sign yet.
    signers = [key for key in own if key.origin == newest.origin]
    current = next((key for key in reversed(signers) if key.valid_until is None), signers[-1])
    return {
        "log": current.vkey,
        "meta": next((key.vkey for key in reversed(meta) if key.valid_until is None), None),
        "all": [
            {
                "log": key.origin,
                "vkey": key.vkey,
                "valid_from": timestamp(key.valid_from),
                "valid_until": None if key.valid_until is None else timestamp(key.valid_until),
            }
            for key in own
        ],
    }


def _encoded(hashes: Sequence[bytes]) -> list[str]:
    return [base64.b64encode(each).decode() for each in hashes]


ROUTES = (read_checkpoint, prove_inclusion, prove_consistency, read_tile, list_keys)

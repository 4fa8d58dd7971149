"""
The meta-log: what its leaves say, and when it must not be signed.

Pure.  A leaf is the text of a tenant's checkpoint; or a heartbeat, which tells a quiet hour from a silent deployment; or,
after the meta-log itself lost leaves to a restored backup, the first leaf of its next incarnation.
"""

import base64
from collections.abc import Set as AbstractSet
from datetime import datetime
from uuid import UUID

from audit.entry import timestamp
from audit.origins import META, incarnation_of
from audit.publishing.guard import Promise


def heartbeat(origin: str, now: datetime) -> bytes:
    """A sign of life."""
    return f"venia-heartbeat/v1\n{origin}\n{timestamp(now)}\n".encode()


def reopened(origin: str, before: Promise, now: datetime) -> bytes:
    """The first leaf of a new incarnation: what was signed for the one before it."""
    root = base64.b64encode(before.root).decode()
    return f"venia-meta-reopened/v1\n{origin}\n{before.origin}\n{before.size}\n{root}\n{timestamp(now)}\n".encode()


def current_origin(first: str, promise: Promise | None, allowed: AbstractSet[tuple[UUID, str]]) -> str:
    """The newest of the incarnations that were signed or that the operator has allowed."""
    known = [first, *(origin for tenant, origin in allowed if tenant == META)]
    return max([*known, promise.origin] if promise else known, key=incarnation_of)


def meta_refusal(promise: Promise | None, origin: str, *, published: int) -> str | None:
    """Why nothing can be signed at all; None if the meta-log stands where the guard knows it to stand."""
    if promise is None:
        return "unguarded: the guard knows nothing, and checkpoints were published" if published else None
    if promise.origin != origin or published == promise.size:
        return None
    if published > promise.size:
        return f"unguarded: the meta-log has {published} leaves, and the guard knows of {promise.size}"
    return f"shorter: the meta-log was signed with {promise.size} leaves, and the database has {published}"

"""
A log that begins anew: what its first entry must say, and how an operator opens it.

After a database was restored from a backup, entries that were signed for may be gone.  Their history is not written a
second time: the operator lets the log begin a new incarnation, whose first entry says what was signed before and why.
"""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from audit.entry import Json, parse_entry
from audit.errors import BrokenChain, CheckpointRefused, NothingToReopen
from audit.origins import incarnation_of, origin_of
from audit.publishing.guard import Promise
from audit.publishing.records import Status
from audit.tenants import TenantBook
from audit.work import Idempotency, Work

EVENT = "log.reopened"


@dataclass(frozen=True, slots=True)
class ReopenLog:
    """Begins a new incarnation of a tenant's log; ``signed`` is what the guard knows, ``found`` what the database has."""

    tenant: UUID
    actor: str
    origin: str
    reason: str  # without personal data
    signed: Promise
    found: Promise
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``log.reopened`` as entry 0 of the new log."""
        if any(each.tenant == self.tenant for each in work.staged):
            # What others of this batch have staged would come before it; a batch that fails is run one by one.
            raise RuntimeError("A log is reopened in a batch of its own.")
        work[TenantBook].reopen(self.tenant, self.origin)
        work.record(EVENT, {"log": self.origin, "reason": self.reason, **_before(self.signed), **_found(self.found)})
        return {"log": self.origin}


def _before(signed: Promise) -> dict[str, Json]:
    root = base64.b64encode(signed.root).decode()
    return {"before": {"log": signed.origin, "size": signed.size, "root": root}}


def _found(found: Promise) -> dict[str, Json]:
    root = base64.b64encode(found.root).decode()
    return {"found": {"log": found.origin, "size": found.size, "root": root}}


def reopening(status: Status, signed: Promise, *, actor: str, reason: str) -> ReopenLog:
    """The request that lets a refused log begin anew; NothingToReopen when it is not refused."""
    if status.refusal is None:
        raise NothingToReopen
    incarnation = max(incarnation_of(status.origin), incarnation_of(signed.origin)) + 1
    found = Promise(status.tenant, status.origin, status.entries, status.root or b"")
    return ReopenLog(status.tenant, actor, origin_of(status.origin, incarnation), reason, signed, found)


def check_reopened(body: bytes, promise: Promise) -> None:
    """Raises CheckpointRefused unless a new incarnation's first entry tells what was signed for the last one."""
    try:
        payload = parse_entry(body, 0).payload
    except BrokenChain as error:
        raise CheckpointRefused(f"altered: {error}") from error
    if payload.get("event") != EVENT or payload.get("before") != _before(promise)["before"]:
        raise CheckpointRefused("begun anew: its first entry does not tell what was signed for the log before it")

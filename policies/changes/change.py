"""
A change of rules, and the state it is in.  Pure.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias
from uuid import UUID

from audit.entry import Json
from audit.instants import rfc3339, rfc3339_or_none
from policies.activation import Activation

State: TypeAlias = Literal["draft", "approved", "scheduled", "active", "replaced", "withdrawn", "stale"]


@dataclass(frozen=True, slots=True)
class Change:
    """
    From one set to another, and who did what about it.

    ``base_since`` is when the base came into force: taken up again later, it is not the base any more.  ``checks`` is the hash over what was tried before it was drafted; ``direction`` is tightening or loosening
    (`policies.direction`).
    """

    id: UUID
    base: str
    base_since: datetime
    candidate: str
    direction: str
    reason: str
    checks: str
    drafted_at: datetime
    drafted_by: str
    report_hash: str | None = None
    emergency: bool = False
    approved_at: datetime | None = None
    approved_by: str | None = None
    activated_at: datetime | None = None
    activated_by: str | None = None
    effective_at: datetime | None = None
    ended_at: datetime | None = None
    ended_by: str | None = None

    def state(self, activation: Activation | None) -> State:
        """Given what the tenant has in force now, and next."""
        if self.ended_at is not None:
            return "withdrawn"
        if activation is not None and activation.change == self.id:
            return "active"
        if activation is not None and activation.next is not None and activation.next.change == self.id:
            return "scheduled"
        if self.activated_at is not None:
            return "replaced"
        if activation is None or (activation.rule_set, activation.since) != (self.base, self.base_since):
            return "stale"
        return "draft" if self.approved_at is None else "approved"

    def to_json(self, activation: Activation | None) -> dict[str, Json]:
        """The change as answers show it."""
        return {
            "id": str(self.id),
            "state": self.state(activation),
            "base": self.base,
            "candidate": self.candidate,
            "direction": self.direction,
            "reason": self.reason,
            "checks": self.checks,
            "drafted_at": rfc3339(self.drafted_at),
            "drafted_by": self.drafted_by,
            "report_hash": self.report_hash,
            "emergency": self.emergency,
            "approved_at": rfc3339_or_none(self.approved_at),
            "approved_by": self.approved_by,
            "activated_at": rfc3339_or_none(self.activated_at),
            "activated_by": self.activated_by,
            "effective_at": rfc3339_or_none(self.effective_at),
            "ended_at": rfc3339_or_none(self.ended_at),
            "ended_by": self.ended_by,
        }

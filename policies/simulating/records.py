"""
A simulation as it is stored.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

QUEUED, RUNNING, READY, FAILED, CANCELLED = "queued", "running", "ready", "failed", "cancelled"
POINT, CLOSED_LOOP = "point", "closed_loop"


@dataclass(frozen=True, slots=True)
class Simulation:
    """What was asked for, and how it goes; its report apart."""

    tenant: UUID
    id: UUID
    base: str
    candidate: str
    mode: str
    assume: str | None
    origin: str | None
    first: int | None
    end: int | None
    questions: int | None
    actor: str
    requested_at: datetime
    state: str
    done: int
    total: int
    starts: int
    detail: str | None
    report_hash: str | None
    ready_at: datetime | None

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes of it."""
        return self.state not in (QUEUED, RUNNING)

"""
A log tells that another key will sign for it, while the old one still does.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from audit.entry import Json
from audit.instants import rfc3339
from audit.work import Idempotency, Work


@dataclass(frozen=True, slots=True)
class AnnounceLogKey:
    """``new`` follows ``old``, both verifier keys as text; until ``until`` both sign.  Telling it twice tells it once."""

    tenant: UUID
    actor: str
    old: str
    new: str
    until: datetime

    @property
    def idempotency(self) -> Idempotency:
        """A rotation that is begun again after an interruption finds its own word."""
        return Idempotency(f"log-key:{self.new}", sha256(self.old.encode()).digest())

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``log_key.rotated``."""
        facts: Mapping[str, Json] = {"old": self.old, "new": self.new, "until": rfc3339(self.until)}
        work.record("log_key.rotated", facts)
        return facts

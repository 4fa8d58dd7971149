"""
Instants as answers and entries write them.
"""

from datetime import UTC, datetime


def rfc3339(instant: datetime) -> str:
    """RFC 3339 in UTC with Z; a fraction only where there is one (RFC 3339 §5.6)."""
    return instant.astimezone(UTC).isoformat().removesuffix("+00:00") + "Z"


def rfc3339_or_none(instant: datetime | None) -> str | None:
    """The same, where there may be no instant."""
    return None if instant is None else rfc3339(instant)

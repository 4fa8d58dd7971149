"""
Which failures mean that the database is away, and which that two transactions met.
"""

from asyncpg.exceptions import InterfaceError, InternalClientError, PostgresError
from sqlalchemy.exc import DBAPIError

# Connection failure, operator intervention, insufficient resources, and a lock that somebody never lets go of.
_AWAY_STATES = ("08", "57P", "53", "55P03")
_MET_STATES = ("23505", "40001", "40P01")  # unique violation, serialization failure, deadlock


def is_away(error: BaseException) -> bool:
    """Whether the error says that the connection is gone or none can be had."""
    if isinstance(error, DBAPIError | PostgresError):
        return getattr(error, "connection_invalidated", False) or _state(error).startswith(_AWAY_STATES)
    # The driver calls it a mistake of its own when the server goes away between two halves of an exchange.
    return isinstance(error, OSError | TimeoutError | InterfaceError | InternalClientError)


def is_collision(error: BaseException) -> bool:
    """Whether another transaction was in the way, so that trying again helps."""
    return _state(error) in _MET_STATES


def _state(error: BaseException) -> str:
    """The SQLSTATE, whether the driver raised the error or SQLAlchemy did in its name."""
    return getattr(getattr(error, "orig", error), "sqlstate", None) or ""

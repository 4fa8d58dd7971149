"""
Which failures mean that the database is away, and which that two transactions met.
"""

from collections.abc import Awaitable
from typing import TypeVar

from asyncpg.exceptions import InterfaceError, InternalClientError, PostgresError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from audit.errors import DatabaseAway

T = TypeVar("T")

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


async def committed(conn: AsyncConnection, asked: Awaitable[T]) -> T:
    """What is asked, once it is committed; DatabaseAway when the database is."""
    answer = await in_words(asked)
    await in_words(conn.commit())
    return answer


async def in_words(asked: Awaitable[T]) -> T:
    """What is asked; DatabaseAway when the database is."""
    try:
        return await asked
    except Exception as error:
        if is_away(error):
            raise DatabaseAway from error
        raise


def _state(error: BaseException) -> str:
    """The SQLSTATE, whether the driver raised the error or SQLAlchemy did in its name."""
    return getattr(getattr(error, "orig", error), "sqlstate", None) or ""

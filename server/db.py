"""
Engines and migrations: each role its own engine, and never more than its role may do.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

_ROOT = Path(__file__).resolve().parent.parent
_COMMAND_SECONDS = 30  # A statement that hangs longer is a database that is away.
_CONNECT_SECONDS = 5


def journal_engine(url: str, *, connections: int = 2) -> AsyncEngine:
    """The writer's engine: READ COMMITTED, durable at COMMIT."""
    settings = {
        "role": "venia_journal",
        "synchronous_commit": "on",
        "lock_timeout": "10s",
        # A machine that vanishes in the middle of a batch must not keep its locks for hours.
        "idle_in_transaction_session_timeout": "60s",
        "tcp_keepalives_idle": "30",
        "timezone": "UTC",
    }
    return _engine(url, settings, connections, "READ COMMITTED")


def reader_engine(url: str, *, connections: int = 6) -> AsyncEngine:
    """The readers' engine: one snapshot per transaction, read only, one tenant's rows."""
    settings = {"role": "venia_reader", "default_transaction_read_only": "on", "timezone": "UTC"}
    return _engine(url, settings, connections, "REPEATABLE READ")


def checkpointer_engine(url: str, *, connections: int = 3) -> AsyncEngine:
    """The checkpointer's engine: it reads every log, and writes what it publishes."""
    settings = {
        "role": "venia_checkpointer",
        "synchronous_commit": "on",
        "lock_timeout": "10s",
        "idle_in_transaction_session_timeout": "60s",
        "timezone": "UTC",
    }
    return _engine(url, settings, connections, "READ COMMITTED")


def repair_engine(url: str, *, connections: int = 2) -> AsyncEngine:
    """The engine of repairs: it makes rows again from the log, and tells the log so."""
    settings = {
        "role": "venia_repair",
        "synchronous_commit": "on",
        "lock_timeout": "10s",
        "idle_in_transaction_session_timeout": "60s",
        "timezone": "UTC",
    }
    return _engine(url, settings, connections, "READ COMMITTED")


def _engine(url: str, settings: dict[str, str], connections: int, isolation: str) -> AsyncEngine:
    # A plan made while a table was small, and kept, would read all of a tenant's rows when it has grown.
    settings = {**settings, "plan_cache_mode": "force_custom_plan"}
    return create_async_engine(
        url.replace("postgresql://", "postgresql+asyncpg://", 1),
        isolation_level=isolation,
        pool_size=connections,
        max_overflow=0,
        hide_parameters=True,  # An error quotes its statement, never the values in it.
        pool_timeout=_CONNECT_SECONDS,
        connect_args={"server_settings": settings, "command_timeout": _COMMAND_SECONDS, "timeout": _CONNECT_SECONDS},
    )


def alembic_config(url: str) -> Config:
    """Alembic's configuration, from pyproject.toml, for one database."""
    config = Config(toml_file=str(_ROOT / "pyproject.toml"))
    config.set_main_option("script_location", str(_ROOT / "migrations"))
    config.attributes["url"] = url
    return config


def migrate(url: str, revision: str = "head") -> None:
    """Brings the database to ``revision``; a no-op when it is there already."""
    command.upgrade(alembic_config(url), revision)

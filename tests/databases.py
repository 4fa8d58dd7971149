"""
Databases on the tests' own server.
"""

import asyncio
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import asyncpg


def in_database(url: str, name: str) -> str:
    """
    The same server, another database.
    """
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def create_database(url: str, name: str, template: str = "template1") -> None:
    """
    A new database, copied from ``template``.
    """
    execute(in_database(url, "postgres"), f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def drop_database(url: str, name: str) -> None:
    """
    Removes a database and throws out whoever still uses it.
    """
    execute(in_database(url, "postgres"), f'DROP DATABASE "{name}" WITH (FORCE)')


def execute(url: str, *statements: str, role: str | None = None) -> None:
    """
    Runs statements as the superuser, or as ``role``, each in a transaction of its own.
    """

    async def run() -> None:
        conn = await asyncpg.connect(url, server_settings={"role": role} if role else {})
        try:
            for statement in statements:
                await conn.execute(statement)
        finally:
            await conn.close()

    asyncio.run(run())


def fetch(url: str, statement: str, *arguments: object, role: str | None = None) -> list[dict[str, Any]]:
    """
    The rows of one query, as the superuser or as ``role``.
    """

    async def run() -> list[dict[str, Any]]:
        conn = await asyncpg.connect(url, server_settings={"role": role} if role else {})
        try:
            return [dict(row) for row in await conn.fetch(statement, *arguments)]
        finally:
            await conn.close()

    return asyncio.run(run())

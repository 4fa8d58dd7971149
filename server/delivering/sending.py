"""
One try to deliver one event, and what came of it.
"""

import asyncio
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TypeAlias

import httpx

from server.delivering.addresses import read_url, resolve
from server.errors import AddressRefused

TRY_SECONDS = 15.0  # all in all
_STEP_SECONDS = 10.0
_MOST_READ = 16 * 1024  # bytes of an answer; more ends the connection
_LONGEST_WAIT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Taken:
    """The subscriber has it."""


@dataclass(frozen=True, slots=True)
class NotTaken:
    """It is to be tried again; ``wait`` is how long the subscriber asks us to wait, ``why`` quotes nothing it said."""

    why: str
    wait: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Gone:
    """The subscriber wants no more (410)."""


Outcome: TypeAlias = Taken | NotTaken | Gone


@asynccontextmanager
async def one_subscriber(trust: ssl.SSLContext) -> AsyncIterator[httpx.AsyncClient]:
    """
    A client for one subscriber alone: a connection to an address was made for one name, and must serve no other.

    No proxy is asked, whatever the environment says: it would resolve the name anew.
    """
    limits = httpx.Limits(max_connections=1)
    async with httpx.AsyncClient(
        verify=trust, trust_env=False, follow_redirects=False, timeout=_STEP_SECONDS, limits=limits
    ) as client:
        yield client


async def send(
    client: httpx.AsyncClient, url: str, body: bytes, headers: Mapping[str, str], *, loopback: bool, now: datetime
) -> Outcome:
    """Tries once.  Redirects are not followed, and of what is answered only the status counts."""
    try:
        async with asyncio.timeout(TRY_SECONDS):
            target = await resolve(read_url(url, loopback=loopback), loopback=loopback)
            async with client.stream(
                "POST",
                target.url,
                content=body,
                headers={**headers, "Host": target.host},
                extensions={"sni_hostname": target.name},
            ) as answer:
                await _read_some(answer)
                return _outcome(answer, now)
    except AddressRefused as refused:
        return NotTaken(str(refused))
    except TimeoutError:
        return NotTaken("It took too long.")
    except httpx.HTTPError as error:
        return NotTaken(f"The connection failed ({type(error).__name__}).")


async def _read_some(answer: httpx.Response) -> None:
    """Reads to the end if that is near, so that the connection can be used again."""
    taken = 0
    async for piece in answer.aiter_raw():
        taken += len(piece)
        if taken > _MOST_READ:
            return


def _outcome(answer: httpx.Response, now: datetime) -> Outcome:
    if answer.is_success:
        return Taken()
    if answer.status_code == httpx.codes.GONE:
        return Gone()
    return NotTaken(f"It answered {answer.status_code}.", _asked_to_wait(answer.headers.get("retry-after", ""), now))


def _asked_to_wait(asked: str, now: datetime) -> timedelta | None:
    """``Retry-After`` in seconds or as a date (RFC 9110 §10.2.3), at most a day; nonsense is no wish."""
    try:
        wait = (
            timedelta(seconds=int(asked)) if asked.isdecimal() else parsedate_to_datetime(asked).astimezone(UTC) - now
        )
    except (ValueError, OverflowError):
        return None
    return min(max(wait, timedelta()), _LONGEST_WAIT)

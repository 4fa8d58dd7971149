"""
The asynchronous way to the server: sends a request until something final is heard or patience ends.

Nothing is logged here, and nothing but a number of bytes, a status and a header is looked at.
"""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime
from random import SystemRandom
from typing import Self

import httpx

from venia_client.answers import Why
from venia_client.patience import Patience, may_pass
from venia_client.reading import retry_after
from venia_client.wire import Failure, Heard, Reply, Request, checked_address, checked_credential

_AGAIN = {Why.TIMEOUT, Why.UNREACHABLE, Why.CUT_OFF}
_AGENT = "venia-client-python/0.1.0"


def utc_now() -> datetime:
    """The wall clock, against which holds expire."""
    return datetime.now(UTC)


class Exchanges:
    """
    Connections to one server under one credential.

    The environment's proxies and ``.netrc`` are not used: they would decide who gets the credential and the numbers.
    """

    def __init__(self, url: str, credential: str, transport: httpx.AsyncBaseTransport | None) -> None:
        self._url = checked_address(url)
        headers = {"Authorization": f"Bearer {checked_credential(credential)}", "User-Agent": _AGENT}
        self._http = httpx.AsyncClient(
            headers=headers,
            follow_redirects=False,
            trust_env=False,
            transport=transport,
            timeout=None,  # noqa: S113  Each try has one of its own, over everything, which httpx does not offer.
        )
        self._chance: Callable[[], float] = SystemRandom().random

    async def ask(self, request: Request, patience: Patience) -> Heard:
        """The first final answer, or the last that was heard while there was time."""
        begun, tries = time.monotonic(), 0
        heard: Heard | None = None
        while True:
            tries += 1
            seconds = patience.try_for(time.monotonic() - begun)
            heard = telling(await self._send(request, seconds), heard, cut_short=seconds < patience.each)
            if not _is_passing(heard):
                return heard
            asked = retry_after(heard, utc_now()) if isinstance(heard, Reply) else None
            wait = patience.wait(tries, time.monotonic() - begun, asked, self._chance())
            if wait is None:
                return heard
            await asyncio.sleep(wait)

    async def _send(self, request: Request, seconds: float) -> Heard:
        """One try.  However slowly the answer drips, it is over in time."""
        try:
            async with asyncio.timeout(seconds):
                return await self._sent(request)
        except (TimeoutError, httpx.TimeoutException):
            return Failure(Why.TIMEOUT, "There was no whole answer in time.")
        # A host whose name cannot be a name is found out when it is looked up.
        except (httpx.ConnectError, httpx.UnsupportedProtocol, httpx.ProxyError, UnicodeError):
            return Failure(Why.UNREACHABLE, "The server cannot be reached.")
        except (httpx.HTTPError, OSError):
            return Failure(Why.CUT_OFF, "The connection broke before the answer was whole.")

    async def _sent(self, request: Request) -> Heard:
        url, headers = self._url + request.path, request.headers()
        async with self._http.stream("POST", url, content=request.content, headers=headers) as response:
            content = bytearray()
            async for piece in response.aiter_raw():
                content += piece
                if len(content) > request.largest:
                    return Failure(Why.TOO_LARGE, f"The answer has more than {request.largest} bytes.")
            return Reply(response.status_code, _headers(response), bytes(content))

    async def aclose(self) -> None:
        """Lets go of the connections."""
        await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()


def telling(heard: Heard, before: Heard | None, *, cut_short: bool) -> Heard:
    """What is to be told: a try for which there was too little time says less than the one before it."""
    is_timeout = isinstance(heard, Failure) and heard.why is Why.TIMEOUT
    return before if cut_short and is_timeout and before is not None else heard


def _is_passing(heard: Heard) -> bool:
    return heard.why in _AGAIN if isinstance(heard, Failure) else may_pass(heard.status)


def _headers(response: httpx.Response) -> dict[str, str]:
    return {name.lower(): value for name, value in response.headers.items()}

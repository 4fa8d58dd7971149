"""
One question to a machine of somebody else: bounded in time and in size, and answered with a value whatever happens.
"""

import asyncio
from dataclasses import dataclass

import httpx


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back, whatever its status says."""

    status: int
    media_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Why nothing usable came back, as the end of a sentence."""

    reason: str


async def post(
    client: httpx.AsyncClient, url: str, content: bytes, *, media_type: str, largest: int, seconds: float
) -> Answered | Unanswered:
    """
    POSTs bytes and reads the answer, at most ``largest`` bytes within ``seconds`` from the first byte to the last.

    Redirects are not followed: whoever was named is asked, or nobody.
    """
    # A few compressed bytes could become any number, so none are asked for, and what comes is taken as it is.
    headers = {"Content-Type": media_type, "Accept-Encoding": "identity"}
    try:
        async with (
            asyncio.timeout(seconds),
            client.stream("POST", url, content=content, headers=headers, follow_redirects=False) as response,
        ):
            body = b""
            async for part in response.aiter_raw():
                body += part
                if len(body) > largest:
                    return Unanswered(f"answered with more than {largest} bytes")
            return Answered(response.status_code, response.headers.get("Content-Type", ""), body)
    except TimeoutError:
        return Unanswered(f"did not answer within {seconds:g} seconds")
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return Unanswered(f"cannot be reached ({type(error).__name__})")

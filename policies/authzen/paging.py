"""
Going through results page by page, with a bounded amount of work for each.

A token is the place at which a page ended, bound to everything else that was asked: base64url of the first sixteen bytes
of SHA-256 over the request and the place, and the place.  It is no secret: it leads nowhere but on through what the
same caller may see.
"""

import base64
import binascii
from collections.abc import Awaitable, Callable, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple, TypeAlias

from audit.reader import Reader
from policies.authzen.bodies import PageBody
from policies.authzen.evaluating import Evaluated, Evaluation
from policies.authzen.refusals import PageUnknown
from policies.decision import Json

DEFAULT_RESULTS = 100
MOST_RESULTS = 1000
MOST_EXAMINED = 4096  # candidates a page
_FEWEST_AT_ONCE, _MOST_AT_ONCE = 32, 512
_DIGEST = 16


class Candidate(NamedTuple):
    """Something that may be a result: its place in the order, the question about it, and how it is told."""

    place: str
    evaluation: Evaluation
    result: Mapping[str, Json]


# The candidates after a place, in order, at most so many; fewer only where there are no more.
Source: TypeAlias = Callable[[str, int], Awaitable[Sequence[Candidate]]]


class Page(NamedTuple):
    """Results, and the token of the next page; empty where there is none."""

    results: Sequence[Mapping[str, Json]]
    next_token: str


def token_of(request: bytes, place: str) -> str:
    """The token that leads on from this place of this search."""
    sealed = sha256(request + b"\n" + place.encode()).digest()[:_DIGEST] + place.encode()
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")


def place_of(request: bytes, token: str | None) -> str:
    """Where a page begins; PageUnknown for a token that this search did not give."""
    if not token:
        return ""
    try:
        sealed = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        place = sealed[_DIGEST:].decode()
    except (binascii.Error, ValueError):
        raise PageUnknown from None
    if token_of(request, place) != token:
        raise PageUnknown
    return place


async def page_of(reader: Reader, source: Source, request: bytes, wanted: PageBody | None) -> Page:
    """The results from a place on; a page may have fewer than were wanted, or none, and yet not be the last."""
    limit = min((wanted.limit if wanted else None) or DEFAULT_RESULTS, MOST_RESULTS)
    place, examined = place_of(request, wanted.token if wanted else None), 0
    results: list[Mapping[str, Json]] = []
    most = max(_FEWEST_AT_ONCE, min(limit, _MOST_AT_ONCE))
    while examined < MOST_EXAMINED:
        candidates = await source(place, most)
        answers = await reader.read_together([each.evaluation for each in candidates])
        for candidate, answer in zip(candidates, answers, strict=True):
            if isinstance(answer, Evaluated) and answer.permit:
                if len(results) == limit:
                    return Page(results, token_of(request, place))
                results.append(candidate.result)
            place = candidate.place
        if len(candidates) < most:
            return Page(results, "")
        examined += len(candidates)
        most = min(2 * most, _MOST_AT_ONCE, MOST_EXAMINED - examined)
    return Page(results, token_of(request, place))

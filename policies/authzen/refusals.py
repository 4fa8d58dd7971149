"""
What is wrong with a request of AuthZEN.

AuthzenRefused
├── RequestUnreadable    it lacks what the standard asks for, or says it in another type
└── PageUnknown          a token of another search, or of none
"""

from collections.abc import Sequence

from audit.errors import Refused
from policies.errors import PolicyError


class AuthzenRefused(PolicyError, Refused):
    """Root of the refusals of AuthZEN's requests."""


class RequestUnreadable(AuthzenRefused):
    """``errors`` are the places and what is wrong there, none of them quoting what was sent."""

    def __init__(self, errors: Sequence[tuple[str, str]]) -> None:
        self.errors = [{"pointer": pointer, "detail": sentence} for pointer, sentence in errors]
        super().__init__(" ".join(f"{pointer}: {sentence}" if pointer else sentence for pointer, sentence in errors))


class PageUnknown(AuthzenRefused):
    """The token of a page that this search did not give."""

    pointer = "/page/token"

    def __init__(self) -> None:
        super().__init__(
            "This token is of another search: send the first request again, changing nothing but the page."
        )

"""
The kinds of values that settings have, and what each must look like.
"""

import base64
import binascii
import json
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field

Algorithm = Literal["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]


def from_json(value: object) -> object:
    """The value of JSON text; anything else as it is."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise ValueError("write it as JSON") from None


def from_base64(value: object) -> object:
    """The bytes of base64 text; anything else as they are."""
    if not isinstance(value, str):
        return value
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        raise ValueError("write it in base64, as printed by `openssl rand -base64 32`") from None


def key_of_32_bytes(value: bytes) -> bytes:
    """A secret of the only length that there is."""
    if len(value) != 32:
        raise ValueError("it must be 32 bytes, as printed by `openssl rand -base64 32`")
    return value


def postgresql(value: str) -> str:
    """An address of PostgreSQL."""
    if urlsplit(value).scheme not in {"postgresql", "postgresql+asyncpg"}:
        raise ValueError("it must begin with postgresql://")
    return value


def lowered(value: object) -> object:
    """Text in lower case; anything else as it is."""
    return value.lower() if isinstance(value, str) else value


def reachable_keys(value: str) -> str:
    """An address, or the path of a file that exists."""
    if value.startswith(("https://", "http://")) or Path(value).is_file():
        return value
    raise ValueError("it must be an https:// or http:// address, or the path of a file that exists")


def is_file(value: Path) -> Path:
    """The path of a file that exists."""
    if value.is_file():
        return value
    raise ValueError("there is no such file")


def is_address(value: str) -> str:
    """A web address."""
    if value.startswith(("https://", "http://")):
        return value
    raise ValueError("it must be an https:// or http:// address")


def origin(value: str) -> str:
    """A web address without query and fragment, without a slash at its end."""
    parts = urlsplit(value)
    if parts.scheme in {"https", "http"} and parts.hostname and not (parts.query or parts.fragment or parts.username):
        return value.rstrip("/")
    raise ValueError("it must be an https:// or http:// address without query and fragment")


def at_least_one(value: tuple[Algorithm, ...]) -> tuple[Algorithm, ...]:
    """Algorithms, of which at least one is named."""
    if not value:
        raise ValueError("name at least one algorithm")
    return value


class JwtIssuer(BaseModel):
    """One authority whose signed tokens are believed, for every tenant that its claim names."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    issuer: Annotated[str, Field(min_length=1)]
    audience: Annotated[str, Field(min_length=1)]
    jwks: Annotated[str, AfterValidator(reachable_keys)]
    tenant_claim: str = "venia_tenant"
    scope_claim: str = "scope"
    # Only asymmetric signatures: with HS256 whoever can verify can also mint.
    algorithms: Annotated[tuple[Algorithm, ...], AfterValidator(at_least_one)] = ("RS256", "ES256", "EdDSA")


class PreviousSigningSecret(BaseModel):
    """A secret that signs logs, tokens or receipts and that another one follows, and the moment from which it signs no more."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    secret: Annotated[bytes, BeforeValidator(from_base64), AfterValidator(key_of_32_bytes)] = Field(repr=False)
    until: AwareDatetime

"""
Whether a request comes from Twilio: HMAC-SHA-1 over the address that Twilio called and what it sent there.

Source: Twilio, "Webhooks security".  Pure; every comparison takes constant time.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Iterator, Sequence
from urllib.parse import parse_qsl, urlsplit, urlunsplit

FORM = "application/x-www-form-urlencoded"
Fields = Sequence[tuple[str, str]]

_MOST_FIELDS = 1000
_SHA1_BYTES = 20
_PORTS = {"https": 443, "http": 80}


def form_fields(raw: bytes) -> Fields:
    """The fields of a form in their order, empty ones too; ValueError where there are too many."""
    return parse_qsl(raw.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=_MOST_FIELDS)


def is_form(content_type: str | None) -> bool:
    """Whether a body is a form; Twilio sends one unless it was asked for JSON."""
    return (content_type or FORM).partition(";")[0].strip().casefold() == FORM


def twilio_matches(url: str, raw: bytes, content_type: str | None, header: str | None, secret: bytes) -> bool:
    """
    Whether ``header`` (X-Twilio-Signature) is what Twilio computes with this auth token.

    ``url`` MUST be the address as Twilio has it, query included.  A form is signed field by field; any other body by its
    SHA-256, which the address must carry as ``bodySHA256``.  False for an empty token, under which anybody can sign.
    """
    try:
        given = base64.b64decode(header or "", validate=True)
    except (binascii.Error, ValueError):
        return False
    if len(given) != _SHA1_BYTES or not secret:
        return False
    try:
        signed = _signed_fields(form_fields(raw)) if is_form(content_type) else ""
    except ValueError:  # More fields than anybody sends.
        return False
    if not is_form(content_type) and not _says_the_digest(url, raw):
        return False
    # All spellings are tried, so that how long it takes does not tell which of them is the one.
    tried = [hmac.digest(secret, f"{each}{signed}".encode("utf-8", "replace"), "sha1") for each in _spellings(url)]
    return True in [hmac.compare_digest(each, given) for each in tried]


def _signed_fields(fields: Fields) -> str:
    """Names and values by name; a name that comes twice counts with each of its values once, as Twilio's libraries do."""
    return "".join(name + value for name, value in sorted(set(fields)))


def _says_the_digest(url: str, raw: bytes) -> bool:
    told = [value for name, value in parse_qsl(urlsplit(url).query) if name == "bodySHA256"]
    return len(told) == 1 and hmac.compare_digest(told[0].encode(), hashlib.sha256(raw).hexdigest().encode())


def _spellings(url: str) -> Iterator[str]:
    """The address with and without its port: Twilio has signed either."""
    parts = urlsplit(url)
    host = parts.netloc.removesuffix(f":{parts.port}") if parts.port else parts.netloc
    port = parts.port or _PORTS.get(parts.scheme)
    yield url
    yield urlunsplit(parts._replace(netloc=host))
    yield urlunsplit(parts._replace(netloc=f"{host}:{port}"))


def address_of(base: str, path: str, query: str) -> str:
    """The address that Twilio called, by the service's public one (``VENIA_PUBLIC_URL``), since a proxy may hide it."""
    return f"{base}{path}?{query}" if query else f"{base}{path}"

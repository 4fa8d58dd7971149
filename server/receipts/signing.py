"""
A receipt under its signature: a JWS (RFC 7515) in compact form, signed with Ed25519 (RFC 8037).

What is signed are the RFC 8785 bytes of the document, so that the same receipt has the same bytes.  A document on its own
carries its signature as ``jws``; whoever verifies reads what was signed, not what stands beside it.
"""

from collections.abc import Mapping

from jwt.api_jws import PyJWS

from audit.entry import Json, canonical
from server.receipts.keys import ALGORITHM, ReceiptKey

TYPE = "venia-consent-receipt+jws"  # so that no token is ever taken for a receipt, nor the other way round
_SIGNER = PyJWS(algorithms=[ALGORITHM])


def sign(document: Mapping[str, Json], content: str, key: ReceiptKey) -> str:
    """The JWS of a document; ``content`` is what it is (``cty``): ``ld+json`` or ``json``."""
    headers = {"typ": TYPE, "cty": content, "kid": key.kid}
    return _SIGNER.encode(canonical(dict(document)), key.private, ALGORITHM, headers=headers)


def signed(document: Mapping[str, Json], content: str, key: ReceiptKey) -> dict[str, Json]:
    """The document with its JWS beside its own members."""
    return {**document, "jws": sign(document, content, key)}

"""
How an identifier is found without being stored in clear, and what its sealed value is bound to.
"""

import hmac
from uuid import UUID

from audit.tenants import KeyRing


def blind_indexes(ring: KeyRing, tenant: UUID, kind: str, value: str) -> tuple[tuple[int, bytes], ...]:
    """An identifier's blind index under each of the tenant's index keys, with the key's version; the last is current."""
    named = f"{kind}\0{value}".encode()
    return tuple((version, hmac.digest(key, named, "sha256")) for version, key in ring[tenant].blind_indexes)


def identifier_context(tenant: UUID, contact: UUID, kind: str) -> bytes:
    """What a sealed identifier is bound to."""
    return b"venia/identifier/v1\n" + tenant.bytes + contact.bytes + kind.encode()

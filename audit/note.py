"""
Verifier keys of the C2SP signed note format (c2sp.org/signed-note v1.0.0).
"""

import base64
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from audit.keys import make_secret, read_secret

_ED25519 = b"\x01"


def key_id(name: str, public_key: bytes) -> bytes:
    """The first four bytes of SHA-256(name, newline, type and key)."""
    return sha256(name.encode() + b"\n" + _ED25519 + public_key).digest()[:4]


@dataclass(frozen=True, slots=True)
class LogKey:
    """The Ed25519 key that signs for one log; its name is the log's origin."""

    name: str
    private: Ed25519PrivateKey

    @classmethod
    def from_file(cls, path: Path, name: str) -> "LogKey":
        """Reads the key's 32 bytes, making them on first use.  The file MUST be its owner's only."""
        if not path.exists():
            make_secret(path, base64.b64encode(Ed25519PrivateKey.generate().private_bytes_raw()) + b"\n")
        seed = base64.b64decode(read_secret(path), validate=False)
        return cls(name, Ed25519PrivateKey.from_private_bytes(seed))

    def verifier(self) -> str:
        """The verifier key: name, key id in hex, and base64 of type and public key, joined by plus signs."""
        public = self.private.public_key().public_bytes_raw()
        return f"{self.name}+{key_id(self.name, public).hex()}+{base64.b64encode(_ED25519 + public).decode()}"

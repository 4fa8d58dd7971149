"""
The keys that sign notes: of logs and of witnesses.

A key derives from a secret and the name it signs under, so that one secret serves any number of logs and no key serves
two.  Ed25519 signatures are deterministic (RFC 8032): signing the same text again gives the same bytes.
"""

from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from audit.cosigned import cosigned_bytes, subtree_bytes
from audit.errors import KeyUnusable
from audit.keys import KEY_BYTES
from audit.note import COSIGNATURE, ED25519, ML_DSA_44, Signature, VerifierKey


@dataclass(frozen=True, slots=True)
class LogKey:
    """The Ed25519 key that signs for one log; its name is the log's origin."""

    name: str
    private: Ed25519PrivateKey

    @classmethod
    def from_secret(cls, secret: bytes, name: str) -> "LogKey":
        """The key that derives from 32 secret bytes for this name (HKDF-Expand, RFC 5869)."""
        return cls(name, _derived(secret, b"venia/log-key/v1\n", name))

    @property
    def key(self) -> VerifierKey:
        """What its signatures are checked with."""
        return VerifierKey(self.name, ED25519, self.private.public_key().public_bytes_raw())

    def verifier(self) -> str:
        """The same as text."""
        return str(self.key)

    def sign(self, text: str) -> Signature:
        """Its signature of a text that ends in a line feed."""
        return Signature(self.name, self.key.key_id, self.private.sign(text.encode()))


@dataclass(frozen=True, slots=True)
class SigningSecret:
    """What the keys of all logs derive from, until it is followed by another; None: it is the current one."""

    material: bytes = field(repr=False)
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class SigningSecrets:
    """
    The secrets that sign, the oldest first and the current one last.

    While two overlap, every note is signed under both, so that whoever knows either key can verify it.
    """

    secrets: tuple[SigningSecret, ...]

    def keys(self, origin: str, now: datetime) -> tuple[LogKey, ...]:
        """The keys that sign for a log at ``now``: those whose time is not over, to the instant."""
        return tuple(_log_key(each.material, origin) for each in self.secrets if each.until is None or now < each.until)

    def ends(self, origin: str) -> dict[str, datetime | None]:
        """Every key of a log as text, and when it signs no more."""
        return {_log_key(each.material, origin).verifier(): each.until for each in self.secrets}


@dataclass(frozen=True, slots=True)
class WitnessKey:
    """The Ed25519 key of a witness (cosignature/v1)."""

    name: str
    private: Ed25519PrivateKey

    @classmethod
    def from_secret(cls, secret: bytes, name: str) -> "WitnessKey":
        """The key that derives from 32 secret bytes for this name."""
        return cls(name, _derived(secret, b"venia/witness-key/v1\n", name))

    @property
    def key(self) -> VerifierKey:
        """What its cosignatures are checked with."""
        return VerifierKey(self.name, COSIGNATURE, self.private.public_key().public_bytes_raw())

    def verifier(self) -> str:
        """The same as text."""
        return str(self.key)

    def cosign(self, text: str, seconds: int) -> Signature:
        """Its word for a checkpoint's text at a POSIX time in seconds."""
        signed = self.private.sign(cosigned_bytes(text, seconds))
        return Signature(self.name, self.key.key_id, seconds.to_bytes(8, "big") + signed)


@dataclass(frozen=True, slots=True)
class MlDsaKey:
    """An ML-DSA-44 cosigner (FIPS 204): the second line that a log or a witness may add to its Ed25519 one."""

    name: str
    private: MLDSA44PrivateKey

    @property
    def key(self) -> VerifierKey:
        """What its cosignatures are checked with."""
        return VerifierKey(self.name, ML_DSA_44, self.private.public_key().public_bytes_raw())

    def cosign(self, text: str, seconds: int) -> Signature:
        """Its word for a checkpoint's whole tree at a POSIX time in seconds."""
        signed = self.private.sign(subtree_bytes(text, name=self.name, seconds=seconds))
        return Signature(self.name, self.key.key_id, seconds.to_bytes(8, "big") + signed)


@lru_cache(32_768)
def _log_key(material: bytes, origin: str) -> LogKey:
    return LogKey.from_secret(material, origin)


def _derived(secret: bytes, purpose: bytes, name: str) -> Ed25519PrivateKey:
    if len(secret) != KEY_BYTES:  # Anybody could derive a key from nothing.
        raise KeyUnusable(f"A signing secret has {KEY_BYTES} bytes, not {len(secret)}.")
    seed = HKDFExpand(algorithm=SHA256(), length=32, info=purpose + name.encode()).derive(secret)
    return Ed25519PrivateKey.from_private_bytes(seed)

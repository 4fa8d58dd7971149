"""
Keys: what wraps them, what derives from them.

A key-encryption key (KEK) from outside the database wraps one root key per tenant and one data key per contact.
From a tenant's root derive the key of its blind indexes and the key of its secrets; a contact's data key encrypts
the contact's values and salts its commitments.
"""

import base64
import os
import stat
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from audit.errors import KeyUnusable

KEY_BYTES = 32
_NONCE_BYTES = 12


def seal(key: bytes, plain: bytes, context: bytes) -> bytes:
    """AES-256-GCM: nonce, ciphertext and tag in one piece, bound to ``context``."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, context)


def unseal(key: bytes, sealed: bytes, context: bytes) -> bytes:
    """Opens ``seal``; KeyUnusable when key or context differ or a byte was changed."""
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], context)
    except (InvalidTag, ValueError) as error:
        raise KeyUnusable("A stored value does not open with the key in use. Is it the right key file?") from error


def random_key() -> bytes:
    """A new 256-bit key."""
    return os.urandom(KEY_BYTES)


@dataclass(frozen=True, slots=True)
class KeyEncryptionKey:
    """The key that wraps all others; it never touches the database."""

    material: bytes

    @classmethod
    def from_base64(cls, text: str) -> "KeyEncryptionKey":
        """Reads 32 bytes in standard base64; KeyUnusable says what is wrong."""
        return cls(secret_from_base64(text, "The key-encryption key"))

    @classmethod
    def from_file(cls, path: Path) -> "KeyEncryptionKey":
        """
        Reads the key file, making it on the first start.

        The file MUST be readable by its owner only (0600), else KeyUnusable.
        """
        return cls(secret_from_file(path))

    def wrap(self, key: bytes, tenant: UUID, owner: str) -> bytes:
        """The key, sealed and bound to who owns it."""
        return seal(self.material, key, _context(tenant, owner))

    def unwrap(self, wrapped: bytes, tenant: UUID, owner: str) -> bytes:
        """Opens ``wrap``; KeyUnusable when it was wrapped by another key or for another owner."""
        return unseal(self.material, wrapped, _context(tenant, owner))


def secret_from_base64(text: str, name: str) -> bytes:
    """Reads 32 bytes in standard base64; KeyUnusable says what is wrong with what is called ``name``."""
    try:
        material = base64.b64decode(text, validate=True)
    except ValueError as error:
        raise KeyUnusable(f"{name} is not base64.") from error
    if len(material) != KEY_BYTES:
        raise KeyUnusable(f"{name} has {len(material)} bytes; it must have {KEY_BYTES}.")
    return material


def secret_from_file(path: Path) -> bytes:
    """
    Reads a file of 32 bytes in base64, making it on the first start.

    The file MUST be readable by its owner only (0600), else KeyUnusable.
    """
    if not path.exists():
        make_secret(path, base64.b64encode(random_key()) + b"\n")
    return secret_from_base64(read_secret(path).decode().strip(), f"The key in {path}")


def read_secret(path: Path) -> bytes:
    """The bytes of a secret file; KeyUnusable when others than its owner may read it."""
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise KeyUnusable(f"{path} can be read by others. Run: chmod 600 {path}")
    return path.read_bytes()


def write_secret(path: Path, content: bytes) -> None:
    """Writes a secret for its owner only, whole or not at all, and durably."""
    draft = _draft(path, content)
    draft.replace(path)
    _sync(path.parent)


def make_secret(path: Path, content: bytes) -> None:
    """The same, unless the file is there already: of processes that start together, the first one's stays."""
    draft = _draft(path, content)
    with suppress(FileExistsError):
        path.hardlink_to(draft)
    draft.unlink()
    _sync(path.parent)


def _draft(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # 0600, and no other process's.
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return Path(name)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@dataclass(frozen=True)
class TenantKeys:
    """What derives from one tenant's root key."""

    tenant: UUID
    root: bytes

    @cached_property
    def blind_index(self) -> bytes:
        """The HMAC key under which identifiers are looked up."""
        return self._derive(b"venia/blind-index/v1")

    @cached_property
    def secrets(self) -> bytes:
        """The AES key of secrets that belong to no contact (webhook secrets, unreadable deliveries)."""
        return self._derive(b"venia/secrets/v1")

    def _derive(self, purpose: bytes) -> bytes:
        return HKDFExpand(algorithm=SHA256(), length=KEY_BYTES, info=purpose).derive(self.root)


def _context(tenant: UUID, owner: str) -> bytes:
    return b"venia/wrapped-key/v1\n" + tenant.bytes + owner.encode()

"""
Keys: what wraps them, what derives from them.

A key-encryption key (KEK) from outside the database wraps each tenant's keys; a tenant's data key wraps one data key
per contact, which encrypts the contact's values and salts its commitments.  Index and data keys have versions, so
that they can be rotated; the first of each derives from the tenant's root, as does everything that stays.
"""

import base64
import hmac
import os
import stat
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Protocol
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


class KeyProvider(Protocol):
    """Wraps keys with a key-encryption key that never touches the database."""

    @property
    def name(self) -> str:
        """Which key it is, as stored beside what it wrapped: ``local:3f9a12c4``, ``aws-kms:arn:…``."""
        ...

    async def wrap(self, key: bytes, context: bytes) -> bytes:
        """The key, sealed and bound to ``context``.  Raises KeyProviderAway when it cannot be asked now."""
        ...

    async def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        """
        Opens ``wrap``.

        Raises KeyUnusable when it was wrapped by another key or for something else, and KeyProviderAway.
        """
        ...


@dataclass(frozen=True, slots=True)
class LocalKey:
    """A key-encryption key of 32 bytes that this process holds itself."""

    material: bytes = field(repr=False)

    @classmethod
    def from_base64(cls, text: str) -> "LocalKey":
        """Reads 32 bytes in standard base64; KeyUnusable says what is wrong."""
        return cls(secret_from_base64(text, "The key-encryption key"))

    @classmethod
    def from_file(cls, path: Path) -> "LocalKey":
        """
        Reads the key file, making it on the first start.

        The file MUST be readable by its owner only (0600), else KeyUnusable.
        """
        return cls(secret_from_file(path))

    @property
    def name(self) -> str:
        """Tells keys apart and nothing about them: 32 bits of a hash of 256 random ones."""
        return "local:" + sha256(b"venia/kek-name/v1" + self.material).hexdigest()[:8]

    async def wrap(self, key: bytes, context: bytes) -> bytes:
        """AES-256-GCM, bound to ``context``."""
        return seal(self.material, key, context)

    async def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        """Opens ``wrap``; KeyUnusable when key or context differ."""
        return unseal(self.material, wrapped, context)


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
    """A tenant's keys, by purpose and version; the newest is the one that is written with."""

    tenant: UUID
    root: bytes = field(repr=False)
    index: Mapping[int, bytes] = field(default_factory=dict, repr=False)  # as far as they do not derive from the root
    data: Mapping[int, bytes] = field(default_factory=dict, repr=False)
    index_versions: tuple[int, ...] = (1,)  # in use, the oldest first
    data_versions: tuple[int, ...] = (1,)
    revision: int = 1

    @cached_property
    def blind_indexes(self) -> tuple[tuple[int, bytes], ...]:
        """The versions and HMAC keys under which identifiers are looked up; the last one is current."""
        return tuple((version, self._key("blind-index", self.index, version)) for version in self.index_versions)

    @cached_property
    def secrets(self) -> bytes:
        """The AES key of secrets that belong to no contact (webhook secrets, unreadable deliveries)."""
        return self._derive("secrets")

    @cached_property
    def tombstones(self) -> bytes:
        """The HMAC key of what was erased; it has no versions, since nothing could be hashed anew."""
        return self._derive("tombstones")

    @cached_property
    def registers(self) -> bytes:
        """What the HMAC key of each load of a register derives from; it has no versions, since each load has its own."""
        return self._derive("registers")

    @cached_property
    def links(self) -> bytes:
        """The AES-SIV key of the links by which people see and end what is had of them."""
        return self._derive("links", 2 * KEY_BYTES)

    @cached_property
    def answers(self) -> bytes:
        """The HMAC key of idempotency keys and of what was asked under them."""
        return self._derive("idempotency")

    @cached_property
    def vendor_ids(self) -> bytes:
        """The HMAC key of the ids that vendors give to deliveries and calls."""
        return hmac.digest(self._derive("blind-index"), b"vendor-ids", "sha256")

    def versions(self, purpose: str) -> tuple[int, ...]:
        """The versions of the ``index`` or ``data`` key in use; the last one is current."""
        return self.index_versions if purpose == "index" else self.data_versions

    def wrap(self, key: bytes, contact: UUID) -> tuple[int, bytes]:
        """A contact's data key, sealed, and the version of the key that it is sealed with."""
        version = self.data_versions[-1]
        return version, seal(self._data(version), key, key_context(self.tenant, owner(contact)))

    def unwrap(self, version: int, wrapped: bytes, contact: UUID) -> bytes:
        """Opens ``wrap``; KeyUnusable when the key of that version is there no more, or does not open it."""
        return unseal(self._data(version), wrapped, key_context(self.tenant, owner(contact)))

    def _data(self, version: int) -> bytes:
        known = self._data_keys.get(version)
        if known is None:
            known = self._data_keys[version] = self._key("data-keys", self.data, version)
        return known

    @cached_property
    def _data_keys(self) -> dict[int, bytes]:
        return {}

    def _key(self, purpose: str, own: Mapping[int, bytes], version: int) -> bytes:
        if version == 1:
            return self._derive(purpose)
        try:
            return own[version]
        except KeyError:
            raise KeyUnusable(f"Version {version} of the tenant's {purpose} key is not in use any more.") from None

    def _derive(self, purpose: str, length: int = KEY_BYTES) -> bytes:
        info = b"venia/" + purpose.encode() + b"/v1"
        return HKDFExpand(algorithm=SHA256(), length=length, info=info).derive(self.root)


def owner(contact: UUID) -> str:
    """Whose data key it is, as a wrapped key is bound to them."""
    return f"contact:{contact}"


def key_context(tenant: UUID, owner: str) -> bytes:
    """What a wrapped key is bound to: its tenant, and which of the tenant's keys it is."""
    return b"venia/wrapped-key/v1\n" + tenant.bytes + owner.encode()

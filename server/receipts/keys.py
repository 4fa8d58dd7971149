"""
The keys that receipts are signed with, in one file, so that each change of it is whole.

    keys/receipts    a line per key, the oldest first: the moment from which it signs, what it holds, 32 bytes in base64

A line holds the ``secret`` of a key that signs or will, or the ``public`` key of one that has been followed: a receipt lives
for years, and whoever has one must be able to check it.  The first line's moment may be ``-``: from the beginning.
"""

import base64
import json
import time
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import structlog
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from audit.errors import KeyUnusable
from audit.instants import rfc3339
from audit.keys import make_secret, random_key, read_secret, secret_from_base64, write_secret
from server.providers.choosing import keys_home
from server.settings import Settings

ALGORITHM = "EdDSA"
JWKS_SECONDS = 300
SHORTEST_LEAD = JWKS_SECONDS + 5  # Whoever keeps the published keys has asked for them anew by then.
_LOOK_SECONDS = 1.0
_ALWAYS = datetime.min.replace(tzinfo=UTC)
_IN_SETTING = (
    "The receipts' secret is in VENIA_RECEIPT_SECRET: set a new one there, name the old one in "
    "VENIA_RECEIPT_SECRET_PREVIOUS with a moment some minutes ahead, from which the new one signs, and restart every server "
    "before that moment."
)

log = structlog.stdlib.get_logger("server.receipts.keys")


@dataclass(frozen=True, slots=True)
class ReceiptKey:
    """A key that signs receipts from ``starts`` on, until the next one does; without its secret it only verifies."""

    starts: datetime
    public: bytes
    secret: bytes | None = field(default=None, repr=False)

    @classmethod
    def from_secret(cls, secret: bytes, starts: datetime) -> "ReceiptKey":
        """The key that derives from 32 secret bytes (HKDF-Expand, RFC 5869)."""
        return cls(starts, _private(secret).public_key().public_bytes_raw(), secret)

    @property
    def kid(self) -> str:
        """Its JWK thumbprint (RFC 7638)."""
        members = json.dumps(self._members(), sort_keys=True, separators=(",", ":"))
        return _unpadded(sha256(members.encode()).digest())

    @property
    def private(self) -> Ed25519PrivateKey:
        """What signs; KeyUnusable where only the public half is left."""
        if self.secret is None:
            raise KeyUnusable("This key of receipts was followed by another, and its secret is destroyed.")
        return _private(self.secret)

    def jwk(self) -> dict[str, str]:
        """The public half as a JSON Web Key (RFC 8037 §2)."""
        return {**self._members(), "kid": self.kid, "use": "sig", "alg": ALGORITHM}

    def _members(self) -> dict[str, str]:
        return {"crv": "Ed25519", "kty": "OKP", "x": _unpadded(self.public)}


@dataclass(frozen=True, slots=True)
class ReceiptKeys:
    """All keys of receipts, the one that starts first before the others."""

    keys: tuple[ReceiptKey, ...]

    def signer(self, moment: datetime) -> ReceiptKey:
        """The key that signs at this moment; the first one where none does yet."""
        place = bisect_right([each.starts for each in self.keys], moment)
        return self.keys[max(0, place - 1)]

    def published(self) -> list[dict[str, str]]:
        """Every key under which a receipt may stand, now, before and soon."""
        return [each.jwk() for each in self.keys]


def receipt_file(settings: Settings) -> Path:
    """Where the keys are kept when no setting says what they are."""
    return keys_home(settings) / "receipts"


def receipt_keys(settings: Settings) -> ReceiptKeys:
    """
    The keys: from VENIA_RECEIPT_SECRET and its predecessors, else from the file, which is made on the first start.

    Raises KeyUnusable when the file is malformed or can be read by others.
    """
    if settings.receipt_secret is not None:
        return _of_settings(settings, settings.receipt_secret)
    path = receipt_file(settings)
    if not path.exists():
        make_secret(path, f"- secret {base64.b64encode(random_key()).decode()}\n".encode())
    return _read(path)


def rotate_receipts(settings: Settings, now: datetime, lead: timedelta | None) -> dict[str, object]:
    """
    Has a new secret sign from ``now + lead`` on; of keys that were followed before, only the public half is kept.

    Without a lead it signs at once, and what others signed is believed no more: their receipts are to be fetched anew.
    A rotation that is under way is told and no other begun.  Raises KeyUnusable where a setting holds the secret.
    """
    if settings.receipt_secret is not None:
        raise KeyUnusable(_IN_SETTING)
    path = receipt_file(settings)
    keys = list(receipt_keys(settings).keys)
    whole = now.replace(microsecond=0)
    if lead is None:
        keys = [ReceiptKey.from_secret(random_key(), whole)]
    elif keys[-1].starts <= now:
        followed = [replace(each, secret=None) for each in keys[:-1]]
        keys = [*followed, keys[-1], ReceiptKey.from_secret(random_key(), whole + lead)]
    write_secret(path, "".join(map(_written, keys)).encode())
    return {"kid": keys[-1].kid, "signs_from": rfc3339(keys[-1].starts), "keep": str(path)}


def retire_receipts(settings: Settings, now: datetime) -> int:
    """Destroys the secrets of keys that sign no more, and keeps their public halves; returns how many those were."""
    if settings.receipt_secret is not None:
        raise KeyUnusable(_IN_SETTING)
    keys = receipt_keys(settings)
    signing = keys.keys.index(keys.signer(now))
    kept = [replace(each, secret=None) if place < signing else each for place, each in enumerate(keys.keys)]
    write_secret(receipt_file(settings), "".join(map(_written, kept)).encode())
    return sum(each.secret is not None for each in keys.keys[:signing])


class KeptReceiptKeys:
    """The keys of this process, read again within a second or two of a change of their file."""

    __slots__ = ("_clock", "_keys", "_looked", "_settings", "_stamp")

    def __init__(self, settings: Settings, clock: Callable[[], datetime]) -> None:
        """Raises KeyUnusable when they cannot be read now; once they were, they stay until others can be."""
        self._settings, self._clock = settings, clock
        self._keys = receipt_keys(settings)
        self._stamp: tuple[int, int] | None = None
        self._looked = time.monotonic() - _LOOK_SECONDS

    @property
    def keys(self) -> ReceiptKeys:
        """The newest keys that could be read."""
        if self._settings.receipt_secret is None and time.monotonic() - self._looked >= _LOOK_SECONDS:
            self._look()
        return self._keys

    def signer(self) -> ReceiptKey:
        """The key that signs now."""
        return self.keys.signer(self._clock())

    def published(self) -> Sequence[Mapping[str, str]]:
        """The public keys, as JSON Web Keys."""
        return self.keys.published()

    def _look(self) -> None:
        self._looked = time.monotonic()
        path = receipt_file(self._settings)
        try:
            seen = path.stat()
            stamp = seen.st_ino, seen.st_mtime_ns  # Each writing of it is another file.
            if stamp != self._stamp:
                # A file that is gone is no wish for a new secret, which nobody else would know.
                self._keys, self._stamp = _read(path), stamp
        except (KeyUnusable, OSError) as error:
            log.error("receipt_keys_unusable", error=str(error))  # noqa: TRY400  What is wrong is a sentence, and no traceback.


def _of_settings(settings: Settings, current: bytes) -> ReceiptKeys:
    keys, starts = [], _ALWAYS
    for each in sorted(settings.receipt_secret_previous, key=lambda each: each.until):
        keys.append(ReceiptKey.from_secret(each.secret, starts))
        starts = each.until.astimezone(UTC)
    return ReceiptKeys((*keys, ReceiptKey.from_secret(current, starts)))


def _read(path: Path) -> ReceiptKeys:
    written = read_secret(path).decode(errors="replace").splitlines()
    keys = tuple(_key(path, number, text) for number, text in enumerate(written, 1))
    moments = [each.starts for each in keys]
    if not keys or moments != sorted(set(moments)) or keys[-1].secret is None:
        raise KeyUnusable(
            f"{path} must hold one line per key, the one that signs first at the top and one with a secret at the end."
        )
    return ReceiptKeys(keys)


def _key(path: Path, number: int, text: str) -> ReceiptKey:
    moment, _, rest = text.partition(" ")
    kind, _, encoded = rest.partition(" ")
    material = secret_from_base64(encoded, f"The key in line {number} of {path}")
    try:
        starts = _ALWAYS if moment == "-" and number == 1 else datetime.fromisoformat(moment)
    except ValueError:
        starts = None
    if starts is None or starts.tzinfo is None:
        raise KeyUnusable(f"Line {number} of {path} does not begin with a moment and its offset.")
    if kind not in ("secret", "public"):
        raise KeyUnusable(f"Line {number} of {path} says neither secret nor public.")
    starts = starts if starts == _ALWAYS else starts.astimezone(UTC)
    return ReceiptKey.from_secret(material, starts) if kind == "secret" else ReceiptKey(starts, material)


def _written(key: ReceiptKey) -> str:
    moment = "-" if key.starts == _ALWAYS else key.starts.isoformat()
    kind, material = ("public", key.public) if key.secret is None else ("secret", key.secret)
    return f"{moment} {kind} {base64.b64encode(material).decode()}\n"


def _private(secret: bytes) -> Ed25519PrivateKey:
    seed = HKDFExpand(algorithm=SHA256(), length=32, info=b"venia/receipt-key/v1").derive(secret)
    return Ed25519PrivateKey.from_private_bytes(seed)


def _unpadded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()

"""
The secrets that the keys of decision tokens derive from: in one file, so that each change of it is whole.

    keys/tokens    one line per secret, the oldest first: the moment from which it signs, a space, 32 bytes in base64

The first line may have no moment: that secret has signed from the beginning.  Every server process reads the file again
when it changes, so that all of them know a new key before it signs.
"""

import base64
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog

from audit.entry import Json
from audit.errors import KeyUnusable
from audit.instants import rfc3339
from audit.keys import make_secret, random_key, read_secret, secret_from_base64, write_secret
from policies.api import JWKS_SECONDS
from policies.tokens import KNOWN, Presented, TokenKey, TokenKeys, Tokens, read_token
from server.providers.choosing import keys_home
from server.settings import Settings

SHORTEST_LEAD = JWKS_SECONDS + 5  # Whoever keeps the published keys has asked for them anew by then.
_LOOK_SECONDS = 1.0
_ALWAYS = datetime.min.replace(tzinfo=UTC)
_IN_SETTING = (
    "The token secret is in VENIA_TOKEN_SECRET: set a new one there, name the old one in VENIA_TOKEN_SECRET_PREVIOUS with a "
    "moment some minutes ahead, from which the new one signs, and restart every server before that moment."
)

log = structlog.stdlib.get_logger("server.token_keys")

Line = tuple[datetime, bytes]  # from when it signs, and the secret


def token_file(settings: Settings) -> Path:
    """Where the secrets are kept when no setting says what they are."""
    return keys_home(settings) / "tokens"


def token_keys(settings: Settings) -> TokenKeys:
    """
    The keys of tokens: from VENIA_TOKEN_SECRET and its predecessors, else from the file, which is made on the first start.

    Raises KeyUnusable when the file is malformed or can be read by others.
    """
    if settings.token_secret is not None:
        return _keys_of(_of_settings(settings, settings.token_secret))
    return _keys_of(_of_file(token_file(settings)))


def rotate_tokens(settings: Settings, now: datetime, lead: timedelta | None) -> dict[str, object]:
    """
    Has a new secret sign from ``now + lead`` on; without a lead at once, and nothing that others signed is believed.

    A rotation that is under way is told and no other begun.  Raises KeyUnusable where a setting holds the secret.
    """
    _refuse_setting(settings)
    path = token_file(settings)
    lines = _of_file(path)
    if lead is None:
        lines = [(_whole(now), random_key())]
    elif lines[-1][0] <= now:
        lines = [*_still_known(lines, now), (_whole(now + lead), random_key())]
    _write(path, lines)
    starts, secret = lines[-1]
    return {"kid": TokenKey.from_secret(secret, starts).kid, "signs_from": rfc3339(starts), "keep": str(path)}


def retire_tokens(settings: Settings, now: datetime) -> int:
    """Destroys the earlier secrets that are known no more; returns how many that were."""
    _refuse_setting(settings)
    lines = _of_file(token_file(settings))
    kept = _still_known(lines, now)
    if len(kept) < len(lines):
        _write(token_file(settings), kept)
    return len(lines) - len(kept)


class KeptTokens(Tokens):
    """The keys of this process, read again within a second or two of a change of their file."""

    __slots__ = ("_clock", "_keys", "_looked", "_settings", "_stamp")

    def __init__(self, settings: Settings, clock: Callable[[], datetime]) -> None:
        """Raises KeyUnusable when they cannot be read now; once they were, they stay until others can be."""
        self._settings, self._clock = settings, clock
        self._keys = token_keys(settings)
        # The first use looks again: the file may have changed while it was read.
        self._stamp: tuple[int, int] | None = None
        self._looked = time.monotonic() - _LOOK_SECONDS

    @property
    def keys(self) -> TokenKeys:
        """The newest keys that could be read."""
        if self._settings.token_secret is None and time.monotonic() - self._looked >= _LOOK_SECONDS:
            self._look()
        return self._keys

    def sign(self, claims: Mapping[str, Json]) -> str | None:
        """The token of these claims under the key of their ``iat``; None where that key is known no more."""
        key = self.keys.signer(datetime.fromtimestamp(int(str(claims["iat"])), UTC))
        return None if key is None else key.sign(claims)

    def read(self, text: str) -> Presented:
        """What a token is for, or what is wrong with it."""
        return read_token(text, self.keys, self._clock())

    def published(self) -> Sequence[Mapping[str, str]]:
        """The public keys, as JSON Web Keys."""
        return self.keys.published(self._clock())

    def _look(self) -> None:
        self._looked = time.monotonic()
        try:
            seen = token_file(self._settings).stat()
            stamp = seen.st_ino, seen.st_mtime_ns  # Each writing of it is another file.
            if stamp != self._stamp:
                # A file that is gone is no wish for a new secret, which nobody else would know.
                self._keys = _keys_of(_read(token_file(self._settings)))
                self._stamp = stamp
        except (KeyUnusable, OSError) as error:
            log.error("token_keys_unusable", error=str(error))  # noqa: TRY400  What is wrong is a sentence, and no traceback.


def _keys_of(lines: Sequence[Line]) -> TokenKeys:
    return TokenKeys(tuple(TokenKey.from_secret(secret, starts) for starts, secret in lines))


def _of_settings(settings: Settings, current: bytes) -> list[Line]:
    lines: list[Line] = []
    starts = _ALWAYS
    for each in sorted(settings.token_secret_previous, key=lambda each: each.until):
        lines.append((starts, each.secret))
        starts = each.until.astimezone(UTC)
    return [*lines, (starts, current)]


def _of_file(path: Path) -> list[Line]:
    if not path.exists():
        make_secret(path, base64.b64encode(random_key()) + b"\n")
    return _read(path)


def _read(path: Path) -> list[Line]:
    written = read_secret(path).decode(errors="replace").splitlines()
    lines = [_line(path, number, text) for number, text in enumerate(written, 1)]
    if not lines or [starts for starts, _ in lines] != sorted({starts for starts, _ in lines}):
        raise KeyUnusable(f"{path} must hold one line per secret, the one that signs first at the top.")
    return lines


def _line(path: Path, number: int, text: str) -> Line:
    starts, _, secret = text.rpartition(" ")
    material = secret_from_base64(secret, f"The key in line {number} of {path}")
    try:
        moment = datetime.fromisoformat(starts) if starts or number > 1 else _ALWAYS
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise KeyUnusable(f"Line {number} of {path} does not begin with a moment and its offset.")
    return moment.astimezone(UTC) if moment != _ALWAYS else moment, material


def _write(path: Path, lines: Sequence[Line]) -> None:
    moments = ("" if starts == _ALWAYS else starts.isoformat() + " " for starts, _ in lines)
    secrets = (base64.b64encode(secret).decode() for _, secret in lines)
    write_secret(path, "".join(f"{moment}{secret}\n" for moment, secret in zip(moments, secrets, strict=True)).encode())


def _whole(moment: datetime) -> datetime:
    """The moment in whole seconds, as tokens tell theirs."""
    return moment.replace(microsecond=0)


def _still_known(lines: Sequence[Line], now: datetime) -> list[Line]:
    """Those that sign, will, or did so until a time within which they are known."""
    ends = [starts for starts, _ in lines[1:]]
    return [line for line, end in zip(lines, ends, strict=False) if now < end + KNOWN] + [lines[-1]]


def _refuse_setting(settings: Settings) -> None:
    if settings.token_secret is not None:
        raise KeyUnusable(_IN_SETTING)

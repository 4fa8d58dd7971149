"""
The secrets that the keys of the logs derive from, and how one follows another.

    keys/signing              the current one, 32 bytes in base64
    keys/signing.previous-*   an earlier one: the moment at which it signs no more, and the bytes
    keys/signing.next         a rotation under way: the moment at which the current one will end, and the bytes to come

Each step leaves files that mean something, so that whoever finds them after an interruption goes on.
"""

import base64
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from audit.announcing import AnnounceLogKey
from audit.errors import KeyUnusable
from audit.instants import rfc3339
from audit.keys import make_secret, random_key, read_secret, secret_from_base64, secret_from_file, write_secret
from audit.signing import LogKey, SigningSecret, SigningSecrets
from server.administration import list_tenants
from server.providers.choosing import keys_home
from server.service import Service, clock
from server.settings import Settings
from server.terminal import ACTOR


def signing_file(settings: Settings) -> Path:
    """Where the current secret is kept when no setting says what it is."""
    return keys_home(settings) / "signing"


def signing_secrets(settings: Settings) -> SigningSecrets:
    """
    The secrets that sign, read anew: from VENIA_SIGNING_SECRET and its predecessors, else from key files under home.

    Raises KeyUnusable when a file is malformed or can be read by others.
    """
    previous = [SigningSecret(each.secret, each.until) for each in settings.signing_secret_previous]
    # The current one is read first: it is replaced last.
    current = settings.signing_secret or secret_from_file(signing_file(settings))
    if settings.signing_secret is None:
        previous += [_read(path) for path in signing_file(settings).parent.glob("signing.previous-*")]
    earlier = sorted(
        (each for each in previous if each.material != current), key=lambda each: (each.until, each.material)
    )
    return SigningSecrets((*earlier, SigningSecret(current)))


def log_keys(settings: Settings, origin: str) -> Sequence[LogKey]:
    """The keys that sign for the log of this origin now, the current one last."""
    return signing_secrets(settings).keys(origin, clock())


async def rotate_signing(service: Service, overlap: timedelta) -> dict[str, object]:
    """
    Has another secret sign, beside the old one for ``overlap``; every log tells so before the new key signs anything.

    With the secret in a setting, the operator has set the new one and its predecessor: only the logs are told.
    """
    settings, path = service.settings, signing_file(service.settings)
    if settings.signing_secret is not None:
        return await _announce_settings(service)
    coming = path.with_name("signing.next")
    make_secret(coming, _written(SigningSecret(random_key(), clock() + overlap)))
    new, old = _read(coming), SigningSecret(secret_from_file(path))
    if new.until is None:
        raise KeyUnusable(f"{coming} names no moment.")
    if new.material != old.material:
        await _announce(service, old.material, new.material, new.until)
        ending = path.with_name(f"signing.previous-{sha256(old.material).hexdigest()[:8]}")
        write_secret(ending, _written(SigningSecret(old.material, new.until)))
        write_secret(path, base64.b64encode(new.material) + b"\n")
    coming.unlink()
    return {"until": rfc3339(new.until), "keep": str(path)}


def retire_signing(settings: Settings, now: datetime) -> list[Path]:
    """Destroys the earlier secrets whose time is over; what they signed still verifies."""
    over = [path for path in signing_file(settings).parent.glob("signing.previous-*") if _is_over(_read(path), now)]
    for path in over:
        path.unlink()
    return over


async def _announce_settings(service: Service) -> dict[str, object]:
    *earlier, current = signing_secrets(service.settings).secrets
    if not earlier or earlier[-1].until is None:
        raise KeyUnusable(
            "The signing secret is in VENIA_SIGNING_SECRET: set a new one there, name the old one with the moment at "
            "which it ends in VENIA_SIGNING_SECRET_PREVIOUS, restart, and run this again."
        )
    await _announce(service, earlier[-1].material, current.material, earlier[-1].until)
    return {"until": rfc3339(earlier[-1].until)}


async def _announce(service: Service, old: bytes, new: bytes, until: datetime) -> None:
    for row in await list_tenants(service.journal_engine):
        ending, coming = (LogKey.from_secret(each, row.log).verifier() for each in (old, new))
        await service.journal.write(AnnounceLogKey(row.id, ACTOR, ending, coming, until))


def _is_over(secret: SigningSecret, now: datetime) -> bool:
    return secret.until is not None and secret.until <= now


def _written(secret: SigningSecret) -> bytes:
    until = secret.until.isoformat() if secret.until else ""
    return f"{until}\n{base64.b64encode(secret.material).decode()}\n".encode()


def _read(path: Path) -> SigningSecret:
    until, _, material = read_secret(path).decode().partition("\n")
    try:
        return SigningSecret(secret_from_base64(material.strip(), f"The key in {path}"), datetime.fromisoformat(until))
    except ValueError as error:
        raise KeyUnusable(f"{path} does not begin with a moment.") from error

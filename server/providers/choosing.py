"""
The providers that the settings name: the one that wraps, and those that only open what they once wrapped.
"""

import base64
from collections.abc import Sequence
from pathlib import Path

from audit.errors import KeyUnusable
from audit.keys import (
    KeyProvider,
    LocalKey,
    make_secret,
    random_key,
    read_secret,
    secret_from_base64,
    write_secret,
)
from server.key_providers import AwsKms, Configured, Local, Pkcs11
from server.settings import Settings

_PREVIOUS = "kek.previous-*"


def keys_home(settings: Settings) -> Path:
    """The folder of key files."""
    return settings.home / "keys"


def kek_file(settings: Settings) -> Path:
    """Where the key-encryption key is kept when no setting says otherwise."""
    return keys_home(settings) / "kek"


def providers_of(settings: Settings) -> tuple[KeyProvider, Sequence[KeyProvider]]:
    """
    The current provider and the previous ones, read anew from the files that the settings name.

    Raises KeyUnusable when a key file is missing, malformed or readable by others, or a library is not installed.
    """
    previous = [_made(each) for each in settings.kek_previous]
    previous += [LocalKey.from_file(path) for path in sorted(keys_home(settings).glob(_PREVIOUS))]
    if settings.kek_provider is not None:
        return _made(settings.kek_provider), previous
    if settings.kek is not None:
        return LocalKey(settings.kek), previous
    return LocalKey.from_file(kek_file(settings)), previous


def renew_kek_file(settings: Settings) -> bool:
    """
    Puts a new key into the key file and keeps the old one beside it; False where another setting says what the key is.

    The old one is there before the new one counts, whenever this is interrupted.
    """
    if settings.kek is not None or settings.kek_provider is not None:
        return False
    path = kek_file(settings)
    old = LocalKey.from_file(path)
    make_secret(path.with_name(_PREVIOUS.replace("*", old.name.partition(":")[2])), read_secret(path))
    write_secret(path, base64.b64encode(random_key()) + b"\n")
    return True


def _made(configured: Configured) -> KeyProvider:
    match configured:
        case Local(key=None, file=Path() as path):
            if not path.is_file():
                raise KeyUnusable(f"There is no key file {path}.")
            return LocalKey.from_file(path)
        case Local(key=key):
            return LocalKey(secret_from_base64(key or "", "The key-encryption key"))
        case AwsKms():
            # Only who uses it needs the library, and waits for it to load.
            from server.providers.aws_kms import AwsKmsKey  # noqa: PLC0415  As said above.

            return AwsKmsKey(configured.key, configured.endpoint)
        case Pkcs11():
            from server.providers.pkcs11 import Pkcs11Key  # noqa: PLC0415  As above.

            pin = read_secret(configured.pin_file).decode().strip()
            return Pkcs11Key(configured.module, configured.token, configured.label, pin)

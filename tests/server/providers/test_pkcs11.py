"""
A key-encryption key on a token, which is a real one as far as PKCS#11 can tell.
"""

import asyncio
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pkcs11
import pytest

from audit.errors import KeyProviderAway, KeyUnusable
from audit.keys import random_key
from server.key_providers import Pkcs11
from server.providers.choosing import providers_of
from server.providers.pkcs11 import Pkcs11Key
from server.settings import Settings
from tests.server.providers import softhsm

PIN = "4711-pin"


@pytest.fixture(scope="module")
def module() -> Iterator[Path]:
    """
    SoftHSM2 with one token that has two keys.
    """
    with tempfile.TemporaryDirectory(prefix="venia-token-") as folder:
        softhsm.make_token(Path(folder), "venia", PIN)
        path = softhsm.module()
        token = pkcs11.lib(str(path)).get_token(token_label="venia")
        with token.open(user_pin=PIN, rw=True) as session:
            for label in ("kek", "other"):
                session.generate_key(pkcs11.KeyType.AES, 256, label=label, store=True)
        yield path


_opened: list[Pkcs11Key] = []


@pytest.fixture(autouse=True)
def nobody_is_logged_in():
    """
    A process is logged in to a token as long as any of its sessions is open.
    """
    yield
    while _opened:
        _opened.pop().close()


def key_of(module: Path, label: str = "kek", pin: str = PIN, token: str = "venia") -> Pkcs11Key:
    """
    A provider on the token.
    """
    _opened.append(Pkcs11Key(module, token, label, pin))
    return _opened[-1]


def test_what_the_token_wraps_it_opens(module: Path):
    """
    For the same context and key; each wrapping is another.
    """
    provider, key = key_of(module), random_key()
    one, other = (asyncio.run(provider.wrap(key, b"tenant 1")) for _ in range(2))

    assert one != other
    assert key not in one
    assert asyncio.run(provider.unwrap(one, b"tenant 1")) == key
    assert asyncio.run(key_of(module).unwrap(other, b"tenant 1")) == key


@pytest.mark.parametrize("change", ["context", "key", "byte", "length"])
def test_nothing_else_opens(module: Path, change):
    """
    Another context, another key of the token, a changed or a missing byte.
    """
    wrapped = asyncio.run(key_of(module).wrap(random_key(), b"tenant 1"))
    stored = {"byte": wrapped[:-1] + bytes([wrapped[-1] ^ 1]), "length": wrapped[:-3]}.get(change, wrapped)
    provider = key_of(module, "other" if change == "key" else "kek")

    with pytest.raises(KeyUnusable):
        asyncio.run(provider.unwrap(stored, b"tenant 2" if change == "context" else b"tenant 1"))


@pytest.mark.parametrize("wrong", [{"pin": "0000"}, {"label": "nobody"}])
def test_a_wrong_pin_or_label_is_told(module: Path, wrong):
    """
    What no waiting mends is KeyUnusable, and names the key.
    """
    with pytest.raises(KeyUnusable, match="pkcs11:venia/"):
        asyncio.run(key_of(module, **wrong).wrap(random_key(), b""))


def test_a_token_that_is_not_there_is_away(module: Path):
    """
    It may be plugged in again.
    """
    with pytest.raises(KeyProviderAway):
        asyncio.run(key_of(module, token="elsewhere").wrap(random_key(), b""))


def test_many_may_ask_at_once(module: Path):
    """
    A session serves one at a time, and all are served.
    """
    provider, keys = key_of(module), [random_key() for _ in range(40)]

    async def all_of_them() -> list[bytes]:
        wrapped = await asyncio.gather(*(provider.wrap(key, key[:4]) for key in keys))
        return await asyncio.gather(*(provider.unwrap(w, k[:4]) for w, k in zip(wrapped, keys, strict=True)))

    assert asyncio.run(all_of_them()) == keys


def test_the_settings_name_it(module: Path, tmp_path: Path):
    """
    With its PIN in a file that only its owner can read.
    """
    pin = tmp_path / "pin"
    pin.write_text(PIN + "\n")
    pin.chmod(0o600)
    configured = Pkcs11(provider="pkcs11", module=module, token="venia", label="kek", pin_file=pin)
    settings = Settings(home=tmp_path, kek_provider=configured)
    provider, previous = providers_of(settings)
    assert isinstance(provider, Pkcs11Key)
    _opened.append(provider)
    key = random_key()

    assert provider.name == "pkcs11:venia/kek"
    assert previous == []
    assert asyncio.run(provider.unwrap(asyncio.run(provider.wrap(key, b"x")), b"x")) == key
    pin.chmod(0o644)
    with pytest.raises(KeyUnusable, match="chmod 600"):
        providers_of(settings)

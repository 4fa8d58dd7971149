"""
Keys open what was closed with them, for whom it was closed, and lie where nobody else can read them.
"""

import asyncio
import base64
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.errors import KeyUnusable
from audit.keys import LocalKey, TenantKeys, key_context, random_key, read_secret, seal, unseal, write_secret

KEK = LocalKey(bytes(range(32)))
TENANT = UUID("5c0ffee0-0000-4000-8000-000000000001")


@given(st.binary(max_size=200), st.binary(max_size=40))
def test_what_was_sealed_opens(plain, context):
    """
    Key and context give the bytes back; sealing twice never gives the same bytes.
    """
    sealed = seal(KEK.material, plain, context)

    assert unseal(KEK.material, sealed, context) == plain
    assert seal(KEK.material, plain, context) != sealed


@given(st.binary(max_size=60), st.data())
def test_what_was_sealed_opens_only_whole_and_in_its_context(plain, data):
    """
    One changed bit, a missing byte, another context or another key: it does not open.
    """
    sealed = seal(KEK.material, plain, b"context")
    bit = data.draw(st.integers(0, len(sealed) * 8 - 1))
    end = data.draw(st.integers(0, len(sealed) - 1))
    flipped = bytearray(sealed)
    flipped[bit // 8] ^= 1 << bit % 8

    for key, stored, context in (
        (KEK.material, bytes(flipped), b"context"),
        (KEK.material, sealed[:end], b"context"),
        (KEK.material, sealed, b"contexts"),
        (bytes(32), sealed, b"context"),
    ):
        with pytest.raises(KeyUnusable):
            unseal(key, stored, context)


def test_a_wrapped_key_is_its_owners():
    """
    It unwraps with the same key for the same tenant and owner, and for nobody else.
    """
    key = random_key()
    wrapped = asyncio.run(KEK.wrap(key, key_context(TENANT, "root")))

    assert asyncio.run(KEK.unwrap(wrapped, key_context(TENANT, "root"))) == key
    for kek, tenant, owner in (
        (KEK, uuid4(), "root"),
        (KEK, TENANT, "contact"),
        (KEK, TENANT, ""),
        (LocalKey(random_key()), TENANT, "root"),
    ):
        with pytest.raises(KeyUnusable):
            asyncio.run(kek.unwrap(wrapped, key_context(tenant, owner)))


@given(st.binary(min_size=32, max_size=32), st.binary(min_size=32, max_size=32))
def test_derived_keys_are_apart(root, other):
    """
    One tenant's keys for two purposes differ, and so do two tenants' for one.
    """
    keys, same, others = (TenantKeys(TENANT, each) for each in (root, root, other))
    index = dict(keys.blind_indexes)[1]

    assert len({index, keys.secrets, keys.tombstones, keys.answers, keys.vendor_ids, keys.root}) == 6
    assert same.blind_indexes == keys.blind_indexes
    assert (others.blind_indexes == keys.blind_indexes) == (other == root)


@pytest.mark.parametrize("size", [0, 16, 31, 33, 64])
def test_a_key_of_another_length_is_refused(size):
    """
    A key-encryption key has 32 bytes.
    """
    with pytest.raises(KeyUnusable, match=f"has {size} bytes"):
        LocalKey.from_base64(base64.b64encode(bytes(size)).decode())


@pytest.mark.parametrize("text", ["not base64!", "AAA", "_" * 43 + "="])
def test_what_is_not_base64_is_refused(text):
    """
    Nor anything that is nearly base64.
    """
    with pytest.raises(KeyUnusable, match="not base64"):
        LocalKey.from_base64(text)


def test_a_key_file_is_made_once_for_its_owner_only(tmp_path):
    """
    The first start makes it, mode 0600 whatever the umask, and every later one reads the same key.
    """
    path = tmp_path / "keys" / "kek"
    before = os.umask(0)
    try:
        made = LocalKey.from_file(path)
    finally:
        os.umask(before)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert LocalKey.from_file(path) == made
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644, 0o777])
def test_a_key_file_that_others_may_read_is_refused(tmp_path, mode):
    """
    The message says what to do about it.
    """
    path = tmp_path / "kek"
    LocalKey.from_file(path)
    path.chmod(mode)

    with pytest.raises(KeyUnusable, match="chmod 600"):
        LocalKey.from_file(path)
    with pytest.raises(KeyUnusable, match="chmod 600"):
        read_secret(path)


def test_a_damaged_key_file_is_not_replaced(tmp_path):
    """
    A key that cannot be read is an error, never a reason to make another: the old one opens everything.
    """
    path = tmp_path / "kek"
    write_secret(path, b"")

    with pytest.raises(KeyUnusable):
        LocalKey.from_file(path)
    assert path.read_bytes() == b""


def test_processes_that_start_together_have_one_key(tmp_path):
    """
    Whoever makes the file first, everyone goes on with the key that stays in it.
    """
    for attempt in range(20):
        path = tmp_path / str(attempt) / "kek"
        with ThreadPoolExecutor(8) as starting:
            keys = set(starting.map(LocalKey.from_file, [path] * 8))

        assert keys == {LocalKey.from_file(path)}

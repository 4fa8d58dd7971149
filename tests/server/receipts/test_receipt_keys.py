"""
The keys of receipts: one file, a rotation that leaves every old receipt verifiable, and settings instead of the file.
"""

import base64
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from audit.errors import KeyUnusable
from server.errors import SettingsInvalid
from server.receipts.keys import (
    KeptReceiptKeys,
    ReceiptKey,
    receipt_file,
    receipt_keys,
    retire_receipts,
    rotate_receipts,
)
from server.receipts.signing import sign
from server.receipts.verifying import ReceiptWrong, check
from server.settings import Settings, read_settings

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
LEAD = timedelta(minutes=10)
ONE, TWO = (base64.b64encode(bytes([each]) * 32).decode() for each in (1, 2))


def home(path: Path) -> Settings:
    """
    Settings with their own folder.
    """
    return Settings(home=path)


def test_a_rotation_keeps_the_public_half_for_good(tmp_path: Path):
    """
    The old key signs until the new one does, and is published ever after; its secret is destroyed when another follows.
    """
    settings = home(tmp_path)
    first = receipt_keys(settings).signer(NOW)
    rotate_receipts(settings, NOW, LEAD)
    second = receipt_keys(settings)
    rotate_receipts(settings, NOW + 2 * LEAD, LEAD)
    third = receipt_keys(settings)
    kids = [each.kid for each in third.keys]

    assert second.signer(NOW + LEAD - timedelta(seconds=1)) == first
    assert second.signer(NOW + LEAD).kid == kids[1]
    assert third.signer(NOW + 4 * LEAD).kid == kids[2]
    assert [each["kid"] for each in third.published()] == kids
    assert kids[0] == first.kid
    assert [each.secret is None for each in third.keys] == [True, False, False]
    with pytest.raises(KeyUnusable, match="destroyed"):
        sign({}, "json", third.keys[0])


def test_retiring_destroys_secrets_and_no_key(tmp_path: Path):
    """
    Only of keys that sign no more; twice does nothing.
    """
    settings = home(tmp_path)
    rotate_receipts(settings, NOW, LEAD)
    early, late = retire_receipts(settings, NOW), retire_receipts(settings, NOW + LEAD)
    again, keys = retire_receipts(settings, NOW + LEAD), receipt_keys(settings)

    assert (early, late, again) == (0, 1, 0)
    assert len(keys.published()) == 2
    assert receipt_file(settings).stat().st_mode & 0o777 == 0o600


def test_a_rotation_under_way_is_told(tmp_path: Path):
    """
    And none other begun; with a secret that is known to others there is only one key left.
    """
    settings = home(tmp_path)
    one, two = rotate_receipts(settings, NOW, LEAD), rotate_receipts(settings, NOW, 2 * LEAD)
    rotate_receipts(settings, NOW, None)

    assert one == two
    assert len(receipt_keys(settings).keys) == 1


def test_a_receipt_under_a_key_given_up_is_refused(tmp_path: Path):
    """
    In a sentence that says so.
    """
    settings = home(tmp_path)
    jws = sign({"@type": "dpv:ConsentReceipt"}, "ld+json", receipt_keys(settings).signer(NOW))
    rotate_receipts(settings, NOW, None)

    with pytest.raises(ReceiptWrong, match="No key of this set"):
        check(jws, {"keys": receipt_keys(settings).published()}, [])


def test_running_servers_take_a_new_key_up(tmp_path: Path):
    """
    The file is looked at again, and a file that became unusable leaves the keys as they were.
    """
    settings, moment = home(tmp_path), [NOW]
    kept = KeptReceiptKeys(settings, lambda: moment[0])
    before = kept.signer()
    rotate_receipts(settings, NOW, LEAD)
    kept._looked = 0
    moment[0] = NOW + LEAD
    after = kept.signer()
    receipt_file(settings).write_text("nonsense")
    kept._looked = 0

    assert before.kid != after.kid
    assert kept.signer() == after
    assert [each["kid"] for each in kept.published()] == [before.kid, after.kid]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "nonsense",
        f"- secret {ONE} more",
        f"- other {ONE}",
        "- secret AAAA",
        f"2026-01-01 secret {ONE}",
        f"- public {ONE}",
        f"- secret {ONE}\n- secret {TWO}",
        f"2026-02-01T00:00:00Z secret {ONE}\n2026-01-01T00:00:00Z secret {TWO}",
    ],
)
def test_a_file_that_is_not_understood_stops_the_start(tmp_path: Path, content: str):
    """
    With a sentence; and so does one that others may read.
    """
    settings = home(tmp_path)
    receipt_keys(settings)
    receipt_file(settings).write_text(content)

    with pytest.raises(KeyUnusable, match=r"receipts"):
        receipt_keys(settings)
    receipt_file(settings).chmod(0o644)
    with pytest.raises(KeyUnusable):
        receipt_keys(settings)


def test_the_secret_may_be_a_setting(tmp_path: Path):
    """
    With its predecessors, whose receipts still verify; no file is made, and a rotation says what to do.
    """
    previous = json.dumps([{"secret": ONE, "until": "2026-11-25T12:00:00Z"}])
    given = {"VENIA_HOME": str(tmp_path), "VENIA_RECEIPT_SECRET": TWO}
    settings = read_settings({**given, "VENIA_RECEIPT_SECRET_PREVIOUS": previous})
    keys, old = receipt_keys(settings), ReceiptKey.from_secret(bytes([1]) * 32, NOW)

    assert keys.signer(NOW - LEAD).kid == old.kid
    assert keys.signer(NOW).kid != old.kid
    assert len(keys.published()) == 2
    assert not list(tmp_path.iterdir())
    for each in (lambda: rotate_receipts(settings, NOW, LEAD), lambda: retire_receipts(settings, NOW)):
        with pytest.raises(KeyUnusable, match="VENIA_RECEIPT_SECRET_PREVIOUS"):
            each()


@pytest.mark.parametrize("other", ["VENIA_TOKEN_SECRET", "VENIA_SIGNING_SECRET", "VENIA_KEK"])
def test_the_secret_is_no_other(other: str):
    """
    Whoever signs receipts must not be able to sign anything else.
    """
    with pytest.raises(SettingsInvalid, match="is another secret of Venia"):
        read_settings({"VENIA_RECEIPT_SECRET": ONE, other: ONE})


def test_its_predecessors_need_it():
    """
    A file knows its own.
    """
    previous = json.dumps([{"secret": ONE, "until": "2026-11-25T12:00:00Z"}])

    with pytest.raises(SettingsInvalid, match="VENIA_RECEIPT_SECRET_PREVIOUS needs"):
        read_settings({"VENIA_RECEIPT_SECRET_PREVIOUS": previous})

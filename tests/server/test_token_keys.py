"""
The file and the settings of the keys of tokens: made, read, changed, refused with a sentence, and noticed by who runs.
"""

import base64
import json
import stat
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from audit.errors import KeyUnusable
from policies.tokens import KNOWN
from server.errors import SettingsInvalid
from server.service import clock
from server.settings import Settings, read_settings
from server.token_keys import KeptTokens, retire_tokens, rotate_tokens, token_file, token_keys
from tests.server.process import eventually

NOW = datetime(2026, 11, 25, 11, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
ONE, TWO, THREE = (base64.b64encode(bytes([n]) * 32).decode() for n in (1, 2, 3))


def kids(settings: Settings) -> list[str]:
    """
    The keys by name, oldest first.
    """
    return [each.kid for each in token_keys(settings).keys]


def written(home: Path, text: str, mode: int = 0o600) -> Settings:
    """
    Settings whose file of token secrets says this.
    """
    settings = Settings(home=home)
    path = token_file(settings)
    path.parent.mkdir(parents=True)
    path.write_text(text)
    path.chmod(mode)
    return settings


def test_the_first_start_makes_a_secret_of_its_own(tmp_path: Path):
    """
    Readable by its owner alone, the same at every start, and no other key's.
    """
    settings = Settings(home=tmp_path)
    first, again = kids(settings), kids(settings)

    assert first == again
    assert len(first) == 1
    assert stat.S_IMODE(token_file(settings).stat().st_mode) == 0o600
    assert [each.name for each in (tmp_path / "keys").iterdir()] == ["tokens"]


def test_a_rotation_publishes_before_it_signs(tmp_path: Path):
    """
    The new key waits for its moment; asked again meanwhile, nothing changes; then the next one may follow.
    """
    settings = Settings(home=tmp_path)
    [old] = kids(settings)
    told = rotate_tokens(settings, NOW, 5 * MINUTE)
    again = rotate_tokens(settings, NOW + 4 * MINUTE, MINUTE)
    keys = token_keys(settings)
    third = rotate_tokens(settings, NOW + 6 * MINUTE, MINUTE)

    assert told == again
    assert told["signs_from"] == "2026-11-25T11:05:00Z"
    assert [each.kid for each in keys.keys] == [old, told["kid"]]
    assert kids(settings) == [old, told["kid"], third["kid"]]
    assert stat.S_IMODE(token_file(settings).stat().st_mode) == 0o600


def test_what_others_know_is_given_up_at_once(tmp_path: Path):
    """
    Without a lead nothing but the new key is left, and it signs from the second on in which it was made.
    """
    settings = Settings(home=tmp_path)
    old = kids(settings)
    now = NOW + timedelta(microseconds=7)
    told = rotate_tokens(settings, now, None)
    keys = token_keys(settings)

    assert [each.kid for each in keys.keys] == [told["kid"]]
    assert [told["kid"]] != old
    assert keys.signer(NOW) == keys.keys[0]
    assert keys.signer(NOW - timedelta(seconds=1)) is None


def test_secrets_go_when_they_are_known_no_more(tmp_path: Path):
    """
    A week after they signed last: by themselves with the next rotation, or when told to.
    """
    settings = Settings(home=tmp_path)
    first = kids(settings)
    second = rotate_tokens(settings, NOW, MINUTE)["kid"]
    early = retire_tokens(settings, NOW + KNOWN)
    late = retire_tokens(settings, NOW + KNOWN + MINUTE)
    third = rotate_tokens(settings, NOW + 2 * KNOWN, MINUTE)["kid"]
    fourth = rotate_tokens(settings, NOW + 4 * KNOWN, MINUTE)["kid"]

    assert (early, late) == (0, 1)
    assert first[0] not in kids(settings)
    assert kids(settings) == [third, fourth]
    assert second not in kids(settings)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "must hold one line per secret"),
        ("no sense!\n", "is not base64"),
        ("AAAA\n", "has 3 bytes; it must have 32"),
        (f"{ONE}\n{TWO}\n", "Line 2 of .* does not begin with a moment"),
        (f"{ONE}\nyesterday {TWO}\n", "Line 2 of .* does not begin with a moment"),
        (f"{ONE}\n2026-01-01T00:00:00 {TWO}\n", "does not begin with a moment and its offset"),
        (f"2026-02-01T00:00:00Z {ONE}\n2026-01-01T00:00:00Z {TWO}\n", "the one that signs first at the top"),
        (f"2026-02-01T00:00:00Z {ONE}\n2026-02-01T00:00:00Z {TWO}\n", "the one that signs first at the top"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused(tmp_path: Path, text, sentence):
    """
    With a sentence that names the file, and never what is in it.
    """
    settings = written(tmp_path, text)

    with pytest.raises(KeyUnusable, match=sentence) as refused:
        token_keys(settings)
    assert str(token_file(settings)) in str(refused.value)
    assert ONE not in str(refused.value)


def test_a_file_that_others_can_read_is_refused(tmp_path: Path):
    """
    With the command that mends it.
    """
    with pytest.raises(KeyUnusable, match="chmod 600"):
        token_keys(written(tmp_path, f"{ONE}\n", 0o644))


def test_a_setting_holds_the_secret_instead(tmp_path: Path):
    """
    The same secret is the same key as in a file; with a predecessor it signs from that one's end on, and is there before.
    """
    alone = read_settings({"VENIA_HOME": str(tmp_path), "VENIA_TOKEN_SECRET": ONE})
    previous = json.dumps([{"secret": ONE, "until": "2026-11-25T12:05:00+01:00"}])
    both = read_settings(
        {"VENIA_HOME": str(tmp_path), "VENIA_TOKEN_SECRET": TWO, "VENIA_TOKEN_SECRET_PREVIOUS": previous}
    )
    keys = token_keys(both)
    filed = written(tmp_path / "other", f"{ONE}\n")

    assert kids(alone) == kids(filed) == [keys.keys[0].kid]
    assert [keys.signer(NOW + each * MINUTE) for each in (4, 5)] == list(keys.keys)
    assert len(keys.published(NOW)) == 2
    assert not (tmp_path / "keys").exists()
    with pytest.raises(KeyUnusable, match="VENIA_TOKEN_SECRET_PREVIOUS"):
        rotate_tokens(alone, NOW, MINUTE)
    with pytest.raises(KeyUnusable, match="VENIA_TOKEN_SECRET_PREVIOUS"):
        retire_tokens(alone, NOW)


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"VENIA_TOKEN_SECRET": "AAAA"}, "VENIA_TOKEN_SECRET is wrong: it must be 32 bytes"),
        ({"VENIA_TOKEN_SECRET": "é"}, "VENIA_TOKEN_SECRET is wrong: write it in base64"),
        ({"VENIA_TOKEN_SECRET": ""}, "VENIA_TOKEN_SECRET is empty"),
        ({"VENIA_TOKEN_SECRET_PREVIOUS": "[]x"}, "VENIA_TOKEN_SECRET_PREVIOUS is wrong: write it as JSON"),
        (
            {"VENIA_TOKEN_SECRET_PREVIOUS": json.dumps([{"secret": ONE, "until": "2026-11-25T12:00:00Z"}])},
            "VENIA_TOKEN_SECRET_PREVIOUS needs VENIA_TOKEN_SECRET",
        ),
        (
            {
                "VENIA_TOKEN_SECRET": ONE,
                "VENIA_TOKEN_SECRET_PREVIOUS": json.dumps([{"secret": TWO, "until": "2026-11-25T12:00:00"}]),
            },
            "VENIA_TOKEN_SECRET_PREVIOUS at 0.until is wrong",
        ),
        ({"VENIA_TOKEN_SECRET": ONE, "VENIA_SIGNING_SECRET": ONE}, "VENIA_TOKEN_SECRET is another secret of Venia"),
        ({"VENIA_TOKEN_SECRET": ONE, "VENIA_KEK": ONE}, "VENIA_TOKEN_SECRET is another secret of Venia"),
        (
            {
                "VENIA_TOKEN_SECRET": TWO,
                "VENIA_SIGNING_SECRET": THREE,
                "VENIA_SIGNING_SECRET_PREVIOUS": json.dumps([{"secret": ONE, "until": "2026-11-25T12:00:00Z"}]),
                "VENIA_TOKEN_SECRET_PREVIOUS": json.dumps([{"secret": ONE, "until": "2026-11-25T12:00:00Z"}]),
            },
            "VENIA_TOKEN_SECRET is another secret of Venia",
        ),
    ],
)
def test_a_wrong_setting_stops_the_start(variables, sentence):
    """
    With a sentence; the secret itself is never repeated.
    """
    with pytest.raises(SettingsInvalid) as refused:
        read_settings(variables)

    assert sentence in refused.value.problems[0]
    assert ONE not in str(refused.value.problems)


def test_whoever_runs_notices_a_change_and_survives_a_bad_one(tmp_path: Path):
    """
    A new key is there within seconds; a file that cannot be read, or is gone, leaves the keys as they were.
    """
    settings = Settings(home=tmp_path)
    kept = KeptTokens(settings, clock)
    [old] = [each["kid"] for each in kept.published()]
    new = rotate_tokens(settings, clock(), 5 * MINUTE)["kid"]
    eventually(lambda: [each["kid"] for each in kept.published()] == [old, new], 5)
    content = token_file(settings).read_bytes()
    token_file(settings).write_text("nonsense")
    time.sleep(1.1)
    spoilt = [each["kid"] for each in kept.published()]
    token_file(settings).unlink()
    time.sleep(1.1)
    gone = [each["kid"] for each in kept.published()]
    remade = token_file(settings).exists()
    written_again = token_file(settings)
    written_again.write_bytes(content)
    written_again.chmod(0o600)
    last = rotate_tokens(settings, clock(), None)["kid"]
    eventually(lambda: [each["kid"] for each in kept.published()] == [last], 5)

    assert spoilt == gone == [old, new]
    assert not remade

"""
Files that are whole or not there, and archives whose bytes follow from their content.
"""

import zipfile
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.exporting.archive import Archive, Draft, copy, remove_drafts

NAMES = st.text("abcdefgh0123456789", min_size=1, max_size=6).map(lambda text: f"folder/{text}")


def archived(files: dict[str, bytes], last: str = "manifest.json") -> bytes:
    target = BytesIO()
    archive = Archive(target)
    for name, content in files.items():
        archive.add(name, content)
    archive.close(last)
    return target.getvalue()


@given(st.dictionaries(NAMES, st.binary(max_size=100)))
def test_what_goes_in_comes_out(files):
    """
    Every file with its content, listed by name with the last one last, and hashed.
    """
    target = BytesIO()
    archive = Archive(target)
    for name, content in {"manifest.json": b"last", **files}.items():
        archive.add(name, content)
    archive.close("manifest.json")

    with zipfile.ZipFile(target) as read:
        assert read.namelist() == [*sorted(files), "manifest.json"]
        assert {name: read.read(name) for name in files} == files
    assert archive.files == {
        name: sha256(content).hexdigest() for name, content in {"manifest.json": b"last", **files}.items()
    }


@given(st.dictionaries(NAMES, st.binary(max_size=100)))
def test_the_same_content_is_the_same_archive(files):
    """
    Neither the clock nor the account that makes it leaves a trace.
    """
    assert archived(files) == archived(dict(files))


@given(st.binary(max_size=5000))
def test_a_file_may_come_from_another(content):
    """
    Piece by piece, with the same outcome.
    """
    one, other = BytesIO(), BytesIO()
    whole, pieces = Archive(one), Archive(other)
    whole.add("view", content)
    pieces.add_from("view", BytesIO(content))
    whole.close("view")
    pieces.close("view")

    assert whole.files == pieces.files
    with zipfile.ZipFile(one) as first, zipfile.ZipFile(other) as second:
        assert first.read("view") == second.read("view") == content


def test_a_name_is_taken_once():
    """
    Two files of one name would be read as either.
    """
    archive = Archive(BytesIO())
    archive.add("checkpoint", b"one")
    with pytest.raises(ValueError, match="in the archive already"):
        archive.add("checkpoint", b"another")
    archive.abandon()

    assert len(archive.files) == 1


def test_a_finished_draft_is_in_its_place(tmp_path: Path):
    """
    Its owner alone may read it, and size and hash are told; nothing else is left.
    """
    place = tmp_path / "exports" / "one.zip"
    with Draft(place) as draft:
        draft.file.write(b"content")
        before = list(place.parent.glob("[!.]*"))
        finished = draft.finish()

    assert before == []
    assert [each.name for each in place.parent.iterdir()] == ["one.zip"]
    assert (finished.size, finished.digest) == (7, sha256(b"content").digest())
    assert place.stat().st_mode & 0o777 == 0o600


def test_a_draft_that_fails_leaves_nothing(tmp_path: Path):
    """
    Neither itself nor a spool, and what was there before stays as it was.
    """
    place = tmp_path / "one.zip"
    place.write_bytes(b"before")
    with pytest.raises(OSError, match="full"):
        _half(place)

    assert place.read_bytes() == b"before"
    assert [each.name for each in tmp_path.iterdir()] == ["one.zip"]


def _half(place: Path) -> None:
    with Draft(place) as draft:
        with draft.spool() as spool:
            spool.write(b"more")
        draft.file.write(b"half")
        raise OSError("the disk is full")


def test_what_was_left_half_made_is_removed(tmp_path: Path):
    """
    Drafts of this file, and no other's.
    """
    one, other = tmp_path / "one.zip", tmp_path / "other.zip"
    with Draft(one), Draft(other):
        remove_drafts(one)
        left = [each.name.split(".")[1] for each in tmp_path.iterdir()]

    assert left == ["other"]


def test_a_copy_is_whole(tmp_path: Path):
    """
    It has the same bytes, and their hash is told.
    """
    (tmp_path / "one").write_bytes(b"x" * 3_000_000)
    copied = copy(tmp_path / "one", tmp_path / "folder" / "two")

    assert copied.path.read_bytes() == b"x" * 3_000_000
    assert copied.digest == sha256(b"x" * 3_000_000).digest()

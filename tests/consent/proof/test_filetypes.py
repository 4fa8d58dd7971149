"""
Files are what their leading bytes say.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent.proof.errors import FileRefused
from consent.proof.filetypes import LARGEST, MEDIA_TYPES, media_type

GOOD = {
    "application/pdf": b"%PDF-1.7\n%\xe2\xe3",
    "image/png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "image/jpeg": b"\xff\xd8\xff\xe0\0\x10JFIF",
    "audio/wav": b"RIFF\x24\0\0\0WAVEfmt ",
    "audio/ogg": b"OggS\0\x02",
    "audio/mpeg": b"\xff\xfb\x90\x64",
    "audio/mp4": b"\0\0\0\x20ftypM4A \0\0\0\0",
    "audio/amr": b"#!AMR\n\x3c",
    "text/plain": "Sí, acepto.\r\n".encode(),
}


@pytest.mark.parametrize("kind", MEDIA_TYPES)
def test_each_kind_is_known_by_its_beginning(kind):
    """
    Every kind that is kept is found.
    """
    assert media_type(GOOD[kind]) == kind


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ\x90\0",
        b"\x7fELF\x02",
        b"PK\x03\x04",
        b"GIF89a\x01\x00",
        b"RIFF\x24\0\0\0AVI LIST",
        b"<html><script>alert(1)</script>",
        b"  \n<svg onload=x>",
        b"\xef\xbb\xbf<!doctype html>",
        b"#!/bin/sh\nrm -rf /\n",
        b"{\\rtf1 x}",
        b"%!PS-Adobe",
        b"text with a \x00",
        b"text with \x1b[31m",
        b"\xff\xfe\0\0",
        b"\xff\xe0\xf0\x00",
        b"\x00\x00\x00\x20ftypqt  ",
        " %PDF-1.7\u202e".encode(),
        b"caf\xe9",
    ],
)
def test_anything_else_is_refused(content):
    """
    Programs, archives, pages, scripts, video, hidden characters, nothing at all.
    """
    with pytest.raises(FileRefused):
        media_type(content)


def test_the_limit_is_a_limit():
    """
    The last byte that is kept is the last.
    """
    assert media_type(b"a" * LARGEST) == "text/plain"
    with pytest.raises(FileRefused, match=str(LARGEST)):
        media_type(b"a" * (LARGEST + 1))


@given(st.binary(max_size=64))
def test_any_bytes_are_one_kind_or_refused(content):
    """
    Nothing else comes of a hostile file.
    """
    try:
        found = media_type(content)
    except FileRefused:
        return

    assert found in MEDIA_TYPES

"""
What a file is, by its leading bytes alone: what the sender calls it is not asked.

Pure.  A file is never parsed here: it is kept as evidence, handed out as an attachment, and looked at elsewhere.
"""

from consent.proof.errors import FileRefused
from consent.proof.wording import is_plain

LARGEST = 4 * 1024 * 1024  # bytes

PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
WAV, OGG, MP3, M4A, AMR, TEXT = "audio/wav", "audio/ogg", "audio/mpeg", "audio/mp4", "audio/amr", "text/plain"
MEDIA_TYPES = {
    PDF: "pdf",
    PNG: "png",
    JPEG: "jpg",
    WAV: "wav",
    OGG: "ogg",
    MP3: "mp3",
    M4A: "m4a",
    AMR: "amr",
    TEXT: "txt",
}
_LEADING = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"OggS\x00", OGG),
    (b"#!AMR\n", AMR),
    (b"#!AMR-WB\n", AMR),
    (b"ID3", MP3),
)
_M4A_BRANDS = (b"M4A ", b"M4B ", b"mp41", b"mp42", b"isom", b"iso2", b"iso5", b"iso6", b"3gp4", b"3gp5", b"dash")
# Text that a browser or a shell might run is no plain text, whatever it is called.
_ACTIVE = (b"<", b"#!", b"{\\rtf", b"%!")


def media_type(content: bytes) -> str:
    """The file's kind, one of MEDIA_TYPES.  Raises FileRefused for any other, for none, and for more than LARGEST bytes."""
    if not content:
        raise FileRefused("it is empty")
    if len(content) > LARGEST:
        raise FileRefused(f"it has {len(content)} bytes, and at most {LARGEST} are kept")
    for leading, kind in _LEADING:
        if content.startswith(leading):
            return kind
    if content.startswith(b"RIFF") and content[8:12] == b"WAVE":
        return WAV
    if content[4:8] == b"ftyp" and content[8:12] in _M4A_BRANDS:
        return M4A
    if _is_mpeg_audio(content):
        return MP3
    if _is_plain(content):
        return TEXT
    raise FileRefused("its leading bytes are none of PDF, PNG, JPEG, WAV, OGG, MP3, M4A, AMR or plain text")


def _is_mpeg_audio(content: bytes) -> bool:
    """An MPEG audio frame's header: sync, layer III, a bit rate and a sampling rate that there are."""
    if len(content) < 4 or content[0] != 0xFF or content[1] & 0xE6 != 0xE2:
        return False
    return content[2] >> 4 not in (0, 15) and content[2] >> 2 & 3 != 3


def _is_plain(content: bytes) -> bool:
    """UTF-8 without control characters, that does not begin like a program, a page or a script."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return is_plain(text) and not content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(_ACTIVE)

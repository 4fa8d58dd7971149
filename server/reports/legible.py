"""
Text as a report can show it: every character that the fonts have, and a name for each that they have not.

A report never has a silent hole, and nothing in it can change how the rest is read.
"""

import unicodedata

# Printable characters of Latin, Greek and Cyrillic scripts, punctuation, currencies, arrows and signs, half-open.
_SHOWN = (
    (0x20, 0x7F),
    (0xA1, 0x250),
    (0x370, 0x500),
    (0x1E00, 0x2000),
    (0x2010, 0x2028),
    (0x2030, 0x2041),
    (0x20A0, 0x20C0),
    (0x2190, 0x2300),
    (0x2500, 0x2600),
)
_LONGEST_WORD = 36  # A longer one may be broken anywhere, so that none runs off the page.
_MAY_BREAK = "\u200b"
_UNSHOWN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Mn", "Me", "Mc", "Zl", "Zp"})


def legible(text: str) -> str:
    """
    The text on one line, composed (Unicode NFC), with ``‹U+4F60›`` for what no font has or nobody sees.

    Blanks of every kind become a space.
    """
    composed = unicodedata.normalize("NFC", text)
    words = "".join(_character(each) for each in composed).split(" ")
    return " ".join(map(_breakable, words))


def paragraphs(text: str) -> list[str]:
    """The same for text of several lines, without the empty ones."""
    return [legible(line) for line in text.splitlines() if line.strip()]


def _character(character: str) -> str:
    if character.isspace():
        return " "
    code = ord(character)
    is_shown = any(first <= code < end for first, end in _SHOWN)
    if is_shown and unicodedata.category(character) not in _UNSHOWN:
        return character
    return f"‹U+{code:04X}›"


def _breakable(word: str) -> str:
    pieces = (word[at : at + _LONGEST_WORD] for at in range(0, len(word), _LONGEST_WORD))
    return _MAY_BREAK.join(pieces)

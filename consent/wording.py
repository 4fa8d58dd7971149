"""
Free words that go into the log for ever: they may not name a person, since nothing there can be erased.
"""

import re

from consent.errors import TextPersonal

# A plus sign and seven digits, or nine digits that are no part of a file number such as EXP-2026-00123 or 12/2026.
_NUMBER = re.compile(r"\+\d(?:[\s().-]{0,2}\d){6,}|(?<![\w/-])\d(?:[\s().-]{0,2}\d){8,}(?![\w/])")
_MOMENT = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


def impersonal(text: str, pointer: str) -> str:
    """
    The text, if it holds neither an at sign nor what may be a telephone number; days and file numbers may stand.

    Raises TextPersonal with the place in the body, a JSON pointer.  A name cannot be told from other words.
    """
    if "@" in text or _NUMBER.search(_MOMENT.sub(" ", text)):
        raise TextPersonal(pointer)
    return text

"""
Free words that go into the log for ever: they may not name a person, since nothing there can be erased.
"""

import re

from consent.errors import TextPersonal

_NUMBER = re.compile(r"\d(?:[\s().\-/]{0,2}\d){6,}")
_MOMENT = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


def impersonal(text: str, pointer: str) -> str:
    """
    The text, if it holds neither an at sign nor seven digits that may be a number; days such as 2026-11-23 may stand.

    Raises TextPersonal with the place in the body, a JSON pointer.  A name cannot be told from other words.
    """
    if "@" in text or _NUMBER.search(_MOMENT.sub(" ", text)):
        raise TextPersonal(pointer)
    return text

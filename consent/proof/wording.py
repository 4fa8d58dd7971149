"""
Notices with placeholders: which there are, and the text as a person was shown it.

Pure.  A placeholder is a name in braces, as ``{brand}``.  All are filled in one pass over the template: a value that
looks like a placeholder is a value.
"""

import re
from collections.abc import Mapping
from hashlib import sha256

from audit.entry import canonical
from consent.proof.errors import NoticeVariables

_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]{0,63})\}", re.ASCII)
# Controls, surrogates, private use, non-characters, and marks of direction.
_UNREADABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\uf8ff\ufdd0-\ufdef\ufffe\uffff]"
)
_LOCALE = re.compile(
    r"([a-z]{2,8})(-[A-Z][a-z]{3})?(-(?:[A-Z]{2}|[0-9]{3}))?((?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)", re.ASCII
)


def placeholders(template: str) -> tuple[str, ...]:
    """The names in braces, sorted, each once."""
    return tuple(sorted(set(_PLACEHOLDER.findall(template))))


def rendered(template: str, variables: Mapping[str, str]) -> str:
    """The text as shown.  Raises NoticeVariables unless exactly the template's placeholders are given."""
    wanted = placeholders(template)
    missing = [name for name in wanted if name not in variables]
    unknown = sorted(set(variables) - set(wanted))
    if missing or unknown:
        raise NoticeVariables(missing, unknown)
    return _PLACEHOLDER.sub(lambda found: variables[found[1]], template)


def digest(text: str) -> str:
    """Hexadecimal SHA-256 of the text's UTF-8 bytes, as it is: no case, space or form is made equal."""
    return sha256(text.encode()).hexdigest()


def variables_digest(variables: Mapping[str, str]) -> str:
    """Hexadecimal SHA-256 of the values as one RFC 8785 JSON object."""
    return sha256(canonical(dict(variables))).hexdigest()


def is_plain(text: str) -> bool:
    """
    Whether a text can be read as it is: no control characters but line breaks and tabs, nothing for private use.

    Marks that turn the direction of what follows are refused: what is shown would not be what is hashed.
    """
    return _UNREADABLE.search(text) is None


def is_locale(text: str) -> bool:
    """
    Whether this is a BCP 47 tag in its one usual form: ``es``, ``es-ES``, ``zh-Hant-TW``.

    ASCII alone, and one case: two notices that look alike would be two notices.
    """
    return _LOCALE.fullmatch(text) is not None

"""
Takes personal data and secrets out of text that is about to leave the process.

Recognised by their look: telephone numbers, e-mail addresses, bearer tokens, API keys, passwords in URLs, WhatsApp
message ids (which contain the number, base64) and WhatsApp user ids.  When in doubt it redacts: a log line that lost
a harmless number is cheaper than one that kept a person's.  What it cannot recognise is a name or an address in
prose, so nothing may log those in the first place.
"""

import re
from collections.abc import Mapping
from datetime import date

# A longer integer might be a telephone number without its plus sign (E.164 allows up to 15 digits).
LONGEST_HARMLESS_INTEGER = 10_000_000 - 1

# Values under these names go whatever they look like.
_SECRET_NAMES = frozenset({"authorization", "cookie", "email", "password", "phone", "secret", "token"})

# What stands behind the sign is no version, as in the name of a rule pack: es@1.
_EMAIL = re.compile(r"[\w.+\-'%]{1,64}(?:@|%40)(?!\d{1,4}(?![\w.\-]*\w))[\w\-]+(?:\.[\w\-]+)*")

_ENCODED_EMAIL = re.compile(r"[\w.+\-'%]{1,64}%40[\w\-]+(?:\.[\w\-]+)*")

# The kept forms come first: at one position the first alternative wins, so a UUID or a timestamp stays readable.
_SHAPES = re.compile(
    r"""
    (?P<keep>
        (?<![0-9A-Za-z])
        (?: [0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}
          | (?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])
            (?: [T ][0-9]{2}:[0-9]{2} (?: :[0-9]{2} (?:\.[0-9]{1,9})? )? (?: Z | [+-][0-9]{2}:?[0-9]{2} )? )?
          | (?: key: | sha256: ) [0-9a-f]{16} (?: [0-9a-f]{48} )?
          | (?= [0-9]* [a-f] ) [0-9a-f]{32,128} )
        (?![0-9A-Za-z]) )
  | (?P<secret> (?i:bearer) \s+ [^\s"',]+
              | v[kl]_ [\w\-]{8,}
              | eyJ [\w\-]{5,} \. [\w\-]+ (?: \. [\w\-]* )?
              | (?<= ://) [^\s/@:]* : [^\s/@]+ (?= @) )
  | (?P<id> (?: wamid | wacid ) \. [\w+/=\-]+
          | (?<![0-9A-Za-z]) [A-Z]{2} \. (?: ENT \. )? [0-9A-Za-z]{6,} )
  | (?P<phone> \+ \(? \d (?: [\ \u00a0().\-/]{0,3} \d ){5,}
             | \(? \d (?: [\ \u00a0().\-/]{0,3} \d ){7,} )
    """,
    re.VERBOSE,
)


def redact(text: str) -> str:
    """
    The text with everything that looks personal or secret replaced by ``[phone]``, ``[email]``, ``[secret]``, ``[id]``.

    A number counts as a telephone number from eight digits on, with a leading plus from six, with the usual
    separators.  UUIDs, RFC 3339 times and long hexadecimal digests stay.  Redacting twice changes nothing.
    """
    # An address in a URL goes first: its name may look like a number, whose mark would then hide the address.
    if "%40" in text:
        text = _ENCODED_EMAIL.sub("[email]", text)
    text = _SHAPES.sub(_replacement, text)
    return _EMAIL.sub("[email]", text) if "@" in text or "%40" in text else text


def redact_value(value: object) -> object:
    """The value as plain JSON types, redacted all the way down, the keys of mappings included."""
    if isinstance(value, str):
        return redact(value)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return value if abs(value) <= LONGEST_HARMLESS_INTEGER else "[number]"
    if isinstance(value, Mapping):
        return {redact(str(name)): redact_named(str(name), item) for name, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [redact_value(item) for item in value]
    return redact(value.isoformat() if isinstance(value, date) else str(value))


def redact_named(name: str, value: object) -> object:
    """As :func:`redact_value`, but a value whose name says that it is secret or personal goes whole."""
    return "[redacted]" if name.lower() in _SECRET_NAMES and value is not None else redact_value(value)


def _replacement(match: re.Match[str]) -> str:
    return match[0] if match.lastgroup == "keep" else f"[{match.lastgroup}]"

"""
What was wrong with a request's input, as places and sentences that never repeat the input.

A place in the body is a JSON pointer (RFC 6901); a query, path or header parameter is ``/<name>`` with ``in`` beside
it.  Libraries' messages are redacted, and replaced where they are known to quote what was sent.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from litestar.exceptions import ValidationException
from pydantic import ValidationError

from server.redaction import redact

Pointer = dict[str, str]

# Names of our wire fields. Anything else in a location is the name of a union's branch, which no caller knows.
_FIELD = re.compile(r"[a-z_][a-z0-9_]*\Z")
_MISSING_PARAMETER = re.compile(r"Missing required (\w+) parameter '([\w-]+)'")

_SENTENCES = {
    "model_type": "Input should be an object.",
    "model_attributes_type": "Input should be an object.",
    "dict_type": "Input should be an object.",
    "missing": "This field is required.",
    "extra_forbidden": "This field is not known.",
    "union_tag_invalid": "Input matches none of the known forms.",
    "union_tag_not_found": "Input matches none of the known forms.",
}


def of_pydantic(errors: Iterable[Mapping[str, object]]) -> list[Pointer]:
    """The rows of ``ValidationError.errors()`` as pointers, without doubles, in their order."""
    found: list[Pointer] = []
    for error in errors:
        location = error.get("loc")
        row = {
            "pointer": _joined(location if isinstance(location, tuple) else (), error.get("type")),
            "detail": _sentence(str(error.get("type")), str(error.get("msg"))),
        }
        if row not in found:
            found.append(row)
    return found


def of_litestar(error: ValidationException) -> list[Pointer]:
    """Pointers for what Litestar refused: the body through pydantic, or parameters through msgspec."""
    if missing := _MISSING_PARAMETER.search(str(error.detail)):
        return [{"pointer": f"/{missing[2]}", "in": missing[1], "detail": "This parameter is required."}]
    # The cause knows the exact location; Litestar's own list joins it with dots and repeats the value's path.
    rows = getattr(error.__cause__, "errors", None)
    from_body = all(each.get("source") in (None, "body") for each in _listed(error.extra))
    if isinstance(rows, list) and from_body:
        return of_pydantic(rows)
    return [_of_parameter(each) for each in _listed(error.extra)]


def is_malformed_json(error: ValidationError) -> bool:
    """Whether pydantic was given bytes that are no JSON at all."""
    return any(each["type"] == "json_invalid" for each in error.errors(include_input=False, include_url=False))


def _of_parameter(message: Mapping[str, object]) -> Pointer:
    key, source = str(message.get("key", "")), message.get("source")
    detail = redact(str(message.get("message", "")).split(" - at ", maxsplit=1)[0])
    if source in (None, "body"):
        return {"pointer": _joined(key.split(".") if key not in ("", "data") else (), None), "detail": detail}
    place = str(getattr(source, "value", source))
    return {"pointer": f"/{key}", "in": place, "detail": detail}


def _joined(location: Sequence[object], kind: object) -> str:
    """A pointer from a location; the last part of an unknown field is the caller's own word, so it is redacted."""
    parts = [part for part in location if isinstance(part, int) or _FIELD.match(str(part))]
    if kind == "extra_forbidden" and location and (not parts or parts[-1] is not location[-1]):
        parts.append(redact(str(location[-1]))[:64])
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


def _listed(extra: object) -> list[Mapping[str, object]]:
    return [each for each in extra if isinstance(each, Mapping)] if isinstance(extra, list) else []


def _sentence(kind: str, message: str) -> str:
    if kind in _SENTENCES:
        return _SENTENCES[kind]
    # What follows the comma of a parser's message quotes the character that it stumbled over.
    plain = message.partition(",")[0] if kind.endswith("_parsing") else message
    plain = plain.removeprefix("Value error, ").removeprefix("Assertion failed, ")
    return redact(plain if plain.endswith(".") else plain + ".")

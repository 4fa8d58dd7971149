"""
JSON as the contract has it, and nothing that could be read in two ways; pure.

Fields nobody knows are ignored, as the contract may grow; a field that is known has the type it was promised.
"""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from venia_client.answers import Hold, Obligation, Reason, Receipt

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)", re.ASCII)
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class Malformed(Exception):
    """Not of the contract's shape; the message names the field and never quotes it."""


def read_object(content: bytes) -> Mapping[str, object]:
    """A JSON object in UTF-8, in which no name comes twice.  Raises Malformed."""
    try:
        found = json.loads(content.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise Malformed("The answer is not JSON.") from error
    return as_object(found, "The answer")


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


def _no_number(_: str) -> object:
    raise ValueError


def as_object(value: object, name: str) -> Mapping[str, object]:
    """An object.  Raises Malformed."""
    if not isinstance(value, dict):
        raise Malformed(f"{name} is no object.")
    return value


def as_list(value: object, name: str) -> list[object]:
    """A list.  Raises Malformed."""
    if not isinstance(value, list):
        raise Malformed(f"{name} is no list.")
    return value


def as_text(value: object, name: str) -> str:
    """A text that says something.  Raises Malformed."""
    if not isinstance(value, str) or not value:
        raise Malformed(f"{name} is no text.")
    return value


def as_uuid(value: object, name: str) -> UUID:
    """An id.  Raises Malformed."""
    text = as_text(value, name)
    if not _UUID.fullmatch(text):
        raise Malformed(f"{name} is no id.")
    return UUID(text)


def as_moment(value: object, name: str) -> datetime:
    """An instant with its offset (RFC 3339).  Raises Malformed."""
    text = as_text(value, name)
    if not _MOMENT.fullmatch(text):
        raise Malformed(f"{name} is no moment.")
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise Malformed(f"{name} is no moment.") from error


def read_hold(value: object) -> Hold:
    """A hold.  Raises Malformed."""
    hold = as_object(value, "hold")
    return Hold(as_uuid(hold.get("id"), "hold/id"), as_moment(hold.get("expires_at"), "hold/expires_at"))


def read_receipt(value: object) -> Receipt:
    """A receipt.  Raises Malformed."""
    receipt = as_object(value, "receipt")
    index = receipt.get("index")
    if not isinstance(index, int) or isinstance(index, bool) or index < 0:
        raise Malformed("receipt/index is no index.")
    return Receipt(
        as_text(receipt.get("log"), "receipt/log"), index, as_text(receipt.get("leaf_hash"), "receipt/leaf_hash")
    )


def read_obligations(value: object) -> tuple[Obligation, ...]:
    """The terms of an allow.  Raises Malformed."""
    found = [as_object(each, "obligations") for each in as_list(value, "obligations")]
    return tuple(
        Obligation(
            as_text(each.get("id"), "obligations/id"),
            as_text(each.get("type"), "obligations/type"),
            as_object(each.get("properties"), "obligations/properties"),
        )
        for each in found
    )


def read_reasons(value: object) -> tuple[Reason, ...]:
    """The reasons of a deny.  Raises Malformed."""
    found = [as_object(each, "reasons") for each in as_list(value, "reasons")]
    return tuple(
        Reason(
            as_text(each.get("code"), "reasons/code"),
            as_text(each.get("severity"), "reasons/severity"),
            optional_moment(each.get("retry_at"), "reasons/retry_at"),
            None if each.get("remedy") is None else as_text(each["remedy"], "reasons/remedy"),
            each,
        )
        for each in found
    )


def optional_moment(value: object, name: str) -> datetime | None:
    """An instant or null.  Raises Malformed."""
    return None if value is None else as_moment(value, name)


def optional_uuid(value: object, name: str) -> UUID | None:
    """An id or null.  Raises Malformed."""
    return None if value is None else as_uuid(value, name)

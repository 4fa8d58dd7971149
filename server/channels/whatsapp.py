"""
Reads one WhatsApp delivery: everything in ``entry[] × changes[] × items[]``, each as an item of its own.

Pure.  Meta batches up to 1,000 updates in one delivery, in any order, more than once, and its documentation contradicts
itself; so whatever cannot be understood becomes ``Unreadable`` and leaves its neighbours alone, and what is missing or
unknown is read the restrictive way.  Source: Meta's webhook references for ``messages``, ``calls``,
``user_preferences``, ``user_id_update``, ``account_update`` and ``account_settings_update``.
"""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Protocol

from server.channels.whatsapp_accounts import read_account_settings, read_account_update
from server.channels.whatsapp_calls import read_call, read_call_status
from server.channels.whatsapp_change import Change, ignored, read_change, unreadable
from server.channels.whatsapp_items import Item
from server.channels.whatsapp_messages import error_codes, read_message, read_message_status
from server.channels.whatsapp_people import read_preference, read_user_id_update


class _Read(Protocol):
    def __call__(self, change: Change, item: Mapping[str, object], /, *, alone: bool) -> Item: ...


# Which lists a field carries, and who reads what is in them.
_LISTS: Mapping[str, Mapping[str, _Read]] = {
    "messages": {"messages": read_message, "statuses": read_message_status},
    "calls": {"calls": read_call, "statuses": read_call_status},
    "user_preferences": {"user_preferences": read_preference},
    "user_id_update": {"user_id_update": read_user_id_update},
}
_EVENTS = {"account_update": read_account_update, "account_settings_update": read_account_settings}


def parse(body: Mapping[str, object]) -> tuple[Item, ...]:
    """
    All items of a delivery, in its order; whatever JSON object comes, it MUST NOT raise and MUST NOT lose an item.

    The caller has checked the signature of the raw bytes (``server.channels.signature``).
    """
    entries = body.get("entry")
    if body.get("object") not in (None, "whatsapp_business_account") or not isinstance(entries, list):
        return (unreadable("it is no delivery of a WhatsApp account", body),)
    return tuple(chain.from_iterable(map(_read_entry, entries)))


def _read_entry(entry: object) -> Iterator[Item]:
    changes = entry.get("changes") if isinstance(entry, Mapping) else None
    if not isinstance(entry, Mapping) or not isinstance(changes, list):
        yield unreadable("it is an entry without changes", entry)
        return
    for change in changes:
        yield from _read_change(change, entry)


def _read_change(change: object, entry: Mapping[str, object]) -> Iterator[Item]:
    field, value = (change.get("field"), change.get("value")) if isinstance(change, Mapping) else (None, None)
    if not isinstance(field, str) or not isinstance(value, Mapping):
        yield unreadable("it is a change without a field and a value", change)
        return
    framed = read_change(field, value, entry)
    if field in _EVENTS:
        yield _read_event(framed)
    elif field in _LISTS:
        yield from _read_lists(framed)
    else:
        yield ignored("a field without meaning for consent", framed, value)


def _read_event(change: Change) -> Item:
    try:
        return _EVENTS[change.field](change)
    except ValueError as why:
        return unreadable(str(why), change.value, change.sender)


def _read_lists(change: Change) -> Iterator[Item]:
    present = [name for name in _LISTS[change.field] if name in change.value]
    for name in present:
        yield from _read_list(change, change.value[name], _LISTS[change.field][name])
    if not present and "errors" in change.value:
        yield ignored(f"errors {error_codes(change.value)} without an item", change, change.value)
    elif not present:
        yield unreadable("it is a change without items", change.value, change.sender)


def _read_list(change: Change, items: object, read: _Read) -> Iterator[Item]:
    if not isinstance(items, list):
        yield unreadable("it is no list of items", items, change.sender)
        return
    for item in items:
        yield _read_one(change, item, read, alone=len(items) == 1)


def _read_one(change: Change, item: object, read: _Read, *, alone: bool) -> Item:
    if not isinstance(item, Mapping):
        return unreadable("it is no object", item, change.sender)
    try:
        return read(change, item, alone=alone)
    except ValueError as why:
        return unreadable(str(why), item, change.sender)

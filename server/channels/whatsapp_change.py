"""
One change of a delivery, and who the people in it are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from server.channels.whatsapp_fields import child, children, fingerprint, instant, phone, text
from server.channels.whatsapp_items import Ignored, Person, Sender, Unreadable

NOBODY = Person()


@dataclass(frozen=True, slots=True)
class Contacts:
    """The people a change introduces, found by either of their names."""

    by_phone: Mapping[str, Person]
    by_user_id: Mapping[str, Person]
    only: Person | None  # the one contact of a change that has one


@dataclass(frozen=True, slots=True)
class Change:
    """What all items of one change share."""

    field: str
    value: Mapping[str, object]
    sender: Sender
    contacts: Contacts
    account_id: str | None
    entry_time: object


def read_change(field: str, value: Mapping[str, object], entry: Mapping[str, object]) -> Change:
    """The frame of ``value``; what it lacks is None."""
    metadata = child(value, "metadata")
    sender = Sender(text(metadata, "phone_number_id") or None, phone(metadata.get("display_phone_number")))
    return Change(field, value, sender, _contacts(value, sender), text(entry, "id"), entry.get("time"))


def _contacts(value: Mapping[str, object], sender: Sender) -> Contacts:
    listed = (Person(phone(each.get("wa_id")), text(each, "user_id") or None) for each in children(value, "contacts"))
    business = Person(sender.display_phone_number)
    people = [each for each in listed if each not in (NOBODY, business)]
    by_phone = {each.phone: each for each in people if each.phone}
    by_user_id = {each.user_id: each for each in people if each.user_id}
    return Contacts(by_phone, by_user_id, people[0] if len(set(people)) == 1 else None)


def person(change: Change, given_phone: str | None, user_id: str | None, *, alone: bool) -> Person:
    """
    Who an item is about: what it says itself, completed by the contact that shares a name with it.

    The only contact of a change completes its only item too, and an item that names nobody.
    """
    known = change.contacts.by_user_id.get(user_id or "") or change.contacts.by_phone.get(given_phone or "")
    only = change.contacts.only
    if known is None and only and (not (given_phone or user_id) or (alone and _fits(only, given_phone, user_id))):
        known = only
    known = known or NOBODY
    return Person(given_phone or known.phone, user_id or known.user_id)


def _fits(contact: Person, given_phone: str | None, user_id: str | None) -> bool:
    return None in {contact.phone, given_phone} and None in {contact.user_id, user_id}


def callee(change: Change, call: Mapping[str, object], *, alone: bool) -> Person:
    """
    The customer in a call, whichever side of it they are.

    ``to`` and ``from`` are swapped in one of Meta's samples, so they tell only who is not the business; without the
    business's own number they tell nothing.  The contact decides where there is one.
    """
    own = change.sender.display_phone_number
    phones = {phone(call.get("to")), phone(call.get("from"))} - {None, own} if own else set()
    user_ids = {text(call, "to_user_id"), text(call, "from_user_id")} - {None, ""}
    known = _first(change.contacts.by_user_id, user_ids) or _first(change.contacts.by_phone, phones)
    if known is None and (alone or not (phones or user_ids)):
        known = change.contacts.only
    known = known or NOBODY
    return Person(known.phone or _single(phones), known.user_id or _single(user_ids))


def _first(people: Mapping[str, Person], names: Iterable[str | None]) -> Person | None:
    return next((people[name] for name in sorted(filter(None, names)) if name in people), None)


def _single(names: set[str | None]) -> str | None:
    return next(iter(names)) if len(names) == 1 else None


def happened_at(item: Mapping[str, object]) -> datetime:
    """The item's own timestamp; ValueError where it is missing or absurd, since the order of events hangs on it."""
    at = instant(item.get("timestamp"))
    if at is None:
        raise ValueError("it has no readable timestamp")
    return at


def unreadable(why: str, raw: object, sender: Sender | None = None) -> Unreadable:
    """Keeps what was not understood."""
    return Unreadable(
        key=f"unreadable:{fingerprint(raw)}", at=None, sender=sender or Sender(), person=NOBODY, why=why, raw=raw
    )


def ignored(why: str, change: Change, raw: Mapping[str, object], about: Person = NOBODY) -> Ignored:
    """Notes what was understood and says nothing about consent."""
    at = instant(raw.get("timestamp"))
    return Ignored(key=f"ignored:{fingerprint(raw)}", at=at, sender=change.sender, person=about, why=why)

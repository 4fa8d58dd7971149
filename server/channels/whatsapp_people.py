"""
Reads what changes about a person: their number, their user id, and their own switch for marketing.
"""

from collections.abc import Mapping

from server.channels.whatsapp_change import Change, happened_at, ignored, person
from server.channels.whatsapp_fields import child, fingerprint, key, phone, text, word
from server.channels.whatsapp_items import Item, MarketingPreference, NumberChanged, Person, UserIdChanged

_MOVED = ("user_changed_number", "customer_changed_number", "user_changed_user_id")
_IDENTITY = ("customer_identity_changed", "user_identity_changed")
_MARKETING = "marketing_messages"


def read_system(change: Change, message: Mapping[str, object], *, alone: bool) -> Item:
    """A message of type ``system``; ValueError says why it cannot be understood."""
    system = child(message, "system")
    kind = word(system, "type")
    if kind in _MOVED:
        return _number_changed(change, message, system)
    if kind == "user_preference_changed":
        value = word(system, "marketing") or word(message, "marketing")
        who = person(change, phone(message.get("from")), text(message, "from_user_id") or None, alone=alone)
        return _preference(change, message, who, _MARKETING, value)
    if kind in _IDENTITY:
        return ignored("the person's device changed", change, message)
    raise ValueError("its kind of system message is unknown")


def _number_changed(change: Change, message: Mapping[str, object], system: Mapping[str, object]) -> NumberChanged:
    """
    The old number stands in ``from`` and there are no contacts.

    The old user id often stands only in the body, beside names the person chose.  It is never read from there: a name
    may look like someone else's id.
    """
    old_phone = phone(message.get("from")) or phone(system.get("customer"))
    new_user_id = text(system, "user_id") or None
    old_user_id = text(system, "previous_user_id") or text(message, "from_user_id") or None
    old_user_id = None if old_user_id == new_user_id else old_user_id
    if old_phone is None and old_user_id is None:
        raise ValueError("it does not say whose number changed")
    return NumberChanged(
        key=key("messages", text(message, "id") or fingerprint(message)),
        at=happened_at(message),
        sender=change.sender,
        person=Person(old_phone, old_user_id),
        old_phone=old_phone,
        new_phone=phone(system.get("wa_id")) or phone(system.get("new_wa_id")),
        old_user_id=old_user_id,
        new_user_id=new_user_id,
    )


def read_preference(change: Change, preference: Mapping[str, object], *, alone: bool) -> Item:
    """One of ``user_preferences[]``."""
    who = person(change, phone(preference.get("wa_id")), text(preference, "user_id") or None, alone=alone)
    return _preference(change, preference, who, word(preference, "category"), word(preference, "value"))


def _preference(
    change: Change, said: Mapping[str, object], who: Person, category: str | None, value: str | None
) -> MarketingPreference:
    if who == Person():
        raise ValueError("it names no person")
    at = happened_at(said)
    named = [said.get(name) for name in ("wa_id", "user_id", "from", "from_user_id", "id")]
    return MarketingPreference(
        key=f"user_preferences:{fingerprint([*named, category, at.isoformat(), value])}",
        at=at,
        sender=change.sender,
        person=who,
        stop=(category, value) != (_MARKETING, "resume"),
        value=value,
        category=category,
    )


def read_user_id_update(change: Change, update: Mapping[str, object], *, alone: bool) -> Item:
    """One of ``user_id_update[]``, the only place that gives both ids; ``person`` is who they are now."""
    ids = child(update, "user_id")
    previous, current = text(ids, "previous") or None, text(ids, "current") or None
    if previous is None and current is None:
        raise ValueError("it names no user id")
    at = happened_at(update)
    return UserIdChanged(
        key=key("user_id_update", previous or "-", current or "-", str(int(at.timestamp()))),
        at=at,
        sender=change.sender,
        person=person(change, phone(update.get("wa_id")), current, alone=alone),
        previous=previous,
        current=current,
    )

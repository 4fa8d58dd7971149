"""
Reads the fields ``account_update`` and ``account_settings_update``: what Meta does to the business's numbers.
"""

from collections.abc import Mapping
from datetime import datetime

from server.channels.whatsapp_change import NOBODY, Change, ignored
from server.channels.whatsapp_fields import child, children, fingerprint, instant, phone, text, word
from server.channels.whatsapp_items import AccountRestricted, AccountSettings, AccountViolation, Item, Sender

_CLOSED = ("account_deleted", "account_offboarded", "disabled_update")
# Restrictions that leave the business's own calls alone; BIZ and BUSINESS are both spelled for the ones that do not.
_HARMLESS = ("MESSAGING", "ADD_PHONE_NUMBER", "USER_INITIATED")
_OURS = ("BUSINESS_INITIATED_CALLING", "BIZ_INITIATED_CALLING", "BUSINESS_INITIATED_AND", "BIZ_INITIATED_AND")


def read_account_update(change: Change) -> Item:
    """The one event of an ``account_update``; ValueError where there is none."""
    event = word(change.value, "event")
    if event is None:
        raise ValueError("it names no event")
    if event == "account_restriction":
        return _restricted(change)
    if event == "account_violation":
        return _violation(change, text(child(change.value, "violation_info"), "violation_type"))
    if event in _CLOSED:
        return _closed(change, event)
    return ignored("an account event without meaning for calls", change, change.value)


def _restricted(change: Change) -> AccountRestricted:
    listed = children(change.value, "restriction_info")
    ends = [((text(each, "restriction_type") or "").strip().upper(), each.get("expiration")) for each in listed]
    blocking = [(kind, end) for kind, end in ends if _blocks_calls(kind)]
    # A restriction that says nothing of what it restricts may well restrict calls.
    return _restriction(
        change, tuple(kind for kind, _ in ends), _until(change, blocking or ends), bool(blocking) or not ends
    )


def _blocks_calls(kind: str) -> bool:
    return any(word in kind for word in _OURS) or not any(word in kind for word in _HARMLESS)


def _until(change: Change, ends: list[tuple[str, object]]) -> datetime | None:
    """The last end; None if one of them has none that can be read."""
    moments = [instant(end) for _, end in ends]
    known = [moment for moment in moments if moment is not None]
    return max(known) if known and len(known) == len(moments) else None


def _closed(change: Change, event: str) -> Item:
    states = _ban_states(child(change.value, "ban_info"))
    if "REINSTATE" in states:
        return ignored("the account was reinstated", change, change.value)
    if "SCHEDULE_FOR_DISABLE" in states:
        return _violation(change, "SCHEDULE_FOR_DISABLE")
    return _restriction(change, (event.upper(),), None, True)


def _ban_states(info: Mapping[str, object]) -> tuple[str, ...]:
    state = info.get("waba_ban_state")
    listed = state if isinstance(state, list) else [state]
    return tuple(each.strip().upper() for each in listed if isinstance(each, str))


def _restriction(
    change: Change, kinds: tuple[str, ...], until: datetime | None, blocks_calls: bool
) -> AccountRestricted:
    return AccountRestricted(
        key=_key(change),
        at=instant(change.entry_time),
        sender=_sender(change),
        person=NOBODY,
        kinds=kinds,
        until=until,
        blocks_calls=blocks_calls,
        account_id=change.account_id,
    )


def _violation(change: Change, kind: str | None) -> AccountViolation:
    return AccountViolation(
        key=_key(change),
        at=instant(change.entry_time),
        sender=_sender(change),
        person=NOBODY,
        kind=kind,
        account_id=change.account_id,
    )


def _key(change: Change) -> str:
    """Account events carry no id; the same restriction at another time is another event."""
    return f"{change.field}:{fingerprint([change.account_id, change.entry_time, change.value])}"


def _sender(change: Change) -> Sender:
    """The entry's id is often "0", so the displayed number is what names the number."""
    return Sender(None, phone(change.value.get("phone_number")))


def read_account_settings(change: Change) -> Item:
    """Calling settings; ``calling`` may be null and only some of its changes are announced."""
    if word(change.value, "type") not in {None, "phone_number_settings"}:
        return ignored("settings without meaning for calls", change, change.value)
    settings = child(change.value, "phone_number_settings")
    calling = child(settings, "calling")
    return AccountSettings(
        key=_key(change),
        at=instant(change.value.get("timestamp")),
        sender=Sender(text(settings, "phone_number_id"), None),
        person=NOBODY,
        calling=_enabled(calling, "status"),
        callback_permission=_enabled(calling, "callback_permission_status"),
    )


def _enabled(settings: Mapping[str, object], name: str) -> bool | None:
    return {"enabled": True, "disabled": False}.get(word(settings, name) or "")

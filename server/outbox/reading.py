"""
Asking WhatsApp's Cloud API for a permission: ``GET /{phone-number-id}/call_permissions``.

Meta's pages contradict each other about names and values.  What is not clearly a grant is none, an expiry that cannot be
read has come, and a grant ends a little before it ends: two clocks are never the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import httpx

from consent.permission_limits import CALLS, REQUESTS, Limit
from consent.permission_readings import NotePermissionReading
from consent.references import ContactReference
from consent.settings import SenderReference
from server.errors import PermissionUnread
from server.outbox.graph import Address, retry_after

MARGIN = timedelta(minutes=1)
_LONGEST = timedelta(hours=168)  # Meta: 7 × 86,400 seconds from approval
_UNSAID = timedelta(days=1)
_SECONDS = 10.0
_TOO_OFTEN = (4, 613, 80007, 130429)


@dataclass(frozen=True, slots=True)
class Allowance:
    """Whether something may be done now by the platform's own count, and from when on if not; None is not said."""

    allowed: bool | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A permission as the API tells it."""

    state: str  # temporary, permanent or none
    expires_at: datetime | None
    calls: Allowance
    requests: Allowance

    def limits(self, now: datetime) -> Mapping[str, Limit]:
        """
        What the platform says of its limits; nothing where it said nothing of them.

        A permission alone lets nobody call.  Where there is one and the platform does not say that it may be used, or says
        of something that it may not be done and not until when, it is taken to last a day, the longest window for calls.
        """
        found = {}
        for action, allowance in ((CALLS, self.calls), (REQUESTS, self.requests)):
            refused = allowance.allowed is False if action == REQUESTS else self.state != "none"
            if allowance.allowed is True:
                found[action] = Limit(None)
            elif allowance.until is not None and allowance.until > now:
                found[action] = Limit(allowance.until)
            elif refused:
                found[action] = Limit(now + _UNSAID, told=False)
        return found

    def noted(self, tenant: UUID, actor: str, person: Address, number: str, now: datetime) -> NotePermissionReading:
        """What there is to be recorded of it; ``number`` is WhatsApp's id of the business number."""
        who = ContactReference(person.kind, person.value)
        sender = SenderReference("phone_number_id", number)
        return NotePermissionReading(
            tenant, actor, who, sender, self.state, self.expires_at, now, limits=self.limits(now)
        )


async def read_permission(
    client: httpx.AsyncClient, *, base: str, token: str, number: str, person: Address, now: datetime
) -> Reading:
    """The permission between this business number and this person; PermissionUnread where the API does not tell."""
    asked = {"user_wa_id": person.value.removeprefix("+")} if person.kind == "phone" else {"recipient": person.value}
    headers = {"Authorization": f"Bearer {token}"}
    try:
        answer = await client.get(f"{base}/{number}/call_permissions", params=asked, headers=headers, timeout=_SECONDS)
    except httpx.HTTPError as error:
        raise PermissionUnread(type(error).__name__) from None
    try:
        said = answer.json()
    except ValueError:
        raise PermissionUnread(str(answer.status_code)) from None
    told = said if isinstance(said, dict) else {}
    if not answer.is_success:
        raise _unread(answer, told)
    return read_answer(told, now)


def _unread(answer: httpx.Response, told: Mapping[str, object]) -> PermissionUnread:
    error = told.get("error")
    code = error.get("code") if isinstance(error, dict) else None
    if answer.status_code == httpx.codes.TOO_MANY_REQUESTS or code in _TOO_OFTEN:
        wait = retry_after(answer)
        return PermissionUnread(str(code or answer.status_code), max(1, int(wait.total_seconds())) if wait else 5)
    return PermissionUnread(str(code or answer.status_code))


def read_answer(told: Mapping[str, object], now: datetime) -> Reading:
    """The API's answer; what is missing or unknown in it grants nothing."""
    permission = told.get("permission")
    found = permission if isinstance(permission, dict) else {}
    state = found.get("status")
    actions = told.get("actions")
    by_name = {
        each["action_name"]: each
        for each in (actions if isinstance(actions, list) else [])
        if isinstance(each, dict) and isinstance(each.get("action_name"), str)
    }
    calls, requests = (_allowance(by_name.get(name, {})) for name in ("start_call", "send_call_permission_request"))
    expiry = found.get("expiration_time", found.get("expiration"))
    if state == "permanent" and expiry is None:
        return Reading("permanent", None, calls, requests)
    ends = _moment(expiry)
    if state == "temporary" and ends is not None and now < (end := min(ends - MARGIN, now + _LONGEST)):
        return Reading("temporary", end, calls, requests)
    return Reading("none", None, calls, requests)


def _allowance(action: Mapping[str, object]) -> Allowance:
    allowed = action.get("can_perform_action")
    limits = action.get("limits")
    ends = (
        [_moment(each.get("limit_expiration_time")) for each in limits if isinstance(each, dict)]
        if isinstance(limits, list)
        else []
    )
    until = max((each for each in ends if each is not None), default=None)
    return Allowance(allowed if isinstance(allowed, bool) else None, until)


def _moment(value: object) -> datetime | None:
    if type(value) is not int or not 0 < value < 2**33:
        return None
    return datetime.fromtimestamp(value, UTC)

"""
What the platform says of its own limits: that a person may not be called, or not be asked for permission, before then.

A word about a limit stands beside the words about the permission and changes none of them.  Limits only add up: of two
the later end counts, until the platform itself is asked (``automatic``), whose answer replaces what was known before.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from uuid import UUID, uuid4

from audit.entry import Json
from audit.instants import rfc3339
from audit.work import Work
from consent.contacts import Contact
from consent.history import HistoryBook
from consent.lifecycle import PermissionEvent

CALLS, REQUESTS = "call.place", "call.request_permission"
STATES: Mapping[str, str] = MappingProxyType({CALLS: "calls_limited", REQUESTS: "requests_limited"})


@dataclass(frozen=True, slots=True)
class Limit:
    """
    What the platform answered about one action: not before ``until``, or that it may be done (None).

    ``told`` False: it named no end, and this one is ours.
    """

    until: datetime | None
    told: bool = True

    def is_news(self, known: datetime | None) -> bool:
        """Whether it changes what is known; an end of ours never shortens one that somebody was told of."""
        if self.told or self.until is None:
            return self.until != known
        return known is None or known < self.until


def limited_until(
    events: Iterable[PermissionEvent],
    sender: str,
    action: str,
    as_of: datetime,
    known_at: datetime | None = None,
) -> datetime | None:
    """Until when the platform does not let this sender do this with the person; None where nothing in force says so."""
    state, until = STATES.get(action), None
    words = [
        e
        for e in events
        if e.state == state
        and e.sender == sender
        and e.at <= as_of
        and (known_at is None or e.recorded_at <= known_at)
        and e.expires_at is not None
    ]
    # Of one instant the platform's own word comes first, so that a limit learnt meanwhile still adds to it.
    for each in sorted(words, key=lambda e: (e.at, not e.automatic, e.recorded_at)):
        end = each.expires_at
        until = end if each.automatic or until is None or (end is not None and end > until) else until
    return until if until is not None and as_of < until else None


def limit(
    work: Work,
    contact: Contact,
    sender: str,
    action: str,
    until: datetime,
    *,
    at: datetime,
    automatic: bool = False,
    told: Mapping[str, Json],
    identity: UUID | None = None,
) -> UUID:
    """
    Records ``permission.limited``: from ``at`` on, this may not be done before ``until``; one that is over ends a limit.

    ``told`` says where it comes from; ``identity`` is the word's id, where it is to be known again.
    """
    event = PermissionEvent(identity or uuid4(), STATES[action], sender, at, work.now, max(until, at), automatic)
    facts: Mapping[str, Json] = {
        "permission": str(event.id),
        "state": event.state,
        "sender": sender,
        "at": rfc3339(at),
        "expires_at": rfc3339(max(until, at)),
        "automatic": automatic,
        **told,
    }
    entry = work.record("permission.limited", facts, contact=contact.id)
    work[HistoryBook].permit(contact, event, entry)
    return entry

"""
What the log tells of, as ``noun.verb``, and the filters that subscribers and readers write.

Pure.  The list is that of docs/log.md; an event that is missing here could be neither asked for nor refused.
"""

from collections.abc import Iterable
from difflib import get_close_matches

from server.errors import TypeUnknown

EVERYTHING = "*"
_VERBS = {
    "tenant": "opened zone_stated evidence_ruled controller_stated",
    "purpose": "defined",
    "notice": "published",
    "sender": "added marked restricted restriction_lifted",
    "channel": "added secret_rotated answers_enabled answers_disabled choices_named",
    "log_key": "rotated",
    "log": "reopened pruned",
    "tenant_key": "added retired rewrapped",
    "contact": "erased identified joined left linked located merged parted renumbered shared succeeded unjoined",
    "link": "issued ended",
    "retention": "rule_set applied",
    "legal_hold": "placed reviewed lifted",
    "key": "created rotated revoked",
    "rules": "drafted simulated approved scheduled activated tried withdrawn rolled_back",
    "consent": "recorded confirmed withdrawn renewal_due expired confirmation_lapsed",
    "evidence": "added read",
    "timeline": "disclosed",
    "wish": "made ended",
    "permission": "requested granted declined revoked limited",
    "reply": "queued paused opted_in narrowed help_asked",
    "review": "settled",
    "suppression": "lifted exported",
    "preference": "resumed",
    "message": "attempted sent failed lapsed",
    "decision": "allowed denied",
    "hold": "released revoked",
    "call": "recognised reported amended unannounced",
    "export": "requested",
    "import": "begun finished cancelled",
    "register": "loaded dropped",
    "receipt": "disclosed",
    "projection": "repaired",
    "webhook": "unreadable",
    "subscription": "created ended redelivery_asked",
}
BY_NOUN = {noun: tuple(f"{noun}.{verb}" for verb in verbs.split()) for noun, verbs in _VERBS.items()}
TYPES = frozenset(each for types in BY_NOUN.values() for each in types)


def chosen(filters: Iterable[str]) -> frozenset[str] | None:
    """
    The events that any of the filters lets through: ``consent.withdrawn``, all of a noun as ``consent``, or ``*``.

    None is everything, also what is not invented yet: no filter, or ``*`` among them.  Raises TypeUnknown.
    """
    found: set[str] = set()
    given = tuple(filters)
    for each in given:
        if each in TYPES:
            found.add(each)
        elif each in BY_NOUN:
            found.update(BY_NOUN[each])
        elif each != EVERYTHING:
            raise TypeUnknown(next(iter(get_close_matches(each, [*TYPES, *BY_NOUN], 1)), None))
    return None if not given or EVERYTHING in given else frozenset(found)

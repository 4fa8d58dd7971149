"""
What WhatsApp's error codes say about calling: a code that a call came back with changes what is known.

From Meta's "Error codes" for calling (2026-06-26).  Codes that are only technical change nothing and are recorded.
"""

from collections.abc import Mapping
from uuid import uuid4

from audit.instants import rfc3339
from audit.work import Work
from consent.contacts import ContactBook
from consent.history import HistoryBook
from consent.lifecycle import PermissionEvent
from consent.setup import restrict_senders
from policies.attempts import Attempt

NO_PERMISSION = 138006  # there is no approved permission: what we hold for one is none
COUNTRY_BARRED = 138013  # calls may not be placed from this business number's country
LOW_QUALITY = 138014  # calling is switched off for a while; nobody says until when

RESTRICTING: Mapping[int, str] = {COUNTRY_BARRED: "country", LOW_QUALITY: "low_quality"}


def take_in(work: Work, attempt: Attempt, code: int) -> None:
    """
    Records ``permission.revoked`` or ``sender.restricted`` where the code of a failed call means that.

    It happened when it was learnt: the platform dates no code, and a permission given since would be newer.
    """
    if attempt.sender is None:
        return
    if code == NO_PERMISSION and work[ContactBook].is_known(attempt.contact):
        _revoke(work, attempt, attempt.sender)
    elif code in RESTRICTING:
        restrict_senders(work, [attempt.sender], kinds=(f"error_{code}_{RESTRICTING[code]}",), until=None)


def _revoke(work: Work, attempt: Attempt, sender: str) -> None:
    event = PermissionEvent(uuid4(), "revoked", sender, work.now, work.now, None, automatic=True)
    entry = work.record(
        "permission.revoked",
        {
            "permission": str(event.id),
            "state": event.state,
            "sender": sender,
            "at": rfc3339(event.at),
            "expires_at": None,
            "automatic": True,
            "hold": str(attempt.id),
            "error_code": NO_PERMISSION,
        },
        contact=attempt.contact,
    )
    work[HistoryBook].permit(work[ContactBook].of_id(attempt.contact), event, entry)

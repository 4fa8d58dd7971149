"""
The kinds of evidence, the writers and the givers of a consent: closed lists.

Pure.  Which kinds were given tells nothing personal; the values do, and never stand beside them.
"""

from collections.abc import Mapping

NOTICE, SHOWN, FILE, CONFIRMED = "notice", "shown_sha256", "file", "confirmed"

# Fields of evidence whose name is their kind; `files` is the kind `file`, and offsets come with a recording.
_FIELDS = {
    "message_id": "message_id",
    "in_reply_to": "in_reply_to",
    "call_id": "call_id",
    "recording_sha256": "recording",
    "recording_start_ms": "recording_offsets",
    "page_url": "page_url",
    "ip": "ip",
    "user_agent": "user_agent",
    "certificate_url": "certificate_url",
    "key": "key",
    "text": "text",
    "files": FILE,
}
KINDS = (NOTICE, SHOWN, *_FIELDS.values(), CONFIRMED)

PUBLIC, SYSTEM, OFFICER, IMPORT = "public", "system", "officer", "import"
TRUSTS = (PUBLIC, SYSTEM, OFFICER, IMPORT)

SELF, DELEGATE, GUARDIAN = "self", "delegate", "guardian"
GIVERS = (SELF, DELEGATE, GUARDIAN)


def kinds_of(evidence: Mapping[str, object], *, notice: bool, shown: bool) -> tuple[str, ...]:
    """
    The kinds among the fields of evidence, sorted; what is None or empty was not given.

    ``shown`` is whether the caller stated the hash of what it showed, and it was the right one.
    """
    found = {kind for name, kind in _FIELDS.items() if evidence.get(name) not in (None, "", (), [])}
    found |= {NOTICE} if notice else set()
    found |= {SHOWN} if shown else set()
    return tuple(sorted(found))

"""
The personal fields that entries commit to, by name, and which of them an export discloses.
"""

from collections.abc import Sequence

from audit.exporting.errors import FieldUnknown

EVERY = "*"
# Closed, so that a misspelt name is refused instead of silently disclosing nothing.
PERSONAL_FIELDS = (
    "call_id",
    "certificate_url",
    "files",
    "giver_name",
    "giver_relation",
    "in_reply_to",
    "ip",
    "key",
    "message_id",
    "notice_sha256",
    "notice_variables",
    "notice_variables_sha256",
    "page_url",
    "phone",
    "recording_end_ms",
    "recording_sha256",
    "recording_start_ms",
    "sha256",
    "text",
    "user_agent",
    "whatsapp_user_id",
)


def chosen(disclose: Sequence[str]) -> tuple[str, ...]:
    """The names in the one way in which they are recorded: sorted, each once, or ``*`` alone; raises FieldUnknown."""
    unknown = sorted({*disclose} - {EVERY, *PERSONAL_FIELDS})
    if unknown:
        raise FieldUnknown(unknown, PERSONAL_FIELDS)
    return (EVERY,) if EVERY in disclose else tuple(sorted({*disclose}))


def named(disclose: Sequence[str]) -> tuple[str, ...]:
    """Every field that such a choice discloses."""
    return PERSONAL_FIELDS if EVERY in disclose else tuple(disclose)

"""
Carrying out one row, in a batch of the journal or in a trial: what comes of it is a verdict.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple
from uuid import UUID

import orjson

from audit.errors import Refused
from audit.work import Work
from consent.contacts import Contact, ContactBook
from consent.errors import ExpiresBeforeGiven, GivenInTheFuture, NoticeUnknown, PurposeUnknown, SenderUnknown
from consent.history import HistoryBook
from consent.imports.edge import Asked, Read, Wrong, unquoted
from consent.imports.judging import (
    CONFLICT,
    DUPLICATE,
    HISTORY,
    RECORDED,
    REFUSED,
    Clash,
    Grant,
    is_known,
    is_refused_already,
)
from consent.lifecycle import Extent, Scope, SuppressionEvent, standings, suppressing, suppressions_in_force
from consent.requests import RecordConsent, WithdrawConsent, is_history
from consent.settings import SettingsBook

_COLUMNS = {
    PurposeUnknown: "purpose",
    NoticeUnknown: "notice_id",
    SenderUnknown: "sender_id",
    ExpiresBeforeGiven: "expires_at",
}
UNKNOWN_CATEGORY = "marketing"  # as everywhere: what nobody has defined is advertising
_OPENS_NOTHING = "It is older than what the person has said since, so that it opens nothing."
_NO_FILE = (
    "It was recorded without a file that it names: the person has no such file. Upload it to keep it as evidence."
)
_CLOSES_NOTHING = "The person has agreed to all of it since, so that it closes nothing."


FIELDS = ("row", "line", "verdict", "column", "detail", "contact", "entry")


class Verdict(NamedTuple):
    """What became of a row; ``event`` is of the entry that it has, or of none."""

    row: int
    line: int
    verdict: str
    column: str | None = None
    detail: str | None = None
    contact: UUID | None = None
    event: UUID | None = None

    def kept(self, entry: int | None) -> tuple[object, ...]:
        """As it is kept: without names; ``entry`` is the entry's index."""
        contact = None if self.contact is None else self.contact.hex
        return self.row, self.line, self.verdict, self.column, self.detail, contact, entry

    def to_json(self) -> bytes:
        """A line of JSON, where nothing was recorded."""
        return told(self.kept(None))


def told(kept: Sequence[object]) -> bytes:
    """A kept verdict as a line of JSON."""
    named = dict(zip(FIELDS, kept, strict=True))
    contact = named["contact"]
    return orjson.dumps({**named, "contact": None if contact is None else str(UUID(str(contact)))})


def carry_out(work: Work, read: Read) -> Verdict:
    """
    Does what a row asks for, if it can be done and was not done before.

    An exception means that the books are no good any more, and that no row of the batch has been recorded.
    """
    row, line = read.row, read.line
    if isinstance(read, Wrong):
        return Verdict(row, line, REFUSED, read.column, read.why)
    before = len(work.staged)
    try:
        asked = read.asked
        made = _consent(work, asked) if isinstance(asked, RecordConsent) else _withdrawal(work, asked)
    except Refused as refusal:
        if len(work.staged) != before:
            raise RuntimeError("A row was refused after it had been recorded in part.") from refusal
        return Verdict(row, line, REFUSED, _column_of(refusal, read.asked), unquoted(str(refusal)))
    if len(work.staged) == before:
        return made._replace(row=row, line=line)
    return made._replace(row=row, line=line, event=work.staged[-1].event_id)


def _consent(work: Work, asked: RecordConsent) -> Verdict:
    contact = work[ContactBook].known(asked.contact)
    if contact is not None:
        found = _left(work, asked)
        if isinstance(found, Clash):
            return Verdict(0, 0, CONFLICT, found.column, found.why, contact.id)
        if not found:
            return Verdict(0, 0, DUPLICATE, contact=contact.id)
        if found != asked.channels:
            asked = replace(asked, channels=found)
    contact, events, _ = asked.record(work)
    late = [each.scope.channel for each in events if is_history(work, contact, each)]
    if not late:
        return Verdict(0, 0, RECORDED, contact=contact.id)
    if len(late) == len(events):
        return Verdict(0, 0, HISTORY, None, _OPENS_NOTHING, contact.id)
    partly = f"On {', '.join(map(str, late))} it is older than what the person has said since, and opens nothing there."
    return Verdict(0, 0, RECORDED, "channels", partly, contact.id)


def _left(work: Work, asked: RecordConsent) -> tuple[str, ...] | Clash:
    """The channels on which this is not known yet."""
    contact = work[ContactBook].known(asked.contact)
    known = work[HistoryBook].of(contact).consents if contact is not None else []
    sender = work[SettingsBook].current.sender(asked.sender) if asked.sender is not None else None
    left = []
    for channel in asked.channels:
        grant = Grant(
            Scope(asked.purpose, channel, sender.id if sender is not None else None),
            asked.technology,
            "pending" if asked.double_opt_in else "granted",
            min(asked.given_at, work.now),
            asked.expires_at,
            asked.method,
            asked.basis,
            asked.jurisdiction,
        )
        found = is_known(grant, known)
        if isinstance(found, Clash):
            return found
        if not found:
            left.append(channel)
    return tuple(left)


def _withdrawal(work: Work, asked: WithdrawConsent) -> Verdict:
    contact = work[ContactBook].known(asked.contact)
    settings = work[SettingsBook].current
    sender = settings.sender(asked.sender) if asked.sender is not None else None
    extent = Extent(asked.purposes, None, asked.channels, sender.id if sender is not None else None)
    at = min(asked.withdrawn_at, work.now)
    # What another part has refused may part from this one again: it is recorded under both.
    known = work[HistoryBook].own(contact).suppressions if contact is not None else []
    is_of_known_sender = asked.sender is None or sender is not None
    if contact is not None and is_of_known_sender and is_refused_already(extent, at, known):
        return Verdict(0, 0, DUPLICATE, contact=contact.id)
    answer = asked.apply(work)
    contact = work[ContactBook].meet(asked.contact)
    column, note = ("evidence_files", _NO_FILE) if "files_unknown" in answer else (None, None)
    if _closes_something(work, contact, work[HistoryBook].own(contact).suppressions[-1]):
        return Verdict(0, 0, RECORDED, column, note, contact.id)
    return Verdict(0, 0, HISTORY, column, f"{_CLOSES_NOTHING} {note or ''}".strip(), contact.id)


def _closes_something(work: Work, contact: Contact, suppression: SuppressionEvent) -> bool:
    """Whether a refusal just recorded stops a call by a person now; one of every purpose or channel always does."""
    history, extent = work[HistoryBook].of(contact), suppression.extent
    if suppression not in suppressions_in_force(history.suppressions, work.now):
        return False
    if extent.purposes is None or extent.channels is None or len(history.consents) <= 1:
        return True
    settings, said = work[SettingsBook].current, standings(history.consents, work.now)
    return any(
        suppression
        in suppressing(
            history.suppressions,
            said,
            work.now,
            purpose=purpose,
            category=settings.purposes.get(purpose, UNKNOWN_CATEGORY),
            channel=channel,
            technology="live",
            sender=extent.sender,
        )
        for purpose in extent.purposes
        for channel in extent.channels
    )


def _column_of(refusal: Refused, asked: Asked) -> str | None:
    if isinstance(refusal, GivenInTheFuture):
        return "given_at" if isinstance(asked, RecordConsent) else "withdrawn_at"
    pointer = str(getattr(refusal, "pointer", "")).strip("/").replace("/", "_")
    return _COLUMNS.get(type(refusal), pointer or None)

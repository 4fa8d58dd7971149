"""
What is known of a tenant's business numbers: whether they are for tests, and what keeps them from calling.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from audit.entry import Json
from audit.instants import rfc3339_or_none
from audit.work import Idempotency, Work
from consent.restrictions import Restriction, in_force, lifted, restricted
from consent.settings import Sender, SenderReference, SettingsBook

CALLING_DISABLED = "calling_disabled"  # in the number's own settings


@dataclass(frozen=True, slots=True)
class MarkSender:
    """Whether a business number is a test number, for which the platform has other limits."""

    changes_settings: ClassVar[bool] = True
    tenant: UUID
    actor: str
    sender: str
    sandbox: bool
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``sender.marked`` where that is news.  SenderUnknown."""
        known = work[SettingsBook].current.known_sender(SenderReference("id", self.sender))
        facts: Mapping[str, Json] = {"sender": self.sender, "sandbox": self.sandbox}
        if known.sandbox is not self.sandbox:
            work[SettingsBook].restrict(replace(known, sandbox=self.sandbox), known.restrictions)
            work.record("sender.marked", facts)
        return facts


@dataclass(frozen=True, slots=True)
class RestrictSender:
    """Meta does not let a business number call, until a moment or until further notice."""

    changes_settings: ClassVar[bool] = True
    tenant: UUID
    actor: str
    phone: str | None  # None: every number of the account
    kinds: tuple[str, ...]
    until: datetime | None
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``sender.restricted``; a number the tenant does not have is noted and restricts nothing."""
        senders = [each.id for each in work[SettingsBook].current.senders.values() if self.phone in (None, each.phone)]
        return restrict_senders(work, senders, kinds=self.kinds, until=self.until, phone=self.phone)


@dataclass(frozen=True, slots=True)
class HearCalling:
    """What the settings of a business number say now: whether calling is enabled on it."""

    changes_settings: ClassVar[bool] = True
    tenant: UUID
    actor: str
    senders: tuple[SenderReference, ...]
    enabled: bool
    at: datetime
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``sender.restricted`` or ``sender.restriction_lifted``; an older word that comes later changes nothing."""
        known = work[SettingsBook].current.first_sender(self.senders)
        if known is not None:
            hear_calling(work, known, enabled=self.enabled, at=min(self.at, work.now))
        return {}


@dataclass(frozen=True, slots=True)
class LiftRestriction:
    """Somebody of the business has seen that a number may call again; ``kinds`` None: whatever there was against it."""

    changes_settings: ClassVar[bool] = True
    tenant: UUID
    actor: str
    sender: str
    kinds: tuple[str, ...] | None = None
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``sender.restriction_lifted``; nothing where there is none of these.  SenderUnknown."""
        known = work[SettingsBook].current.known_sender(SenderReference("id", self.sender))
        return lift_restrictions(work, known, self.kinds)


def restrict_senders(
    work: Work, senders: Sequence[str], *, kinds: Sequence[str], until: datetime | None, phone: str | None = None
) -> Mapping[str, Json]:
    """Has these business numbers call nobody until then, or until further notice; records ``sender.restricted``."""
    new = [Restriction(each, until) for each in kinds or ("unknown",)]
    for each in senders:
        known = work[SettingsBook].current.senders[each]
        work[SettingsBook].restrict(known, restricted(known.restrictions, new, work.now))
    facts: Mapping[str, Json] = {
        "senders": list(senders),
        "phone": phone,
        "kinds": list(kinds),
        "until": rfc3339_or_none(until),
    }
    work.record("sender.restricted", facts)
    return facts


def hear_calling(work: Work, sender: Sender, *, enabled: bool, at: datetime) -> None:
    """Has a number call or not, as its settings were at that moment; the newest word counts, and of two at once the no."""
    said = Restriction(CALLING_DISABLED, at if enabled else None, at)
    was, kept = _live(sender.restrictions, work.now), restricted(sender.restrictions, [said], work.now)
    left = _live(kept, work.now)
    work[SettingsBook].restrict(sender, kept)
    if CALLING_DISABLED in left - was:
        work.record(
            "sender.restricted", {"senders": [sender.id], "phone": None, "kinds": [CALLING_DISABLED], "until": None}
        )
    elif CALLING_DISABLED in was - left:
        work.record(
            "sender.restriction_lifted", {"sender": sender.id, "kinds": [CALLING_DISABLED], "left": sorted(left)}
        )


def lift_restrictions(work: Work, sender: Sender, kinds: Collection[str] | None) -> Mapping[str, Json]:
    """Ends the restrictions of these kinds, and leaves the others; records ``sender.restriction_lifted`` if there were any."""
    over = sorted(each for each in _live(sender.restrictions, work.now) if kinds is None or each in kinds)
    left = lifted(sender.restrictions, kinds, work.now)
    facts: Mapping[str, Json] = {"sender": sender.id, "kinds": over, "left": sorted(_live(left, work.now))}
    if over:
        work[SettingsBook].restrict(sender, left)
        work.record("sender.restriction_lifted", facts)
    return facts


def _live(restrictions: Sequence[Restriction], now: datetime) -> set[str]:
    return {each.kind for each in in_force(restrictions, now)}

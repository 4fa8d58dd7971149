"""
From what is known of a person to the facts of one question, in force at one instant.
"""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import datetime

from audit.unfrozen import unfrozen
from audit.work import Work
from consent.contacts import Contact, ContactBook
from consent.history import History, HistoryBook
from consent.lifecycle import Standing, SuppressionEvent, permission_in_force, standings, suppressing
from consent.permission_limits import limited_until
from consent.places import NOWHERE, Place, regions_of, zones_in
from consent.references import ContactReference
from consent.settings import Sender, SenderReference, SettingsBook
from consent.wishes.book import WishBook
from consent.wishes.wish import Wish, in_force
from policies.attempts import Attempt, AttemptBook
from policies.facts import (
    ConsentFact,
    Facts,
    PermissionFact,
    SenderFact,
    Stated,
    SuppressionFact,
    WishFact,
)
from policies.kinds.attempts import REFUSALS
from policies.localtime import candidate_zones
from policies.registers.book import AskedRegisters
from policies.rulebook import RuleBook
from policies.wishes import lookback_of

# Made for every question: see `unfrozen`.
_MakeFacts, _MakeConsent = unfrozen(Facts), unfrozen(ConsentFact)
_MakePermission, _MakeSender = unfrozen(PermissionFact), unfrozen(SenderFact)

_OPT_IN = "opt_in"
_NO_PERMISSION = PermissionFact("none")


@dataclass(frozen=True, slots=True)
class Question:
    """May this be done now?  The purpose is the tenant's; its category is looked up."""

    to: ContactReference
    sender: SenderReference | None
    purpose: str
    channel: str = "whatsapp_call"
    technology: str = "live"
    action: str = "call.place"
    stated: tuple[tuple[str, Stated], ...] = ()  # what the caller says of its own side, by name


def gather(work: Work, question: Question, contact: Contact | None, now: datetime) -> Facts:
    """
    The facts of a question, as they were in force at ``now``.

    Raises PurposeUnknown.  A person never met has no consents and no attempts: those are known to be empty.
    """
    settings = work[SettingsBook].current
    category = settings.category(question.purpose)
    sender = settings.sender(question.sender) if question.sender else None
    history = work[HistoryBook].of(contact) if contact else _refused_before(work, question, now)
    standing = standings(history.consents, now)
    places = contact.places if contact else (_place(question),)
    wishes = _wishes(work, contact, question, category, sender, now) if contact else ()
    attempts = attempts_within(work, contact, now, wishes)
    made: Facts = _MakeFacts(
        question.action,
        question.purpose,
        category,
        question.channel,
        question.technology,
        regions_of(places),
        _zones(contact, places, settings.zone),
        settings.zone,
        tuple([_consent(each) for each in standing if each.consent.scope.purpose == question.purpose]),
        _other_purposes(standing, question, now),
        _other_withdrawals(history, question, now),
        _permission(history, question, sender, now),
        _suppressions(history, standing, question, category, sender, now) if history.suppressions else (),
        tuple([each.fact(now) for each in attempts]) if attempts else (),
        _sender(sender) if sender else None,
        work[AskedRegisters].facts(question.to, contact, places),
        dict(question.stated) if question.stated else None,
        wishes,
    )
    made.__class__ = Facts
    return made


def _wishes(
    work: Work, contact: Contact, question: Question, category: str, sender: Sender | None, now: datetime
) -> tuple[WishFact, ...]:
    """What the person wishes of this call."""
    said = work[WishBook].of(contact)
    if not said:
        return ()  # As most.
    asked, channel = sender.id if sender else None, question.channel
    return tuple(
        _wish(each.wish)
        for each in in_force(said, now)
        if each.wish.about.covers(purpose=question.purpose, category=category, channel=channel, sender=asked)
    )


def _wish(wish: Wish) -> WishFact:
    return WishFact(*astuple(wish))


def _suppressions(
    history: History,
    standing: Sequence[Standing],
    question: Question,
    category: str,
    sender: Sender | None,
    now: datetime,
) -> tuple[SuppressionFact, ...]:
    in_force = suppressing(
        history.suppressions,
        standing,
        now,
        purpose=question.purpose,
        category=category,
        channel=question.channel,
        technology=question.technology,
        sender=sender.id if sender else None,
    )
    # One no is as good as many, and all of them might not fit into an entry: the longest stands for the rest.
    return _longest(in_force)


def _sender(sender: Sender) -> SenderFact:
    restricted, until = sender.restricted, sender.restricted_until
    made: SenderFact = _MakeSender(sender.id, sender.country, restricted, until, sender.sandbox or None)
    made.__class__ = SenderFact
    return made


def _longest(suppressions: Sequence[SuppressionEvent]) -> tuple[SuppressionFact, ...]:
    """The oldest no for good; where there is none, the one that ends last."""
    for_good = next((each for each in suppressions if each.until is None), None)
    longest = for_good or max(suppressions, key=lambda each: (each.until, each.at), default=None)
    return () if longest is None else (SuppressionFact(longest.at, until=longest.until),)


def _refused_before(work: Work, question: Question, now: datetime) -> History:
    """Of someone who is not known: nothing, or what was refused under this identifier by someone erased since."""
    tombstones = work[ContactBook].tombstones(question.to)
    return History(
        suppressions=[
            SuppressionEvent(each.id, "set", each.extent, each.refused_at(now), now, "erasure") for each in tombstones
        ]
    )


def _place(question: Question) -> Place:
    """Where somebody may be whom nobody has met."""
    return NOWHERE if question.to.kind == "id" else question.to.place()


def _zones(contact: Contact | None, places: Sequence[Place], tenant_zone: str | None) -> tuple[str, ...]:
    """Of every part of the person: they may be where any of them may be."""
    if contact is None or not contact.others:
        return _zones_of(contact, places, tenant_zone)
    return tuple(
        dict.fromkeys(zone for each in contact.parts for zone in _zones_of(each, each.own_places, tenant_zone))
    )


def _zones_of(contact: Contact | None, places: Sequence[Place], tenant_zone: str | None) -> tuple[str, ...]:
    """A zone that was stated settles it; the tenant's only picks where nothing of the person was stated."""
    if contact is not None and contact.zone is not None:
        return (contact.zone,)
    known = zones_in(places)
    return known if contact is not None and contact.is_placed else candidate_zones(tenant_zone, known)


def _consent(standing: Standing) -> ConsentFact:
    consent, state, since = standing
    _, channel, sender = consent.scope
    # To consent is to opt in; what rests on less is recorded with its basis.
    basis = consent.basis or _OPT_IN
    technology = consent.technology or ()
    waits = consent.confirm_by if state == "pending" else None
    made: ConsentFact = _MakeConsent(channel or "", technology, sender, state, since, consent.expires_at, basis, waits)
    made.__class__ = ConsentFact
    return made


def _other_purposes(standing: tuple[Standing, ...], question: Question, now: datetime) -> tuple[str, ...]:
    others: set[str] = set()
    for each in standing:
        purpose, channel, _ = each.consent.scope
        if purpose and purpose != question.purpose and channel == question.channel and each.state_at(now) == "granted":
            others.add(purpose)
    return tuple(sorted(others)) if others else ()


def _other_withdrawals(history: History, question: Question, now: datetime) -> tuple[datetime, ...]:
    """The last moment at which the person took back a consent to be called for another purpose, if they did."""
    withdrawn = [
        each.given_at
        for each in history.consents
        if each.state == "withdrawn" and each.given_at <= now and each.scope.purpose != question.purpose
    ]
    return (max(withdrawn),) if withdrawn else ()


def _permission(history: History, question: Question, sender: Sender | None, now: datetime) -> PermissionFact | None:
    if question.channel != "whatsapp_call":
        return _NO_PERMISSION
    if sender is None:
        return None
    if not history.permissions:
        return _NO_PERMISSION
    event = permission_in_force(history.permissions, sender.id, now)
    limited = limited_until(history.permissions, sender.id, question.action, now)
    if event is None:
        return _NO_PERMISSION if limited is None else PermissionFact("none", limited_until=limited)
    made: PermissionFact = _MakePermission(event.state, event.at, event.expires_at, limited)
    made.__class__ = PermissionFact
    return made


def attempts_within(
    work: Work, contact: Contact | None, now: datetime, wishes: Sequence[WishFact] = ()
) -> list[Attempt]:
    """
    What the facts of a question tell of attempts to reach somebody, oldest first: as far back as any rule looks, or any
    of these wishes.
    """
    attempts = work[AttemptBook].of(contact) if contact else ()
    if not attempts:
        return []
    lookback, remembers_refusals = work[RuleBook].reach
    if wishes:
        lookback = max(lookback, lookback_of(wishes))
    since, refused_since = now - lookback, now - remembers_refusals
    return [
        each
        for each in attempts
        if each.at <= now
        and each.state != "released"
        and (
            since <= (last := max(each.at, each.outcome_at or each.at))
            or (each.outcome in REFUSALS and refused_since <= last)
            # Who may be ringing now is always known, however short the memory of the rules.
            or (each.outcome is None and now < each.expires_at)
        )
    ]

"""
Questions to measure with: drawn from a seed, every fact known, most of them in order and the odd one against the call.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from policies.facts import (
    CATEGORIES,
    AttemptFact,
    ConsentFact,
    Facts,
    PermissionFact,
    RegisterFact,
    SenderFact,
    SuppressionFact,
)

FIRST = datetime(2025, 9, 1, tzinfo=UTC)  # Before WhatsApp's limits changed twice.
_AMONG, _DAYS = 450, 40  # Forty days of so many are asked about, as a service is asked about today again and again.
_OUTCOMES = ("connected", "unanswered", "unanswered", "rejected", "failed", "refused", None)
_CALLS = ("call.place",) * 5 + ("call.request_permission",)
_STATES = ("granted",) * 12 + ("pending", "refused", "withdrawn")
_PERMISSIONS = ("permanent",) * 12 + ("temporary",) * 6 + ("none", "declined", "revoked")


@dataclass(frozen=True, slots=True)
class Question:
    """What is known, and when it is asked."""

    facts: Facts
    now: datetime


def drawn(seed: int, number: int, zones: Mapping[str, str], registers: Sequence[str]) -> list[Question]:
    """So many questions about people in these countries, each with its zone; the same for the same seed."""
    dice = Random(seed)
    days = [_day(dice) for _ in range(_DAYS)]
    return [_question(dice, _moment(dice, days), zones, registers) for _ in range(number)]


def _question(dice: Random, now: datetime, zones: Mapping[str, str], registers: Sequence[str]) -> Question:
    country = dice.choice(tuple(zones))
    category = dice.choice([each for each in CATEGORIES if each != "emergency"])
    channel = dice.choice(("whatsapp_call", "whatsapp_call", "voice"))
    attempts = sorted((_attempt(dice, now) for _ in range(dice.choice((0, 0, 0, 1, 1, 2, 3, 5)))), key=lambda a: a.at)
    facts = Facts(
        action=dice.choice(("call.place",) * 9 + ("call.request_permission",)),
        purpose="appointment_reminders",
        category=category,
        channel=channel,
        technology=dice.choice(("live",) * 9 + ("ai_voice",)),
        regions=(country,),
        zones=(zones[country],),
        business_zone=zones[country],
        consents=_consents(dice, now, channel),
        other_purposes=dice.choice(((), ("offers",))),
        other_withdrawals=(),
        permission=_permission(dice, now),
        suppressions=(SuppressionFact(now - timedelta(days=3)),) if dice.random() < 0.03 else (),
        attempts=tuple(attempts),
        sender=_sender(dice, now),
        registers={name: RegisterFact(dice.random() < 0.02, now - _ago(dice, 22)) for name in registers},
        stated={
            "agents": dice.choice((0, *range(8, 20))),
            "waiting": dice.randrange(22),
            "shop_open": dice.random() < 0.9,
            "topic": dice.choice(("reminder", "order", "offer", "topic_1", "topic_2")),
        },
    )
    return Question(facts, now)


def _day(dice: Random) -> datetime:
    """Mostly a working day."""
    day = FIRST + timedelta(days=dice.randrange(_AMONG))
    return day - timedelta(days=3) if day.weekday() > 4 and dice.random() < 0.7 else day


def _moment(dice: Random, days: Sequence[datetime]) -> datetime:
    """Mostly by Europe's daylight."""
    hour = dice.randrange(24) if dice.random() < 0.2 else dice.randrange(9, 17)
    return dice.choice(days) + timedelta(hours=hour, seconds=dice.randrange(3600))


def _ago(dice: Random, days: int) -> timedelta:
    return timedelta(seconds=dice.randrange(1, days * 86_400))


def _consents(dice: Random, now: datetime, channel: str) -> tuple[ConsentFact, ...]:
    if dice.random() < 0.04:
        return ()
    consent = ConsentFact(
        channel=channel if dice.random() < 0.97 else "sms",
        technology=("live", "ai_voice") if dice.random() < 0.9 else ("live",),
        sender=dice.choice((None,) * 8 + ("main",) * 8 + ("other",)),
        state=dice.choice(_STATES),
        since=now - _ago(dice, dice.choice((300, 300, 300, 900))),
        expires_at=dice.choice((None, None, now + _ago(dice, 90), now - timedelta(seconds=dice.choice((-60, 0))))),
        basis=dice.choice(("opt_in", "opt_in", "opt_in_written", "soft_opt_in")),
    )
    return (consent,)


def _permission(dice: Random, now: datetime) -> PermissionFact:
    state = dice.choice(_PERMISSIONS)
    lasts = dice.choice((*(_ago(dice, 7) for _ in range(5)), timedelta(0)))
    return PermissionFact(state, now - _ago(dice, 60), now + lasts if state == "temporary" else None)


def _attempt(dice: Random, now: datetime) -> AttemptFact:
    at = now - _ago(dice, dice.choice((1, 7, 30)))
    outcome = dice.choice(_OUTCOMES)
    if outcome is None and dice.random() < 0.3:
        at = now - timedelta(seconds=dice.randrange(1, 120))
    return AttemptFact(
        at=at,
        action=dice.choice(_CALLS),
        purpose="appointment_reminders",
        category=dice.choice(CATEGORIES[:5]),
        channel=dice.choice(("whatsapp_call", "whatsapp_call", "voice")),
        sender=dice.choice(("main", "main", "other", None)),
        outcome=outcome,
        expires_at=at + timedelta(seconds=90),
        ended_at=None,
    )


def _sender(dice: Random, now: datetime) -> SenderFact:
    restricted = dice.random() < 0.05
    until = dice.choice((None, now + timedelta(hours=5), now)) if restricted else None
    return SenderFact("main", dice.choice(("ES",) * 12 + ("TR", "US", "IT", "JP")), restricted, until)

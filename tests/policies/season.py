"""
A season of calling in an office: hundreds of decisions about a few people, allowed and denied for many reasons.
"""

import asyncio
from datetime import timedelta
from random import Random

import asyncpg

from consent.settings import SenderReference
from tests.consent.desk import Office
from tests.factories import authorization, consent, outcome, phone, withdrawal
from tests.policies.calling import release

_OUTCOMES = ("connected", "unanswered", "unanswered", "rejected", "failed", "refused", None, "release")
_PURPOSES = ("order_updates", "appointment_reminders", "offers", "overdue_payments")


def season(
    office: Office, decisions: int, seed: int = 1, people: int = 12, step: timedelta = timedelta(hours=2)
) -> None:
    """So many decisions, a step apart or together; some calls are placed, some people say no, some say yes again."""
    dice = Random(seed)
    numbers = [phone() for _ in range(people)]
    for each in numbers[: people * 3 // 4]:
        for purpose in _PURPOSES:
            office.write(consent(office.tenant, each, purpose=purpose, channels=("voice", "whatsapp_call")))
    for _ in range(decisions):
        office.clock.advance(step * dice.random() if dice.random() < 0.8 else timedelta(seconds=20))
        to = dice.choice(numbers)
        answer = office.ask(
            authorization(
                office.tenant,
                to,
                purpose=dice.choice(_PURPOSES),
                channel=dice.choice(("voice", "voice", "voice", "whatsapp_call")),
                technology=dice.choice(("live", "live", "live", "ai_voice")),
                stated=dice.choice(((), (("agents", 2),))),
                sender=SenderReference("id", dice.choice(("acme-es", "acme-2"))),
            )
        )
        if "hold" in answer:
            _end(office, dice, str(answer["hold"]["id"]))
        if dice.random() < 0.02:
            office.write(withdrawal(office.tenant, to, at=office.clock.now))
        if dice.random() < 0.02:
            office.write(consent(office.tenant, to, at=office.clock.now, channels=("voice", "whatsapp_call")))


def _end(office: Office, dice: Random, hold: str) -> None:
    told = dice.choice(_OUTCOMES)
    if told == "release":
        office.write(release(office, hold))
    elif told is not None:
        office.clock.advance(timedelta(seconds=30))
        office.write(outcome(office.tenant, hold, told, at=office.clock.now))


def spoil(office: Office, table: str, statement: str, *values: object) -> None:
    """Changes what nobody may change, as a superuser can, and puts the guards back."""

    async def run() -> None:
        conn = await asyncpg.connect(office.desk.url)
        try:
            await conn.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            await conn.execute(statement, *values)
            await conn.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        finally:
            await conn.close()

    asyncio.run(run())

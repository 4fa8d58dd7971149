"""
A decision can be made again from what the log says, years later, and comes out the same.
"""

import random
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from audit.work import Request, Written
from consent.proof.said import Notice
from consent.settings import SenderReference
from policies.catalogue import builtin
from policies.evaluator import evaluate
from policies.facts import ACTIONS, CHANNELS, Facts
from policies.reporting import ReleaseHold
from policies.ruleset import RuleSet, rule_set_from
from tests.channels import payloads
from tests.consent.desk import Desk, Office
from tests.factories import (
    DAY,
    HOUR,
    MINUTE,
    OTHER_SENDER,
    SECOND,
    SENDER,
    authorization,
    consent,
    outcome,
    phone,
    reply,
    withdrawal,
)

STEPS, SPANIARDS = 700, 40
PURPOSES = ("offers", "appointment_reminders", "order_updates", "overdue_payments")
SENDERS = (*[SENDER] * 16, OTHER_SENDER, SenderReference("phone", "+34919999999"), None)
OUTCOMES = (*["connected", "unanswered", "rejected", "failed", "refused"] * 4, "opted_out")
TEXTS = ("BAJA", "START", "basta de tonterias", "AYUDA", "AYUDA")
NARROW, WIDE, NO_LAW = ("core", "whatsapp", "es", "acme"), ("core", "whatsapp", "es"), ("core", "whatsapp", "acme")
ABROAD = ("+12125550123", "+442071234567", "+881612345678", "+34922123456", "US.1", "ES.77")


class Life:
    """
    A tenant's busy weeks, drawn at random.
    """

    def __init__(self, office: Office, seed: int) -> None:
        """
        The same seed gives the same life.
        """
        self.office, self.draw = office, random.Random(seed)
        self.people = [phone(number) for number in range(SPANIARDS)] + list(ABROAD)
        self.holds: list[str] = []

    def live(self) -> None:
        """
        Goes from one thing to the next; refusals are part of it.
        """
        kinds = [self.agree, self.withdraw, self.ask, self.report, self.release, self.say, self.permit, self.see]
        self.write(*(self.agreement(who) for who in self.people * 5))
        for step in range(STEPS):
            pause = self.draw.choice((SECOND, MINUTE, MINUTE, 20 * MINUTE, HOUR))
            self.office.clock.advance(pause + timedelta(microseconds=self.draw.randrange(10**6)))
            if self.office.clock.now.hour >= 20:
                self.office.clock.advance(12 * HOUR)
            if step % 90 == 89:
                names = self.draw.choice((NARROW, NARROW, WIDE, NO_LAW))
                self.office.adopt(*map(builtin, names))
            if step == STEPS // 2:
                self.restrict()
            self.draw.choices(kinds, (12, 1, 20, 8, 1, 1, 8, 3))[0]()

    def write(self, *requests: Request) -> None:
        """
        Writes together, and keeps what was held.
        """
        for written in self.office.desk.write_all(list(requests)):
            if isinstance(written, Written) and "hold" in written.answer and "decision" in written.answer:
                held: Any = written.answer["hold"]  # A JSON object.
                self.holds.append(held["id"])

    def agreement(self, who: str) -> Request:
        """
        Consent by somebody to something, perhaps long ago, perhaps not for long.
        """
        now, draw = self.office.clock.now, self.draw
        given_at = now - draw.choice((SECOND, HOUR, DAY, 30 * DAY))
        agreed: Request = consent(
            self.office.tenant,
            who,
            at=given_at,
            purpose=draw.choice(PURPOSES),
            channels=tuple(draw.sample(CHANNELS, draw.randint(3, 5))),
            technology=draw.choice((("live",), ("live",), ("live",), ("live", "ai_voice"), ("prerecorded",))),
            sender=draw.choice((*[None] * 16, SENDER, OTHER_SENDER)),
            expires_at=draw.choice((None, None, None, given_at + 2 * DAY, given_at + 60 * DAY)),
            method=draw.choice(("web_form", "web_form", "keypress", "import")),
            double_opt_in=draw.random() < 0.05,
            notice=draw.choice((None, Notice("calls-es", 3, "es-ES"))),
            evidence={"message_id": "wamid.X"} if draw.random() < 0.3 else {},
        )
        return agreed

    def agree(self) -> None:
        """
        Several people agree.
        """
        self.write(*(self.agreement(who) for who in self.draw.sample(self.people, 3)))

    def withdraw(self) -> None:
        """
        Somebody takes something back.
        """
        changed = self.draw.choice(({}, {"purposes": ("offers",)}, {"channels": ("voice",)}, {"sender": SENDER}))
        self.write(withdrawal(self.office.tenant, self.someone(), at=self.office.clock.now, **changed))

    def ask(self) -> None:
        """
        A few questions at once, often about the same person.
        """
        draw, person = self.draw, self.someone()
        self.write(
            *(
                authorization(
                    self.office.tenant,
                    draw.choice((person, self.someone())),
                    ttl=timedelta(seconds=draw.randint(10, 600)),
                    purpose=draw.choice(PURPOSES),
                    channel=draw.choices(("voice", "whatsapp_call", "sms"), (20, 12, 1))[0],
                    technology=draw.choices(("live", "ai_voice", "prerecorded"), (16, 1, 1))[0],
                    sender=draw.choice(SENDERS),
                    action=draw.choices(ACTIONS, (6, 1))[0],
                )
                for _ in range(draw.randint(1, 4))
            )
        )

    def report(self) -> None:
        """
        What became of one or two of the last holds, sometimes late, sometimes twice.
        """
        now = self.office.clock.now
        for hold in self.draw.sample(self.holds[-12:], min(2, len(self.holds))):
            ended = now - self.draw.choice((0 * SECOND, SECOND, MINUTE))
            self.write(outcome(self.office.tenant, hold, self.draw.choice(OUTCOMES), at=ended, duration_s=5))

    def release(self) -> None:
        """
        A call was not placed.
        """
        if self.holds:
            self.write(ReleaseHold(self.office.tenant, "caller", UUID(self.draw.choice(self.holds[-12:]))))

    def say(self) -> None:
        """
        Somebody writes.
        """
        said = self.draw.choice(TEXTS)
        self.write(reply(self.office.tenant, self.someone(), text=said, at=self.office.clock.now - MINUTE))

    def permit(self) -> None:
        """
        Somebody gives or takes back Meta's permission.
        """
        kinds = (
            payloads.temporary_grant,
            payloads.permanent_grant,
            payloads.permanent_grant,
            payloads.decline,
            payloads.automatic_revocation,
        )
        her, at = self.customer(), self.stamp()
        said = self.draw.choice(kinds)(by=her, at=at, id=f"wamid.{self.draw.random()}")
        self.office.deliver(payloads.messages(said, people=(her,)))

    def see(self) -> None:
        """
        WhatsApp tells of a call, which somebody may have announced.
        """
        her, at, call = self.customer(), self.stamp(), f"wacid.{self.draw.random()}"
        told = self.draw.choice(
            (
                payloads.calls(payloads.connect(id=call, to=her, at=at), people=(her,)),
                payloads.calls(payloads.terminate_answered(id=call, to=her, at=at), people=(her,)),
                payloads.call_statuses(payloads.call_status("REJECTED", id=call, to=her, at=at), people=(her,)),
            )
        )
        self.office.deliver(told)

    def restrict(self) -> None:
        """
        Meta takes calling away for two days.
        """
        kind, until = "RESTRICTED_BUSINESS_INITIATED_CALLING", self.stamp() + 2 * 86_400
        business = payloads.Business("700600500400", "34910000000")
        self.office.deliver(payloads.account_restriction(kind, until=until, business=business, at=self.stamp()))

    def someone(self) -> str:
        """
        A person; a few of them more often than others.
        """
        return self.draw.choice((*self.people[:6], *self.people[:6], *self.people))

    def customer(self) -> payloads.Customer:
        """
        One of the Spaniards, as WhatsApp names them.
        """
        return payloads.Customer(self.draw.choice(self.people[:SPANIARDS]).removeprefix("+"), None, "Somebody")

    def stamp(self) -> int:
        """
        The present second.
        """
        return int(self.office.clock.now.timestamp())


@pytest.fixture(scope="module", params=[20261125, 7])
def lived(desk: Desk, request: pytest.FixtureRequest) -> Office:
    """
    An office with some busy weeks behind it.
    """
    office = desk.open_office()
    Life(office, request.param).live()
    return office


def published(office: Office) -> dict[str, RuleSet]:
    """Every rule set that was ever active, compiled from the bytes in its table."""
    return {row["rule_set"]: rule_set_from(row["content"]) for row in office.rows("rule_sets")}


def test_every_decision_comes_out_the_same(lived: Office):
    """
    From the facts, the rule set and the instant in its entry, each decision is made again without a difference.
    """
    rules = published(lived)
    differences = []
    codes: Counter[str] = Counter()
    for entry in lived.payloads():
        if entry["event"] not in ("decision.allowed", "decision.denied"):
            continue
        facts = Facts.from_json(entry["facts"])
        again = evaluate(rules[entry["rule_set"]], facts, datetime.fromisoformat(entry["now"]))
        reasons = [[each.code.value, each.pack, each.rule] for each in again.reasons]
        owed = [each.id for each in again.obligations]
        said = (entry["event"] == "decision.allowed", entry["reasons"], entry["rule_set"], entry["tzdata"])
        same_owed = owed == entry.get("obligations", [])
        if (
            (again.allow, reasons, again.rule_set, again.tzdata) != said
            or not same_owed
            or facts.to_json() != entry["facts"]
        ):
            differences.append(entry)
        codes.update(each[0] for each in entry["reasons"])
        codes.update(entry.get("obligations", []))
        codes[entry["event"]] += 1

    assert differences == []
    # Otherwise too little happened for this to prove much.
    assert codes["decision.allowed"] >= 60
    assert codes["decision.denied"] >= 200
    assert len(rules) >= 2
    assert set(codes) >= {
        "CONSENT_MISSING",
        "CONSENT_SCOPE",
        "CONSENT_WITHDRAWN",
        "CONSENT_EXPIRED",
        "CONSENT_TECHNOLOGY",
        "SUPPRESSED",
        "PERMISSION_MISSING",
        "CAP_REACHED",
        "QUIET_HOURS",
        "JURISDICTION_UNKNOWN",
        "SENDER_UNKNOWN",
        "core@1/outcome",
    }


def test_a_decision_needs_what_its_entry_says(lived: Office):
    """
    Without its consents, or a month later, an allow does not come out as an allow: the facts were what decided.
    """
    rules = published(lived)
    for entry in lived.payloads("decision.allowed"):
        facts, now = Facts.from_json(entry["facts"]), datetime.fromisoformat(entry["now"])

        assert not evaluate(rules[entry["rule_set"]], replace(facts, consents=()), now).allow


def test_every_allow_is_a_hold_and_every_hold_an_allow(lived: Office):
    """
    The attempts that were announced are the holds that the log has allowed, one for one.
    """
    held = {entry["hold"]["id"] for entry in lived.payloads("decision.allowed")}
    unannounced = {entry["attempt"] for entry in lived.payloads("call.unannounced")}
    rows = {str(row["attempt_id"]): row["announced"] for row in lived.rows("attempts")}

    assert {attempt for attempt, announced in rows.items() if announced} == held
    assert {attempt for attempt, announced in rows.items() if not announced} == unannounced
    assert unannounced


def test_no_day_had_more_calls_than_its_rules_allow(lived: Office):
    """
    Where the tenant's own rules were active, no allow came after three attempts that counted.
    """
    rules = published(lived)
    for entry in lived.payloads("decision.allowed"):
        facts = Facts.from_json(entry["facts"])
        if "acme@1" not in rules[entry["rule_set"]].packs or facts.action != "call.place":
            continue
        now = datetime.fromisoformat(entry["now"])
        for zone in {"Europe/Madrid", "Atlantic/Canary"} & set(facts.zones or ()):
            today = now.astimezone(ZoneInfo(zone)).date()
            calls = [a for a in facts.attempts or () if a.action == "call.place"]

            assert sum(a.at.astimezone(ZoneInfo(zone)).date() == today for a in calls) < 3

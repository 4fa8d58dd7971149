"""
Looking at a question of AuthZEN: the same decision as a check's, and what a caller can do about a no.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar, TypeAlias
from uuid import UUID

from audit.errors import Refused
from audit.work import Work
from consent.contacts import ContactBook
from consent.errors import ContactUnknown
from consent.references import ContactReference
from consent.settings import Sender, SenderReference, SettingsBook
from policies.access import AccessQuestion
from policies.checking import Check, Checked
from policies.decision import Decision, Json, Obligation, Reason, written
from policies.evaluator import evaluate
from policies.facts import ACTIONS, Stated
from policies.gathering import Question, gather
from policies.localtime import TZDATA_VERSION
from policies.reasons import REASONS, Code, Severity
from policies.rulebook import RuleBook

ASK = "call.request_permission"
_MENDED = frozenset({Severity.REQUESTABLE, Severity.DEFER})
_UNSUPPORTED = "OBLIGATION_UNSUPPORTED"


@dataclass(frozen=True, slots=True)
class Named:
    """How a question names who would call: a sender, or the business as a whole, and numbers beside it."""

    sender: SenderReference | None  # None: nobody of the kind that calls
    is_whole: bool
    numbers: tuple[SenderReference, ...] = ()


@dataclass(frozen=True, slots=True)
class Evaluated:
    """
    The answer: a decision, what goes with it, and the volatile circumstances beside it.

    ``error`` says why a question could not be decided, which denies; ``codes`` are None for what is no call.
    """

    permit: bool
    context: Mapping[str, Json]
    at: datetime | None  # None where no answer could be made at any instant
    retry_at: datetime | None = None
    rules_microseconds: int | None = None
    codes: tuple[str, ...] | None = None
    error: Exception | None = None


@dataclass(frozen=True, slots=True)
class AskedCall:
    """May this business call this person, or ask for permission to?"""

    tenant: UUID
    subject: Named
    action: str
    people: tuple[ContactReference, ...]
    purpose: str
    channel: str
    technology: str
    stated: tuple[tuple[str, Stated], ...] = ()
    at: datetime | None = None
    detail: str = "reasons"
    supported: frozenset[str] | None = None  # types of obligations that the caller can meet; None: it did not say
    is_searched: bool = False  # one of many candidates, of which only those that are permitted are told
    address: str = ""

    def is_about_something(self, work: Work) -> bool:
        """Whether sender, action and purpose are known, without which nobody could be called."""
        settings = work[SettingsBook].current
        return self._sender(work) is not None and self.action in ACTIONS and self.purpose in settings.purposes

    def decide(self, work: Work) -> Evaluated:
        """Raises what a check raises, and ContactUnknown where the resource is no person, or two."""
        sender = self._sender(work)
        if sender is None:
            return self._denied(work, Code.SENDER_UNKNOWN, {"fact": "sender"})
        if self.action not in ACTIONS:
            return self._denied(work, Code.FACT_MISSING, {"fact": "action"})
        question = self._question(work, sender)
        checked = Check(self.tenant, question, self.at, traced=self.detail == "trace", detail=self.detail).look(work)
        requested = self._access_request(work, question, checked)
        return self.told(checked, requested)

    def told(self, checked: Checked, requested: Mapping[str, Json] | None) -> Evaluated:
        """What was decided, in as much detail as was asked for; an allow on terms that cannot be met is a deny."""
        decision = checked.decision
        told = decision.to_json()
        obligations: list[Json] = [each.to_json() for each in decision.obligations]
        reasons: list[Mapping[str, Json]] = [
            *(each.to_json() for each in decision.reasons),
            *self._unsupported(decision.obligations),
        ]
        permit = decision.allow and not reasons
        codes = tuple(str(each["code"]) for each in reasons)
        context: dict[str, Json] = {}
        if codes and self.detail != "none":
            context |= {"reason": codes[0], "reasons": reasons}
        context |= {"retry_at": told["retry_at"], "obligations": obligations or None, "access_request": requested}
        context |= {"policy": told["policy"], "contact": str(checked.contact) if checked.contact else None}
        if self.detail == "trace":
            context["trace"] = [step.to_json() for step in checked.steps]
        kept = {name: present(value) for name, value in context.items() if value is not None}
        retry_at = decision.retry_at if self.at is None else None
        return Evaluated(permit, kept, checked.at, retry_at, checked.rules_microseconds, codes)

    def _question(self, work: Work, sender: Sender) -> Question:
        known = {contact.person if (contact := work[ContactBook].known(each)) else None for each in self.people}
        # Who is named in two ways is one person whom we know, or the question is about nobody in particular.
        if len(known) != 1 or (len(self.people) > 1 and None in known):
            raise ContactUnknown
        by = SenderReference("id", sender.id)
        return Question(self.people[0], by, self.purpose, self.channel, self.technology, self.action, self.stated)

    def _sender(self, work: Work) -> Sender | None:
        """The one business number that is meant; None where none is, or more than one may be."""
        settings = work[SettingsBook].current
        own = None if self.subject.sender is None else settings.sender(self.subject.sender)
        meant = [own] if own is not None else [*settings.senders.values()] if self.subject.is_whole else []
        for number in self.subject.numbers:
            meant = [each for each in meant if each == settings.sender(number)]
        return meant[0] if len(meant) == 1 else None

    def _denied(self, work: Work, code: Code, params: Mapping[str, Json]) -> Evaluated:
        """No rule could vouch for this question, so none is asked."""
        meaning = REASONS[code]
        reason = Reason(code, meaning.severity, "platform", None, "coverage", "default", None, params, meaning.remedy)
        decision = Decision(False, (reason,), None, None, work[RuleBook].active.hash, (), TZDATA_VERSION)
        return self.told(Checked(decision, None, self.at or work.now, 0), None)

    def _access_request(self, work: Work, question: Question, checked: Checked) -> Mapping[str, Json] | None:
        """How to ask for what is missing; None unless asking is all that is, and may be done now."""
        severities = {reason.severity for reason in checked.decision.reasons}
        is_requestable = Severity.REQUESTABLE in severities and severities <= _MENDED
        if not is_requestable or self.is_searched or self.at is not None:
            return None
        if (self.action, self.channel) != ("call.place", "whatsapp_call"):
            return None
        asking = replace(question, action=ASK)
        contact = work[ContactBook].known(question.to)
        rules = work[RuleBook].deciding(contact.person if contact else None, checked.at)
        decision = evaluate(rules, gather(work, asking, contact, checked.at), checked.at)
        if not decision.allow:
            return None
        to: Mapping[str, Json] = {"id": str(contact.id)} if contact else {question.to.kind: question.to.value}
        sender = question.sender.value if question.sender else None
        template: dict[str, Json] = {"to": to, "from": {"id": sender}, "purpose": self.purpose, "channel": self.channel}
        template |= {"technology": self.technology, "action": ASK}
        if self.stated:
            template["facts"] = dict(self.stated)
        asked: dict[str, Json] = {"endpoint": f"{self.address}/v1/calls/authorize", "template": template}
        return asked | ({"expires_at": written(decision.expires_at)} if decision.expires_at else {})

    def _unsupported(self, obligations: Sequence[Obligation]) -> list[Mapping[str, Json]]:
        """The reason against an allow on terms that the caller has not said it can meet."""
        if self.supported is None:
            return []
        beyond = [each.type for each in obligations if each.type not in self.supported]
        if not beyond:
            return []
        remedy = "Do what the obligations ask, and say so in context.supported_obligations."
        params: Json = {"obligations": beyond}
        reason: dict[str, Json] = {
            "code": _UNSUPPORTED,
            "severity": "error",
            "layer": "platform",
            "rule": "obligations",
        }
        return [{**reason, "params": params, "remedy": remedy}]


Asked: TypeAlias = AskedCall | AccessQuestion | Exception


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One question, or what was wrong with it."""

    asks_registers: ClassVar[bool] = True
    tenant: UUID
    asked: Asked

    @property
    def contacts(self) -> Sequence[ContactReference]:
        """The person asked about, by every name."""
        return self.asked.people if isinstance(self.asked, AskedCall) else ()

    @property
    def looks_back_from(self) -> datetime | None:
        """The instant asked about, if it is not now."""
        return self.asked.at if isinstance(self.asked, AskedCall) else None

    def look(self, work: Work) -> Evaluated:
        """The answer; a question about somebody or something unknown is denied with what was wrong."""
        if isinstance(self.asked, Exception):
            return Evaluated(False, {}, work.now, error=self.asked)
        if isinstance(self.asked, AccessQuestion):
            return Evaluated(work[RuleBook].active.access.permits(self.asked), {}, work.now)
        try:
            return self.asked.decide(work)
        except Refused as refused:
            return Evaluated(False, {}, work.now, error=refused)


def present(value: Json) -> Json:
    """The value without members that are null."""
    if isinstance(value, Mapping):
        return {name: present(member) for name, member in value.items() if member is not None}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [present(item) for item in value]
    return value

"""
The steps of a change of rules, each an entry in the log; and the looks at changes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID, uuid4

from audit.entry import Json
from audit.instants import rfc3339
from audit.work import Idempotency, Work
from consent.wording import impersonal
from policies.activation import Activation, Next, Trial
from policies.changes.book import ChangeBook
from policies.changes.change import Change
from policies.changes.errors import (
    AlreadyApproved,
    ChangeEnded,
    ChangeScheduled,
    ChangeStale,
    NotAhead,
    NotApproved,
    NothingBefore,
    NothingChanges,
    NotOnTrial,
    OwnChange,
    ReportEmpty,
    ReportNeeded,
    ReportUnknown,
)
from policies.changes.looks import in_force, in_force_json, trial_json, what_changes
from policies.direction import Comparison, compare
from policies.pack import Pack
from policies.rulebook import RuleBook
from policies.ruleset import RuleSet, compile_rules
from policies.shadows.book import ShadowBook

LONGEST_AHEAD = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class DraftChange:
    """Proposes these packs, together, in place of the tenant's rules; ``checks`` is the hash over what was tried."""

    changes_rules: ClassVar[bool] = True
    tenant: UUID
    actor: str
    packs: tuple[Pack, ...]
    reason: str
    checks: str
    base: str | None = None  # the set that the draft was put together on, where it was put together on one
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``rules.drafted``.  Raises TextPersonal, NoRules, NothingChanges, or ChangeStale for another base."""
        reason, activation, rules = impersonal(self.reason, "/reason"), in_force(work), compile_rules(self.packs)
        if self.base is not None and activation.rule_set != self.base:
            raise ChangeStale
        if rules.hash == activation.rule_set:
            raise NothingChanges
        base = work[RuleBook].compiled(activation.rule_set)
        compared = compare(base, rules)
        change = Change(
            uuid4(),
            base.hash,
            activation.since,
            rules.hash,
            compared.direction,
            reason,
            self.checks,
            work.now,
            work.actor,
        )
        work[RuleBook].keep(rules)
        work[RuleBook].publish(rules)
        facts = {**_facts(change, reason), "packs": rules.packs, "direction": change.direction, "checks": self.checks}
        work[ChangeBook].draft(change, work.record("rules.drafted", facts))
        return {**change.to_json(activation), **what_changes(base, rules, compared)}


@dataclass(frozen=True, slots=True)
class ApproveChange:
    """
    A second person vouches for a change, on the report of a simulation of exactly this change.

    An ``emergency`` goes without the report where the change can only deny more.
    """

    changes_rules: ClassVar[bool] = True
    tenant: UUID
    actor: str
    change: UUID
    reason: str
    report_hash: str | None = None
    emergency: bool = False
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """
        Records ``rules.approved`` with the report and on how many decisions it rests.

        Raises OwnChange, AlreadyApproved, ReportNeeded, ReportUnknown, ReportEmpty, ChangeStale or ChangeEnded.
        """
        reason, book, activation = impersonal(self.reason, "/reason"), work[ChangeBook], in_force(work)
        change = _open(book.known(self.change), activation)
        if change.approved_at is not None:
            raise AlreadyApproved
        if change.drafted_by == work.actor:
            raise OwnChange
        rehearsed = self._rehearsed(work, change)
        change = replace(
            change,
            report_hash=self.report_hash,
            emergency=self.report_hash is None,
            approved_at=work.now,
            approved_by=work.actor,
        )
        facts = {**_facts(change, reason), **_basis(change), "decisions": rehearsed}
        book.become(change, work.record("rules.approved", facts))
        return {**change.to_json(activation), "decisions": rehearsed}

    def _rehearsed(self, work: Work, change: Change) -> int | None:
        """On how many decisions the change was tried; None in an emergency."""
        if self.report_hash is not None:
            found = work[ChangeBook].report(change, self.report_hash)
            if found is None:
                raise ReportUnknown
            if not found.decisions and work[ChangeBook].has_decided:
                raise ReportEmpty
            return found.decisions
        # What was computed when it was drafted is computed again: nobody's word is taken for it.
        compared = _comparison(work, change.base, work[RuleBook].compiled(change.candidate))
        if not self.emergency or compared.direction != "tightening":
            raise ReportNeeded(compared.why[0] if compared.why else None)
        return None


@dataclass(frozen=True, slots=True)
class ActivateChange:
    """Puts an approved change in force: at once, or at an instant within a year."""

    changes_rules: ClassVar[bool] = True
    tenant: UUID
    actor: str
    change: UUID
    reason: str
    at: datetime | None = None
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``rules.activated`` or ``rules.scheduled``, with what it rests on."""
        reason, book, activation = impersonal(self.reason, "/reason"), work[ChangeBook], in_force(work)
        change = _open(book.known(self.change), activation)
        if change.approved_at is None:
            raise NotApproved
        if self.at is not None and not work.now < self.at <= work.now + LONGEST_AHEAD:
            raise NotAhead
        effective = self.at or work.now
        change = replace(change, activated_at=work.now, activated_by=work.actor, effective_at=effective)
        after = (
            activation.followed(change.candidate, work.now, change.id)
            if self.at is None
            else activation.scheduled(Next(change.candidate, self.at, change.id))
        )
        facts = {
            **_facts(change, reason),
            **_basis(change),
            "effective_at": rfc3339(effective),
            "direction": change.direction,
            "supersedes": _superseded(activation),
        }
        _activate(work, after)
        entry = work.record("rules.activated" if self.at is None else "rules.scheduled", facts)
        book.become(change, entry)
        _overtake(work, activation, after, entry)
        return change.to_json(after)


@dataclass(frozen=True, slots=True)
class WithdrawChange:
    """Gives a change up: a draft, an approved one, or one that is scheduled or on trial."""

    changes_rules: ClassVar[bool] = True
    tenant: UUID
    actor: str
    change: UUID
    reason: str
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``rules.withdrawn``.  Raises ChangeEnded for what is or was in force: that is a step back, or a change."""
        reason, book, activation = impersonal(self.reason, "/reason"), work[ChangeBook], in_force(work)
        change = book.known(self.change)
        state = change.state(activation)
        if state in ("active", "replaced", "withdrawn"):
            raise ChangeEnded(state)
        after = activation.scheduled(None) if state == "scheduled" else activation
        if after.trial is not None and after.trial.change == change.id:
            after = after.trying(None)
        if after != activation:
            _activate(work, after)
        change = replace(change, ended_at=work.now, ended_by=work.actor)
        book.become(change, work.record("rules.withdrawn", {**_facts(change, reason), "was": state}))
        return change.to_json(after)


@dataclass(frozen=True, slots=True)
class TryChange:
    """
    Asks a change's rules beside those in force: of nobody but for the record (0 percent), or for a share of the contacts.

    ``percent`` None ends the trial.
    """

    changes_rules: ClassVar[bool] = True
    tenant: UUID
    actor: str
    change: UUID
    reason: str
    percent: int | None
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``rules.tried``.  Raises NotApproved for a share of the contacts before the approval, or NotOnTrial."""
        reason, book, activation = impersonal(self.reason, "/reason"), work[ChangeBook], in_force(work)
        change = _open(book.known(self.change), activation)
        if self.percent and change.approved_at is None:
            raise NotApproved
        known = activation.trial
        if self.percent is None and (known is None or known.change != change.id):
            raise NotOnTrial
        since = known.since if known is not None and known.change == change.id else work.now
        trial = None if self.percent is None else Trial(change.candidate, self.percent, change.id, since)
        after = activation.trying(trial)
        _activate(work, after)
        ended = str(known.change) if known is not None and known.change != change.id else None
        facts = {**_facts(change, reason), **_basis(change), "percent": self.percent, "supersedes": ended}
        book.become(change, work.record("rules.tried", facts))
        return {**change.to_json(after), "trial": trial_json(after)}


@dataclass(frozen=True, slots=True)
class StepBack:
    """Puts the set that was in force before in force again, at once."""

    changes_rules: ClassVar[bool] = True
    tenant: UUID
    actor: str
    reason: str
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``rules.rolled_back`` with its direction.  Raises NothingBefore."""
        reason, activation = impersonal(self.reason, "/reason"), in_force(work)
        if activation.previous is None:
            raise NothingBefore
        after = activation.taken_back(work.now)
        compared = _comparison(work, activation.rule_set, work[RuleBook].compiled(after.rule_set))
        facts: Mapping[str, Json] = {
            "from": activation.rule_set,
            "to": after.rule_set,
            "direction": compared.direction,
            "reason": reason,
            "supersedes": _superseded(activation),
        }
        _activate(work, after)
        _overtake(work, activation, after, work.record("rules.rolled_back", facts))
        return {**facts, **in_force_json(after)}


def _activate(work: Work, after: Activation) -> None:
    work[RuleBook].activate(after)
    work[ShadowBook].forget()


def _overtake(work: Work, before: Activation, after: Activation, entry: UUID) -> None:
    """What was scheduled and does not come any more is over, by the entry that overtook it."""
    if before.next is not None and after.next != before.next:
        overtaken = work[ChangeBook].known(before.next.change)
        work[ChangeBook].become(replace(overtaken, ended_at=work.now, ended_by=work.actor), entry)


def _open(change: Change, activation: Activation) -> Change:
    """The change, if it can still go on; a stale one cannot, and nothing that was said of it counts."""
    match change.state(activation):
        case "draft" | "approved":
            return change
        case "stale":
            raise ChangeStale
        case "scheduled":
            raise ChangeScheduled
        case state:
            raise ChangeEnded(state)


def _facts(change: Change, reason: str) -> dict[str, Json]:
    return {"change": str(change.id), "base": change.base, "candidate": change.candidate, "reason": reason}


def _basis(change: Change) -> dict[str, Json]:
    return {"report_hash": change.report_hash, "emergency": change.emergency}


def _superseded(activation: Activation) -> Json:
    return None if activation.next is None else str(activation.next.change)


def _comparison(work: Work, base: str, candidate: RuleSet) -> Comparison:
    return compare(work[RuleBook].compiled(base), candidate)

"""
Looks at changes of rules: what is in force, which changes there are, and what each would change.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from audit.entry import Json
from audit.instants import rfc3339
from audit.work import Work
from consent.references import ContactReference
from policies.activation import Activation
from policies.changes.book import ChangeBook
from policies.changes.errors import NoRules
from policies.direction import Comparison, compare
from policies.rulebook import RuleBook
from policies.ruleset import RuleSet

_MOST_SENTENCES = 50


@dataclass(frozen=True, slots=True)
class ListChanges:
    """The latest changes of a tenant."""

    lists_changes: ClassVar[bool] = True
    contacts: ClassVar[Sequence[ContactReference]] = ()
    tenant: UUID

    def look(self, work: Work) -> Sequence[Mapping[str, Json]]:
        """Newest first, each as answers show it."""
        activation = work[RuleBook].activation
        return [each.to_json(activation) for each in work[ChangeBook].of_tenant()]


@dataclass(frozen=True, slots=True)
class FindChange:
    """One change, with what may allow more by it."""

    contacts: ClassVar[Sequence[ContactReference]] = ()
    tenant: UUID
    change: UUID

    def look(self, work: Work) -> Mapping[str, Json]:
        """The change as answers show it; ChangeUnknown."""
        book, change = work[RuleBook], work[ChangeBook].known(self.change)
        base, candidate = book.compiled(change.base), book.compiled(change.candidate)
        return {**change.to_json(book.activation), **what_changes(base, candidate, compare(base, candidate))}


@dataclass(frozen=True, slots=True)
class FindBase:
    """The rules that a draft would change, and the present."""

    contacts: ClassVar[Sequence[ContactReference]] = ()
    tenant: UUID

    def look(self, work: Work) -> tuple[RuleSet, datetime]:
        """Raises NoRules."""
        in_force(work)
        return work[RuleBook].active, work.now


@dataclass(frozen=True, slots=True)
class FindInForce:
    """What a tenant has in force, before, next and on trial."""

    contacts: ClassVar[Sequence[ContactReference]] = ()
    tenant: UUID

    def look(self, work: Work) -> Mapping[str, Json]:
        """Raises NoRules."""
        activation = in_force(work)
        return {**in_force_json(activation), "packs": work[RuleBook].active.packs}


def in_force_json(activation: Activation) -> dict[str, Json]:
    """What is in force, as answers show it."""
    return {
        "rule_set": activation.rule_set,
        "since": rfc3339(activation.since),
        "change": None if activation.change is None else str(activation.change),
        "previous": activation.previous,
        "next": _next(activation),
        "trial": trial_json(activation),
    }


def _next(activation: Activation) -> Json:
    following = activation.next
    if following is None:
        return None
    return {"rule_set": following.rule_set, "at": rfc3339(following.at), "change": str(following.change)}


def trial_json(activation: Activation) -> Json:
    """What is on trial, as answers show it."""
    trial = activation.trial
    if trial is None:
        return None
    since = rfc3339(trial.since)
    return {"rule_set": trial.rule_set, "percent": trial.percent, "change": str(trial.change), "since": since}


def in_force(work: Work) -> Activation:
    """What the current tenant has in force; NoRules."""
    activation = work[RuleBook].activation
    if activation is None:
        raise NoRules
    return activation


def what_changes(base: RuleSet, candidate: RuleSet, compared: Comparison) -> dict[str, Json]:
    """What a change would put in force and leave out, and what may allow more by it."""
    left_out = len(compared.why) - _MOST_SENTENCES
    why = [*compared.why[:_MOST_SENTENCES], *([f"And {left_out} more."] if left_out > 0 else [])]
    return {
        "packs": candidate.packs,
        "packs_added": [each for each in candidate.packs if each not in base.packs],
        "packs_removed": [each for each in base.packs if each not in candidate.packs],
        "may_allow_more": why,
    }

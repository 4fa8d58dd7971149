"""
Which rules a tenant has in force, which came before, and which come next.

Pure.  What is in force is a comparison with a clock and never the work of a job: nothing has to run for the next set to
come into force at its instant.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from uuid import UUID

_BUCKETS = 100


@dataclass(frozen=True, slots=True)
class Trial:
    """A set asked beside the one in force; for this share of the contacts, in percent, in its place."""

    rule_set: str
    percent: int
    change: UUID
    since: datetime

    def takes(self, contact: UUID) -> bool:
        """Whether the set on trial decides about this person: always the same, for the same set."""
        drawn = sha256(f"{self.rule_set} {contact}".encode()).digest()
        return int.from_bytes(drawn[:8]) % _BUCKETS < self.percent


@dataclass(frozen=True, slots=True)
class Next:
    """The set that comes into force at an instant, by which change."""

    rule_set: str
    at: datetime
    change: UUID


@dataclass(frozen=True, slots=True)
class Activation:
    """
    A tenant's rules, by the hashes of sets.

    ``previous`` is the set to which one step leads back; None where there was none, or where it was taken.
    """

    rule_set: str
    since: datetime
    change: UUID | None = None
    previous: str | None = None
    next: Next | None = None
    trial: Trial | None = None

    def at(self, now: datetime) -> "Activation":
        """As it is at an instant: the next set in force, once its time has come."""
        if self.next is None or now < self.next.at:
            return self
        return self.followed(self.next.rule_set, self.next.at, self.next.change)

    def followed(self, rule_set: str, now: datetime, change: UUID | None) -> "Activation":
        """Another set in force from ``now``; what was to come, or was on trial, was meant for this one and is over."""
        return Activation(rule_set, now, change, previous=self.rule_set)

    def taken_back(self, now: datetime) -> "Activation":
        """The previous set in force again; there is no second step back.  MUST only be asked where there is one."""
        return Activation(self.previous or self.rule_set, now)

    def scheduled(self, following: Next | None) -> "Activation":
        """With this set to come, or none."""
        return replace(self, next=following)

    def trying(self, trial: Trial | None) -> "Activation":
        """With this set on trial, or none."""
        return replace(self, trial=trial)

    @property
    def asked(self) -> tuple[str, ...]:
        """Every set that a decision may be asked of, now or later."""
        following = () if self.next is None else (self.next.rule_set,)
        trial = () if self.trial is None else (self.trial.rule_set,)
        return (self.rule_set, *following, *trial)

    @property
    def rule_sets(self) -> tuple[str, ...]:
        """Those, and the one before: one step back must find what it counted."""
        return self.asked if self.previous is None else (*self.asked, self.previous)

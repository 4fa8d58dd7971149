"""
The changes of rules in a batch.

A batch that changes a tenant's rules is alone with them until its commit, and looks up what is in force once more under
that lock: no two changes follow the same base.
"""

from collections.abc import Sequence
from dataclasses import fields
from typing import NamedTuple
from uuid import UUID

from audit.link import Connection
from audit.work import Book, Request, Work
from policies.changes import store
from policies.changes.change import Change
from policies.changes.errors import ChangeUnknown
from policies.rulebook import RuleBook

MOST_LISTED = 200

_COLUMNS = {"id": "change_id", "base": "base_set", "candidate": "candidate_set"}
_AS_DRAFTED = (
    "change_id",
    "base_set",
    "base_since",
    "candidate_set",
    "direction",
    "reason",
    "checks",
    "drafted_at",
    "drafted_by",
)


class Report(NamedTuple):
    """What a simulation's report compared, and on how many decisions."""

    base: str
    candidate: str
    decisions: int


class ChangeBook(Book):
    """The changes that a batch's requests name, and the reports that they rest on."""

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._changes: dict[tuple[UUID, UUID], Change] = {}
        self._reports: dict[tuple[UUID, str], Report] = {}
        self._has_decided: dict[UUID, bool] = {}
        self._named: list[tuple[UUID, UUID]] = []
        self._told: list[tuple[UUID, str]] = []
        self._changing: set[UUID] = set()
        self._listed: set[UUID] = set()
        self._drafted: list[dict[str, object]] = []
        self._changed: dict[tuple[UUID, UUID], dict[str, object]] = {}

    async def find(self, conn: Connection, requests: Sequence[Request]) -> None:
        """Learns which tenants' rules change, and which changes and reports the requests name."""
        self._changing = {each.tenant for each in requests if getattr(each, "changes_rules", False)}
        self._listed = {each.tenant for each in requests if getattr(each, "lists_changes", False)}
        self._named = _given(requests, "change")
        self._told = [(each.tenant, told) for each in requests if (told := getattr(each, "report_hash", None))]
        self.is_idle = not (self._changing or self._listed or self._named)

    async def lock(self, conn: Connection) -> None:
        """
        Once the rules are locked: the named changes and what was scheduled, with their sets.

        Before anything is loaded, so that what may come into force in this batch finds everything that it counts.
        """
        rules = self.work[RuleBook]
        scheduled = [(tenant, each) for tenant in sorted(self._changing) if (each := rules.scheduled(tenant))]
        for tenant, *columns in await store.find_changes(conn, [*self._named, *scheduled]):
            change = Change(*columns)
            self._changes[(tenant, change.id)] = change
            for rule_set in (change.base, change.candidate):
                await rules.expect(conn, tenant, rule_set)

    async def load(self, conn: Connection) -> None:
        """The named changes for whoever only looks, the latest of a tenant, and the named reports."""
        missing = [each for each in self._named if each not in self._changes]
        for tenant, *columns in await store.find_changes(conn, missing):
            change = Change(*columns)
            self._changes[(tenant, change.id)] = change
            for rule_set in (change.base, change.candidate):
                await self.work[RuleBook].expect(conn, tenant, rule_set)
        for tenant in self._listed:
            for _, *columns in await store.all_changes(conn, tenant, MOST_LISTED):
                change = Change(*columns)
                self._changes[(tenant, change.id)] = change
        for change in self._changes.values():
            self.work.not_before(change.drafted_at)
        for row in await store.find_reports(conn, self._told):
            self._reports[(row.tenant_id, row.report_hash)] = Report(row.base_set, row.candidate_set, row.decisions)
        for tenant in {tenant for tenant, _ in self._told}:
            self._has_decided[tenant] = await store.has_decided(conn, tenant)

    def known(self, change: UUID) -> Change:
        """The current tenant's change of this id; ChangeUnknown."""
        found = self._changes.get((self.work.tenant, change))
        if found is None:
            raise ChangeUnknown
        return found

    def of_tenant(self) -> list[Change]:
        """The latest changes of the current tenant, the newest first, for a look that asked for them."""
        return [each for (tenant, _), each in self._changes.items() if tenant == self.work.tenant]

    def report(self, change: Change, report_hash: str) -> Report | None:
        """The report of this hash, if a simulation compared exactly the two sets of this change."""
        found = self._reports.get((self.work.tenant, report_hash))
        return found if found is not None and (found.base, found.candidate) == (change.base, change.candidate) else None

    @property
    def has_decided(self) -> bool:
        """Whether there is any decision of the current tenant's that a simulation could have tried rules on."""
        return self._has_decided.get(self.work.tenant, True)

    def draft(self, change: Change, entry: UUID) -> None:
        """Adds a change, recorded by this entry."""
        self._changes[(self.work.tenant, change.id)] = change
        self._drafted.append({**_row(change), "tenant_id": self.work.tenant, "event_id": entry})

    def become(self, change: Change, entry: UUID) -> None:
        """Notes what became of a change, recorded by this entry."""
        key = (self.work.tenant, change.id)
        self._changes[key] = change
        row = {name: value for name, value in _row(change).items() if name not in _AS_DRAFTED}
        self._changed[key] = {"tenant_id": key[0], "change_id": key[1], **row, "event_id": entry}

    async def save(self, conn: Connection) -> None:
        """Inserts what was drafted."""
        await store.save_changes(conn, self._drafted, ())

    async def finish(self, conn: Connection) -> None:
        """Writes what became of changes, which may have been drafted in this very batch."""
        await store.save_changes(conn, (), list(self._changed.values()))


def _row(change: Change) -> dict[str, object]:
    return {_COLUMNS.get(each.name, each.name): getattr(change, each.name) for each in fields(Change)}


def _given(requests: Sequence[Request], name: str) -> list[tuple[UUID, UUID]]:
    values = ((request.tenant, getattr(request, name, None)) for request in requests)
    return [(tenant, value) for tenant, value in values if isinstance(value, UUID)]

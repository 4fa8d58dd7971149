"""
The changes of rules in a batch.

A batch that changes a tenant's rules is alone with them until its commit, and looks up what is in force once more under
that lock: no two changes follow the same base.
"""

from collections.abc import Sequence
from dataclasses import fields
from uuid import UUID

from audit.link import Connection
from audit.work import Book, Request, Work
from policies.changes import store
from policies.changes.change import Change
from policies.changes.errors import ChangeUnknown
from policies.rulebook import RuleBook

MOST_LISTED = 200

_COLUMNS = {"id": "change_id", "base": "base_set", "candidate": "candidate_set"}
_AS_DRAFTED = ("change_id", "base_set", "candidate_set", "direction", "reason", "checks", "drafted_at", "drafted_by")


class ChangeBook(Book):
    """The changes that a batch's requests name, and the reports that they rest on."""

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._changes: dict[tuple[UUID, UUID], Change] = {}
        self._reports: dict[tuple[UUID, str], tuple[str, str]] = {}
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
        """The tenants whose rules change, alone."""
        await store.lock_rules(conn, self._changing)

    async def load(self, conn: Connection) -> None:
        """What is in force under the lock, the named changes with their sets, and the named reports."""
        if self._changing:
            await self.work[RuleBook].look_up(conn, sorted(self._changing), before=True)
        rows = list(await store.find_changes(conn, self._named))
        for tenant in self._listed:
            rows += await store.all_changes(conn, tenant, MOST_LISTED)
        for tenant, *columns in rows:
            change = Change(*columns)
            self._changes[(tenant, change.id)] = change
            self.work.not_before(change.drafted_at)
        for tenant, change_id in self._named:
            found = self._changes.get((tenant, change_id))
            for rule_set in (found.base, found.candidate) if found else ():
                await self.work[RuleBook].fetch(conn, tenant, rule_set)
        for row in await store.find_reports(conn, self._told):
            self._reports[(row.tenant_id, row.report_hash)] = (row.base_set, row.candidate_set)

    def known(self, change: UUID) -> Change:
        """The current tenant's change of this id; ChangeUnknown."""
        found = self._changes.get((self.work.tenant, change))
        if found is None:
            raise ChangeUnknown
        return found

    def of_tenant(self) -> list[Change]:
        """The latest changes of the current tenant, the newest first, for a look that asked for them."""
        return [each for (tenant, _), each in self._changes.items() if tenant == self.work.tenant]

    def rests_on(self, change: Change, report_hash: str) -> bool:
        """Whether a simulation compared exactly the two sets of this change, and its report has this hash."""
        return self._reports.get((self.work.tenant, report_hash)) == (change.base, change.candidate)

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

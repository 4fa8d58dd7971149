"""
Whom calls were about, as that person may hear it: each with what became of it, and the decision behind it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from audit.extracts import latest_about
from policies import store
from policies.attempts import Attempt
from policies.decision import Obligation
from policies.errors import DocumentInvalid, EntryUnreadable
from policies.obligations import owed_by
from policies.recorded import ALLOWED, DENIED, Recorded, decision_in, payload_of
from policies.ruleset import packs_of

_MOST_KNOWN = 64


@dataclass(frozen=True, slots=True)
class Told:
    """A decision, who asked for it, and the obligations that came with it, as far as they are still known."""

    decision: Recorded
    actor: str
    obligations: tuple[Obligation, ...] = ()


@dataclass(frozen=True, slots=True)
class Call:
    """One attempt to reach the person; the decision is None where nobody asked for one, or it is not kept any more."""

    attempt: Attempt
    told: Told | None


@dataclass(frozen=True, slots=True)
class Called:
    """The newest calls and the newest denials, newest first; ``more`` is whether there are older calls."""

    calls: tuple[Call, ...]
    denied: tuple[Told, ...]
    more: bool


@dataclass(slots=True)
class Calls:
    """Tells of calls; what the rule sets of the past ask of callers is read once, since a set is named by its content."""

    _owed: dict[str, Mapping[str, Obligation]] = field(default_factory=dict)

    async def about(
        self, conn: AsyncConnection, tenant: UUID, parts: Sequence[UUID], *, calls: int, denied: int
    ) -> Called:
        """What is known of calls to a person in all parts: so many of either at most.  An entry that cannot be read tells nothing."""
        rows = await store.read_latest(conn, tenant, parts, calls + 1)
        attempts = [Attempt(*tuple(row)) for row in rows[:calls]]
        allowed = await self._told(conn, tenant, parts, ALLOWED, 2 * calls)
        by_hold = {told.decision.hold[0]: told for told in allowed if told.decision.hold}
        return Called(
            tuple(Call(each, by_hold.get(str(each.id))) for each in attempts),
            tuple(await self._told(conn, tenant, parts, DENIED, denied)),
            len(rows) > calls,
        )

    async def _told(
        self, conn: AsyncConnection, tenant: UUID, parts: Sequence[UUID], event: str, most: int
    ) -> list[Told]:
        told = []
        for each in await latest_about(conn, tenant, parts, (event,), most):
            try:
                payload = payload_of(each.entry, each.body)
                decision, actor = decision_in(each.entry, payload), str(payload["actor"])
            except (EntryUnreadable, KeyError):
                continue
            if each.sound:
                owed = await self._obligations(conn, tenant, decision.rule_set) if payload.get("obligations") else {}
                named = [owed[one] for one in payload.get("obligations") or () if one in owed]
                told.append(Told(decision, actor, tuple(named)))
        return told

    async def _obligations(self, conn: AsyncConnection, tenant: UUID, rule_set: str) -> Mapping[str, Obligation]:
        known = self._owed.get(rule_set)
        if known is None:
            content = await store.load_rule_set(conn, tenant, rule_set)
            try:
                packs = packs_of(content or b"")
            except DocumentInvalid:
                return {}
            if len(self._owed) >= _MOST_KNOWN:
                self._owed.clear()
            known = self._owed[rule_set] = {each.given.id: each.given for pack in packs for each in owed_by(pack)}
        return known


def ended_as(attempt: Attempt, now: datetime) -> str:
    """How an attempt ended as far as it is known: its outcome, else its state with expiry computed."""
    return attempt.outcome or attempt.state_at(now)

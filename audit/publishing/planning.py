"""
Which logs to sign next, and up to where; and which not to sign any more, and why.

Pure.  The head of a log is compared with what the guard knows; an expected "no" is a sentence that begins with its kind:
vanished, shorter, forked, begun anew, unguarded, altered.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from uuid import UUID

from audit.publishing.guard import GIVEN_UP, Promise, Round
from audit.publishing.records import LogEnd

ENTRIES_AT_ONCE = 20_000
ENTRIES_OF_ONE_LOG = 5_000  # so that a long log does not keep others waiting


@dataclass(frozen=True, slots=True)
class Task:
    """A log that has grown: from the size that is published to the one to sign, through what was promised."""

    end: LogEnd
    published: int
    target: int
    promise: Promise | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What a round is to do; ``more`` if entries will still wait after it."""

    tasks: tuple[Task, ...]
    refused: Mapping[UUID, str]
    more: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What the guard and the published checkpoints say: by tenant, and by (tenant, origin)."""

    promises: Mapping[UUID, Promise]
    allowed: frozenset[tuple[UUID, str]]
    published: Mapping[tuple[UUID, str], int]
    meta: str  # the origin of the meta-log

    def promise(self, tenant: UUID, origin: str) -> Promise | None:
        """What was promised for the log of this origin."""
        found = self.promises.get(tenant)
        return found if found is not None and found.origin == origin else None

    def without(self, tenants: AbstractSet[UUID]) -> "Known":
        """The same, without the promises for these tenants."""
        promises = {tenant: each for tenant, each in self.promises.items() if tenant not in tenants}
        return Known(promises, self.allowed, self.published, self.meta)


def plan(ends: Mapping[UUID, LogEnd], known: Known, *, meta: UUID) -> Plan:
    """The logs that have grown, as many entries of each as one round takes, and those that are refused."""
    tasks: list[Task] = []
    refused: dict[UUID, str] = {}
    budget, more = ENTRIES_AT_ONCE, False
    for tenant in sorted((ends.keys() | known.promises.keys()) - {meta}):
        end, promise = ends.get(tenant), known.promises.get(tenant)
        published = known.published.get((tenant, end.origin), 0) if end else 0
        allowed = end is not None and (tenant, end.origin) in known.allowed
        if end is None and (tenant, GIVEN_UP) in known.allowed:
            continue
        sentence = refusal(end, promise, published=published, allowed=allowed)
        if sentence is not None or end is None:
            refused[tenant] = sentence or ""
            continue
        # What was promised is signed whole: after a restore the checkpoints in the database may be older than the guard.
        same = known.promise(tenant, end.origin)
        wanted = min(end.size - published, ENTRIES_OF_ONE_LOG, budget)
        wanted = max(wanted, same.size - published) if same is not None and wanted else wanted
        budget = max(budget - wanted, 0)
        more = more or published + wanted < end.size
        if wanted > 0:
            tasks.append(Task(end, published, published + wanted, same))
    return Plan(tuple(tasks), refused, more)


def recalled(pending: Round, ends: Mapping[UUID, LogEnd], known: Known, *, meta: UUID) -> Plan:
    """The plan that leads to exactly what was promised; a log that vanished since is refused, and all with it."""
    promises = [each for each in pending.promises if each.tenant != meta]
    gone = {each.tenant: "vanished: its checkpoint was promised" for each in promises if each.tenant not in ends}
    tasks = [
        Task(ends[each.tenant], known.published.get((each.tenant, each.origin), 0), each.size, each)
        for each in promises
        if each.tenant in ends
    ]
    return Plan(tuple(tasks), gone, more=True)


def refusal(end: LogEnd | None, promise: Promise | None, *, published: int, allowed: bool) -> str | None:
    """
    Why this log must not be signed as it is, as far as its head tells; None if nothing speaks against it.

    ``published`` is the size of the newest checkpoint in the database, ``allowed`` whether the operator has said that
    the log may begin anew under its present origin.
    """
    if end is None:
        return "vanished: the guard has signed for this log, and the database does not know it"
    if promise is None:
        return (
            f"unguarded: a checkpoint of size {published} was published that the guard does not know"
            if published
            else None
        )
    if promise.origin != end.origin:
        return None if allowed else f"begun anew: the guard has signed for {promise.origin}, and nobody allowed this"
    return tree_refusal(promise, published=published, size=end.size, root=end.root())


def tree_refusal(promise: Promise, *, published: int, size: int, root: bytes | None) -> str | None:
    """The same for a log that is known by its name: what was promised against what is there."""
    if published > promise.size:
        return f"unguarded: size {published} was published, and the guard knows of {promise.size} entries"
    if size < promise.size:
        return f"shorter: size {promise.size} was signed, and the database has {size} entries"
    if size == promise.size and root != promise.root:
        return f"forked: at size {promise.size} the database has another tree than the one that was signed"
    return None

"""
The checkpointer: hashes again what was written, promises, signs, publishes.

    heads → plan → bodies, hashed again → trees → guard (compare and swap) → sign → publish in one commit → fulfilled

One runs for each database, which a lock of its session makes sure of.  What was promised and not published when a
process died is published first by the next one, exactly as it was promised: the same plan, with its targets given.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncEngine

from audit.checkpoint import Checkpoint, open_checkpoint
from audit.entry import parse_entry
from audit.errors import CheckpointRefused
from audit.link import Connection, Link
from audit.merkle import leaf_hash
from audit.note import Note, VerifierKey
from audit.origins import META, meta_origin
from audit.publishing import store
from audit.publishing.guard import Guard, Promise, Round
from audit.publishing.metalog import current_origin, heartbeat, meta_refusal, reopened
from audit.publishing.planning import Known, Plan, Task, plan, recalled
from audit.publishing.records import LogEnd, Signed, Span, Status, Stored
from audit.publishing.reopening import check_reopened
from audit.publishing.trees import Growth, grow, grow_leaves
from audit.signing import SigningSecrets
from audit.tiles import edge_tiles

_ERASED = b'"event":"contact.erased"'
_REPORT_EVERY = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a round did: the trees that it signed, the logs that it refused and why, and whether entries still wait."""

    signed: tuple[Promise, ...]
    refused: Mapping[UUID, str]
    more: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """How far each log is signed, which ones vanished, and why none is signed, if the meta-log is refused."""

    logs: tuple[Status, ...]
    vanished: tuple[UUID, ...]
    refusal: str | None


@dataclass(frozen=True, slots=True)
class _Grown:
    tenant: UUID
    origin: str
    growth: Growth
    erased: tuple[tuple[UUID, UUID], ...] = ()  # tenant and contact

    @property
    def promise(self) -> Promise:
        return Promise(self.tenant, self.origin, self.growth.size, self.growth.root)

    @property
    def text(self) -> str:
        return Checkpoint(self.origin, self.growth.size, self.growth.root).text()


class Checkpointer:
    """Signs for every log of one database; ``secrets`` tells, as of now, what the keys of the logs derive from."""

    def __init__(
        self,
        engine: AsyncEngine,
        guard: Guard,
        *,
        secrets: Callable[[], SigningSecrets],
        deployment: str,
        heartbeat: timedelta,
    ) -> None:
        """``engine`` connects as venia_checkpointer; the meta-log grows at least once in each ``heartbeat``."""
        self._link = Link(engine)
        self._guard = guard
        self._first_meta = meta_origin(deployment)
        self._heartbeat = heartbeat
        self._read_secrets = secrets
        self._secrets = secrets()
        self._noted: SigningSecrets | None = None  # whose ends the database knows
        self._published: dict[tuple[UUID, str], int] = {}
        self._settled: dict[UUID, LogEnd] = {}
        self._signed_at: datetime | None = None
        self._reported: tuple[datetime, object] | None = None
        self.warning: str | None = None  # for the next report: whose word is missing

    async def close(self) -> None:
        """Ends its session, and with it the lock."""
        await self._link.drop()

    async def run_once(self, now: datetime) -> Outcome | None:
        """
        One round; None when another process is this database's checkpointer.

        A log that is refused keeps no other from being signed; only what is wrong with the meta-log stops all.
        """
        try:
            async with self._link.transaction() as transaction:
                if not await store.lock(transaction.conn):
                    return None
                await transaction.commit()
            try:
                outcome = await self._round(now)
            except CheckpointRefused as refused:
                self._forget()
                outcome = Outcome((), {META: str(refused)})
            await self._report(outcome.refused, now)
        except BaseException:
            self._forget()
            raise
        return outcome

    async def standing(self) -> Standing:
        """How far each log is signed, as it was told last."""
        async with self._link.transaction() as transaction:
            conn = transaction.conn
            vanished = tuple(await store.read_vanished(conn))
            return Standing(tuple(await store.read_status(conn)), vanished, await store.read_refusal(conn))

    async def adopt(self) -> int:
        """
        Fills an empty guard with the newest checkpoints that were published, whose signatures MUST be by our keys.

        For an operator who has lost the guard: what was cut off before this moment is then not noticed here any more,
        only by whoever holds a later checkpoint.  Returns how many logs there are; GuardConflict if the guard is not
        empty, SignatureMissing or SignatureWrong if a checkpoint is not ours.
        """
        async with self._link.transaction() as transaction:
            found = await store.read_newest(transaction.conn)
        for _, origin, size, root, note in found:
            keys = (VerifierKey.parse(each) for each in self._secrets.ends(origin))
            checkpoint, _ = open_checkpoint(note, *keys)
            if (checkpoint.size, checkpoint.root) != (size, root):
                raise CheckpointRefused(f"altered: the checkpoint of {origin} says another tree than its row")
        self._guard.adopt([Promise(tenant, origin, size, root) for tenant, origin, size, root, _ in found])
        return len(found)

    def _forget(self) -> None:
        """After whatever went wrong, what the database holds is asked again."""
        self._published, self._settled, self._signed_at, self._reported = {}, {}, None, None
        self._noted = None

    async def _round(self, now: datetime) -> Outcome:
        self._secrets = self._read_secrets()
        if self._secrets != self._noted:
            async with self._link.transaction() as transaction:
                await self._note_keys(transaction.conn)
                await transaction.commit()
            self._noted = self._secrets
        async with self._link.transaction() as transaction:
            conn = transaction.conn
            ends, known = await self._look(conn)
            pending = self._guard.pending()
            if pending is not None and self._is_published(pending, known):
                self._guard.fulfilled()
                pending = None
            todo = recalled(pending, ends, known, meta=META) if pending else self._plan(ends, known)
            grown, broken = await self._grow(conn, todo.tasks, known)
            refused = {**todo.refused, **broken}
            if pending is not None and refused:
                raise CheckpointRefused(f"altered: a checkpoint that was promised cannot be made again: {refused}")
            leaves = pending.leaves if pending else self._leaves(grown, known, now)
            # Before the erasure is signed: whatever is lost later, whoever erased was not forgotten.
            self._guard.remember_erased([person for each in grown for person in each.erased])
            if leaves:
                signed_at = max(now, self._signed_at or now)  # Never backwards, whatever the machines' clocks do.
                await self._publish(conn, grown, leaves, known, promised=pending, now=signed_at)
                await transaction.commit()
                self._guard.fulfilled()
                self._published.update({(each.tenant, each.origin): each.growth.size for each in grown})
                self._published[META, known.meta] = known.published[META, known.meta] + len(leaves)
                self._signed_at = signed_at
        self._settle(ends, refused)
        return Outcome(tuple(each.promise for each in grown), refused, todo.more)

    def _settle(self, ends: Mapping[UUID, LogEnd], refused: Mapping[UUID, str]) -> None:
        """What is whole and has not moved by the next round needs no second look."""
        self._settled = {
            tenant: end
            for tenant, end in ends.items()
            if tenant not in refused and self._published.get((tenant, end.origin)) == end.size
        }

    def _is_published(self, pending: Round, known: Known) -> bool:
        """Whether the process died between its COMMIT and its word to the guard."""
        meta = next(each for each in pending.promises if each.tenant == META)
        return known.published.get((META, meta.origin)) == meta.size

    async def _look(self, conn: Connection) -> tuple[dict[UUID, LogEnd], Known]:
        promises, allowed = self._guard.promises(), frozenset(self._guard.allowed())
        meta = current_origin(self._first_meta, promises.get(META), allowed)
        ends = {end.tenant: end for end in await store.read_ends(conn)}
        logs = [(META, meta), *((end.tenant, end.origin) for end in ends.values())]
        self._published.update(await store.read_sizes(conn, [log for log in logs if log not in self._published]))
        if self._signed_at is None:
            self._signed_at = await store.read_signed_at(conn, META)
        return ends, Known(promises, allowed, dict(self._published), meta)

    def _plan(self, ends: Mapping[UUID, LogEnd], known: Known) -> Plan:
        """As ``plan``, without a second look at logs that were found well and have not moved since."""
        sentence = meta_refusal(known.promises.get(META), known.meta, published=known.published[META, known.meta])
        if sentence is not None:
            raise CheckpointRefused(sentence)
        quiet = {tenant for tenant, end in ends.items() if self._settled.get(tenant) == end}
        return plan(
            {tenant: end for tenant, end in ends.items() if tenant not in quiet},
            known.without(quiet),
            meta=META,
        )

    async def _grow(
        self, conn: Connection, tasks: Sequence[Task], known: Known
    ) -> tuple[list[_Grown], dict[UUID, str]]:
        """Reads and hashes again what is new in each log; a log that does not follow is refused."""
        tiles = await store.read_tiles(
            conn, [(t.end.tenant, t.end.origin, tile) for t in tasks for tile in edge_tiles(t.published)]
        )
        bodies = await store.read_bodies(
            conn, [Span(t.end.tenant, t.end.incarnation, max(t.published - 1, 0), t.target) for t in tasks]
        )
        grown, broken = [], {}
        for task in tasks:
            tenant, stored = task.end.tenant, bodies[task.end.tenant]
            before = known.promises.get(tenant)
            try:
                growth = grow(task, stored, tiles.get(tenant, {}))
                if before is not None and before.origin != task.end.origin:
                    check_reopened(stored[0].body, before)
                erased = tuple(_erased(tenant, stored))
                grown.append(_Grown(tenant, task.end.origin, growth, erased))
            except CheckpointRefused as refused:
                broken[tenant] = str(refused)
        return grown, broken

    def _leaves(self, grown: Sequence[_Grown], known: Known, now: datetime) -> tuple[tuple[UUID, bytes], ...]:
        """What the meta-log gets: the text of each checkpoint, or in quiet times a sign of life."""
        leaves = [(each.tenant, each.text.encode()) for each in grown]
        promise = known.promises.get(META)
        if promise is not None and promise.origin != known.meta:
            return ((META, reopened(known.meta, promise, now)), *leaves)
        if not leaves and (self._signed_at is None or now - self._signed_at >= self._heartbeat):
            return ((META, heartbeat(known.meta, now)),)
        return tuple(leaves)

    async def _publish(
        self,
        conn: Connection,
        grown: Sequence[_Grown],
        leaves: Sequence[tuple[UUID, bytes]],
        known: Known,
        *,
        promised: Round | None,
        now: datetime,
    ) -> None:
        """Promises, signs and inserts; what was promised before MUST come out the same."""
        size = known.published[META, known.meta]
        tiles = await store.read_tiles(conn, [(META, known.meta, tile) for tile in edge_tiles(size)])
        hashes = [leaf_hash(leaf) for _, leaf in leaves]
        promise = known.promise(META, known.meta)
        meta = _Grown(META, known.meta, grow_leaves(hashes, tiles=tiles.get(META, {}), size=size, promise=promise))
        round_ = Round(tuple(each.promise for each in (*grown, meta)), tuple(leaves))
        if promised is None:
            self._guard.promise(round_, known.promises)
        elif round_ != promised:
            raise CheckpointRefused("altered: what was promised and not yet published cannot be made again")
        places = [(tenant, size + at, leaf) for at, (tenant, leaf) in enumerate(leaves)]
        indexes = {tenant: index for tenant, index, _ in places if tenant != META}
        signed = [self._signed(each, indexes.get(each.tenant), now) for each in (*grown, meta)]
        await store.publish(conn, signed, places, meta=known.meta, now=now)

    def _signed(self, grown: _Grown, meta_index: int | None, now: datetime) -> Signed:
        """By every key whose time is not over: the old one's line first, while two overlap."""
        keys, tree = self._secrets.keys(grown.origin, now), grown.growth
        note = Note(grown.text, tuple(key.sign(grown.text) for key in keys)).encode()
        ends = self._secrets.ends(grown.origin)
        vkeys = tuple((key.verifier(), ends[key.verifier()]) for key in keys)
        return Signed(grown.tenant, grown.origin, tree.size, tree.root, note, meta_index, vkeys, tree.tiles)

    async def _note_keys(self, conn: Connection) -> None:
        """
        Notes when keys end whose secret was followed by another.

        Raises CheckpointRefused when the newest key of the meta-log is none of ours: another secret has taken over, or
        ours came out of nowhere, and what we would sign nobody could verify.
        """
        ended, newest = [], None
        for tenant, origin, vkey in await store.read_keys_in_use(conn):
            until = self._secrets.ends(origin).get(vkey)
            if until is not None:
                ended.append((tenant, origin, vkey, until))
            if tenant == META:
                newest = (origin, vkey)
        if newest is not None and newest[1] not in self._secrets.ends(newest[0]):
            raise CheckpointRefused(
                "other keys: what was published last is signed by a key that does not derive from the signing secret at "
                "hand; name the earlier secret in VENIA_SIGNING_SECRET_PREVIOUS, or use the one that followed it"
            )
        await store.end_keys(conn, ended)

    async def _report(self, refused: Mapping[UUID, str], now: datetime) -> None:
        """Says in the database how it goes, when that changes and every few seconds."""
        said = (dict(refused), self.warning)
        if self._reported is not None and self._reported[1] == said and now - self._reported[0] < _REPORT_EVERY:
            return
        async with self._link.transaction() as transaction:
            await store.report(transaction.conn, refused, now, warning=self.warning)
            await transaction.commit()
        self._reported = (now, said)


def _erased(tenant: UUID, stored: Sequence[Stored]) -> Iterator[tuple[UUID, UUID]]:
    """Whom these entries, found to be whole, say to have been erased."""
    for each in stored:
        if _ERASED in each.body:  # Most entries need no second look.
            payload = parse_entry(each.body, each.index).payload
            if payload["event"] == "contact.erased":
                yield tenant, UUID(str(payload["contact"]))

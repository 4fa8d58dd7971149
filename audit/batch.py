"""
One batch, from the first look to the last row before COMMIT.

    find → lock → (now) → load → follow → every request decides in order → append entries → save state → remember answers

Nothing here begins or ends a transaction: the journal does.
"""

import hmac
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeAlias
from uuid import UUID

import orjson

from audit import store
from audit.append import place
from audit.entry import Json
from audit.errors import IdempotencyReused, Refused
from audit.link import BeginAgain, Connection
from audit.store import Answered
from audit.tenants import TenantBook
from audit.work import Book, Idempotency, Receipt, Request, Work, Written

IDEMPOTENCY_KEPT = timedelta(days=7)

Key: TypeAlias = tuple[UUID, str]


@dataclass(slots=True)
class Verdict:
    """What one request came to: an answer, a refusal, or the answer its key was given before."""

    request: Request
    once: Idempotency | None = None  # the request's key and digest as they are stored: nobody can guess what they hide
    answer: Mapping[str, Json] = field(default_factory=dict)
    event: UUID | None = None  # the last entry it recorded, or the earlier one it refers to
    receipt: Receipt | None = None
    refusal: Refused | None = None
    twin: "Verdict | None" = None  # the same key, earlier in this very batch
    replayed: bool = False

    def result(self) -> Written | Refused:
        """What the caller gets once the batch is committed."""
        if self.refusal is not None:
            return self.refusal
        first = self.twin or self
        return Written(first.answer, first.receipt, replayed=self.replayed)


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch that is ready to be committed."""

    verdicts: Sequence[Verdict]
    events: Sequence[tuple[UUID, UUID]]  # (tenant, event id) of every entry


async def carry_out(
    conn: Connection,
    requests: Sequence[Request],
    *,
    books: Sequence[Callable[[Work], Book]],
    clock: Callable[[], datetime],
) -> Batch:
    """
    Everything between BEGIN and COMMIT.

    An exception other than Refused leaves the transaction to be rolled back.
    """
    work = Work.open(clock(), books)
    await work.find(conn, requests)
    for book in work.at("lock"):
        await book.lock(conn)
    work.now = clock()  # Not before the locks: whoever held them before us acted earlier.
    verdicts = [Verdict(request, _hidden(work, request)) for request in requests]
    known: list[Answered] = []

    async def remember(conn: Connection) -> None:
        known.extend(await _known_answers(conn, verdicts))

    await conn.together([*(book.load for book in work.at("load")), remember])
    await work[TenantBook].refresh_moved(conn)
    await work.follow(conn)
    if work.is_stale:
        raise BeginAgain
    fresh, expired = _sort_by_age(known, work.now)
    _decide(work, verdicts, fresh)

    await work[TenantBook].create(conn)
    placing = await place(conn, work.staged, work.now)
    receipts = {each.staged.event_id: each.receipt for each in placing.placed}
    work.receipts = dict(receipts)
    referred = [(each.request.tenant, each.event) for each in verdicts if each.event and each.event not in receipts]
    receipts.update(await store.find_receipts(conn, referred))
    for verdict in verdicts:
        if verdict.event is not None:
            verdict.receipt = receipts.get(verdict.event)

    async def answer(conn: Connection) -> None:
        await store.forget_answers(conn, expired)
        await store.insert_answers(conn, _to_remember(verdicts, work.now))

    await conn.together([placing.save, *(book.save for book in work.at("save")), answer])
    for book in work.at("finish"):
        await book.finish(conn)
    work.close()
    return Batch(verdicts, [(staged.tenant, staged.event_id) for staged in work.staged])


def _hidden(work: Work, request: Request) -> Idempotency | None:
    """A caller's key may name a person, and what was asked under it does: only keyed hashes of both are stored."""
    once, keys = request.idempotency, work[TenantBook].ring.tenants.get(request.tenant)
    if once is None or keys is None:  # Without keys there is no such tenant, and nothing will be stored.
        return once
    key = hmac.digest(keys.answers, once.key.encode(), "sha256")
    return Idempotency(key.hex(), hmac.digest(keys.answers, once.digest, "sha256"))


async def _known_answers(conn: Connection, verdicts: Sequence[Verdict]) -> list[Answered]:
    keys = {(each.request.tenant, each.once.key) for each in verdicts if each.once}
    return await store.find_answers(conn, list(keys)) if keys else []


def _sort_by_age(known: Sequence[Answered], now: datetime) -> tuple[list[Answered], list[Key]]:
    fresh = [each for each in known if now - each.recorded_at < IDEMPOTENCY_KEPT]
    return fresh, [(each.tenant, each.key) for each in known if now - each.recorded_at >= IDEMPOTENCY_KEPT]


def _decide(work: Work, verdicts: Sequence[Verdict], known: Sequence[Answered]) -> None:
    """Every request in order of arrival; each sees what those before it did."""
    stored = {(each.tenant, each.key): each for each in known}
    seen: dict[Key, Verdict] = {}
    for verdict in verdicts:
        key = (verdict.request.tenant, verdict.once.key) if verdict.once else None
        if key is not None and _repeats(verdict, seen.get(key), stored.get(key)):
            continue
        _apply(work, verdict)
        if key is not None and verdict.refusal is None:
            seen[key] = verdict  # A refusal is not remembered: the mended request may use the same key.


def _repeats(verdict: Verdict, twin: Verdict | None, stored: Answered | None) -> bool:
    """Whether the request's key was used before; then the verdict says so, or that it was misused."""
    digest = verdict.once.digest if verdict.once else b""
    if twin is not None and twin.once is not None:
        if twin.once.digest == digest:
            verdict.twin, verdict.replayed = twin, True
        else:
            verdict.refusal = IdempotencyReused()
        return True
    if stored is None:
        return False
    if stored.digest == digest:
        verdict.answer, verdict.receipt, verdict.replayed = orjson.loads(stored.answer), stored.receipt, True
    else:
        verdict.refusal = IdempotencyReused()
    return True


def _apply(work: Work, verdict: Verdict) -> None:
    before = len(work.staged)
    work.turn_to(verdict.request.tenant, verdict.request.actor)
    try:
        verdict.answer = verdict.request.apply(work)
    except Refused as refusal:
        if len(work.staged) != before:
            raise  # It refused after it had acted; only a rollback undoes that, so it must run alone.
        verdict.refusal = refusal
    verdict.event = work.staged[-1].event_id if len(work.staged) != before else work.referred


def _to_remember(verdicts: Sequence[Verdict], now: datetime) -> list[Answered]:
    return [
        Answered(
            verdict.request.tenant,
            verdict.once.key,
            verdict.once.digest,
            orjson.dumps(verdict.answer).decode(),
            verdict.receipt,
            now,
        )
        for verdict in verdicts
        if verdict.once and not verdict.refusal and not verdict.replayed
    ]

"""
The guard: what was promised to be signed, kept outside the database.

Before a checkpoint is signed, its size and root are promised here by compare-and-swap; what is signed later must extend
the last promise.  A database that was restored, cut or rewritten cannot take the guard back with it, provided that the
file lies elsewhere and is in none of the database's backups.

It also remembers who was erased, by their random ids: a backup that is restored brings them back, and does not know.

A round's promises stay *pending* until they were published, so that a process that died between promise and publication
is followed by one that keeps exactly the same promises.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from audit.errors import GuardConflict, GuardUnusable

_SCHEMA = """
CREATE TABLE IF NOT EXISTS promises (tenant TEXT PRIMARY KEY, origin TEXT NOT NULL, size INTEGER NOT NULL,
    root BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS pending (position INTEGER PRIMARY KEY, tenant TEXT NOT NULL, origin TEXT NOT NULL,
    size INTEGER NOT NULL, root BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS pending_leaves (position INTEGER PRIMARY KEY, tenant TEXT NOT NULL, leaf BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS erased (tenant TEXT NOT NULL, contact TEXT NOT NULL, PRIMARY KEY (tenant, contact));
CREATE TABLE IF NOT EXISTS reopenings (tenant TEXT NOT NULL, origin TEXT NOT NULL, PRIMARY KEY (tenant, origin));
"""
_WAIT_SECONDS = 30.0

GIVEN_UP = ""  # in the place of an origin, which is never empty


@dataclass(frozen=True, slots=True)
class Promise:
    """The tree that a log's newest checkpoint says, or is about to say."""

    tenant: UUID
    origin: str
    size: int
    root: bytes


@dataclass(frozen=True, slots=True)
class Round:
    """What one round promises: the trees, the meta-log's among them, and its new leaves in order, each for a tenant."""

    promises: tuple[Promise, ...]
    leaves: tuple[tuple[UUID, bytes], ...]


class Guard:
    """One file; any number of processes may use it, and each change is one durable transaction."""

    def __init__(self, path: Path) -> None:
        """Opens the guard, which is made if it is not there; its folder must exist or be makeable."""
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._path = path
        with self._transaction() as db:
            for statement in _SCHEMA.split(";"):
                db.execute(statement)

    def promises(self) -> dict[UUID, Promise]:
        """The last promise for each tenant."""
        with self._transaction() as db:
            rows = db.execute("SELECT tenant, origin, size, root FROM promises").fetchall()
        return {UUID(tenant): Promise(UUID(tenant), origin, size, root) for tenant, origin, size, root in rows}

    def pending(self) -> Round | None:
        """The round that was promised and is not known to be published."""
        with self._transaction() as db:
            rows = db.execute("SELECT tenant, origin, size, root FROM pending ORDER BY position").fetchall()
            leaves = db.execute("SELECT tenant, leaf FROM pending_leaves ORDER BY position").fetchall()
        if not rows:
            return None
        promises = tuple(Promise(UUID(tenant), origin, size, root) for tenant, origin, size, root in rows)
        return Round(promises, tuple((UUID(tenant), leaf) for tenant, leaf in leaves))

    def promise(self, round_: Round, before: Mapping[UUID, Promise]) -> None:
        """
        Compare and swap: the round's promises take the place of those in ``before``, all or none.

        Raises GuardConflict when another process promised meanwhile, or one round is still pending.
        """
        with self._transaction() as db:
            if db.execute("SELECT 1 FROM pending").fetchone():
                raise GuardConflict
            for each in round_.promises:
                self._swap(db, before.get(each.tenant), each)
            db.executemany("INSERT INTO pending VALUES (?, ?, ?, ?, ?)", _numbered(map(_row, round_.promises)))
            leaves = ((str(tenant), leaf) for tenant, leaf in round_.leaves)
            db.executemany("INSERT INTO pending_leaves VALUES (?, ?, ?)", _numbered(leaves))

    def _swap(self, db: sqlite3.Connection, old: Promise | None, new: Promise) -> None:
        if old is None:
            done = db.execute("INSERT OR IGNORE INTO promises VALUES (?, ?, ?, ?)", _row(new))
        else:
            done = db.execute(
                "UPDATE promises SET origin = ?, size = ?, root = ? "
                "WHERE tenant = ? AND origin = ? AND size = ? AND root = ?",
                (new.origin, new.size, new.root, *_row(old)),
            )
        if done.rowcount != 1 or (old is not None and old.origin == new.origin and new.size < old.size):
            raise GuardConflict

    def fulfilled(self) -> None:
        """The pending round has been published."""
        with self._transaction() as db:
            db.execute("DELETE FROM pending")
            db.execute("DELETE FROM pending_leaves")

    def abandon(self) -> None:
        """Gives up a pending round that cannot be carried out any more; what it promised stays promised."""
        self.fulfilled()

    def allow(self, tenant: UUID, origin: str) -> None:
        """The operator's word: this tenant's log may begin anew under this origin."""
        with self._transaction() as db:
            db.execute("INSERT OR IGNORE INTO reopenings VALUES (?, ?)", (str(tenant), origin))

    def give_up(self, tenant: UUID) -> None:
        """The operator's word: this tenant's log was lost with the database, and is missed no more."""
        self.allow(tenant, GIVEN_UP)

    def allowed(self) -> set[tuple[UUID, str]]:
        """Every (tenant, origin) that the operator has allowed."""
        with self._transaction() as db:
            rows = db.execute("SELECT tenant, origin FROM reopenings").fetchall()
        return {(UUID(tenant), origin) for tenant, origin in rows}

    def adopt(self, promises: Sequence[Promise]) -> None:
        """Fills an empty guard with what was published before; GuardConflict when it is not empty."""
        with self._transaction() as db:
            if db.execute("SELECT 1 FROM promises").fetchone():
                raise GuardConflict("The guard knows what was signed; only an empty one takes over what was published.")
            db.executemany("INSERT INTO promises VALUES (?, ?, ?, ?)", map(_row, promises))

    def remember_erased(self, people: Sequence[tuple[UUID, UUID]]) -> None:
        """Keeps in mind who was erased, (tenant, contact), for the day on which a backup brings them back."""
        if people:
            with self._transaction() as db:
                rows = [(str(tenant), str(contact)) for tenant, contact in people]
                db.executemany("INSERT OR IGNORE INTO erased VALUES (?, ?)", rows)

    def erased(self) -> list[tuple[UUID, UUID]]:
        """Everyone who was erased, as (tenant, contact)."""
        with self._transaction() as db:
            rows = db.execute("SELECT tenant, contact FROM erased ORDER BY tenant, contact").fetchall()
        return [(UUID(tenant), UUID(contact)) for tenant, contact in rows]

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        # A connection for each: rounds are a second apart, and threads may differ.
        try:
            db = sqlite3.connect(self._path, timeout=_WAIT_SECONDS, isolation_level=None)
        except sqlite3.Error as error:
            raise GuardUnusable(self._path, str(error)) from error
        try:
            db.execute("PRAGMA synchronous = FULL")
            db.execute("BEGIN IMMEDIATE")
            yield db
            db.execute("COMMIT")
        except sqlite3.Error as error:
            raise GuardUnusable(self._path, str(error)) from error
        finally:
            db.close()  # Rolls back what was not committed.


def _row(promise: Promise) -> tuple[str, str, int, bytes]:
    return str(promise.tenant), promise.origin, promise.size, promise.root


def _numbered(rows: Iterator[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    return ((position, *row) for position, row in enumerate(rows))

"""
What a witness remembers: of each log, the newest tree that it has cosigned.

One SQLite file.  A turn is one transaction that begins by taking the file's only write lock and is on the disk when it
ends, so that nothing is decided on a state that somebody else is about to change, and nothing is said that a crash undoes.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import Lock

_SCHEMA = """
CREATE TABLE IF NOT EXISTS cosigned (log TEXT PRIMARY KEY, origin TEXT NOT NULL, size INTEGER NOT NULL CHECK (size >= 0),
    root BLOB NOT NULL CHECK (length(root) = 32), note BLOB NOT NULL) STRICT
"""
_NEVER_BACK = """
CREATE TRIGGER IF NOT EXISTS never_back BEFORE UPDATE ON cosigned WHEN new.size < old.size
BEGIN SELECT raise(ABORT, 'a witness never goes back'); END
"""
_WAIT_SECONDS = 30.0
_FULL = 2


@dataclass(frozen=True, slots=True)
class Cosigned:
    """The newest tree of one log that was cosigned, and the note with the log's signatures and the witness's."""

    origin: str
    size: int
    root: bytes
    note: bytes


def log_id(origin: str) -> str:
    """The name of a log in a witness's paths: hexadecimal SHA-256 of its origin (tlog-witness, monitoring)."""
    return sha256(origin.encode()).hexdigest()


class Turn:
    """One log's state while nobody else can change it."""

    def __init__(self, db: sqlite3.Connection, origin: str) -> None:
        self._db = db
        self._origin = origin

    def last(self) -> Cosigned | None:
        """What was cosigned last, or None."""
        row = self._db.execute(
            "SELECT origin, size, root, note FROM cosigned WHERE log = ?", (log_id(self._origin),)
        ).fetchone()
        return Cosigned(*row) if row else None

    def keep(self, cosigned: Cosigned) -> None:
        """Puts a tree in the place of the last one; sqlite3.IntegrityError when it is smaller."""
        self._db.execute(
            "INSERT INTO cosigned VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (log) DO UPDATE SET size = excluded.size, root = excluded.root, note = excluded.note",
            (log_id(cosigned.origin), cosigned.origin, cosigned.size, cosigned.root, cosigned.note),
        )


class WitnessState:
    """The file, open; any number of threads and processes may use it."""

    def __init__(self, path: Path) -> None:
        """Opens the state, which is made if it is not there; so is its folder."""
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._lock = Lock()
        self._db = sqlite3.connect(path, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")  # A commit in WAL mode waits for the disk under FULL alone.
        if self._db.execute("PRAGMA synchronous").fetchone() != (_FULL,):
            raise RuntimeError("This SQLite does not wait for the disk: a witness cannot keep its word with it.")
        with self._transaction():
            self._db.execute(_SCHEMA)
            self._db.execute(_NEVER_BACK)

    @contextmanager
    def turn(self, origin: str) -> Iterator[Turn]:
        """One log's turn; what it keeps is on the disk when the block ends, and forgotten when the block fails."""
        with self._transaction():
            yield Turn(self._db, origin)

    def latest(self, log: str) -> bytes | None:
        """The note of the newest tree of the log with this ``log_id``, or None."""
        with self._lock:
            row = self._db.execute("SELECT note FROM cosigned WHERE log = ?", (log,)).fetchone()
        return bytes(row[0]) if row else None

    def close(self) -> None:
        """Ends the use of the file."""
        with self._lock:
            self._db.close()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

"""
The parts of a running Venia, put together in one place: engines, keys, journal, reader.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncEngine

from audit.ageing import AgedAnswers
from audit.exporting.requests import ExportBook
from audit.journal import Journal
from audit.pruning import PruningBook
from audit.reader import Reader, Snapshots
from audit.tenants import KeyRing
from audit.work import Book, Work
from consent.confirming.book import ConfirmationBook
from consent.contacts import ContactBook
from consent.deliveries import DeliveryBook
from consent.erasing import ErasureBook
from consent.evidence.files import FileBook
from consent.history import HistoryBook
from consent.imports.requests import ImportBook
from consent.keeping.legal_holds import LegalHoldBook
from consent.links.book import LinkBook
from consent.merging.requests import MergeBook
from consent.outbox.book import OutboxBook
from consent.receipts.controllers import ControllerBook
from consent.registers.loading import Loader
from consent.rekeying import RekeyingBook, RemnantsBook
from consent.reminders.book import ReminderBook
from consent.renumbering import HolderBook
from consent.retention import AgedDeliveries, AgedItems, RetentionBook
from consent.reviewing import ReviewBook
from consent.saying import SaidBook
from consent.settings import SettingsBook, SettingsCache
from consent.unreadable import UnreadableBook
from consent.unsealing import IdentifierBook
from consent.wishes.book import WishBook
from policies.ageing import AgedAttempts
from policies.attempts import AttemptBook
from policies.changes.book import ChangeBook
from policies.registers.book import AskedRegisters
from policies.rulebook import RuleBook, RuleCache
from policies.shadows.book import ShadowBook
from policies.simulating.requests import SimulationBook
from server.bell import Bell
from server.db import journal_engine, reader_engine
from server.keys import KeyBook
from server.providers.choosing import providers_of
from server.settings import Settings
from server.subscriptions.requests import SubscriptionBook

Books = Sequence[Callable[[Work], Book]]


@dataclass(frozen=True, slots=True)
class Service:
    """What routes and commands work with."""

    settings: Settings
    ring: KeyRing
    journal: Journal
    reader: Reader
    snapshots: Snapshots
    journal_engine: AsyncEngine
    reader_engine: AsyncEngine
    bell: Bell
    registers: Loader


def clock() -> datetime:
    """The present, in UTC; the one place where the service reads it."""
    return datetime.now(UTC)


def key_ring(settings: Settings) -> KeyRing:
    """The tenants' keys, to be unwrapped by the providers that the settings name."""
    provider, previous = providers_of(settings)
    return KeyRing(provider, previous, lambda: providers_of(settings))


def guard_file(settings: Settings) -> Path:
    """Where the guard is."""
    return settings.guard or settings.home / "guard.sqlite3"


def exports_home(settings: Settings) -> Path:
    """The folder of the files of exports."""
    return settings.exports or settings.home / "exports"


def books(ring: KeyRing) -> Books:
    """
    One book per kind of state, in the order in which they find, lock, load and save.

    People come first, since histories and attempts are theirs; rules before attempts, since they say how far back
    attempts matter.
    """
    settings, rules = SettingsCache(), RuleCache()
    return (
        lambda work: ContactBook(work, ring),
        MergeBook,
        SaidBook,
        HolderBook,
        lambda work: SettingsBook(work, settings),
        lambda work: RuleBook(work, rules),
        lambda work: AskedRegisters(work, ring),
        ChangeBook,
        HistoryBook,
        FileBook,
        WishBook,
        ConfirmationBook,
        ReminderBook,
        AttemptBook,
        ShadowBook,
        ReviewBook,
        ImportBook,
        OutboxBook,
        lambda work: LinkBook(work, ring),
        UnreadableBook,
        DeliveryBook,
        LegalHoldBook,
        ControllerBook,
        RetentionBook,
        PruningBook,
        AgedAnswers,
        AgedItems,
        AgedDeliveries,
        AgedAttempts,
        IdentifierBook,
        ErasureBook,
        RekeyingBook,
        RemnantsBook,
        KeyBook,
        ExportBook,
        SimulationBook,
        SubscriptionBook,
    )


@asynccontextmanager
async def running(
    settings: Settings, url: str, observe: Callable[[int, float], None] = lambda size, seconds: None
) -> AsyncIterator[Service]:
    """Starts journal and reader on a migrated database, and stops them in order."""
    ring = key_ring(settings)
    writer, readers, hearing = journal_engine(url), reader_engine(url), reader_engine(url, connections=1)
    stager = journal_engine(url)  # Whoever loads a register keeps a session for minutes, and nobody waiting for it.
    kinds, bell = books(ring), Bell(hearing)
    journal = Journal(
        writer,
        books=kinds,
        ring=ring,
        clock=clock,
        queue_size=settings.queue_size,
        batch_size=settings.batch_size,
        observe=observe,
        announce=bell.ring,
    )
    reader = Reader(
        readers, books=kinds, ring=ring, clock=clock, queue_size=settings.queue_size, batch_size=settings.batch_size
    )
    snapshots = Snapshots(readers)
    registers = Loader(stager, journal, snapshots, ring, clock, exports_home(settings))
    try:
        async with bell, journal, reader:
            yield Service(settings, ring, journal, reader, snapshots, writer, readers, bell, registers)
    finally:
        for engine in (writer, readers, hearing, stager):
            await engine.dispose()

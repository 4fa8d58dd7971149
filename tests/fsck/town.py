"""
An office whose people have agreed, refused, been called, moved, been held and been erased; and how to spoil its rows.
"""

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from consent.erasing import EraseContact
from consent.keeping.legal_holds import LiftLegalHold, PlaceLegalHold, ReviewLegalHold
from consent.links.requests import IssueLink
from consent.locating import LocateContact
from consent.merging.requests import MergeContacts, UndoMerge
from consent.renumbering import HearNumberChange
from consent.reviewing import SettleReview
from consent.wishes.requests import EndWish, MakeWish
from consent.wishes.wish import Wish
from server.db import repair_engine
from server.evidence import checkpointing
from server.fsck import Check
from server.repair import Bench, Repaired, run_check, run_repair
from server.service import clock
from server.settings import Settings
from tests.channels.payloads import Customer, messages, permanent_grant
from tests.consent.desk import Desk, Office
from tests.databases import execute, fetch
from tests.factories import ANA, BEN, DAY, NOW, authorization, consent, once, outcome, ref, reply, withdrawal

T = TypeVar("T")

CAI, DORA, EVA = "+34600111224", "+34600111225", "+34600111226"
USER_ID = "ES.50000000000000000005"

# The triggers that keep anyone from doing what a broken disk or a careless superuser does.
_GUARDED = {
    **dict.fromkeys(
        (
            "contacts",
            "identifiers",
            "merges",
            "consents",
            "permissions",
            "suppressions",
            "wishes",
            "reviews",
            "disclosures",
        ),
        "only_erased",
    ),
    "tiles": "only_grows",
    "log_heads": "only_grows",
    "entries": "append_only",
    "prunings": "append_only",
}


@dataclass(slots=True)
class Town:
    """
    A desk with a checkpointer beside it, and the office at hand.
    """

    desk: Desk
    home: Path
    office: Office = field(init=False)

    @property
    def tenant(self) -> UUID:
        """
        Of the office at hand.
        """
        return self.office.tenant

    def sign(self) -> None:
        """
        Has everything signed.
        """

        async def rounds() -> None:
            async with checkpointing(Settings(home=self.home), self.desk.url) as checkpointer:
                while True:
                    outcome = await checkpointer.run_once(clock())
                    assert outcome is not None
                    if not outcome.more:
                        return

        self.desk.run(rounds())

    def spoil(self, table: str, statement: str, *arguments: object) -> None:
        """
        Runs a statement against one table as a superuser who has switched its guards off.
        """
        trigger = _GUARDED.get(table)
        around = (
            (f"ALTER TABLE {table} DISABLE TRIGGER {trigger}", f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {trigger}")
            if trigger
            else ()
        )
        execute(self.desk.url, *around[:1])
        try:
            fetch(self.desk.url, statement, *arguments)
        finally:
            execute(self.desk.url, *around[1:])

    def bench(self) -> Bench:
        """
        What a check works with, at the desk's time.
        """
        desk = self.desk
        return Bench(desk.snapshots, desk.ring, desk.engine, repair_engine(desk.url), desk.clock)

    def check(self, *, deep: bool = False) -> Check:
        """
        Checks the office at hand.
        """
        return self._with(partial(run_check, tenant=self.tenant, deep=deep, watch=unwatched))

    def repair(self, *, deep: bool = True) -> Repaired:
        """
        Repairs it.
        """
        return self._with(partial(run_repair, tenant=self.tenant, deep=deep, watch=unwatched))

    def _with(self, work: Callable[[Bench], Coroutine[Any, Any, T]]) -> T:
        async def run() -> T:
            bench = self.bench()
            try:
                return await work(bench)
            finally:
                await bench.repairs.dispose()

        return self.desk.run(run())

    def found(self, *, deep: bool = True) -> set[tuple[str, str, str | None]]:
        """
        What a check finds: table, kind and column of each difference.
        """
        return {(each.table, each.kind, each.column) for each in self.check(deep=deep).differences}

    def rows(self, *tables: str) -> dict[str, Sequence[dict[str, Any]]]:
        """
        The office's rows, but for what time or a new seal may change.
        """
        return {table: [_lasting(each) for each in self.office.rows(table)] for table in tables}


def lived_in(town: Town) -> Town:
    """
    A new office with a history that touches every table, signed.
    """
    office = town.office = town.desk.open_office()
    tenant = office.tenant
    for person in (ANA, BEN, CAI, DORA, EVA):
        office.write(consent(tenant, person, channels=("voice", "whatsapp_call"), evidence={"text": "sí"}))
    her = Customer(ANA[1:], USER_ID, "Ana")
    office.deliver(messages(permanent_grant(by=her, at=int((NOW - DAY).timestamp()), id="wamid.P"), people=(her,)))
    kept = office.ask(authorization(tenant, ANA, idempotency=once("a")))
    office.write(outcome(tenant, kept["hold"]["id"], "connected", duration_s=30))
    office.ask(authorization(tenant, BEN))
    office.write(LocateContact(tenant, "officer", ref(CAI), "ES-CN", "Atlantic/Canary", "business"))
    office.write(reply(tenant, CAI, text="basta de tonterias"))
    office.write(reply(tenant, BEN, text="basta de tonterias"))
    office.write(SettleReview(tenant, "officer", office.rows("reviews")[0]["review_id"], "none"))
    office.write(withdrawal(tenant, ANA, purposes=("order_updates",), at=NOW))
    office.write(IssueLink(tenant, "officer", ref(BEN), "page", 30 * DAY, replaces=True))
    office.write(HearNumberChange(tenant, "test", (ref(DORA),), (ref("+34600111299"),), NOW))
    held = office.ask(PlaceLegalHold(tenant, "officer", ref(CAI), "M-1", "a claim", date(2027, 6, 1)))
    office.write(ReviewLegalHold(tenant, "officer", UUID(held["id"]), date(2027, 9, 1), "not over"))
    freed = office.ask(PlaceLegalHold(tenant, "officer", None, "M-2", "an inquiry", date(2027, 6, 1)))
    office.write(LiftLegalHold(tenant, "officer", UUID(freed["id"]), "it is over"))
    office.write(MakeWish(tenant, "test", ref(CAI), Wish("", days=("mon",), most=2, per="week"), NOW, "sms"))
    over = office.ask(MakeWish(tenant, "test", ref(BEN), Wish("", not_before="2026-12-24"), NOW, "sms"))["wish"]
    office.write(EndWish(tenant, "test", UUID(over["id"]), NOW, "sms"))
    office.write(MakeWish(tenant, "test", ref(EVA), Wish("", windows=("09:00-12:00",)), NOW, "sms"))
    office.write(EraseContact(tenant, "officer", ref(EVA), "asked to be forgotten"))
    office.write(
        replace(withdrawal(tenant, BEN), purposes=("order_updates", "overdue_payments"), idempotency=once("b"))
    )
    office.write(consent(tenant, "+34600111230", purpose="offers", at=NOW))
    parted = office.ask(MergeContacts(tenant, "officer", ref(CAI), ref("+34600111230"), "the same card"))
    office.write(UndoMerge(tenant, "officer", UUID(parted["id"]), "two cards"))
    office.write(MergeContacts(tenant, "officer", ref("+34600111230"), ref(CAI), "the same card"))
    office.write(IssueLink(tenant, "officer", ref(CAI), "page", 30 * DAY, replaces=True))
    town.sign()
    return town


def unwatched(done: int, total: int) -> None:
    """
    Nobody is watching.
    """
    del done, total


def _lasting(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in ("transaction", "sealed", "wrapped_key")}

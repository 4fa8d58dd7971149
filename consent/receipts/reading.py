"""
Making the record of a receipt: finds the entry, its proof, and what the business has set up around it.
"""

import base64
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from audit.entry import parse_entry
from audit.proving import (
    Entered,
    disclose,
    entry_at,
    entry_of_event,
    field_names,
    identified_before,
    is_erased,
    prove,
)
from audit.tenants import KeyRing
from consent.disclosing import read_data_keys
from consent.receipts import store
from consent.receipts.controllers import Controller
from consent.receipts.errors import ReceiptErased, ReceiptUncovered, ReceiptUnknown
from consent.receipts.record import CONSENT, EVENTS, Act, Around, Notice, Proof, Record, act_of
from consent.settings import TenantSettings

IDENTIFIERS = ("phone", "whatsapp_user_id")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which receipt: of a consent, of a withdrawal by its suppression, or of an entry; and what is to be in it."""

    tenant: UUID
    consent: UUID | None = None
    withdrawal: UUID | None = None
    index: int | None = None
    log: str | None = None  # of which the index is; None: the tenant's log of now
    words: bool = False  # of the notice
    disclose: tuple[str, ...] = ()


async def record_of(
    conn: AsyncConnection,
    wanted: Wanted,
    settings: TenantSettings,
    ring: KeyRing,
    *,
    made_at: str,
    keys_url: str,
) -> Record:
    """
    The record of a receipt, with its proof.

    Raises ReceiptUnknown, ReceiptErased, ReceiptUncovered, and EntriesPruned where the entry's body is gone.
    """
    tenant = wanted.tenant
    entered = await _entry(conn, wanted)
    act = act_of(
        parse_entry(entered.body, entered.index), wanted.consent if EVENTS.get(entered.event) == CONSENT else None
    )
    if act is None or entered.contact is None:
        raise ReceiptUnknown
    if await is_erased(conn, tenant, entered.contact):
        raise ReceiptErased
    key = None
    if wanted.disclose:
        key = (await read_data_keys(conn, ring, tenant, [entered.contact])).get(entered.contact)
        if key is None:
            raise ReceiptErased
    proof = await _proof(conn, tenant, entered, wanted.disclose, key)
    named = [each for each in wanted.disclose if each in IDENTIFIERS]
    met = await identified_before(conn, tenant, entered, named) if named else []
    identities = [await _proof(conn, tenant, each, named, key) for each in met]
    act = await _with_words(conn, tenant, act) if wanted.words else act
    around = await _around(conn, tenant, entered, act, settings)
    return Record(act, around, made_at, proof, keys_url, tuple(identities))


async def _entry(conn: AsyncConnection, wanted: Wanted) -> Entered:
    tenant = wanted.tenant
    if wanted.index is not None:
        found = await entry_at(conn, tenant, wanted.index, wanted.log)
        if found is None or found.event not in EVENTS:
            raise ReceiptUnknown
        return found
    event = None
    if wanted.consent is not None:
        event = await store.event_of_consent(conn, tenant, wanted.consent)
    elif wanted.withdrawal is not None:
        event = await store.event_of_suppression(conn, tenant, wanted.withdrawal)
    if event is None:
        raise ReceiptUnknown
    return await entry_of_event(conn, tenant, event)


async def _proof(
    conn: AsyncConnection, tenant: UUID, entered: Entered, names: Sequence[str], key: bytes | None
) -> Proof:
    proven = await prove(conn, tenant, entered)
    if proven is None:
        raise ReceiptUncovered
    shown = () if key is None else await disclose(conn, tenant, entered, names, key)
    return Proof(
        entered.origin,
        entered.index,
        base64.b64encode(entered.body).decode(),
        proven.size,
        tuple(base64.b64encode(each).decode() for each in proven.hashes),
        proven.checkpoint,
        tuple(proven.keys),
        shown,
    )


async def _with_words(conn: AsyncConnection, tenant: UUID, act: Act) -> Act:
    shown = act.notice
    if shown is None:
        return act
    words = await store.notice_text(conn, tenant, shown.id, shown.version, shown.locale)
    return replace(act, notice=Notice(shown.id, shown.version, shown.locale, shown.sha256, words))


async def _around(conn: AsyncConnection, tenant: UUID, entered: Entered, act: Act, settings: TenantSettings) -> Around:
    sender = None if act.sender is None else settings.senders.get(act.sender)
    lines = [each.contact_line for each in settings.channels.values() if each.contact_line is not None]
    return Around(
        Controller.of_json(await store.read_controller(conn, tenant)),
        {each: settings.purposes[each] for each in act.purposes or () if each in settings.purposes},
        None if sender is None else sender.phone,
        await field_names(conn, tenant, entered.event_id),
        await _descriptions(conn, tenant, act),
        bool(settings.channels),
        tuple(dict.fromkeys(lines)),
    )


async def _descriptions(conn: AsyncConnection, tenant: UUID, act: Act) -> dict[str, str]:
    """What the purpose is for, in the version that was agreed to."""
    if act.purposes is None or act.purpose_version is None:
        return {}
    [purpose] = act.purposes
    said = await store.purpose_description(conn, tenant, purpose, act.purpose_version)
    return {} if said is None else {purpose: said}

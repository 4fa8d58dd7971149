"""
What a tenant has set up: purposes, notices, senders, channels, and the zone it says its contacts are in.

Every process keeps the settings it has read together with their revision; each batch asks for the revision, so that
a restricted sender or a new purpose counts from the commit that says so.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from audit.link import Connection
from audit.work import Book, Request, Work
from consent import store
from consent.errors import AlreadyDefined, NoticeUnknown, PurposeUnknown, SenderUnknown, TooManyPurposes

MOST_PURPOSES = 500  # whose names fit into one entry


@dataclass(frozen=True, slots=True)
class Sender:
    """A business number that calls.  ``restricted_until`` None while restricted: no end is known."""

    id: str
    phone: str
    country: str | None
    phone_number_id: str | None = None
    restricted: bool = False
    restricted_until: datetime | None = None


class SenderReference(NamedTuple):
    """How a caller names a business number: by id, E.164 phone, or WhatsApp phone_number_id."""

    kind: str  # "id", "phone" or "phone_number_id"
    value: str


@dataclass(frozen=True, slots=True)
class Channel:
    """A webhook channel; its secrets are sealed under the tenant's key."""

    id: str
    kind: str
    sealed_app_secret: bytes
    sealed_verify_token: bytes
    sealed_previous_app_secret: bytes | None = None  # still believed, until the new one has spread
    previous_until: datetime | None = None
    sealed_access_token: bytes | None = None  # with which the business number answers; None: it sends nothing
    contact_line: str | None = None  # how the business can be reached, for who asks for help
    choices: Sequence[str] = ()  # of its own buttons and list rows: a meaning, a space and the payload

    def chosen(self, payload: str) -> str | None:
        """What the business says that a button or list row with this payload means; None where it says nothing."""
        return next((each.partition(" ")[0] for each in self.choices if each.partition(" ")[2] == payload), None)

    def sealed_secrets(self, now: datetime) -> Sequence[bytes]:
        """The secrets that a delivery may be signed with now, the newest first."""
        if self.sealed_previous_app_secret is None or self.previous_until is None or self.previous_until <= now:
            return (self.sealed_app_secret,)
        return (self.sealed_app_secret, self.sealed_previous_app_secret)


@dataclass(frozen=True, slots=True)
class TenantSettings:
    """Everything a tenant has set up, at one revision."""

    zone: str | None = None
    purposes: Mapping[str, str] = field(default_factory=dict)  # purpose → category
    notices: Mapping[tuple[str, int, str], bytes] = field(default_factory=dict)  # → SHA-256 of the text
    senders: Mapping[str, Sender] = field(default_factory=dict)
    channels: Mapping[str, Channel] = field(default_factory=dict)
    # Who was asked for before; of these very settings and never handed on to others, so it is no state.
    _met: dict[SenderReference, Sender] = field(default_factory=dict, init=False, compare=False, repr=False)

    def category(self, purpose: str) -> str:
        """The purpose's category; PurposeUnknown if the tenant has not defined it."""
        try:
            return self.purposes[purpose]
        except KeyError:
            raise PurposeUnknown(purpose, tuple(sorted(self.purposes))) from None

    def notice(self, notice: str, version: int, locale: str) -> bytes:
        """SHA-256 of the notice's text; NoticeUnknown if it was not published."""
        try:
            return self.notices[(notice, version, locale)]
        except KeyError:
            raise NoticeUnknown(notice, version, locale) from None

    def sender(self, reference: SenderReference) -> Sender | None:
        """The sender so named, or None."""
        known = self._met.get(reference)
        if known is None and (known := self._find(reference)) is not None:
            self._met[reference] = known
        return known

    def _find(self, reference: SenderReference) -> Sender | None:
        if reference.kind == "id":
            return self.senders.get(reference.value)
        return next((each for each in self.senders.values() if getattr(each, reference.kind) == reference.value), None)

    def first_sender(self, references: Sequence[SenderReference]) -> Sender | None:
        """The sender that the first of these names to be known belongs to, or None."""
        return next((each for each in map(self.sender, references) if each is not None), None)

    def known_sender(self, reference: SenderReference) -> Sender:
        """The sender so named; SenderUnknown if there is none."""
        found = self.sender(reference)
        if found is None:
            raise SenderUnknown
        return found


_NOTHING = TenantSettings()


@dataclass(slots=True)
class SettingsCache:
    """Settings read by this process, by tenant, with the revision they were read at."""

    read: dict[UUID, tuple[int, TenantSettings]] = field(default_factory=dict)


@dataclass(slots=True)
class _Change:
    added: dict[str, list[dict[str, object]]] = field(default_factory=lambda: defaultdict(list))
    senders: dict[str, dict[str, object]] = field(default_factory=dict)
    channels: dict[str, dict[str, object]] = field(default_factory=dict)


class SettingsBook(Book):
    """The settings of every tenant in a batch."""

    def __init__(self, work: Work, cache: SettingsCache) -> None:
        super().__init__(work)
        self._cache = cache
        self._tenants: set[UUID] = set()
        self._current: dict[UUID, TenantSettings] = {}
        self._changes: dict[UUID, _Change] = defaultdict(_Change)
        self._changing: set[UUID] = set()

    @property
    def current(self) -> TenantSettings:
        """The current tenant's settings, with what this batch has changed so far."""
        return self._current.get(self.work.tenant, _NOTHING)

    async def find(self, conn: Connection, requests: Sequence[Request]) -> None:
        """Notes the tenants, and which of them are about to be set up differently."""
        self._tenants = {request.tenant for request in requests}
        self._changing = {request.tenant for request in requests if getattr(request, "changes_settings", False)}

    async def lock(self, conn: Connection) -> None:
        """Keeps two changes of the same settings apart."""
        for tenant in sorted(self._changing):
            await store.lock_settings(conn, tenant)

    async def load(self, conn: Connection) -> None:
        """Asks for the revisions, and reads what changed since this process last looked."""
        for row in await store.load_revisions(conn, list(self._tenants)):
            known = self._cache.read.get(row.tenant_id)
            if known is None or known[0] != row.revision:
                known = (row.revision, await _read(conn, row.tenant_id, row.zone))
                self._cache.read[row.tenant_id] = known
            self._current[row.tenant_id] = known[1]

    async def save(self, conn: Connection) -> None:
        """Writes what changed and raises the revision."""
        for tenant, change in self._changes.items():
            settings = self._current[tenant]
            changed = list(change.senders.values()), list(change.channels.values())
            await store.save_settings(conn, tenant, settings.zone, change.added, *changed)

    # Changes, each by one request.

    def set_zone(self, zone: str | None) -> None:
        """States the zone of the tenant's contacts unless more is known."""
        self._change(replace(self.current, zone=zone))

    def add_purpose(self, purpose: str, category: str) -> None:
        """Defines a purpose; AlreadyDefined if it has another category, TooManyPurposes."""
        if self.current.purposes.get(purpose, category) != category:
            raise AlreadyDefined(f"Purpose {purpose!r}")
        if purpose not in self.current.purposes:
            if len(self.current.purposes) >= MOST_PURPOSES:
                raise TooManyPurposes(MOST_PURPOSES)
            purposes = {**self.current.purposes, purpose: category}
            self._change(replace(self.current, purposes=purposes)).added["purposes"].append(
                {"tenant_id": self.work.tenant, "purpose": purpose, "category": category}
            )

    def add_notice(self, key: tuple[str, int, str], body: str, digest: bytes) -> None:
        """Publishes a notice; AlreadyDefined if this version has another text."""
        if self.current.notices.get(key, digest) != digest:
            raise AlreadyDefined(f"Notice {key[0]!r} version {key[1]} in {key[2]!r}")
        if key not in self.current.notices:
            self._change(replace(self.current, notices={**self.current.notices, key: digest})).added["notices"].append(
                {
                    "tenant_id": self.work.tenant,
                    "notice": key[0],
                    "version": key[1],
                    "locale": key[2],
                    "text": body,
                    "sha256": digest,
                }
            )

    def add_sender(self, sender: Sender) -> None:
        """Adds a business number; AlreadyDefined if its id or number is taken."""
        taken = [each for each in self.current.senders.values() if _same_number(each, sender) or each.id == sender.id]
        if taken:
            raise AlreadyDefined(f"Sender {sender.id!r} or its number")
        senders = {**self.current.senders, sender.id: sender}
        self._change(replace(self.current, senders=senders)).added["senders"].append(
            {
                "tenant_id": self.work.tenant,
                "sender_id": sender.id,
                "phone": sender.phone,
                "country": sender.country,
                "phone_number_id": sender.phone_number_id,
                "restricted": sender.restricted,
            }
        )

    def add_channel(self, channel: Channel) -> None:
        """Adds a webhook channel."""
        channels = {**self.current.channels, channel.id: channel}
        self._change(replace(self.current, channels=channels)).added["channels"].append(
            {
                "tenant_id": self.work.tenant,
                "channel_id": channel.id,
                "kind": channel.kind,
                "sealed_app_secret": channel.sealed_app_secret,
                "sealed_verify_token": channel.sealed_verify_token,
            }
        )

    def change_channel(self, channel: Channel) -> None:
        """Gives a channel other secrets."""
        channels = {**self.current.channels, channel.id: channel}
        self._change(replace(self.current, channels=channels)).channels[channel.id] = {
            "tenant_id": self.work.tenant,
            "channel_id": channel.id,
            "sealed_app_secret": channel.sealed_app_secret,
            "sealed_verify_token": channel.sealed_verify_token,
            "sealed_previous_app_secret": channel.sealed_previous_app_secret,
            "previous_until": channel.previous_until,
            "sealed_access_token": channel.sealed_access_token,
            "contact_line": channel.contact_line,
            "choices": list(channel.choices),
        }

    def restrict(self, sender: Sender, until: datetime | None) -> None:
        """Records that Meta does not let this number call, until then or until further notice."""
        restricted = replace(sender, restricted=True, restricted_until=until)
        change = self._change(replace(self.current, senders={**self.current.senders, sender.id: restricted}))
        change.senders[sender.id] = {
            "tenant_id": self.work.tenant,
            "sender_id": sender.id,
            "restricted": True,
            "restricted_until": until,
        }

    def _change(self, settings: TenantSettings) -> _Change:
        tenant = self.work.tenant
        self._current[tenant] = settings
        return self._changes[tenant]


def _same_number(one: Sender, other: Sender) -> bool:
    return one.phone == other.phone or (
        one.phone_number_id is not None and one.phone_number_id == other.phone_number_id
    )


async def _read(conn: Connection, tenant: UUID, zone: str | None) -> TenantSettings:
    purposes, notices, senders, channels = await store.load_settings(conn, tenant)
    return TenantSettings(
        zone=zone,
        purposes={row.purpose: row.category for row in purposes},
        notices={(row.notice, row.version, row.locale): row.sha256 for row in notices},
        senders={
            row.sender_id: Sender(
                row.sender_id, row.phone, row.country, row.phone_number_id, row.restricted, row.restricted_until
            )
            for row in senders
        },
        channels={row.channel_id: Channel(*row) for row in channels},
    )

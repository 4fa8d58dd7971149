"""
What a tenant has set up: purposes, notices, senders, channels, and the zone it says its contacts are in.

Every process keeps the settings it has read together with their revision; each batch asks for the revision, so that
a restricted sender or a new purpose counts from the commit that says so.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import ClassVar, NamedTuple
from uuid import UUID

from audit.link import Connection
from audit.work import Book, Request, Work
from consent import settings_store as store
from consent.errors import AlreadyDefined, NoticeUnknown, PurposeUnknown, SenderUnknown, TooManyPurposes
from consent.proof.errors import PurposeCategory
from consent.proof.purposes import Demand, Purpose
from consent.proof.wording import placeholders
from consent.references import ContactReference
from consent.restrictions import Restriction, in_force, joint_end, read_restriction, written_restriction

MOST_PURPOSES = 500  # whose names fit into one entry


@dataclass(frozen=True, slots=True)
class Sender:
    """
    A business number that calls.  ``restricted_until`` None while restricted: no end is known.

    ``restrictions`` says why, each by itself with its end: what lifts one leaves the others.
    """

    id: str
    phone: str
    country: str | None
    phone_number_id: str | None = None
    restricted: bool = False
    restricted_until: datetime | None = None
    restrictions: Sequence[Restriction] = ()
    sandbox: bool = False  # a test number, for which the platform has other limits


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
class Published:
    """A notice as it was published: the SHA-256 of its text, and the text where it has placeholders to fill."""

    digest: bytes
    template: str | None = None

    @classmethod
    def of(cls, digest: bytes, text: str) -> "Published":
        """Keeps the text in memory only where a consent needs it."""
        return cls(digest, text if placeholders(text) else None)


@dataclass(frozen=True, slots=True)
class TenantSettings:
    """Everything a tenant has set up, at one revision."""

    zone: str | None = None
    purposes: Mapping[str, str] = field(default_factory=dict)  # purpose → category
    notices: Mapping[tuple[str, int, str], Published] = field(default_factory=dict)
    senders: Mapping[str, Sender] = field(default_factory=dict)
    channels: Mapping[str, Channel] = field(default_factory=dict)
    whole_addresses: bool = False  # evidence keeps people's IP addresses uncut
    versions: Mapping[str, Purpose] = field(default_factory=dict)  # the newest of each purpose
    # Who was asked for before; of these very settings and never handed on to others, so it is no state.
    _met: dict[SenderReference, Sender] = field(default_factory=dict, init=False, compare=False, repr=False)

    def category(self, purpose: str) -> str:
        """The purpose's category; PurposeUnknown if the tenant has not defined it."""
        try:
            return self.purposes[purpose]
        except KeyError:
            raise PurposeUnknown(purpose, tuple(sorted(self.purposes))) from None

    def purpose(self, purpose: str) -> Purpose:
        """The purpose as it is now; PurposeUnknown."""
        return self.versions.get(purpose) or Purpose(purpose, self.category(purpose))

    def notice(self, notice: str, version: int, locale: str) -> Published:
        """The notice; NoticeUnknown if it was not published."""
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
                known = (row.revision, await _read(conn, row.tenant_id, row.zone, row.whole_addresses))
                self._cache.read[row.tenant_id] = known
            self._current[row.tenant_id] = known[1]

    async def save(self, conn: Connection) -> None:
        """Writes what changed and raises the revision."""
        for tenant, change in self._changes.items():
            settings = self._current[tenant]
            changed = list(change.senders.values()), list(change.channels.values())
            said = settings.zone, settings.whole_addresses
            await store.save_settings(conn, tenant, said, change.added, *changed)

    # Changes, each by one request.

    def set_zone(self, zone: str | None) -> None:
        """States the zone of the tenant's contacts unless more is known."""
        self._change(replace(self.current, zone=zone))

    def keep_addresses(self, *, whole: bool) -> None:
        """Says whether people's IP addresses are kept uncut in evidence."""
        self._change(replace(self.current, whole_addresses=whole))

    def add_purpose(self, wanted: Purpose) -> Purpose | None:
        """
        Defines a purpose, or its next version; returns what is new, or None if it is defined so already.

        Raises PurposeCategory if it has another category, and TooManyPurposes.
        """
        current, name = self.current, wanted.name
        if current.purposes.get(name, wanted.category) != wanted.category:
            raise PurposeCategory(name, current.purposes[name])
        if name not in current.purposes and len(current.purposes) >= MOST_PURPOSES:
            raise TooManyPurposes(MOST_PURPOSES)
        before = current.purpose(name) if name in current.purposes else None
        if before is not None and replace(wanted, version=before.version) == before:
            return None
        made = replace(wanted, version=1 if before is None else before.version + 1)
        purposes, versions = {**current.purposes, name: made.category}, {**current.versions, name: made}
        self._change(replace(current, purposes=purposes, versions=versions)).added["purposes"].append(
            {
                "tenant_id": self.work.tenant,
                "purpose": name,
                "category": made.category,
                "version": made.version,
                "description": made.description,
                "validity": made.validity,
                "demands": [each.written() for each in made.demands],
            }
        )
        return made

    def add_notice(self, key: tuple[str, int, str], body: str, digest: bytes) -> None:
        """Publishes a notice; AlreadyDefined if this version has another text."""
        known, published = self.current.notices.get(key), Published.of(digest, body)
        if known is not None and known.digest != digest:
            raise AlreadyDefined(f"Notice {key[0]!r} version {key[1]} in {key[2]!r}")
        if known is None:
            notices = {**self.current.notices, key: published}
            self._change(replace(self.current, notices=notices)).added["notices"].append(
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
                "sandbox": sender.sandbox,
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

    def restrict(self, sender: Sender, restrictions: Sequence[Restriction]) -> None:
        """Records what keeps this number from calling; nothing, if it may call."""
        live = in_force(restrictions, self.work.now)
        ends = joint_end(live)
        restricted = replace(sender, restricted=bool(live), restricted_until=ends, restrictions=tuple(restrictions))
        change = self._change(replace(self.current, senders={**self.current.senders, sender.id: restricted}))
        change.senders[sender.id] = {
            "tenant_id": self.work.tenant,
            "sender_id": sender.id,
            "restricted": restricted.restricted,
            "restricted_until": ends,
            "restrictions": [written_restriction(each) for each in restrictions],
            "sandbox": sender.sandbox,
        }

    def _change(self, settings: TenantSettings) -> _Change:
        tenant = self.work.tenant
        self._current[tenant] = settings
        return self._changes[tenant]


@dataclass(frozen=True, slots=True)
class ReadEvidenceRules:
    """Does evidence keep people's IP addresses whole?"""

    contacts: ClassVar[Sequence[ContactReference]] = ()
    tenant: UUID

    def look(self, work: Work) -> bool:
        """Whether it does."""
        return work[SettingsBook].current.whole_addresses


def purpose_of(row: store.AnyRow) -> Purpose:
    """A purpose as its row holds it."""
    demands = tuple(map(Demand.read, row.demands))
    return Purpose(row.purpose, row.category, row.version, row.description, row.validity, demands)


def _same_number(one: Sender, other: Sender) -> bool:
    return one.phone == other.phone or (
        one.phone_number_id is not None and one.phone_number_id == other.phone_number_id
    )


async def _read(conn: Connection, tenant: UUID, zone: str | None, whole: bool) -> TenantSettings:
    purposes, notices, senders, channels = await store.load_settings(conn, tenant)
    return TenantSettings(
        zone=zone,
        whole_addresses=whole,
        purposes={row.purpose: row.category for row in purposes},
        versions={row.purpose: purpose_of(row) for row in purposes},  # in the order of their versions
        notices={(row.notice, row.version, row.locale): Published.of(row.sha256, row.text) for row in notices},
        senders={
            row.sender_id: Sender(
                row.sender_id,
                row.phone,
                row.country,
                row.phone_number_id,
                row.restricted,
                row.restricted_until,
                tuple(map(read_restriction, row.restrictions)),
                row.sandbox,
            )
            for row in senders
        },
        channels={row.channel_id: Channel(*row) for row in channels},
    )

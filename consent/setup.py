"""
Setting a tenant up: zone, purposes, notices, senders and channels, each an entry.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from typing import ClassVar
from uuid import UUID

from audit.entry import Json
from audit.instants import rfc3339_or_none
from audit.keys import seal
from audit.tenants import TenantBook
from audit.work import Idempotency, Work
from consent.errors import ChannelUnknown, MeaningUnknown, OverlapTooLong, TooManyChoices
from consent.numbers import country_of_number
from consent.proof.errors import LocaleUnusual, NoticeTooLong
from consent.proof.purposes import Demand, Purpose, checked
from consent.proof.wording import is_locale, placeholders
from consent.settings import Channel, Sender, SettingsBook
from consent.wording import impersonal


@dataclass(frozen=True, slots=True)
class StateZone:
    """The tenant says in which IANA zone its contacts are, unless more is known about one of them."""

    changes_settings: ClassVar[bool] = True
    tenant: UUID
    actor: str
    zone: str | None
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``tenant.zone_stated``."""
        work[SettingsBook].set_zone(self.zone)
        work.record("tenant.zone_stated", {"zone": self.zone})
        return {"zone": self.zone}


@dataclass(frozen=True, slots=True)
class DefinePurpose:
    """A purpose for which the tenant calls: its category, and since its newest version its validity and its proof."""

    changes_settings: ClassVar[bool] = True
    tenant: UUID
    actor: str
    purpose: str
    category: str
    description: str | None = None
    validity: str | None = None  # ISO 8601
    demands: tuple[Demand, ...] = ()
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """
        Records ``purpose.defined``; the same definition again changes nothing, another is the next version.

        Raises TextPersonal, ElementUnknown, PurposeCategory or TooManyPurposes.
        """
        if self.description is not None:
            impersonal(self.description, "/description")
        checked(self.demands, self.validity)
        wanted = Purpose(self.purpose, self.category, 1, self.description, self.validity, self.demands)
        made = work[SettingsBook].add_purpose(wanted)
        answer = purpose_json(made or work[SettingsBook].current.purpose(self.purpose))
        if made is not None:
            work.record("purpose.defined", answer)
        return answer


def purpose_json(purpose: Purpose) -> Mapping[str, Json]:
    """A purpose as entries and answers show it."""
    demands: list[Json] = [
        {"jurisdiction": each.jurisdiction, "elements": each.elements, "missing": each.missing}
        for each in purpose.demands
    ]
    return {
        "purpose": purpose.name,
        "category": purpose.category,
        "version": purpose.version,
        "description": purpose.description,
        "validity": purpose.validity,
        "proof": demands,
    }


@dataclass(frozen=True, slots=True)
class RuleEvidence:
    """The tenant says whether evidence keeps people's IP addresses whole, or the network alone."""

    changes_settings: ClassVar[bool] = True
    tenant: UUID
    actor: str
    whole_addresses: bool
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``tenant.evidence_ruled``, or nothing where that is so already."""
        facts: Mapping[str, Json] = {"ip": "whole" if self.whole_addresses else "network"}
        if work[SettingsBook].current.whole_addresses != self.whole_addresses:
            work[SettingsBook].keep_addresses(whole=self.whole_addresses)
            work.record("tenant.evidence_ruled", facts)
        return facts


LONGEST_NOTICE = 32 * 1024  # bytes, so that its entry holds it


@dataclass(frozen=True, slots=True)
class PublishNotice:
    """The words that people will be shown, in one version and locale; never changed afterwards."""

    changes_settings: ClassVar[bool] = True
    tenant: UUID
    actor: str
    notice: str
    version: int
    locale: str
    text: str
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``notice.published`` with the text and its SHA-256.  LocaleUnusual, NoticeTooLong or AlreadyDefined."""
        key, raw = (self.notice, self.version, self.locale), self.text.encode()
        digest = sha256(raw).digest()
        known = key in work[SettingsBook].current.notices
        if not known and not is_locale(self.locale):
            raise LocaleUnusual
        if not known and len(raw) > LONGEST_NOTICE:
            raise NoticeTooLong(LONGEST_NOTICE)
        work[SettingsBook].add_notice(key, self.text, digest)
        facts: Mapping[str, Json] = {
            "notice": self.notice,
            "version": self.version,
            "locale": self.locale,
            "sha256": digest.hex(),
        }
        if not known:
            work.record("notice.published", {**facts, "text": self.text})
        return {**facts, "variables": placeholders(self.text)}


@dataclass(frozen=True, slots=True)
class AddSender:
    """A business number that the tenant calls from; ``sandbox`` for a test number."""

    changes_settings: ClassVar[bool] = True
    tenant: UUID
    actor: str
    sender: str
    phone: str
    phone_number_id: str | None = None
    idempotency: Idempotency | None = None
    sandbox: bool = False

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``sender.added``; NotAPhoneNumber or AlreadyDefined when it cannot be."""
        country = country_of_number(self.phone)
        added = Sender(self.sender, self.phone, country, self.phone_number_id, sandbox=self.sandbox)
        work[SettingsBook].add_sender(added)
        facts: Mapping[str, Json] = {
            "sender": self.sender,
            "phone": self.phone,  # A business number is no personal data.
            "country": country,
            "phone_number_id": self.phone_number_id,
            "sandbox": self.sandbox,
        }
        work.record("sender.added", facts)
        return facts


@dataclass(frozen=True, slots=True)
class AddChannel:
    """A webhook channel with the secrets by which its deliveries are known."""

    changes_settings: ClassVar[bool] = True
    tenant: UUID
    actor: str
    channel: str
    app_secret: str
    verify_token: str
    kind: str = "whatsapp"  # or twilio, whose secret is the account's auth token; or generic
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``channel.added``, without the secrets."""
        key = work[TenantBook].ring[self.tenant].secrets
        work[SettingsBook].add_channel(
            Channel(
                self.channel,
                self.kind,
                seal(key, self.app_secret.encode(), secret_context(self.channel, "app_secret")),
                seal(key, self.verify_token.encode(), secret_context(self.channel, "verify_token")),
            )
        )
        work.record("channel.added", {"channel": self.channel, "kind": self.kind})
        return {"channel": self.channel}


LONGEST_OVERLAP = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class RotateChannelSecret:
    """
    A webhook channel's new app secret; the one before is believed beside it for ``overlap``, and none older.

    The verify token stays unless another is given: it is asked for only when somebody subscribes.
    """

    changes_settings: ClassVar[bool] = True
    tenant: UUID
    actor: str
    channel: str
    app_secret: str
    verify_token: str | None = None
    overlap: timedelta = timedelta(days=1)
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``channel.secret_rotated``, without the secrets.  Raises ChannelUnknown or OverlapTooLong."""
        if not timedelta() <= self.overlap <= LONGEST_OVERLAP:
            raise OverlapTooLong(LONGEST_OVERLAP)
        before = work[SettingsBook].current.channels.get(self.channel)
        if before is None:
            raise ChannelUnknown
        until = work.now + self.overlap if self.overlap else None
        book, key = work[SettingsBook], work[TenantBook].ring[self.tenant].secrets
        token = self.verify_token
        book.change_channel(
            replace(
                before,
                sealed_app_secret=seal(key, self.app_secret.encode(), secret_context(self.channel, "app_secret")),
                sealed_verify_token=before.sealed_verify_token
                if token is None
                else seal(key, token.encode(), secret_context(self.channel, "verify_token")),
                sealed_previous_app_secret=before.sealed_app_secret if until else None,
                previous_until=until,
            )
        )
        facts: Mapping[str, Json] = {"channel": self.channel, "previous_until": rfc3339_or_none(until)}
        work.record("channel.secret_rotated", facts)
        return facts


@dataclass(frozen=True, slots=True)
class EnableAnswers:
    """Has a channel answer people: confirm what they refuse, and help who asks; without a token it answers no more."""

    changes_settings: ClassVar[bool] = True
    tenant: UUID
    actor: str
    channel: str
    access_token: str | None
    contact_line: str | None = None
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``channel.answers_enabled`` or ``channel.answers_disabled``, without the token.  ChannelUnknown."""
        before = work[SettingsBook].current.channels.get(self.channel)
        if before is None:
            raise ChannelUnknown
        key, token = work[TenantBook].ring[self.tenant].secrets, self.access_token
        sealed = None if token is None else seal(key, token.encode(), secret_context(self.channel, "access_token"))
        work[SettingsBook].change_channel(replace(before, sealed_access_token=sealed, contact_line=self.contact_line))
        facts: Mapping[str, Json] = {"channel": self.channel, "contact_line": self.contact_line}
        work.record("channel.answers_disabled" if token is None else "channel.answers_enabled", facts)
        return {"channel": self.channel, "answers": token is not None}


MEANINGS = ("opt_out", "opt_out_marketing", "opt_in", "help", "none")
_MOST_CHOICES = 200


@dataclass(frozen=True, slots=True)
class NameChoices:
    """What the payloads of a channel's own buttons and list rows mean; it replaces what was said before."""

    changes_settings: ClassVar[bool] = True
    tenant: UUID
    actor: str
    channel: str
    choices: Mapping[str, str]  # payload → one of MEANINGS
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``channel.choices_named``.  ChannelUnknown, MeaningUnknown or TooManyChoices."""
        before = work[SettingsBook].current.channels.get(self.channel)
        if before is None:
            raise ChannelUnknown
        if unknown := sorted(set(self.choices.values()) - set(MEANINGS)):
            raise MeaningUnknown(unknown[0], MEANINGS)
        if len(self.choices) > _MOST_CHOICES:
            raise TooManyChoices(_MOST_CHOICES)
        named = tuple(f"{meaning} {payload}" for payload, meaning in sorted(self.choices.items()))
        work[SettingsBook].change_channel(replace(before, choices=named))
        facts: Mapping[str, Json] = {"channel": self.channel, "choices": dict(sorted(self.choices.items()))}
        work.record("channel.choices_named", facts)
        return facts


def secret_context(channel: str, name: str) -> bytes:
    """What a channel's sealed secret is bound to."""
    return f"venia/channel-secret/v1\n{channel}\n{name}".encode()

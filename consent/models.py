"""
The tables of people, what they agreed to, and what a tenant asks them for.

Consents, permissions and suppressions are histories: rows are only added, and the state in force is computed.
"""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)

import consent.joined.models
import consent.wish_models  # noqa: F401  The same.
from audit.models import Instant, metadata
from consent.proof.kinds import GIVERS, TRUSTS
from consent.proof.purposes import BY_PURPOSE, STATED

CATEGORIES = ("marketing", "service", "transactional", "collections", "survey", "emergency")
CHANNELS = ("whatsapp_call", "voice", "whatsapp_message", "sms", "email")
CHANNEL_KINDS = ("whatsapp", "twilio", "generic")
TECHNOLOGIES = ("live", "prerecorded", "ai_voice")


def _one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


tenant_settings = Table(
    "tenant_settings",
    metadata,
    Column("tenant_id", Uuid, nullable=False),
    Column("zone", Text),
    Column("revision", BigInteger, nullable=False),
    Column("whole_addresses", Boolean, nullable=False, server_default="false"),  # of people, in evidence
    PrimaryKeyConstraint("tenant_id"),
)

purposes = Table(
    "purposes",
    metadata,
    Column("tenant_id", Uuid, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("version", BigInteger, nullable=False, server_default="1"),
    Column("description", Text),
    Column("validity", Text),  # ISO 8601: for how long a consent to it is good
    Column("demands", ARRAY(Text), nullable=False, server_default="{}"),  # a place, what if it lacks, and elements
    PrimaryKeyConstraint("tenant_id", "purpose", "version"),
    CheckConstraint(_one_of("category", CATEGORIES), name="category"),
)

notices = Table(
    "notices",
    metadata,
    Column("tenant_id", Uuid, nullable=False),
    Column("notice", Text, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("locale", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("sha256", LargeBinary, nullable=False),
    PrimaryKeyConstraint("tenant_id", "notice", "version", "locale"),
    CheckConstraint("octet_length(sha256) = 32", name="sha256"),
)

controllers = Table(
    "controllers",
    metadata,
    Column("tenant_id", Uuid, nullable=False),
    Column("stated", Text, nullable=False),  # JSON, as its entry has it
    Column("event_id", Uuid, nullable=False),
    PrimaryKeyConstraint("tenant_id"),
)

senders = Table(
    "senders",
    metadata,
    Column("tenant_id", Uuid, nullable=False),
    Column("sender_id", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Column("country", Text),
    Column("phone_number_id", Text),
    Column("restricted", Boolean, nullable=False),
    Column("restricted_until", Instant),
    Column(
        "restrictions", ARRAY(Text), nullable=False, server_default="{}"
    ),  # a kind and its end, if one is known, each
    Column("sandbox", Boolean, nullable=False, server_default="false"),
    PrimaryKeyConstraint("tenant_id", "sender_id"),
    UniqueConstraint("tenant_id", "phone"),
    UniqueConstraint("tenant_id", "phone_number_id"),
)

channels = Table(
    "channels",
    metadata,
    Column("tenant_id", Uuid, nullable=False),
    Column("channel_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("sealed_app_secret", LargeBinary, nullable=False),
    Column("sealed_verify_token", LargeBinary, nullable=False),
    Column("sealed_previous_app_secret", LargeBinary),  # still believed, while the new one spreads
    Column("previous_until", Instant),
    Column("sealed_access_token", LargeBinary),
    Column("contact_line", Text),
    Column("choices", ARRAY(Text), nullable=False, server_default="{}"),  # a meaning and a payload each
    PrimaryKeyConstraint("tenant_id", "channel_id"),
    CheckConstraint(_one_of("kind", CHANNEL_KINDS), name="kind"),
    CheckConstraint("(sealed_previous_app_secret IS NULL) = (previous_until IS NULL)", name="previous"),
)

contacts = Table(
    "contacts",
    metadata,
    Column("tenant_id", Uuid, nullable=False),
    Column("contact_id", Uuid, nullable=False),
    Column("wrapped_key", LargeBinary, nullable=False),
    Column("zone", Text),
    Column("region", Text),
    Column("created_at", Instant, nullable=False),
    Column("key_version", Integer, nullable=False),  # of the tenant's data key that wraps this one
    Column("links_from", Instant),  # of the links to their own page, those issued before open nothing
    PrimaryKeyConstraint("tenant_id", "contact_id"),
    Index("contacts_key_idx", "tenant_id", "key_version", "contact_id"),
)

identifiers = Table(
    "identifiers",
    metadata,
    Column("tenant_id", Uuid, nullable=False),
    Column("identifier_id", Uuid, nullable=False),
    Column("contact_id", Uuid, nullable=False),
    Column("kind", Text, nullable=False),
    Column("blind_index", LargeBinary, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("region", Text),
    Column("zones", ARRAY(Text), nullable=False),
    Column("valid_from", Instant, nullable=False),
    Column("valid_to", Instant),
    Column("index_version", Integer, nullable=False),  # of the key of its blind index
    PrimaryKeyConstraint("tenant_id", "identifier_id"),
    CheckConstraint("kind IN ('phone', 'whatsapp_user_id', 'email')", name="kind"),
    CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="validity"),
    Index(
        "identifiers_in_use_key",
        "tenant_id",
        "kind",
        "blind_index",
        unique=True,
        postgresql_where=text("valid_to IS NULL"),
    ),
    Index("identifiers_contact_idx", "tenant_id", "contact_id"),
    Index("identifiers_key_idx", "tenant_id", "index_version", "identifier_id"),
)

tombstones = Table(
    "tombstones",
    metadata,
    Column("tenant_id", Uuid, nullable=False),
    Column("tombstone_id", Uuid, nullable=False),
    Column("kind", Text, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("purposes", ARRAY(Text)),
    Column("categories", ARRAY(Text)),
    Column("channels", ARRAY(Text)),
    Column("sender_id", Text),
    Column("until", Date, nullable=False),  # only what the person says from this day on lifts it
    PrimaryKeyConstraint("tenant_id", "tombstone_id"),
    CheckConstraint("octet_length(digest) = 32", name="digest"),
    Index("tombstones_digest_idx", "tenant_id", "kind", "digest"),
)

legal_holds = Table(
    "legal_holds",
    metadata,
    Column("tenant_id", Uuid, nullable=False),
    Column("legal_hold_id", Uuid, nullable=False),
    Column("contact_id", Uuid),  # none: everything of the tenant
    Column("matter", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("review_on", Date, nullable=False),
    Column("placed_at", Instant, nullable=False),
    Column("placed_by", Text, nullable=False),
    Column("reviewed_at", Instant),
    Column("reviewed_by", Text),
    Column("lifted_at", Instant),
    Column("lifted_by", Text),
    Column("lifted_because", Text),
    Column("event_id", Uuid, nullable=False),
    PrimaryKeyConstraint("tenant_id", "legal_hold_id"),
    CheckConstraint(
        "(lifted_at IS NULL) = (lifted_by IS NULL) AND (lifted_at IS NULL) = (lifted_because IS NULL)", name="lifted"
    ),
    CheckConstraint("(reviewed_at IS NULL) = (reviewed_by IS NULL)", name="reviewed"),
    Index("legal_holds_open_idx", "tenant_id", "contact_id", postgresql_where=text("lifted_at IS NULL")),
)

retention_rules = Table(
    "retention_rules",
    metadata,
    Column("tenant_id", Uuid, nullable=False),
    Column("kind", Text, nullable=False),
    Column("days", Integer, nullable=False),
    Column("event_id", Uuid, nullable=False),
    PrimaryKeyConstraint("tenant_id", "kind"),
    CheckConstraint("days >= 1", name="days"),
)

consents = Table(
    "consents",
    metadata,
    Column("tenant_id", Uuid, nullable=False),
    Column("consent_id", Uuid, nullable=False),
    Column("contact_id", Uuid, nullable=False),
    Column("state", Text, nullable=False),
    Column("purpose", Text),
    Column("channel", Text),
    Column("sender_id", Text),
    Column("technology", ARRAY(Text)),
    Column("given_at", Instant, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("expires_at", Instant),
    Column("method", Text, nullable=False),
    Column("basis", Text),
    Column("jurisdiction", Text),
    Column("event_id", Uuid, nullable=False),
    Column("purpose_version", BigInteger),
    Column("notice", Text),
    Column("notice_version", BigInteger),
    Column("notice_locale", Text),
    Column("proof", ARRAY(Text)),  # the kinds of evidence given; none where its entry names none
    Column("trust", Text),  # of the credential that wrote it
    Column("giver", Text),
    Column("expires_by", Text),  # who gave it its end: the caller, or the purpose
    Column("confirm_by", Instant),
    Column("confirms", Uuid),
    Column("renew_at", Instant),
    Column("supersedes", Uuid),
    Column("token_digest", LargeBinary),  # SHA-256 of what confirms it
    PrimaryKeyConstraint("tenant_id", "consent_id"),
    CheckConstraint(_one_of("state", ("pending", "granted", "refused", "withdrawn")), name="state"),
    CheckConstraint(_one_of("channel", CHANNELS), name="channel"),
    CheckConstraint("state IN ('refused', 'withdrawn') OR purpose IS NOT NULL", name="purpose"),
    CheckConstraint(_one_of("trust", TRUSTS), name="trust"),
    CheckConstraint(_one_of("giver", GIVERS), name="giver"),
    CheckConstraint(_one_of("expires_by", (STATED, BY_PURPOSE)), name="expires_by"),
    CheckConstraint("confirm_by IS NULL OR state = 'pending'", name="confirm_by"),
    CheckConstraint("confirms IS NULL OR state = 'granted'", name="confirms"),
    Index("consents_contact_idx", "tenant_id", "contact_id"),
    Index("consents_token_idx", "tenant_id", "token_digest", postgresql_where=text("token_digest IS NOT NULL")),
)

permissions = Table(
    "permissions",
    metadata,
    Column("tenant_id", Uuid, nullable=False),
    Column("permission_id", Uuid, nullable=False),
    Column("contact_id", Uuid, nullable=False),
    Column("sender_id", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("expires_at", Instant),
    Column("automatic", Boolean, nullable=False),
    Column("event_id", Uuid, nullable=False),
    PrimaryKeyConstraint("tenant_id", "permission_id"),
    CheckConstraint(
        _one_of("state", ("temporary", "permanent", "declined", "revoked", "calls_limited", "requests_limited")),
        name="state",
    ),
    CheckConstraint(
        f"({_one_of('state', ('temporary', 'calls_limited', 'requests_limited'))}) = (expires_at IS NOT NULL)",
        name="expiry",
    ),
    Index("permissions_contact_idx", "tenant_id", "contact_id"),
)

suppressions = Table(
    "suppressions",
    metadata,
    Column("tenant_id", Uuid, nullable=False),
    Column("suppression_id", Uuid, nullable=False),
    Column("contact_id", Uuid, nullable=False),
    Column("state", Text, nullable=False),
    Column("purposes", ARRAY(Text)),
    Column("categories", ARRAY(Text)),
    Column("channels", ARRAY(Text)),
    Column("sender_id", Text),
    Column("lifts", Uuid),
    Column("at", Instant, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("method", Text, nullable=False),
    Column("event_id", Uuid, nullable=False),
    Column("until", Instant),  # the end that the person gave
    PrimaryKeyConstraint("tenant_id", "suppression_id"),
    CheckConstraint(_one_of("state", ("set", "lifted")), name="state"),
    CheckConstraint("lifts IS NULL OR state = 'lifted'", name="lifts"),
    CheckConstraint("until IS NULL OR state = 'set'", name="until"),
    Index("suppressions_contact_idx", "tenant_id", "contact_id"),
)

reviews = Table(
    "reviews",
    metadata,
    Column("tenant_id", Uuid, nullable=False),
    Column("review_id", Uuid, nullable=False),
    Column("contact_id", Uuid, nullable=False),
    Column("suppression_id", Uuid, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("event_id", Uuid, nullable=False),
    Column("settled_at", Instant),
    Column("verdict", Text),
    PrimaryKeyConstraint("tenant_id", "review_id"),
    CheckConstraint(_one_of("verdict", ("opt_out", "opt_out_partial", "opt_in", "none")), name="verdict"),
    CheckConstraint("(settled_at IS NULL) = (verdict IS NULL)", name="settled"),
    Index("reviews_open_idx", "tenant_id", "asked_at", postgresql_where=text("settled_at IS NULL")),
)

outbox = Table(
    "outbox",
    metadata,
    Column("tenant_id", Uuid, nullable=False),
    Column("message_id", Uuid, nullable=False),
    Column("contact_id", Uuid, nullable=False),
    Column("channel_id", Text, nullable=False),
    Column("phone_number_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("send_by", Instant, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_at", Instant),
    Column("hold_id", Uuid),  # of a permission request: what it rests on
    Column("template", Text),  # of a permission request outside the customer's window
    Column("event_id", Uuid, nullable=False),
    PrimaryKeyConstraint("tenant_id", "message_id"),
    CheckConstraint(_one_of("kind", ("confirmation", "help", "permission_request")), name="kind"),
    CheckConstraint("(hold_id IS NULL) = (kind <> 'permission_request')", name="hold"),
    CheckConstraint(_one_of("state", ("waiting", "sending", "sent", "failed", "lapsed")), name="state"),
    CheckConstraint("(next_at IS NULL) = (state NOT IN ('waiting', 'sending'))", name="next"),
    Index("outbox_contact_idx", "tenant_id", "contact_id", "asked_at"),
    Index("outbox_due_idx", "next_at", postgresql_where=text("next_at IS NOT NULL")),
)

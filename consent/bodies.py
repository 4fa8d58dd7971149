"""
The bodies in which callers say that a person agreed, or took it back: one by one, or many in a file.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, HttpUrl, IPvAnyAddress, model_validator

from audit.entry import Json
from audit.work import Idempotency
from consent.edge import Channel, ContactBody, Moment, Name, SenderBody, Strict, Technology
from consent.proof.kinds import SYSTEM
from consent.proof.said import Giver, Notice
from consent.requests import RecordConsent, WithdrawConsent

NOWHERE_ELSE: Mapping[str, Json] = MappingProxyType({})
Method = Literal[
    "web_form",
    "whatsapp_message",
    "whatsapp_button",
    "whatsapp_call",
    "sms",
    "email",
    "inbound_call",
    "outbound_call",
    "keypress",
    "paper",
    "agent",
    "api",
    "import",
]
Channels = Annotated[list[Channel], Field(min_length=1, max_length=5)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Variable = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
Value = Annotated[str, Field(max_length=1024)]
_LONGEST_RECORDING = 24 * 60 * 60 * 1000


def _live() -> list[Technology]:
    return ["live"]


class NoticeBody(Strict):
    """The words the person saw: a published notice."""

    id: Name
    version: int = Field(ge=1, le=1_000_000)
    locale: str = Field(min_length=2, max_length=35, pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$")
    variables: dict[Variable, Value] = Field(
        default={}, max_length=50, description="What each placeholder was filled with."
    )
    sha256: Sha256 | None = Field(
        default=None, description="Of the text as it was shown; another than ours is refused."
    )

    def notice(self) -> Notice:
        """The notice so named."""
        return Notice(self.id, self.version, self.locale, self.variables, self.sha256)


class GiverBody(Strict):
    """Who agreed: the person, or somebody for them; relation and name are personal, and stored as such."""

    kind: Literal["self", "delegate", "guardian"]
    relation: str | None = Field(default=None, min_length=1, max_length=64, examples=["mother"])
    name: str | None = Field(default=None, min_length=1, max_length=200)

    @model_validator(mode="after")
    def _of_somebody_else(self) -> "GiverBody":
        if self.kind == "self" and (self.relation or self.name):
            raise ValueError("a person who agrees for themselves has no relation and no other name")
        return self

    def giver(self) -> Giver:
        """Who that is."""
        return Giver(self.kind, self.relation, self.name)


class EvidenceBody(Strict):
    """What proves the act; all of it personal, and stored as such."""

    page_url: HttpUrl | None = None
    ip: IPvAnyAddress | None = None
    user_agent: str | None = Field(default=None, max_length=1024)
    message_id: str | None = Field(default=None, max_length=512)
    in_reply_to: str | None = Field(default=None, max_length=512)
    call_id: str | None = Field(default=None, max_length=512)
    recording_sha256: Sha256 | None = None
    recording_start_ms: int | None = Field(default=None, ge=0, le=_LONGEST_RECORDING)
    recording_end_ms: int | None = Field(default=None, ge=1, le=_LONGEST_RECORDING)
    certificate_url: HttpUrl | None = None
    key: str | None = Field(default=None, pattern=r"^[0-9*#]$", description="The key pressed.")
    text: str | None = Field(default=None, max_length=4096)
    files: list[Sha256] | None = Field(default=None, max_length=20, description="The SHA-256 of files uploaded before.")

    def fields(self) -> Mapping[str, Json]:
        """The fields given, as text."""
        return {name: value if name == "files" else str(value) for name, value in self if value is not None}


class ConsentBody(Strict):
    """One act of consent."""

    contact: ContactBody
    purpose: Name
    channels: Channels
    sender: SenderBody | None = None
    technology: Annotated[list[Technology], Field(min_length=1, max_length=3, default_factory=_live)]
    given_at: Moment
    expires_at: Moment | None = None
    double_opt_in: bool = False
    confirm_by: Moment | None = Field(default=None, description="Of a double opt-in: until when; 48 hours unless said.")
    renew_at: Moment | None = Field(default=None, description="When to ask anew; 30 days before the end unless said.")
    method: Method
    basis: str | None = Field(default=None, max_length=64, pattern=r"^[a-z][a-z_]*$", examples=["opt_in"])
    jurisdiction: str | None = Field(default=None, pattern=r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$")
    notice: NoticeBody | None = None
    evidence: EvidenceBody = EvidenceBody()
    giver: GiverBody = GiverBody(kind="self")

    def request(
        self,
        tenant: UUID,
        actor: str,
        once: Idempotency | None = None,
        *,
        trust: str = SYSTEM,
        source: Mapping[str, Json] = NOWHERE_ELSE,
        token_digest: bytes | None = None,
    ) -> RecordConsent:
        """What is asked by it; ``trust`` is that of whoever asks, ``source`` where it was read, as its entry says it."""
        return RecordConsent(
            tenant=tenant,
            actor=actor,
            contact=self.contact.reference(),
            purpose=self.purpose,
            channels=unique(self.channels),
            technology=unique(self.technology),
            given_at=self.given_at,
            method=self.method,
            sender=self.sender.reference() if self.sender else None,
            expires_at=self.expires_at,
            double_opt_in=self.double_opt_in,
            basis=self.basis,
            jurisdiction=self.jurisdiction,
            notice=self.notice.notice() if self.notice else None,
            evidence=self.evidence.fields(),
            idempotency=once,
            giver=self.giver.giver(),
            trust=trust,
            source=source,
            confirm_by=self.confirm_by,
            renew_at=self.renew_at,
            token_digest=token_digest,
        )


class ScopeBody(Strict):
    """How far a withdrawal reaches; null is all."""

    purposes: Annotated[list[Name], Field(min_length=1, max_length=100)] | None = None
    channels: Channels | None = None
    sender: SenderBody | None = None


class WithdrawalBody(Strict):
    """One act of taking consent back."""

    contact: ContactBody
    scope: ScopeBody = ScopeBody()
    withdrawn_at: Moment
    method: Method
    evidence: EvidenceBody = EvidenceBody()

    def request(
        self,
        tenant: UUID,
        actor: str,
        once: Idempotency | None = None,
        *,
        source: Mapping[str, Json] = NOWHERE_ELSE,
    ) -> WithdrawConsent:
        """What is asked by it; ``source`` is where it was read."""
        return WithdrawConsent(
            tenant=tenant,
            actor=actor,
            contact=self.contact.reference(),
            purposes=unique(self.scope.purposes) if self.scope.purposes else None,
            channels=unique(self.scope.channels) if self.scope.channels else None,
            sender=self.scope.sender.reference() if self.scope.sender else None,
            withdrawn_at=self.withdrawn_at,
            method=self.method,
            evidence=self.evidence.fields(),
            idempotency=once,
            source=source,
        )


def unique(values: list[str] | list[Channel] | list[Technology]) -> tuple[str, ...]:
    """Each of them once, in their order."""
    return tuple(dict.fromkeys(values))

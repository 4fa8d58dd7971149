"""
Everything that can be set, read once from the VENIA_ variables and passed around.

``read_settings`` is the only place that looks at the environment, and it looks at the mapping it is given: building
``Settings`` directly takes the defaults and reads nothing.
"""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from server.errors import SettingsInvalid
from server.key_providers import Configured
from server.setting_kinds import (
    JwtIssuer,
    PreviousSigningSecret,
    from_base64,
    from_json,
    is_address,
    is_file,
    key_of_32_bytes,
    lowered,
    origin,
    postgresql,
)

PREFIX = "VENIA_"


class Settings(BaseSettings):
    """One field per variable; the description is what docs/settings.md and the command line print."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid", hide_input_in_errors=True)

    home: Path = Field(
        default=Path(".venia"), description="Directory for the embedded database, key files and the guard."
    )
    host: str = Field(default="127.0.0.1", min_length=1, description="Address to listen on.")
    port: int = Field(default=8000, ge=1, le=65535, description="TCP port to listen on.")
    public_url: Annotated[str, AfterValidator(origin)] | None = Field(
        default=None,
        description="Address under which callers reach the service, as https://pdp.example; unset means where it listens. "
        "Tells AuthZEN's clients where to ask; once set, confirmations carry a link to the person's own page.",
    )
    link_days: int = Field(
        default=30,
        ge=1,
        le=3_650,
        description="Days for which a link to a person's own page works, where nothing else is asked.",
    )
    workers: int = Field(default=1, ge=1, le=256, description="Number of server processes.")
    database_url: Annotated[str, AfterValidator(postgresql)] | None = Field(
        default=None,
        repr=False,
        description="PostgreSQL 15 or newer, as postgresql://…; unset starts the embedded one.",
    )
    deployment: str = Field(
        default="venia.local",
        max_length=128,
        pattern=r"^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$",
        description="Domain name that begins the origin of every log; never change it once a log exists.",
    )
    kek: Annotated[bytes, BeforeValidator(from_base64), AfterValidator(key_of_32_bytes)] | None = Field(
        default=None,
        repr=False,
        description="Key-encryption key, 32 bytes in base64; unset keeps one in a file under home.",
    )
    kek_provider: Annotated[Configured, BeforeValidator(from_json)] | None = Field(
        default=None,
        repr=False,
        description="JSON object that says where the key-encryption key is, instead of VENIA_KEK: "
        '`{"provider": "aws-kms", "key": "<arn>"}`, `{"provider": "pkcs11", "module", "token", "label", "pin_file"}` '
        'or `{"provider": "local", "file"}`.',
    )
    kek_previous: Annotated[tuple[Configured, ...], BeforeValidator(from_json)] = Field(
        default=(),
        repr=False,
        description="JSON list of earlier providers, as for VENIA_KEK_PROVIDER, that open what they wrapped until "
        "`venia rotate kek` has had the current one wrap it.",
    )
    signing_secret: Annotated[bytes, BeforeValidator(from_base64), AfterValidator(key_of_32_bytes)] | None = Field(
        default=None,
        repr=False,
        description="Secret that the keys of the logs derive from, 32 bytes in base64; unset keeps one in a file under "
        "home. Only the checkpointer and the command line need it.",
    )
    signing_secret_previous: Annotated[tuple[PreviousSigningSecret, ...], BeforeValidator(from_json)] = Field(
        default=(),
        repr=False,
        description='JSON list of earlier signing secrets, `{"secret": "<base64>", "until": "2026-12-01T00:00:00Z"}`, each '
        "signing beside the current one until its moment; `venia rotate signing` tells the logs.",
    )
    token_secret: Annotated[bytes, BeforeValidator(from_base64), AfterValidator(key_of_32_bytes)] | None = Field(
        default=None,
        repr=False,
        description="Secret that the key of decision tokens derives from, 32 bytes in base64; unset keeps one in a file "
        "under home. Every server process needs it, and it must be no other secret of Venia.",
    )
    token_secret_previous: Annotated[tuple[PreviousSigningSecret, ...], BeforeValidator(from_json)] = Field(
        default=(),
        repr=False,
        description='JSON list of earlier token secrets, `{"secret": "<base64>", "until": "2026-12-01T00:00:00Z"}`; the '
        "current one is published at once, and signs from the last of these moments on.",
    )
    receipt_secret: Annotated[bytes, BeforeValidator(from_base64), AfterValidator(key_of_32_bytes)] | None = Field(
        default=None,
        repr=False,
        description="Secret that the key of consent receipts derives from, 32 bytes in base64; unset keeps one in a file "
        "under home. Every server process needs it, and it must be no other secret of Venia.",
    )
    receipt_secret_previous: Annotated[tuple[PreviousSigningSecret, ...], BeforeValidator(from_json)] = Field(
        default=(),
        repr=False,
        description='JSON list of earlier secrets of receipts, `{"secret": "<base64>", "until": "2026-12-01T00:00:00Z"}`; keep '
        "them for as long as receipts that they signed are to be checked.",
    )
    guard: Path | None = Field(
        default=None,
        description="File that remembers what was signed; unset means guard.sqlite3 under home. Keep it on another disk "
        "than the database, and out of the database's backups.",
    )
    checkpointer: Annotated[Literal["on", "off"], BeforeValidator(lowered)] = Field(
        default="on",
        description="on runs the checkpointer beside the server; off if `venia checkpoint --follow` runs elsewhere.",
    )
    heartbeat_minutes: int = Field(
        default=60,
        ge=1,
        le=10_080,
        description="Minutes after which an idle meta-log is signed again, as a sign of life.",
    )
    exports: Path | None = Field(
        default=None,
        description="Folder for the files of exports, which all processes must reach; unset means exports under home.",
    )
    report_certificate: Annotated[Path, AfterValidator(is_file)] | None = Field(
        default=None,
        description="PEM file of the certificate that signs reports (pdf), with those above it; unset means a self-signed "
        "one of the deployment's own, under home.",
    )
    report_key: Annotated[Path, AfterValidator(is_file)] | None = Field(
        default=None, description="PEM file of its key, readable by its owner only."
    )
    exports_kept_hours: int = Field(
        default=168, ge=1, le=8_760, description="Hours for which the file of an export is kept."
    )
    witness_policy: Annotated[Path, AfterValidator(is_file)] | None = Field(
        default=None,
        description="File of a C2SP tlog-policy: witnesses with their addresses, the quorum, and by `log` lines which "
        "logs they see besides the meta-log.",
    )
    timestamp_url: Annotated[str, AfterValidator(is_address)] | None = Field(
        default=None, description="Address of an RFC 3161 authority that dates the meta-log each hour, and each bundle."
    )
    graph_url: Annotated[str, AfterValidator(origin)] = Field(
        default="https://graph.facebook.com/v23.0",
        description="Address of WhatsApp's Cloud API with its version, through which channels answer people.",
    )
    outbox_doubt_seconds: int = Field(
        default=60,
        ge=1,
        le=240,
        description="Seconds for which a message that may have been sent waits for the vendor's word before it is tried again.",
    )
    loopback_subscribers: bool = Field(
        default=False,
        description="true lets subscriptions send events to this machine, also without TLS: for tests and development.",
    )
    queue_size: int = Field(
        default=8192, ge=1, description="Writes that may wait for the journal before callers get 503."
    )
    batch_size: int = Field(default=1024, ge=1, le=1024, description="Most writes in one transaction.")
    jwt_issuers: Annotated[tuple[JwtIssuer, ...], BeforeValidator(from_json)] = Field(
        default=(),
        description="JSON list of OAuth 2 issuers whose JWT are accepted, each with issuer, audience, jwks (path or "
        "address) and, if wanted, tenant_claim, scope_claim and algorithms. Each is believed for any tenant it names.",
    )
    credential_cache_seconds: float = Field(
        default=2.0,
        ge=0,
        le=60,
        description="Longest time for which a revoked credential may still be accepted, in seconds.",
    )
    log_level: Annotated[Literal["debug", "info", "warning", "error"], BeforeValidator(lowered)] = Field(
        default="info", description="Least severity written: debug, info, warning or error."
    )
    log_format: Annotated[Literal["json", "console"], BeforeValidator(lowered)] = Field(
        default="json", description="json, one object per line, or console, for people."
    )
    max_body_bytes: int = Field(
        default=1_048_576, ge=1024, description="Largest body of a request in bytes, where a route says nothing else."
    )
    demo: bool = Field(
        default=False, description="true seeds the demo tenant at start and writes demo.json under home."
    )

    @model_validator(mode="after")
    def _fit_together(self) -> "Settings":
        if self.signing_secret_previous and self.signing_secret is None:
            raise ValueError("VENIA_SIGNING_SECRET_PREVIOUS needs VENIA_SIGNING_SECRET: key files know their own.")
        if self.token_secret_previous and self.token_secret is None:
            raise ValueError("VENIA_TOKEN_SECRET_PREVIOUS needs VENIA_TOKEN_SECRET: key files know their own.")
        if self.receipt_secret_previous and self.receipt_secret is None:
            raise ValueError("VENIA_RECEIPT_SECRET_PREVIOUS needs VENIA_RECEIPT_SECRET: key files know their own.")
        for name, own, others in (
            ("TOKEN", self._token_secrets, self._receipt_secrets | self._other_secrets),
            ("RECEIPT", self._receipt_secrets, self._token_secrets | self._other_secrets),
        ):
            if not own.isdisjoint(others):
                raise ValueError(
                    f"VENIA_{name}_SECRET is another secret of Venia: make one of its own with `openssl rand -base64 32`."
                )
        if self.kek is not None and self.kek_provider is not None:
            raise ValueError(
                "VENIA_KEK and VENIA_KEK_PROVIDER both name a key: keep one, and VENIA_KEK_PREVIOUS for others."
            )
        if (self.report_certificate is None) != (self.report_key is None):
            raise ValueError("VENIA_REPORT_CERTIFICATE and VENIA_REPORT_KEY belong together: set both, or neither.")
        if self.batch_size > self.queue_size:
            raise ValueError("VENIA_BATCH_SIZE must not exceed VENIA_QUEUE_SIZE: lower the one or raise the other.")
        issuers = [each.issuer for each in self.jwt_issuers]
        if len(set(issuers)) != len(issuers):
            raise ValueError("VENIA_JWT_ISSUERS names an issuer twice: keep one entry for each.")
        return self

    @property
    def _token_secrets(self) -> set[bytes | None]:
        return {self.token_secret, *(each.secret for each in self.token_secret_previous)} - {None}

    @property
    def _receipt_secrets(self) -> set[bytes | None]:
        return {self.receipt_secret, *(each.secret for each in self.receipt_secret_previous)} - {None}

    @property
    def _other_secrets(self) -> set[bytes | None]:
        return {self.signing_secret, *(each.secret for each in self.signing_secret_previous), self.kek}

    @property
    def address(self) -> str:
        """The address under which callers reach the service, without a slash at its end."""
        return self.public_url or f"http://{self.host}:{self.port}"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what the caller passes counts, so that a test or a tool never depends on the shell it runs in."""
        return (init_settings,)


def read_settings(environ: Mapping[str, str]) -> Settings:
    """
    The settings that the VENIA_ variables ask for.

    Raises :class:`SettingsInvalid` with every mistake at once: a wrong value, an empty one (more often a secret that
    failed to arrive than a wish) and a name that is no setting, for a typo must not silently do nothing.
    """
    given = {name: value for name, value in environ.items() if name.upper().startswith(PREFIX)}
    fields = {PREFIX + field.upper(): field for field in Settings.model_fields}
    problems = [_unknown(name, fields) for name in given if name not in fields]
    known = {name: value for name, value in given.items() if name in fields}
    problems += [f"{name} is empty: give it a value or unset it." for name, value in known.items() if not value]
    values = {fields[name]: value for name, value in known.items() if value}
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        raise SettingsInvalid([*problems, *map(_sentence, error.errors(include_input=False))]) from None
    if problems:
        raise SettingsInvalid(problems)
    return settings


@dataclass(frozen=True, slots=True)
class Described:
    """One row of the documentation."""

    variable: str
    default: str
    meaning: str


def describe() -> Iterator[Described]:
    """Every variable with its default and meaning, in the order of the fields."""
    for name, field in Settings.model_fields.items():
        yield Described(PREFIX + name.upper(), _written(field.default), field.description or "")


def settings_page() -> str:
    """The text of docs/settings.md."""
    rows = "\n".join(f"| `{row.variable}` | {row.default} | {row.meaning} |" for row in describe())
    return f"""# Settings

Venia reads these environment variables once, when it starts. A wrong value, an empty one or an unknown `{PREFIX}`
name stops the start with a sentence that says what to change.

| variable | default | meaning |
|---|---|---|
{rows}
"""


def _written(default: object) -> str:
    if default is None or default == ():
        return "unset"
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


def _unknown(name: str, fields: Mapping[str, str]) -> str:
    near = difflib.get_close_matches(name.upper(), fields, n=1)
    return f"{name} is not a setting: " + (f"did you mean {near[0]}?" if near else "unset it.")


def _sentence(error: ErrorDetails) -> str:
    message = error["msg"].removeprefix("Value error, ")
    if not error["loc"]:
        return message
    field = str(error["loc"][0])
    inside = ".".join(map(str, error["loc"][1:]))
    where = f"{PREFIX}{field.upper()}" + (f" at {inside}" if inside else "")
    return f"{where} is wrong: {message[:1].lower()}{message[1:]}. {Settings.model_fields[field].description}"

"""
``venia channel``: webhook channels, and the secrets by which their deliveries are known.

Secrets come from standard input, a line each, never from an argument that other users of the machine can read.
"""

import secrets
import sys
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import typer

from audit.instants import rfc3339_or_none
from audit.work import Work
from consent.settings import Channel, SettingsBook
from consent.setup import MEANINGS, AddChannel, EnableAnswers, NameChoices, RotateChannelSecret
from server.channels.routes import channel_id
from server.channels.standard_webhooks import is_secret, new_secret
from server.service import clock
from server.terminal import ACTOR, AsJson, TenantId, fail, show, show_all, with_service


class Kind(StrEnum):
    """The kinds of channels."""

    WHATSAPP = "whatsapp"
    TWILIO = "twilio"
    GENERIC = "generic"


_SECRETS = {Kind.WHATSAPP: "app secret", Kind.TWILIO: "auth token", Kind.GENERIC: "webhook secret"}

app = typer.Typer(no_args_is_help=True, help="Webhook channels and their secrets.")


@dataclass(frozen=True, slots=True)
class Channels:
    """The webhook channels of a tenant."""

    tenant: UUID
    contacts = ()

    def look(self, work: Work) -> list[Channel]:
        """All of them, by id."""
        return sorted(work[SettingsBook].current.channels.values(), key=lambda each: each.id)


@app.command("add")
def add(
    tenant: TenantId,
    kind: Annotated[Kind, typer.Option(help="whatsapp, twilio or generic.")] = Kind.WHATSAPP,
    generate: Annotated[
        bool, typer.Option("--generate", help="Make a generic channel's secret, and print it.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """
    Adds a channel; its secret is read from standard input: WhatsApp's app secret, Twilio's auth token, a webhook's secret.

    WhatsApp's verify token, and a secret that was made here, are printed this once.
    """
    if generate and kind != Kind.GENERIC:
        fail("only a generic channel's secret can be made here: the others are their vendor's.")
    app_secret, token = new_secret() if generate else _secret(_SECRETS[kind]), secrets.token_urlsafe(24)
    if kind == Kind.GENERIC:
        _refuse_malformed(app_secret)
    _, known = with_service(lambda service: service.reader.read(Channels(tenant)))
    channel = channel_id(tenant, 1 + max((int(each.id.rpartition("-")[2]) for each in known), default=0), kind)
    _, written = with_service(
        lambda service: service.journal.write(AddChannel(tenant, ACTOR, channel, app_secret, token, kind.value))
    )
    shown = {"verify_token": token} if kind == Kind.WHATSAPP else {"secret": app_secret} if generate else {}
    show({**written.answer, "path": f"/webhooks/{kind.value}/{channel}", **shown}, as_json=as_json)


@app.command("list")
def list_all(tenant: TenantId, as_json: AsJson = False) -> None:
    """Lists a tenant's channels, never their secrets."""
    _, channels = with_service(lambda service: service.reader.read(Channels(tenant)))
    now = clock()
    show_all(
        [
            {
                "channel": each.id,
                "kind": each.kind,
                "answers": each.sealed_access_token is not None,
                "previous_secret_until": rfc3339_or_none(each.previous_until)
                if len(each.sealed_secrets(now)) > 1
                else None,
            }
            for each in channels
        ],
        as_json=as_json,
    )


@app.command("rotate")
def rotate(
    tenant: TenantId,
    channel: str,
    overlap_hours: Annotated[float, typer.Option(min=0, max=168, help="Hours for which the old one is believed.")] = 24,
    as_json: AsJson = False,
) -> None:
    """Gives a channel a new app secret, read from standard input; deliveries signed with the old one pass meanwhile."""
    secret = _secret()
    if channel.startswith("gn-"):
        _refuse_malformed(secret)
    request = RotateChannelSecret(tenant, ACTOR, channel, secret, overlap=timedelta(hours=overlap_hours))
    _, written = with_service(lambda service: service.journal.write(request))
    show(dict(written.answer), as_json=as_json)


@app.command("answer")
def answer(
    tenant: TenantId,
    channel: str,
    contact: Annotated[
        str | None, typer.Option(help="A line for who asks for help: who you are, how to reach you.")
    ] = None,
    off: Annotated[bool, typer.Option("--off", help="Answer nobody any more.")] = False,
    as_json: AsJson = False,
) -> None:
    """
    Has a channel answer people: one confirmation of an opt-out, help for who asks; its access token is read from standard input.
    """
    token = None if off else _secret("access token")
    request = EnableAnswers(tenant, ACTOR, channel, token, contact)
    _, written = with_service(lambda service: service.journal.write(request))
    show(dict(written.answer), as_json=as_json)


def _refuse_malformed(secret: str) -> None:
    if not is_secret(secret):
        fail("a generic channel's secret is whsec_ and 24 to 64 bytes in base64 (Standard Webhooks).")


@app.command("choices")
def choices(
    tenant: TenantId,
    channel: str,
    named: Annotated[
        list[str] | None, typer.Option("--is", help=f"PAYLOAD=MEANING, repeatable: {', '.join(MEANINGS)}.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Says what the payloads of a channel's own buttons and list rows mean, instead of what was said before."""
    pairs = [each.rpartition("=") for each in named or []]
    if broken := next((each for each in pairs if not each[0]), None):
        fail(f"{broken[2]!r} names no meaning: write PAYLOAD=MEANING, as OPT_OUT_CALLS=opt_out.")
    request = NameChoices(tenant, ACTOR, channel, {payload: meaning for payload, _, meaning in pairs})
    _, written = with_service(lambda service: service.journal.write(request))
    show(dict(written.answer), as_json=as_json)


def _secret(name: str = "app secret") -> str:
    if sys.stdin.isatty():
        return str(typer.prompt(name.capitalize(), hide_input=True))
    secret = sys.stdin.readline().strip()
    if not secret:
        fail(f"give the {name} on standard input.")
    return secret

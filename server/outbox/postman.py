"""
Whoever sends what waits in the outbox.

Any number may run: the journal says who tries which message.  One that is killed between two steps leaves a message whose
fate is unknown; it is tried again only after the vendor has been silent about it for a while.
"""

import asyncio
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import cast
from uuid import UUID

import httpx
import structlog

from audit.entry import Json
from audit.errors import JournalUnavailable, OutcomeUnknown
from audit.faults import in_words
from audit.keys import unseal
from audit.work import Request
from consent.links.requests import link_of
from consent.outbox.due import read_due
from consent.outbox.messages import Kind
from consent.outbox.requests import BeginSending, NoteRefused, NoteSent
from consent.outbox.texts import text_of
from consent.platform_codes import PERMANENT_ALREADY
from consent.settings import Channel
from consent.setup import secret_context
from server.channels.routes import FindChannel
from server.outbox.graph import Address, NotTaken, Outcome, Outgoing, Taken, Unknown, send
from server.outbox.reading import read_permission
from server.page.links import page_of
from server.service import Service, clock, running
from server.settings import Settings

_AT_ONCE = 20
_TRIES, _PAUSE = 5, 1.0  # of telling the journal what became of a message
_ACTOR = "outbox"
_log = structlog.get_logger("outbox")


class Postman:
    """Sends the messages of every tenant of one database."""

    def __init__(self, service: Service, client: httpx.AsyncClient, *, graph: str, doubt: timedelta) -> None:
        """``graph`` is the API's address with its version; ``doubt`` is for how long a message's fate may be unknown."""
        self._service = service
        self._client = client
        self._graph = graph
        self._doubt = doubt

    async def run_due(self, now: datetime) -> int:
        """
        Tries every message that may be tried at ``now``, some at once; how many it tried.

        Raises DatabaseAway or JournalUnavailable; what was under way then waits.
        """
        tried, stuck = 0, set[UUID]()
        while due := await self._due(now, stuck):
            for (_, message), outcome in zip(
                due, await asyncio.gather(*(self._try(*each) for each in due)), strict=True
            ):
                if outcome is None:
                    stuck.add(message)  # It keeps nobody else's answer waiting, and is tried anew in the next round.
                tried += outcome is True
            if len(due) < _AT_ONCE:
                break
        return tried

    async def _due(self, now: datetime, but: Collection[UUID]) -> list[tuple[UUID, UUID]]:
        conn = await in_words(self._service.journal_engine.connect())
        try:
            return await in_words(read_due(conn, now, _AT_ONCE, but))
        finally:
            await conn.close()

    async def _try(self, tenant: UUID, message: UUID) -> bool | None:
        """Whether it was tried; None where that could not even begin, as when the person's key does not open."""
        try:
            wanted = BeginSending(tenant, _ACTOR, message, self._doubt, self._link_lasts)
            begun = (await self._service.journal.write(wanted)).answer
        except JournalUnavailable:
            raise
        except Exception as error:  # noqa: BLE001  Whatever is wrong with one message keeps no other from being sent.
            _log.error("message_stuck", tenant=str(tenant), message=str(message), error=type(error).__name__)
            return None
        if begun["to"] is None:
            return False
        try:
            async with asyncio.timeout(0.8 * self._doubt.total_seconds()):  # It is over before another try may begin.
                outcome = await self._send(tenant, message, begun)
        except Exception as error:  # noqa: BLE001  Whatever it is, it may have happened after the message had left.
            _log.error("message_in_doubt", tenant=str(tenant), message=str(message), exc_info=error)
            return True
        await self._tell(tenant, message, outcome)
        if isinstance(outcome, NotTaken) and outcome.code == str(PERMANENT_ALREADY):
            await self._read_again(tenant, begun)
        return True

    async def _send(self, tenant: UUID, message: UUID, begun: Mapping[str, Json]) -> Outcome:
        channel: Channel = await self._service.reader.read(FindChannel(tenant, str(begun["channel"])))
        if channel.sealed_access_token is None:
            return NotTaken("no token", again=False)
        token, to = self._token(tenant, channel), begun["to"]
        kind = cast(Kind, begun["kind"])  # As the journal has just written it.
        if not isinstance(to, Mapping):
            return NotTaken("no number", again=False)
        language, template = str(begun["language"]), begun["template"]
        outgoing = Outgoing(
            message,
            Address(str(to["kind"]), str(to["value"])),
            text_of(kind, language, channel.contact_line, self._page(tenant, begun["link"])),
            language,
            kind == "permission_request",
            None if template is None else str(template),
        )
        number = str(begun["phone_number_id"])
        return await send(self._client, base=self._graph, token=token, number=number, outgoing=outgoing)

    async def _read_again(self, tenant: UUID, begun: Mapping[str, Json]) -> None:
        """A person who need not be asked has granted calls for good, of which no webhook came: asks for what there is."""
        number, to = str(begun["phone_number_id"]), cast(Mapping[str, Json], begun["to"])  # Or nothing had been sent.
        address, now = Address(str(to["kind"]), str(to["value"])), clock()
        try:
            channel: Channel = await self._service.reader.read(FindChannel(tenant, str(begun["channel"])))
            told = await read_permission(
                self._client,
                base=self._graph,
                token=self._token(tenant, channel),
                number=number,
                person=address,
                now=now,
            )
            await self._service.journal.write(told.noted(tenant, _ACTOR, address, number, now))
        except Exception as error:  # noqa: BLE001  Until it is read, there is no permission.
            _log.warning("permission_not_read", tenant=str(tenant), error=type(error).__name__)

    def _token(self, tenant: UUID, channel: Channel) -> str:
        context = secret_context(channel.id, "access_token")
        return unseal(self._service.ring[tenant].secrets, channel.sealed_access_token or b"", context).decode()

    @property
    def _link_lasts(self) -> timedelta | None:
        """For how long links open their page; None where nobody says under which address people reach it."""
        settings = self._service.settings
        return None if settings.public_url is None else timedelta(days=settings.link_days)

    def _page(self, tenant: UUID, told: Json) -> str | None:
        """The address of the person's own page; it MUST go nowhere but to the vendor, as their number."""
        if not isinstance(told, Mapping):
            return None
        return page_of(self._service.settings.address, link_of(tenant, told), self._service.ring)

    async def _tell(self, tenant: UUID, message: UUID, outcome: Outcome) -> None:
        """What became of it, told until the journal knows; if it never does, the vendor's status will."""
        request: Request
        match outcome:
            case Taken(provider_id):
                request = NoteSent(tenant, _ACTOR, message, provider_id)
            case NotTaken(code, again, wait):
                _log.warning("message_refused", tenant=str(tenant), message=str(message), code=code, again=again)
                request = NoteRefused(tenant, _ACTOR, message, code, again, wait)
            case Unknown(why):
                _log.warning("message_in_doubt", tenant=str(tenant), message=str(message), why=why)
                return
        for _ in range(_TRIES):
            try:
                await self._service.journal.write(request)
            except (JournalUnavailable, OutcomeUnknown):
                await asyncio.sleep(_PAUSE)
            except Exception as error:  # noqa: BLE001  The vendor's status will tell what could not be noted.
                _log.error("message_not_noted", tenant=str(tenant), message=str(message), exc_info=error)
                return
            else:
                return


@asynccontextmanager
async def sending(settings: Settings, url: str) -> AsyncIterator[Postman]:
    """A postman on this database, with a journal of its own, for the API that the settings name."""
    doubt = timedelta(seconds=settings.outbox_doubt_seconds)
    async with running(settings, url) as service, httpx.AsyncClient(follow_redirects=False) as client:
        yield Postman(service, client, graph=settings.graph_url, doubt=doubt)

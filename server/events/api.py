"""
The route of events: by cursor, or as a stream.
"""

from typing import Annotated

import orjson
from litestar import get
from litestar.di import NamedDependency
from litestar.params import QueryParameter
from litestar.response.base import ASGIResponse

from audit.api import Asked, json_response
from audit.following import Place, end_of, follow, oldest_of
from server.channels.routes import ChannelDesk
from server.errors import TooManyStreams
from server.events.cloud import cloud_event
from server.events.streaming import EventStream, Following
from server.events.vocabulary import chosen

_STREAM = b"text/event-stream"


@get(
    "/v1/events",
    opt={"scope": "events:read"},
    media_type="application/json",
)
async def read_events(
    request: Asked,
    desk: NamedDependency[ChannelDesk],
    cursor: Annotated[
        str | None,
        QueryParameter(
            max_length=32, description="Where to begin; without it a page begins with the oldest, a stream now"
        ),
    ] = None,
    limit: Annotated[int, QueryParameter(ge=1, le=500, description="most events in a page")] = 100,
    types: Annotated[
        list[str] | None,
        QueryParameter(
            name="type", max_items=64, description="a type or a noun, such as consent; repeat it for several"
        ),
    ] = None,
) -> ASGIResponse:
    """
    What the log tells, from a cursor on, nothing left out; with ``Accept: text/event-stream`` as server-sent events.

    The answer is ``{"events": [CloudEvents 1.0], "next": cursor, "more": whether there is more already}``.  A stream begins
    behind ``Last-Event-ID``, else at the cursor, else now, and ends after five minutes.
    """
    names, tenant = chosen(types or ()), request.auth.tenant
    is_stream = _wants_stream(request)
    told = request.headers.get("last-event-id") or cursor if is_stream else cursor
    place = None if told is None else Place.read(told)
    async with desk.snapshots.of(tenant) as conn:
        start = place or await (end_of if is_stream else oldest_of)(conn, tenant)
        found = await follow(conn, tenant, start, names=names, limit=1 if is_stream else limit)
    if is_stream:
        if not desk.streams.take(tenant):
            raise TooManyStreams(desk.streams.most)
        return EventStream(Following(tenant, start, names), desk.snapshots, desk.bell, desk.streams)
    events = [cloud_event(entry, after) for after, entry in found.entries]
    body = {"events": events, "next": str(found.next), "more": found.more}
    return json_response(orjson.dumps(body), 200, {"Cache-Control": "private, no-store"})


def _wants_stream(request: Asked) -> bool:
    return any(name == b"accept" and _STREAM in value.lower() for name, value in request.scope["headers"])


ROUTES = (read_events,)

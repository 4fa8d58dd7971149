"""
A subscriber and its line, with time at the test's will.
"""

import asyncio
from datetime import timedelta
from typing import Any

import httpx

from server.delivering.deliverer import Patience, delivering
from server.service import clock
from tests.server.api import Api, Json, new_phone
from tests.server.delivering.receiver import Receiver

PATH = "/v1/subscriptions"
PATIENCE = Patience(tries=3, first=timedelta(seconds=10), longest=timedelta(minutes=5))


class Subscriber:
    """
    One subscription of the demo's tenant, made when this is.
    """

    def __init__(self, api: Api, receiver: Receiver, types: tuple[str, ...] = ("consent",), **more: object) -> None:
        self.api = api
        self.receiver = receiver
        self.made = api.post(PATH, {"url": receiver.url, "types": list(types), **more})
        assert self.made.status_code == 201, self.made.text
        self.id = str(self.made.json()["id"])
        self.secret = str(self.made.json()["secret"])

    @property
    def state(self) -> Json:
        """
        How the line stands.
        """
        return dict(self.api.get(f"{PATH}/{self.id}").json())

    @property
    def dead(self) -> list[Json]:
        """
        What could not be delivered.
        """
        return list(self.api.get(f"{PATH}/{self.id}/dead-letters").json()["dead_letters"])

    def happens(self, count: int = 1) -> list[str]:
        """
        People agree; the ids of the events, in order.
        """
        first = self.api.size()
        for _ in range(count):
            self.api.agree(new_phone())
        return [str(e.event_id) for e in self.api.entries(first) if e.payload["event"] == "consent.recorded"]

    def run(self, later: float = 0, **settings: Any) -> int:  # Any: whatever a setting may be.
        """
        What the process beside the server does, ``later`` seconds from now; how many lines had a turn.
        """
        chosen = self.api.settings.model_copy(update=settings)

        async def work() -> int:
            async with delivering(chosen, self.api.url, PATIENCE) as deliverer:
                return await deliverer.run_due(clock() + timedelta(seconds=later))

        return asyncio.run(work())

    def redeliver(self, event: str) -> httpx.Response:
        """
        Asks for a dead letter once more.
        """
        return self.api.post(f"{PATH}/{self.id}/dead-letters/{event}/redeliver")

    def delete(self) -> None:
        """
        Ends it, if it is not ended already.
        """
        headers = {"Authorization": f"Bearer {self.api.keys['admin']}"}
        assert self.api.client.delete(f"{PATH}/{self.id}", headers=headers).status_code in (200, 404)

"""
The synchronous client, for programs that wait; threads may share one.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Self

import httpx

from venia_client.aio import DEFAULT_HOLD, AsyncClient
from venia_client.answers import Authorized, Checked
from venia_client.batches import GROUP, is_outage
from venia_client.calls import Call, Keep, interrupted
from venia_client.exchanges import utc_now
from venia_client.loops import LoopThread
from venia_client.patience import ASKING, REPORTING, Patience
from venia_client.questions import Question
from venia_client.reports import Reported, Unreported, Word


class Client:
    """As AsyncClient, and every method waits for its answer.  Make it after a fork."""

    def __init__(
        self,
        url: str,
        credential: str,
        *,
        fulfils: Collection[str] = (),
        asking: Patience = ASKING,
        reporting: Patience = REPORTING,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._client = AsyncClient(
            url, credential, fulfils=fulfils, asking=asking, reporting=reporting, transport=transport
        )
        self._loop = LoopThread()

    def check(self, question: Question) -> Checked:
        """Whether the call would be allowed now; holds and writes nothing."""
        return self._loop.run(self._client.check(question))

    def authorize(
        self, question: Question, *, ttl: int = DEFAULT_HOLD, reference: str | None = None, key: str | None = None
    ) -> Authorized:
        """As AsyncClient.authorize: whether the call may be placed; on an allow, with a hold of ``ttl`` seconds."""
        return self._loop.run(self._client.authorize(question, ttl=ttl, reference=reference, key=key))

    def tell(self, word: Word) -> Reported | Unreported:
        """As AsyncClient.tell: how a call ended, or that none was placed; safe to tell again."""
        return self._loop.run(self._client.tell(word))

    def check_batch(self, questions: Iterable[Question]) -> Iterator[tuple[Question, Checked]]:
        """As AsyncClient.check_batch; the questions are taken from their source in the thread that reads the answers."""
        waiting, outage = iter(questions), None
        while group := list(islice(waiting, GROUP)):
            answers = self._loop.run(self._client.check_group(group)) if outage is None else [outage] * len(group)
            yield from zip(group, answers, strict=True)
            outage = answers[0] if is_outage(answers) else None

    @contextmanager
    def call(
        self,
        question: Question,
        *,
        ttl: int = DEFAULT_HOLD,
        reference: str | None = None,
        unreported: Keep | None = None,
    ) -> Iterator[Call]:
        """As AsyncClient.call: asks, lets the body place the call, and says what became of the hold."""
        call = Call(self.authorize(question, ttl=ttl, reference=reference), utc_now)
        try:
            yield call
        except BaseException as error:
            self._settle(call, unreported, error)
            raise
        else:
            self._settle(call, unreported, None)

    def _settle(self, call: Call, keep: Keep | None, error: BaseException | None) -> None:
        word = call.word()
        if word is None:
            return
        try:
            said = word if isinstance(word, Unreported) else self.tell(word)
        except BaseException as interruption:
            call.hand_back(interrupted(word), keep, interruption)
            raise
        call.hand_back(said, keep, error)

    def close(self) -> None:
        """Lets go of the connections and of the thread that keeps them."""
        self._loop.run(self._client.aclose())
        self._loop.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

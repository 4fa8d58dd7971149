"""
The asynchronous client, for programs that run on asyncio.
"""

from collections.abc import AsyncIterator, Collection, Iterable
from contextlib import asynccontextmanager
from dataclasses import replace
from itertools import islice
from typing import Self

import httpx

from venia_client.answers import Authorized, Checked, FailedClosed
from venia_client.batches import GROUP, batch_request, is_outage, read_batch
from venia_client.calls import Call, Keep, interrupted
from venia_client.exchanges import Exchanges, utc_now
from venia_client.patience import ASKING, REPORTING, Patience
from venia_client.questions import Question
from venia_client.reading import read_authorize, read_check, read_settled
from venia_client.reports import Release, Reported, Unreported, Word, new_key
from venia_client.wire import authorize_request, check_request, word_request

DEFAULT_HOLD = 90  # seconds


class AsyncClient:
    """
    Asks one server under one credential.

    ``fulfils`` names the types of obligations that the program fulfils; an allow with any other is a denial, and its
    hold is released.  ``asking`` is the patience where somebody waits to call, ``reporting`` where nobody does: for what
    became of holds, and for lists.  ``transport`` is for a proxy or certificates of one's own.  Raises BadQuestion for an address or a
    credential that no server could have; what goes wrong afterwards is an answer.
    """

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
        self._exchanges = Exchanges(url, credential, transport)
        self._fulfils = frozenset(fulfils)
        self._asking = asking
        self._reporting = reporting

    async def check(self, question: Question) -> Checked:
        """Whether the call would be allowed now; holds and writes nothing."""
        heard = await self._exchanges.ask(check_request(question), self._asking)
        return read_check(heard, fulfils=self._fulfils, now=utc_now())

    async def authorize(
        self, question: Question, *, ttl: int = DEFAULT_HOLD, reference: str | None = None, key: str | None = None
    ) -> Authorized:
        """
        Whether the call may be placed; on an allow, with a hold of ``ttl`` seconds.

        ``key`` is for asking the same again after a FailedClosed: its key gets the hold that may have been made then.
        """
        once = key if key is not None else new_key()
        request = authorize_request(question, ttl=ttl, reference=reference, key=once)
        heard = await self._exchanges.ask(request, self._asking)
        verdict = read_authorize(heard, fulfils=self._fulfils, ttl=ttl, key=once, now=utc_now())
        if verdict.unused is None or not isinstance(verdict.answer, FailedClosed):
            return verdict.answer
        said = await self._tell(Release(verdict.unused), self._asking)
        return replace(verdict.answer, unreleased=said if isinstance(said, Unreported) else None)

    async def tell(self, word: Word) -> Reported | Unreported:
        """
        Says how a call ended (Report) or that none was placed (Release), patiently.

        Telling the same word again later is safe: it carries its key.
        """
        return await self._tell(word, self._reporting)

    async def _tell(self, word: Word, patience: Patience) -> Reported | Unreported:
        return read_settled(await self._exchanges.ask(word_request(word), patience), word, utc_now())

    async def check_batch(self, questions: Iterable[Question]) -> AsyncIterator[tuple[Question, Checked]]:
        """
        Each question with its answer, in order, however many there are: groups of 512 are asked about at once.

        When the server does not answer at all any more, everybody left is a denial without being asked about.
        """
        waiting, outage = iter(questions), None
        while group := list(islice(waiting, GROUP)):
            answers = await self.check_group(group) if outage is None else [outage] * len(group)
            for question, answer in zip(group, answers, strict=True):
                yield question, answer
            outage = answers[0] if is_outage(answers) else None

    async def check_group(self, questions: list[Question]) -> list[Checked]:
        """The answers to at most 512 questions, in one request."""
        heard = await self._exchanges.ask(batch_request(questions), self._reporting)
        return read_batch(heard, len(questions), self._fulfils, utc_now())

    @asynccontextmanager
    async def call(
        self,
        question: Question,
        *,
        ttl: int = DEFAULT_HOLD,
        reference: str | None = None,
        unreported: Keep | None = None,
    ) -> AsyncIterator[Call]:
        """
        Asks, lets the body place the call (see Call), and says what became of the hold, also when the body raises.

        What cannot be said is given to ``unreported``; without one, leaving raises CallUnreported.
        """
        call = Call(await self.authorize(question, ttl=ttl, reference=reference), utc_now)
        try:
            yield call
        except BaseException as error:
            await self._settle(call, unreported, error)
            raise
        else:
            await self._settle(call, unreported, None)

    async def _settle(self, call: Call, keep: Keep | None, error: BaseException | None) -> None:
        word = call.word()
        if word is None:
            return
        try:
            said = word if isinstance(word, Unreported) else await self.tell(word)
        except BaseException as interruption:
            call.hand_back(interrupted(word), keep, interruption)
            raise
        call.hand_back(said, keep, error)

    async def aclose(self) -> None:
        """Lets go of the connections."""
        await self._exchanges.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

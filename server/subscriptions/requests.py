"""
Subscriptions: made, ended, looked up, and asked to send again, each change an entry of the tenant's log.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from audit.entry import Json
from audit.following import Place
from audit.keys import seal
from audit.link import Connection
from audit.tenants import TenantBook
from audit.work import Book, Idempotency, Request, Work
from server.errors import LetterUnknown, SubscriptionUnknown, TooManySubscriptions
from server.subscriptions import store
from server.subscriptions.records import ACTIVE, GONE, DeadLetter, Subscription, secret_context

MOST = 20  # of one tenant


@dataclass(frozen=True, slots=True)
class CreateSubscription:
    """Sends events of these filters to an address, from ``start`` on, or from the subscription itself on."""

    tenant: UUID
    actor: str
    id: UUID
    url: str
    host: str
    types: tuple[str, ...]
    secret: str
    start: Place | None = None
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``subscription.created``, without the secret and the path.  Raises TooManySubscriptions."""
        book = work[SubscriptionBook]
        if len(book.of_tenant()) >= MOST:
            raise TooManySubscriptions(MOST)
        sealed = seal(work[TenantBook].ring[self.tenant].secrets, self.secret.encode(), secret_context(self.id))
        facts: Mapping[str, Json] = {"subscription": str(self.id), "host": self.host, "types": list(self.types)}
        book.make(self, sealed, work.record("subscription.created", facts))
        return {"id": str(self.id)}


@dataclass(frozen=True, slots=True)
class EndSubscription:
    """No more events go there: because somebody ``asked``, which forgets it, or because it is ``gone``, which is kept."""

    tenant: UUID
    actor: str
    subscription: UUID
    why: str
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``subscription.ended``; one that is gone already is gone.  Raises SubscriptionUnknown."""
        book = work[SubscriptionBook]
        found = book.known(self.subscription)
        if not (self.why == GONE and found.state == GONE):
            book.end(found, forget=self.why != GONE)
            work.record("subscription.ended", {"subscription": str(found.id), "why": self.why})
        return {"id": str(found.id)}


@dataclass(frozen=True, slots=True)
class AskRedelivery:
    """Has a dead letter sent once more."""

    tenant: UUID
    actor: str
    subscription: UUID
    event: UUID
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``subscription.redelivery_asked``.  Raises SubscriptionUnknown or LetterUnknown."""
        book = work[SubscriptionBook]
        found = book.known(self.subscription)
        if found.state != ACTIVE or (self.tenant, found.id, self.event) not in book.letters:
            raise LetterUnknown
        book.ask(self)
        told: Mapping[str, Json] = {"subscription": str(found.id), "of": str(self.event)}
        work.record("subscription.redelivery_asked", told)
        return told


@dataclass(frozen=True, slots=True)
class FindSubscription:
    """Looks one subscription up."""

    tenant: UUID
    subscription: UUID
    contacts = ()

    def look(self, work: Work) -> Subscription:
        """With its sealed secret, and how its line stands; SubscriptionUnknown if there is none."""
        return work[SubscriptionBook].known(self.subscription)


@dataclass(frozen=True, slots=True)
class ListSubscriptions:
    """Looks all of a tenant's subscriptions up."""

    tenant: UUID
    contacts = ()

    def look(self, work: Work) -> list[Subscription]:
        """Oldest first."""
        return work[SubscriptionBook].of_tenant()


_KINDS = (CreateSubscription, EndSubscription, AskRedelivery, FindSubscription, ListSubscriptions)


class SubscriptionBook(Book):
    """The subscriptions of the tenants that a batch asks about."""

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._tenants: set[UUID] = set()
        self._asks: list[AskRedelivery] = []
        self._known: dict[tuple[UUID, UUID], Subscription] = {}
        self.letters: dict[tuple[UUID, UUID, UUID], DeadLetter] = {}
        self._made: list[tuple[CreateSubscription, bytes, UUID]] = []
        self._gone: list[tuple[UUID, UUID]] = []
        self._forgotten: list[tuple[UUID, UUID]] = []
        self._asked: list[AskRedelivery] = []

    async def find(self, conn: Connection, requests: Sequence[Request]) -> None:
        """Notes whose subscriptions are asked about."""
        self._tenants = {each.tenant for each in requests if isinstance(each, _KINDS)}
        self._asks = [each for each in requests if isinstance(each, AskRedelivery)]
        self.is_idle = not self._tenants

    async def lock(self, conn: Connection) -> None:
        """Whoever changes one waits for whoever changes it now."""
        await store.lock(conn, self._tenants)

    async def load(self, conn: Connection) -> None:
        """Loads them, and the dead letters that are asked for."""
        self._known = {(each.tenant, each.id): each for each in await store.read(conn, self._tenants)}
        for ask in self._asks:
            letter = await store.find_letter(conn, (ask.tenant, ask.subscription), ask.event)
            if letter is not None:
                self.letters[ask.tenant, ask.subscription, ask.event] = letter

    def of_tenant(self) -> list[Subscription]:
        """Those of the current tenant, oldest first."""
        return [each for each in self._known.values() if each.tenant == self.work.tenant]

    def known(self, subscription: UUID) -> Subscription:
        """One of the current tenant's; SubscriptionUnknown if there is none."""
        found = self._known.get((self.work.tenant, subscription))
        if found is None:
            raise SubscriptionUnknown
        return found

    def make(self, request: CreateSubscription, sealed: bytes, entry: UUID) -> None:
        """Adds one, made by this entry."""
        self._made.append((request, sealed, entry))
        about = (request.tenant, request.id, request.url, request.types, sealed, ACTIVE, self.work.now)
        self._known[request.tenant, request.id] = Subscription(*about, None, 0, None, None, None, 0)

    def end(self, subscription: Subscription, *, forget: bool) -> None:
        """Ends one; what is to be forgotten is deleted."""
        key = (subscription.tenant, subscription.id)
        del self._known[key]
        (self._forgotten if forget else self._gone).append(key)

    def ask(self, request: AskRedelivery) -> None:
        """Has a dead letter sent again."""
        self._asked.append(request)

    async def save(self, conn: Connection) -> None:
        """Inserts what was made."""
        await store.insert(conn, [_row(self.work, *each) for each in self._made], [self._line(*e) for e in self._made])

    async def finish(self, conn: Connection) -> None:
        """Ends what was ended, and marks what was asked for."""
        if self._gone:
            await store.end(conn, self._gone)
        if self._forgotten:
            await store.drop(conn, self._forgotten)
        for each in self._asked:
            await store.ask_again(conn, (each.tenant, each.subscription), each.event, self.work.now)

    def _line(self, request: CreateSubscription, _sealed: bytes, entry: UUID) -> Mapping[str, object]:
        receipt = self.work.receipts[entry]
        place = request.start or Place(receipt.incarnation, receipt.index + 1)
        return {
            "tenant_id": request.tenant,
            "subscription_id": request.id,
            "incarnation": place.incarnation,
            "entry_index": place.index,
            "attempts": 0,
        }


def _row(work: Work, request: CreateSubscription, sealed: bytes, entry: UUID) -> Mapping[str, object]:
    return {
        "tenant_id": request.tenant,
        "subscription_id": request.id,
        "url": request.url,
        "types": list(request.types),
        "sealed_secret": sealed,
        "state": ACTIVE,
        "created_at": work.now,
        "event_id": entry,
    }

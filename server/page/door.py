"""
Who comes in by a link, and how often: the part of the page that knows the process.
"""

from collections.abc import Callable
from math import ceil
from uuid import UUID, uuid4

from litestar import Request
from litestar.datastructures import State

from audit.errors import UnknownTenant
from audit.names import TenantNames
from audit.reader import Reader, Snapshots
from audit.tenants import KeyRing
from consent.errors import LinkUnusable
from consent.links.link import tenant_of
from consent.links.looking import Holder, OpenLink
from server.errors import TooManyRequests
from server.page.forms import sign
from server.page.reading import Library
from server.ratelimit import RateLimiter

PER_LINK, BAD_PER_ADDRESS = 60, 30  # a minute
_NOBODY = UUID(int=0)

AnyRequest = Request[object, object, State]


class Door:
    """Opens links for as long as the process lives."""

    def __init__(
        self, reader: Reader, snapshots: Snapshots, ring: KeyRing, *, address: str, clock: Callable[[], float]
    ) -> None:
        """``address`` is the one under which people reach the service; ``clock`` gives seconds that never go back."""
        self.library = Library(snapshots, TenantNames(snapshots))
        self.address = address
        self._reader = reader
        self._ring = ring
        self._links, self._bad = RateLimiter(clock), RateLimiter(clock)

    @property
    def is_secure(self) -> bool:
        """Whether people come by https."""
        return self.address.startswith("https://")

    async def open(self, token: str, request: AnyRequest) -> Holder:
        """
        Whose link it is.

        Whatever is wrong with a link, it is looked for in the same way and refused alike: with LinkUnusable, and with
        TooManyRequests once an address has shown too many.  A good one is refused only for being used too often itself.
        """
        try:
            holder = await self.again(token)
        except (LinkUnusable, UnknownTenant):
            client = request.scope.get("client")
            self._count(self._bad, client[0] if client else "", BAD_PER_ADDRESS)
            raise LinkUnusable from None
        self._count(self._links, (holder.link.tenant, holder.link.id), PER_LINK)
        return holder

    async def again(self, token: str) -> Holder:
        """The same, of a link that was counted; LinkUnusable or UnknownTenant where it opens nothing."""
        return await self._reader.read(OpenLink(tenant_of(token) or _NOBODY, token))

    def key(self, holder: Holder) -> bytes:
        """Under which the forms of this page are signed."""
        return self._ring[holder.link.tenant].links

    def form(self, holder: Holder) -> str:
        """A token for the forms of a page that is shown now."""
        return sign(self.key(holder), holder.link.id, uuid4().bytes[:12], holder.now)

    def _count(self, limiter: RateLimiter, who: object, per_minute: int) -> None:
        if (wait := limiter.wait(str(who), per_minute)) > 0:
            raise TooManyRequests(ceil(wait))

"""
What the requests of a batch want to confirm: whose it is, and how it is proven.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from audit.link import Connection
from audit.work import Book, Request, Work
from consent.confirming import store
from consent.contacts import ContactBook
from consent.proof.told import UNPROVEN, Proof


@dataclass(frozen=True, slots=True)
class Pending:
    """A consent that was asked for, and its proof."""

    id: UUID
    contact: UUID
    digest: bytes | None
    proof: Proof


class ConfirmationBook(Book):
    """Finds what is named, so that the people are locked and loaded."""

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._asked: dict[UUID, list[Pending]] = {}

    async def find(self, conn: Connection, requests: Sequence[Request]) -> None:
        """One statement, and none where nothing is confirmed."""
        wanted = [each for each in requests if hasattr(each, "confirms")]
        self.is_idle = not wanted
        ids = [consent for each in wanted for consent in each.confirms]
        digests = [digest for each in wanted if (digest := getattr(each, "digest", None)) is not None]
        for row in await store.find_asked(conn, sorted({each.tenant for each in wanted}), ids, digests):
            self._asked.setdefault(row.tenant_id, []).append(
                Pending(row.consent_id, row.contact_id, row.token_digest, _proof(row))
            )
            self.work[ContactBook].want(row.tenant_id, row.contact_id)

    def of_ids(self, consents: Sequence[UUID]) -> list[Pending]:
        """What the current tenant asked under these ids."""
        return [each for each in self._asked.get(self.work.tenant, ()) if each.id in consents]

    def of_token(self, digest: bytes) -> list[Pending]:
        """What the current tenant's token of this digest confirms."""
        return [each for each in self._asked.get(self.work.tenant, ()) if each.digest == digest]


def _proof(row: store.AnyRow) -> Proof:
    if row.proof is None:
        return UNPROVEN
    notice = None if row.notice is None else (row.notice, row.notice_version, row.notice_locale)
    return Proof(tuple(row.proof), row.purpose_version, notice, row.trust, row.giver, row.expires_by)

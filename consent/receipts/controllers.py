"""
Who answers for a tenant's calls, as the tenant says: what receipts name as the controller.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import ClassVar
from uuid import UUID

from audit.entry import Json
from audit.link import Connection
from audit.work import Book, Idempotency, Request, Work
from consent.receipts import store

ADDRESS = ("street", "locality", "postal_code", "region", "country")


@dataclass(frozen=True, slots=True)
class Controller:
    """A business as receipts name it; what it has not said is None or empty.  Roles and lines, never a person's name."""

    name: str | None = None  # as registered
    contact: str | None = None  # whom to ask: a department or a role
    street: str | None = None
    locality: str | None = None
    postal_code: str | None = None
    region: str | None = None
    country: str | None = None  # ISO 3166
    email: str | None = None
    phone: str | None = None
    url: str | None = None
    policy_url: str | None = None  # the privacy notice
    rights_url: str | None = None  # where rights are exercised
    withdrawal_url: str | None = None  # where consent is taken back
    jurisdiction: str | None = None  # whose law applies where a consent says nothing
    retention: str | None = None  # ISO 8601: for how long what was agreed to is kept
    storage: tuple[str, ...] = ()  # countries in which it is kept
    recipients: tuple[str, ...] = ()  # others who get personal data

    @classmethod
    def of_json(cls, stated: Mapping[str, Json]) -> "Controller":
        """As it was written down; a member that is not there was not stated."""
        known: dict[str, object] = {}
        for each in fields(cls):
            value = stated.get(each.name)
            if isinstance(value, Sequence) and not isinstance(value, str):
                known[each.name] = tuple(str(item) for item in value)
            elif value is not None:
                known[each.name] = str(value)
        return cls(**known)  # type: ignore[arg-type]  # Texts, and tuples of texts, as the loop makes them.

    def to_json(self) -> dict[str, Json]:
        """What was stated, and nothing of what was not."""
        stated = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in stated.items() if value}

    def address(self) -> dict[str, str]:
        """The parts of the postal address that were stated."""
        parts = {name: getattr(self, name) for name in ADDRESS}
        return {name: part for name, part in parts.items() if part}


@dataclass(frozen=True, slots=True)
class StateController:
    """The tenant says who answers for its calls; it replaces what was said before."""

    states_controller: ClassVar[bool] = True
    tenant: UUID
    actor: str
    controller: Controller
    idempotency: Idempotency | None = None

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``tenant.controller_stated``."""
        stated = self.controller.to_json()
        entry = work.record("tenant.controller_stated", {"controller": stated})
        work[ControllerBook].state(stated, entry)
        return {"controller": stated}


class ControllerBook(Book):
    """Writes what tenants say of themselves; whoever makes a receipt reads it."""

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._stated: dict[UUID, tuple[Mapping[str, Json], UUID]] = {}

    async def find(self, conn: Connection, requests: Sequence[Request]) -> None:
        """Notes whether anybody says anything."""
        self.is_idle = not any(getattr(each, "states_controller", False) for each in requests)

    def state(self, stated: Mapping[str, Json], entry: UUID) -> None:
        """The current tenant's word, recorded by this entry."""
        self._stated[self.work.tenant] = (stated, entry)

    async def save(self, conn: Connection) -> None:
        """Writes the last word of each tenant, in an order that all batches keep."""
        for tenant, (stated, entry) in sorted(self._stated.items()):
            await store.save_controller(conn, tenant, stated, entry)

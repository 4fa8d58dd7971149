"""
Showing personal fields in a receipt: the log tells to whom which were shown, before they are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from audit.entry import Json
from audit.work import Idempotency, Work
from consent.contacts import ContactBook
from consent.receipts.errors import ReceiptErased
from consent.receipts.record import Record
from consent.references import ContactReference


@dataclass(frozen=True, slots=True)
class DiscloseReceipt:
    """Somebody is shown these personal fields of a person, in a receipt of this entry."""

    tenant: UUID
    actor: str
    record: Record
    fields: tuple[str, ...]
    idempotency: Idempotency | None = None

    @property
    def contacts(self) -> Sequence[ContactReference]:
        """The person."""
        return (ContactReference.id(UUID(self.record.act.contact)),)

    def apply(self, work: Work) -> Mapping[str, Json]:
        """Records ``receipt.disclosed``, without the values.  Raises ReceiptErased if the person was erased meanwhile."""
        contact = work[ContactBook].known(self.contacts[0])
        if contact is None:
            raise ReceiptErased
        proof = self.record.proof
        facts: Mapping[str, Json] = {
            "receipt": str(self.record.act.receipt_id),
            "of_log": proof.log,
            "of_entry": proof.index,
            "fields": self.fields,
        }
        work.record("receipt.disclosed", facts, contact=contact.id)
        return facts

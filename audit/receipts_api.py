"""
The route that says what became of receipts.
"""

import base64
from collections.abc import Mapping
from typing import Annotated

from litestar import post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from audit.api import Asked, Desk
from audit.receipts import fates
from audit.work import Receipt


def _hash(text: str) -> str:
    if len(base64.b64decode(text, validate=True)) != 32:
        raise ValueError("a leaf hash has 32 bytes, in base64")
    return text


class ReceiptBody(BaseModel):
    """A receipt as it was given."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    log: str = Field(min_length=1, max_length=256)
    index: int = Field(ge=0, lt=2**62)
    leaf_hash: Annotated[str, AfterValidator(_hash)]

    def receipt(self) -> Receipt:
        """The same as the log knows it."""
        return Receipt(self.log, self.index, base64.b64decode(self.leaf_hash))


class ReceiptsBody(BaseModel):
    """The receipts that are asked about."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    receipts: Annotated[list[ReceiptBody], Field(min_length=1, max_length=1000)]


@post("/v1/audit/receipts", opt={"scope": "audit:read"}, status_code=200)
async def check_receipts(
    data: JSONBody[ReceiptsBody], request: Asked, desk: NamedDependency[Desk]
) -> Mapping[str, object]:
    """What became of the entries of these receipts: present, pruned, lost with a database (and where the log says so), or unknown."""
    async with desk.snapshots.of(request.auth.tenant) as conn:
        found = await fates(conn, request.auth.tenant, [each.receipt() for each in data.receipts])
    return {"receipts": [each.to_json() for each in found]}


ROUTES = (check_receipts,)

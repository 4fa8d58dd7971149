"""
``venia policy explain``: one recorded decision, rule by rule.

Exit codes: 0 it comes out as recorded, 1 made again it is another, 2 it could not be explained.
"""

from typing import Annotated

import typer

from policies.explaining import Explained, lines_of
from policies.explaining import explain as look
from policies.simulating.errors import DecisionUnknown
from server.service import Service
from server.terminal import AsJson, TenantId, show, with_service


def explain(
    index: Annotated[int, typer.Argument(min=0, help="The decision's index in the tenant's log.")],
    tenant: TenantId,
    as_json: AsJson = False,
) -> None:
    """Explains a recorded decision: what every rule answered, how it is written, and on what it rests."""

    async def run(service: Service) -> Explained:
        found = await look(service.snapshots, tenant, index)
        if found is None:
            raise DecisionUnknown(index)
        return found

    _, found = with_service(run)
    if as_json:
        show(found.to_json(), as_json=True)
    else:
        for line in lines_of(found):
            typer.echo(line)
    raise typer.Exit(0 if found.reproduced else 1)

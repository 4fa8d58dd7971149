"""
Steps of changing rules: drafting, having it approved, activating, putting on trial.
"""

from uuid import UUID

from policies.changes.looks import FindChange
from policies.changes.requests import ActivateChange, ApproveChange, DraftChange, TryChange
from tests.consent.desk import BUILTIN, Office


def drafted(office: Office, *packs, by="ana") -> UUID:
    """The id of a change to the built-in packs and these."""
    return UUID(office.ask(DraftChange(office.tenant, by, (*BUILTIN, *packs), "complaints", "sha256:none"))["id"])


def approved(office: Office, *packs) -> UUID:
    """The id of such a change, approved on a report."""
    change = drafted(office, *packs)
    office.write(ApproveChange(office.tenant, "ben", change, "looked at", office.simulated(change)))
    return change


def activated(office: Office, *packs, at=None) -> UUID:
    """The id of such a change, in force or scheduled."""
    change = approved(office, *packs)
    office.write(ActivateChange(office.tenant, "ana", change, "now", at))
    return change


def tried(office: Office, percent: int | None, *packs) -> UUID:
    """The id of such a change, on trial for so many percent of the contacts."""
    change = approved(office, *packs) if percent else drafted(office, *packs)
    office.write(TryChange(office.tenant, "ana", change, "see what it says", percent))
    return change


def state(office: Office, change: UUID) -> str:
    """The word for where a change stands."""
    return str(office.read(FindChange(office.tenant, change))["state"])

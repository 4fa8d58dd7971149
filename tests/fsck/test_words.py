"""
Purposes and notices: spoilt rows are told of, made again from the log, and read anew by every process.
"""

from consent.proof.purposes import Demand
from consent.setup import DefinePurpose, PublishNotice
from tests.factories import consent
from tests.fsck.town import Town, lived_in


def test_spoilt_words_are_found_and_made_again(town: Town):
    """
    A changed text, a lost notice, a changed and an invented purpose; afterwards every row is as before.
    """
    lived_in(town)
    office = town.office
    office.write(PublishNotice(town.tenant, "x", "a", 1, "es-ES", "Hola {brand}"))
    office.write(PublishNotice(town.tenant, "x", "b", 1, "es-ES", "Adiós"))
    office.write(
        DefinePurpose(
            town.tenant, "x", "offers", "marketing", validity="P2Y", demands=(Demand("DE", ("copy",), "refuse"),)
        )
    )
    before = town.rows("notices", "purposes")
    assert town.found() == set()

    town.spoil(
        "notices", "UPDATE notices SET text = 'Hola' WHERE tenant_id = $1 AND notice = 'a' RETURNING 1", town.tenant
    )
    town.spoil("notices", "DELETE FROM notices WHERE tenant_id = $1 AND notice = 'b' RETURNING 1", town.tenant)
    town.spoil(
        "purposes", "UPDATE purposes SET demands = '{}' WHERE tenant_id = $1 AND version = 2 RETURNING 1", town.tenant
    )
    town.spoil(
        "purposes",
        "INSERT INTO purposes (tenant_id, purpose, category) VALUES ($1, 'invented', 'service') RETURNING 1",
        town.tenant,
    )

    assert town.found() == {
        ("notices", "other", "text"),
        ("notices", "missing", None),
        ("purposes", "other", "demands"),
        ("purposes", "extra", None),
    }
    repaired = town.repair()
    assert (repaired.rows, repaired.after.total) == (4, 0)
    assert town.rows("notices", "purposes") == before
    assert [each["tables"] for each in office.payloads("projection.repaired")] == [{"notices": 2, "purposes": 2}]
    refused = office.refusal(consent(town.tenant, "+4915112345678", purpose="offers"))
    assert "copy" in {each["element"] for each in refused.missing}  # type: ignore[attr-defined]  # A ProofMissing.

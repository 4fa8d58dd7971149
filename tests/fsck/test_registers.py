"""
Which load of a register is in force follows from the log, and is made again from it; its numbers are not.
"""

import pytest

from tests.factories import ANA, BEN, EVA, NOW
from tests.fsck.town import Town
from tests.registers.loading import load
from tests.registers.test_deciding import said

SPOILT = {
    "gone": "DELETE FROM registers WHERE tenant_id = $1 AND register = 'robinson'",
    "younger": "UPDATE registers SET as_of = as_of + interval '90 days' WHERE tenant_id = $1",
    "another kind": "UPDATE registers SET lists = 'consents' WHERE tenant_id = $1",
    "invented": (
        "INSERT INTO registers SELECT tenant_id, 'tps', gen_random_uuid(), lists, country, as_of, numbers, bits, file_hash, "
        "blocks_hash, loaded_at, loaded_by, event_id FROM registers WHERE tenant_id = $1"
    ),
}


@pytest.fixture
def hall(town: Town) -> Town:
    """
    An office that has loaded a register twice, signed.
    """
    town.office = town.desk.open_office()
    load(town.office, [ANA, EVA])
    load(town.office, [BEN, EVA], as_of=NOW)
    town.sign()
    return town


@pytest.mark.parametrize("how", SPOILT)
def test_what_was_spoilt_is_made_again(hall: Town, how: str):
    """
    And said so in the log; whoever is listed is found again.
    """
    hall.spoil("registers", SPOILT[how], hall.tenant)
    found = {table for table, _, _ in hall.found()}
    repaired = hall.repair()

    assert found == {"registers"}
    assert repaired.after.total == 0
    assert (said(hall.office, BEN), said(hall.office, ANA)) == ({"REGISTER_LISTED"}, set())
    assert hall.office.payloads("projection.repaired")


def test_numbers_that_were_lost_stay_lost_until_they_are_loaded_again(hall: Town):
    """
    A repair says what to do, and until then nobody is called.
    """
    hall.spoil("register_blocks", "DELETE FROM register_blocks WHERE tenant_id = $1 AND bucket = 7", hall.tenant)
    repaired = hall.repair()
    load(hall.office, [BEN, EVA], as_of=NOW)

    assert [(each.table, each.kind) for each in repaired.after.differences] == [("register_blocks", "lost")]
    assert hall.found() == set()

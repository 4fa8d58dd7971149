"""
What is not signed any more.
"""

from typing import TypeVar
from uuid import UUID

import pytest

from audit.origins import META
from audit.published import (
    read_report,
)
from audit.tenants import OpenTenant
from tests.audit.publishing.office import Office

T = TypeVar("T")
BODY = "UPDATE entries SET body = set_byte(body, octet_length(body) - 5, 88) WHERE tenant_id = :tenant AND entry_index"


SHORTER = (
    "DELETE FROM entries WHERE tenant_id = :tenant AND entry_index >= 5",
    "UPDATE log_heads SET size = 5 WHERE tenant_id = :tenant",
)
CASES = {
    "an altered entry": ("altered", (f"{BODY} = 12",)),
    "an altered entry whose hash was altered too": (
        "altered",
        (f"{BODY} = 12", "UPDATE entries SET leaf_hash = sha256('\\x00'::bytea || body) WHERE entry_index = 12"),
    ),
    "a missing entry": ("altered", ("DELETE FROM entries WHERE tenant_id = :tenant AND entry_index = 12",)),
    "a head that says another tree": (
        "altered",
        ("UPDATE log_heads SET edge = set_byte(edge, 3, 255 - get_byte(edge, 3)) WHERE tenant_id = :tenant",),
    ),
    "a head that is no tree's": ("altered", ("UPDATE log_heads SET edge = '\\x00' WHERE tenant_id = :tenant",)),
    "an entry that is none, with a hash that fits": (
        "altered",
        (
            (
                "UPDATE entries SET body = '\\xff00', leaf_hash = sha256('\\x00ff00'::bytea) "
                "WHERE tenant_id = :tenant AND entry_index = 12"
            ),
        ),
    ),
    "a head that says far more than there is": (
        "altered",
        ("UPDATE log_heads SET size = 4611686018427387904 WHERE tenant_id = :tenant",),
    ),
    "a head of no log's name": ("begun anew", ("UPDATE log_heads SET origin = '' WHERE tenant_id = :tenant",)),
    "a shorter log": (
        "shorter",
        (*SHORTER, "UPDATE log_heads SET edge = substring(edge FROM 1 FOR 64) WHERE tenant_id = :tenant"),
    ),
    "altered tiles": (
        "forked",
        ("UPDATE tiles SET hashes = set_byte(hashes, 3, 255 - get_byte(hashes, 3)) WHERE tenant_id = :tenant",),
    ),
    "missing tiles": ("altered", ("DELETE FROM tiles WHERE tenant_id = :tenant",)),
    "a tile that is too long": (
        "altered",
        ("UPDATE tiles SET hashes = hashes || sha256('x'::bytea) WHERE tenant_id = :tenant AND level = 0",),
    ),
    "a vanished tenant": (
        "vanished",
        (
            "DELETE FROM entries WHERE tenant_id = :tenant",
            "DELETE FROM log_heads WHERE tenant_id = :tenant",
            "DELETE FROM tenants WHERE tenant_id = :tenant",
        ),
    ),
    "a log begun anew": (
        "begun anew",
        (
            "UPDATE log_heads SET origin = origin || '/2', incarnation = 2, size = 0, edge = '' WHERE tenant_id = :tenant",
        ),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_does_not_follow_is_refused(play, case):
    """
    With its kind, in the report that readiness looks at, and without a checkpoint; another log is signed all the same.
    """
    kind, statements = CASES[case]

    async def scene(place: Office) -> None:
        other = UUID(int=7)
        await place.log.write(OpenTenant(other, "Other", "venia.test/t/other", "test"))
        await place.write(9)
        await place.sign()
        size = 0 if kind == "vanished" else (await place.newest()).size
        if kind in ("altered", "forked"):
            await place.write(5)
        await place.tamper(*statements)
        await place.log.write(place.log.note("another").__class__(other, "still here"))
        outcome = await place.sign()
        async with place.log.snapshots.of(META) as conn:
            report = await read_report(conn)

        assert [sentence.partition(":")[0] for sentence in outcome.refused.values()] == [kind]
        assert report is not None
        assert (report.refusal, report.refused) == (None, 1)
        assert [each.tenant for each in outcome.signed] == [other]
        if size:
            assert (await place.newest()).size == size

    play(scene)


def test_a_forked_log_of_the_same_size_is_refused(play):
    """
    The tail was cut and written anew: as many entries as were signed, and other ones.
    """

    async def scene(place: Office) -> None:
        await place.write(9)
        await place.sign()
        await place.tamper(
            "UPDATE log_heads SET edge = set_byte(edge, 40, 255 - get_byte(edge, 40)) WHERE tenant_id = :tenant"
        )
        outcome = await place.sign()

        assert next(iter(outcome.refused.values())).startswith("forked: at size 10")

    play(scene)


def test_a_refused_log_is_signed_again_once_it_is_whole(play):
    """
    What was damaged and is repaired follows again; the report says so.
    """

    async def scene(place: Office) -> None:
        await place.sign()
        await place.write(3)
        await place.tamper(f"{BODY} = 2")
        refused = (await place.sign()).refused
        await place.tamper(
            "UPDATE entries SET body = set_byte(body, octet_length(body) - 5, ascii('e')) "
            "WHERE tenant_id = :tenant AND entry_index = 2"
        )
        outcome = await place.sign()
        async with place.log.snapshots.of(META) as conn:
            report = await read_report(conn)

        assert list(refused) == [place.log.tenant]
        assert (outcome.signed[0].size, outcome.refused) == (4, {})
        assert report is not None
        assert report.is_well

    play(scene)

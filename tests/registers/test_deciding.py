"""
What registers say in decisions: who is listed, what is too old, what was never loaded.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from tests.consent.desk import Office
from tests.factories import ANA, BEN, DAY, NOW, authorization, consent
from tests.policies.test_replaying import replayed
from tests.registers.loading import load

OFFER: dict[str, Any] = {"purpose": "offers", "channel": "voice"}
MICROSECOND = timedelta(microseconds=1)
MARKETING_CODES = {"REGISTER_LISTED", "REGISTER_STALE", "FACT_MISSING"}


def soft(office: Office, to: str = ANA) -> None:
    """
    A consent that no register is waived for.
    """
    office.write(consent(office.tenant, to, purpose="offers", basis="soft_opt_in"))


def said(office: Office, to: str | UUID = ANA, **changed: Any) -> set[str]:
    """
    What is against an offer because of a register.
    """
    return {each.code.value for each in office.check(to, **(OFFER | changed)).decision.reasons} & MARKETING_CODES


def test_a_register_that_nobody_loaded_is_a_missing_fact(office: Office):
    """
    And the deny names it.
    """
    soft(office)
    reasons = office.check(ANA, **OFFER).decision.reasons

    assert [each.params for each in reasons if each.code.value == "FACT_MISSING"] == [{"fact": "registers.robinson"}]


def test_who_is_listed_is_not_called_and_who_is_not_may_be(office: Office):
    """
    In a check and in an authorization, whose entry holds what the register said.
    """
    load(office, [BEN])
    soft(office)
    soft(office, BEN)
    office.ask(authorization(office.tenant, BEN, **OFFER))
    [denied] = office.payloads("decision.denied")

    assert said(office, ANA) == set()
    assert said(office, BEN) == {"REGISTER_LISTED"}
    assert denied["facts"]["registers"] == {"robinson": {"as_of": "2026-11-24T11:00:00Z", "listed": True}}


def test_somebody_whom_nobody_met_is_looked_up(office: Office):
    """
    The number that is asked about is enough.
    """
    load(office, [BEN])

    assert said(office, BEN) == {"REGISTER_LISTED"}
    assert said(office, ANA) == set()


def test_a_load_is_too_old_at_the_very_instant(office: Office):
    """
    Thirty days to the microsecond after it was drawn, not after it was loaded.
    """
    load(office, [BEN], as_of=NOW - 30 * DAY)
    soft(office)
    [stale] = [
        each for each in office.check(ANA, at=NOW, **OFFER).decision.reasons if each.code.value in MARKETING_CODES
    ]

    assert (stale.code.value, stale.params["as_of"]) == ("REGISTER_STALE", "2026-10-26T11:00:00Z")
    assert said(office, at=NOW - MICROSECOND) == set()


def test_what_was_decided_is_replayed_from_what_was_recorded(office: Office):
    """
    With another load in force, every decision is made again from its entry, to the same end.
    """
    load(office, [BEN])
    soft(office)
    soft(office, BEN)
    for who in (ANA, BEN):
        office.ask(authorization(office.tenant, who, **OFFER))
    load(office, [ANA], as_of=NOW)
    found, _ = replayed(office)
    told = found.to_json()

    assert (told["decisions"], told["differences"], told["troubles"]) == (2, [], [])

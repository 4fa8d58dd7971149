"""
An allow on terms: obligations are passed on as the decision has them, and bind who declares what it can meet.
"""

from datetime import UTC, datetime
from typing import Any, cast
from uuid import uuid4

import pytest

from policies.authzen.evaluating import AskedCall, Evaluated, Named
from policies.checking import Checked
from policies.decision import Decision, Obligation, Reason
from policies.reasons import Code, Severity
from tests.server.api import Api, new_phone
from tests.server.authzen.asking import (
    ACTIONS,
    EVALUATIONS,
    RESOURCES,
    SUBJECTS,
    callable_person,
    contact,
    question,
    reasons,
    said,
)

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


RECORD = Obligation("acme@1/record", "disclose_recording", {"at": "start", "locale": None})
CLOSE = Obligation("acme@1/short", "maximum_duration", {"duration": "PT10M"})
REASON = Reason(Code.CAP_REACHED, Severity.DEFER, "tenant", "acme@1", "cap", "tenant", None, {}, None)


def told(
    *terms: Obligation, allow: bool = True, detail: str = "reasons", supported: set[str] | None = None
) -> Evaluated:
    """
    What a caller that supports these types of obligations is told of a decision on these terms.
    """
    asked = AskedCall(
        tenant=uuid4(),
        subject=Named(None, is_whole=True),
        action="call.place",
        people=(),
        purpose="offers",
        channel="voice",
        technology="live",
        detail=detail,
        supported=None if supported is None else frozenset(supported),
    )
    decision = Decision(allow, () if allow else (REASON,), None, None, "sha256:0", ("acme@1",), "2026f", terms)
    return asked.told(Checked(decision, None, NOW, 0), None)


def test_an_allow_carries_its_obligations():
    """
    Each with id, type and properties, without nulls; none, no member.
    """
    answer = told(RECORD, CLOSE)

    assert answer.permit
    assert answer.context["obligations"] == [
        {"id": "acme@1/record", "type": "disclose_recording", "properties": {"at": "start"}},
        {"id": "acme@1/short", "type": "maximum_duration", "properties": {"duration": "PT10M"}},
    ]
    assert "obligations" not in told().context


@pytest.mark.parametrize(
    ("supported", "beyond"),
    [
        ({"disclose_recording", "maximum_duration"}, None),
        ({"disclose_recording", "maximum_duration", "step-up"}, None),
        ({"disclose_recording"}, ["maximum_duration"]),
        ({"acme@1/record", "acme@1/short"}, ["disclose_recording", "maximum_duration"]),
        (set(), ["disclose_recording", "maximum_duration"]),
    ],
)
def test_an_allow_on_terms_that_cannot_be_met_is_a_deny(supported, beyond):
    """
    The reason names the types; the obligations are told all the same, since those that can be met are to be met.
    """
    answer = told(RECORD, CLOSE, supported=supported)

    assert answer.permit is (beyond is None)
    assert len(cast(list[object], answer.context["obligations"])) == 2
    if beyond is not None:
        (reason,) = cast(list[dict[str, Any]], answer.context["reasons"])  # Any: JSON.
        assert (answer.context["reason"], reason["code"]) == ("OBLIGATION_UNSUPPORTED", "OBLIGATION_UNSUPPORTED")
        assert reason["params"] == {"obligations": beyond}
        assert answer.codes == ("OBLIGATION_UNSUPPORTED",)


def test_an_allow_without_terms_binds_nobody():
    """
    Whoever can do nothing is allowed what asks for nothing.
    """
    assert told(supported=set()).permit


def test_without_a_word_about_it_the_terms_are_the_callers_to_read():
    """
    Who does not declare what it supports gets the decision and its obligations, as the standard has it.
    """
    assert told(RECORD).permit


def test_detail_hides_reasons_and_never_obligations():
    """
    They are no explanation, they are what is to be done.
    """
    answer = told(RECORD, supported=set(), detail="none")

    assert not answer.permit
    assert set(answer.context) == {"obligations", "policy"}


def test_a_deny_stays_a_deny():
    """
    For its own reason, whatever is supported.
    """
    answer = told(RECORD, allow=False, supported={"disclose_recording"})

    assert not answer.permit
    assert answer.codes == ("CAP_REACHED",)


def test_the_terms_are_those_of_a_check(api: Api):
    """
    On the wire: the same obligations, and whoever declares all of them is allowed as before.
    """
    phone = new_phone()
    api.agree(phone)
    asked, checked = question(contact("x", phone=phone)), api.check(phone)
    kinds = [each["type"] for each in checked["obligations"]]
    open_, able = (said(api, asked | {"context": each}) for each in ({}, {"supported_obligations": kinds}))

    assert kinds
    assert open_["context"]["obligations"] == checked["obligations"]
    assert able == open_
    assert able["decision"] is True


def test_who_can_meet_no_terms_is_allowed_nothing_and_finds_nobody(api: Api):
    """
    Alone, among others and in every search.
    """
    person = callable_person(api)
    asked = question(contact(person), context={"supported_obligations": []})
    alone, among = said(api, asked), said(api, {"evaluations": [asked]}, EVALUATIONS)["evaluations"]
    found = [said(api, asked, path)["results"] for path in (SUBJECTS, ACTIONS)]

    assert (alone["decision"], reasons(alone)) == (False, ["OBLIGATION_UNSUPPORTED"])
    assert alone["context"]["obligations"]
    assert among == [alone]
    assert found == [[], []]
    assert person not in str(said(api, asked, RESOURCES))

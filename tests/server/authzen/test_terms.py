"""
An allow on terms: obligations are passed on as the decision has them, and bind who declares what it can meet.
"""

from datetime import UTC, datetime
from typing import Any, cast
from uuid import uuid4

import pytest

from policies.authzen.evaluating import AskedCall, Evaluated, Named
from policies.checking import Checked
from policies.decision import Decision, Reason
from policies.reasons import Code, Severity

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


class Term(dict[str, Any]):  # Any: an obligation has properties of every kind.
    """
    An obligation, in whichever way a decision holds it.
    """

    def to_json(self) -> dict[str, Any]:  # Any, as above.
        """
        As it goes over the wire.
        """
        return dict(self)


RECORD = Term(id="announce", type="notification", properties={"text": "This call is recorded.", "locale": None})
CLOSE = Term(id="within", type="custom", properties={"seconds": 90})
REASON = Reason(Code.CAP_REACHED, Severity.DEFER, "tenant", "acme@1", "cap", "tenant", None, {}, None)


def told(*terms: Term, allow: bool = True, detail: str = "reasons", supported: set[str] | None = None) -> Evaluated:
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
    held = cast(Any, terms)  # Any: whatever a decision holds obligations as.
    decision = Decision(allow, () if allow else (REASON,), None, None, "sha256:0", ("acme@1",), "2026f", held)
    return asked.told(Checked(decision, None, NOW, 0), None)


def test_an_allow_carries_its_obligations():
    """
    Each with id, type and properties, without nulls; none, no member.
    """
    answer = told(RECORD, CLOSE)

    assert answer.permit
    assert answer.context["obligations"] == [
        {"id": "announce", "type": "notification", "properties": {"text": "This call is recorded."}},
        {"id": "within", "type": "custom", "properties": {"seconds": 90}},
    ]
    assert "obligations" not in told().context


@pytest.mark.parametrize(
    ("supported", "beyond"),
    [
        ({"notification", "custom"}, None),
        ({"notification", "custom", "step-up"}, None),
        ({"notification"}, ["custom"]),
        ({"announce", "within"}, ["notification", "custom"]),
        (set(), ["notification", "custom"]),
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
    answer = told(RECORD, allow=False, supported={"notification"})

    assert not answer.permit
    assert answer.codes == ("CAP_REACHED",)

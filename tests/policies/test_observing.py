"""
Calls as WhatsApp tells of them, in whatever order: matched to their holds, or noted as calls that nobody announced.
"""

from datetime import timedelta
from itertools import permutations
from uuid import UUID, uuid4

import pytest

from policies.refusals import HoldSpent, OutcomeContrary
from tests.channels.payloads import (
    ACME,
    Business,
    Customer,
    call_status,
    call_statuses,
    calls,
    connect,
    terminate_answered,
    terminate_failed,
    terminate_unanswered,
)
from tests.consent.desk import Office
from tests.factories import HOUR, MINUTE, NOW, OTHER_SENDER, SECOND, outcome, withdrawal
from tests.policies.calling import WHATSAPP, agreed, ask, called, permitted, release

HER = Customer("34600111222", "ES.50000000000000000005", "Ana")
BEN = Customer("34600333444", None, "Ben")
T = int(NOW.timestamp())

# What WhatsApp may tell of one call, by its own clock.
TOLD = {
    "connect": lambda **of: calls(connect(at=T + 1, to=HER, **of), people=(HER,)),
    "ringing": lambda **of: call_statuses(call_status("RINGING", at=T + 2, to=HER, **of), people=(HER,)),
    "accepted": lambda **of: call_statuses(call_status("ACCEPTED", at=T + 9, to=HER, **of), people=(HER,)),
    "rejected": lambda **of: call_statuses(call_status("REJECTED", at=T + 9, to=HER, **of), people=(HER,)),
    "answered": lambda **of: calls(terminate_answered(at=T + 129, to=HER, **of), people=(HER,)),
    "unanswered": lambda **of: calls(terminate_unanswered(at=T + 40, to=HER, **of), people=(HER,)),
    "failed": lambda **of: calls(terminate_failed(at=T + 40, to=HER, **of), people=(HER,)),
}
STORIES = [
    (("connect", "ringing", "accepted", "answered"), ("connected", 120, T + 129)),
    (("connect", "accepted", "unanswered"), ("connected", None, T + 9)),
    (("connect", "accepted", "failed"), ("connected", None, T + 9)),
    (("connect", "ringing", "rejected", "unanswered"), ("rejected", None, T + 9)),
    (("connect", "rejected", "failed"), ("rejected", None, T + 9)),
    (("connect", "ringing", "unanswered"), ("unanswered", None, T + 40)),
    (("connect", "failed"), ("failed", None, T + 40)),
    (("connect", "ringing"), (None, None, None)),
]


def holding(office: Office) -> str:
    """An open hold on a WhatsApp call to Ana."""
    agreed(office)
    permitted(office)
    return called(office, None, **WHATSAPP)


def tell(office: Office, *names: str, opaque: str | None = None) -> None:
    """WhatsApp tells these things of one call, an hour later and in this order."""
    office.clock.now = NOW + HOUR
    for name in names:
        office.deliver(TOLD[name](opaque=opaque))


def attempts(office: Office) -> list[tuple[str | None, int | None, int | None]]:
    """How every attempt ended, how long it lasted, and when."""
    return [
        (row["outcome"], row["duration_s"], row["outcome_at"] and int(row["outcome_at"].timestamp()))
        for row in office.rows("attempts")
    ]


# --- One call, told in any order


@pytest.mark.parametrize(("story", "ended"), STORIES)
@pytest.mark.parametrize("named", [True, False])
def test_the_order_of_deliveries_never_matters(office: Office, story, ended, named):
    """
    However the deliveries about a call are shuffled, its hold ends with the same outcome, duration and instant.
    """
    agreed(office)
    permitted(office)
    for shuffled in permutations(story):
        hold = called(office, None, **WHATSAPP)
        tell(office, *shuffled, opaque=f"hold={hold}" if named else None)
        (row,) = attempts(office)

        assert row == ended, shuffled
        office = office.desk.open_office()
        agreed(office)
        permitted(office)


@pytest.mark.parametrize(("story", "ended"), STORIES)
def test_the_order_never_matters_for_a_call_nobody_announced(office: Office, story, ended):
    """
    The same for a call without a hold: one attempt, whatever is told first.
    """
    for shuffled in permutations(story):
        tell(office, *shuffled)

        assert attempts(office) == [ended], shuffled
        assert len(office.payloads("call.unannounced")) == 1
        office = office.desk.open_office()


def test_a_delivery_repeated_changes_nothing(office: Office):
    """
    Everything told twice is recorded once.
    """
    holding(office)
    tell(office, "connect", "accepted", "answered")
    events = office.events()
    tell(office, "answered", "connect", "accepted")

    assert office.events() == events
    assert events[-3:] == ["call.recognised", "call.reported", "call.amended"]


# --- Which hold it was


def test_the_hold_named_is_the_one(office: Office):
    """
    Of two open holds the one whose id the call carries is meant, be it the older one.
    """
    older = holding(office)
    newer = called(office, None, **WHATSAPP)
    tell(office, "answered", opaque=older)
    state = {str(row["attempt_id"]): row["outcome"] for row in office.rows("attempts")}

    assert state == {older: "connected", newer: None}


def test_without_a_name_the_newest_hold_is_meant(office: Office):
    """
    A call that names no hold, or one that is none, belongs to the newest hold of that number and person.
    """
    older = holding(office)
    office.clock.advance(SECOND)
    newer = called(office, None, **WHATSAPP)
    tell(office, "answered", opaque=str(uuid4()))
    state = {str(row["attempt_id"]): row["outcome"] for row in office.rows("attempts")}

    assert state == {older: None, newer: "connected"}


def test_two_calls_have_two_holds(office: Office):
    """
    A hold that became one call is not taken for the next one.
    """
    holding(office)
    office.clock.advance(SECOND)
    called(office, None, **WHATSAPP)
    office.clock.now = NOW + HOUR
    office.deliver(TOLD["answered"](id="wacid.ONE", opaque=None), TOLD["unanswered"](id="wacid.TWO", opaque=None))

    assert sorted(each[0] or "" for each in attempts(office)) == ["connected", "unanswered"]
    assert office.payloads("call.unannounced") == []


@pytest.mark.parametrize("why", ["other sender", "other channel", "a request", "too old", "released", "none"])
def test_a_call_that_no_hold_fits_is_unannounced(office: Office, why):
    """
    Another number's, channel's or purpose's hold, one long over or released, is not this call's.
    """
    if why == "too old":
        office.clock.now = NOW - 4 * HOUR - 90 * SECOND - timedelta(microseconds=1)
    agreed(office)
    permitted(office)
    named = None
    match why:
        case "other sender":
            named = called(office, None, sender=OTHER_SENDER)
        case "other channel":
            named = called(office, None)
        case "a request":
            named = called(office, None, **WHATSAPP, action="call.request_permission")
        case "too old":
            named = called(office, None, **WHATSAPP)
        case "released":
            named = called(office, None, **WHATSAPP)
            office.write(release(office, named))
    office.clock.now = NOW
    office.deliver(calls(connect(at=T, to=HER, opaque=named), people=(HER,)))
    (entry,) = office.payloads("call.unannounced")

    assert entry["named_hold"] == named
    assert entry["sender"] == "acme-es"
    assert len(office.rows("attempts")) == (1 if named is None else 2)


def test_another_persons_hold_hides_no_call(office: Office):
    """
    A call to somebody else that names Ana's hold is a call that nobody asked about.
    """
    hold = holding(office)
    office.deliver(calls(connect(at=T, to=BEN, opaque=hold), people=(BEN,)))

    assert office.payloads("call.unannounced")[0]["contact"] == str(office.contact("+34600333444"))
    assert office.codes("+34600333444") == {"CONSENT_MISSING"}


# --- Calls that nobody announced


def test_an_unannounced_call_counts_as_marketing(office: Office):
    """
    A call that nobody asked about uses up the day's marketing call and one of the day's three.
    """
    agreed(office, "offers", "order_updates")
    office.deliver(TOLD["connect"](opaque=None))
    (row,) = office.rows("attempts")

    assert (row["category"], row["purpose"], row["announced"]) == ("marketing", None, False)
    # It may be going on, and end in any way.
    assert ask(office, purpose="offers")[0] == ["CAP_REACHED", "COOL_OFF", "COOL_OFF"]
    assert ask(office)[0] == ask(office)[0] == []
    assert ask(office)[0] == ["CAP_REACHED"]


def test_an_unannounced_call_to_a_stranger_meets_them(office: Office):
    """
    Whoever was called without a hold is known from then on, by both identifiers.
    """
    office.deliver(TOLD["connect"](opaque=None))

    assert office.contact("+34600111222") == office.contact("ES.50000000000000000005")
    assert office.events() == ["contact.identified", "contact.identified", "call.unannounced"]


def test_a_call_from_a_number_not_set_up_is_noted(office: Office):
    """
    Also a call from a business number that the tenant has not added is an attempt.
    """
    stranger = Business("999", "34919999999")
    office.deliver(calls(connect(at=T, to=HER, opaque=None, business=stranger), business=stranger, people=(HER,)))
    (entry,) = office.payloads("call.unannounced")

    assert entry["sender"] is None


def test_the_persons_own_call_is_no_attempt(office: Office):
    """
    A call that the person began needs nobody's leave and is not recorded.
    """
    office.deliver(calls(connect(at=T, to=HER, direction="USER_INITIATED", business=ACME), people=(HER,)))

    assert office.events() == []


# --- The platform and the caller


@pytest.mark.parametrize(
    ("caller", "platform", "ended"),
    [
        ("connected", "unanswered", "unanswered"),
        ("unanswered", "accepted", "connected"),
        ("failed", "answered", "connected"),
        ("failed", "rejected", "rejected"),
        ("refused", "rejected", "rejected"),
        ("unanswered", "rejected", "rejected"),
        ("refused", "answered", "refused"),
        ("opted_out", "accepted", "opted_out"),
        ("rejected", "unanswered", "rejected"),
    ],
)
def test_the_platform_overrules_a_caller(office: Office, caller, platform, ended):
    """
    What WhatsApp tells prevails over a caller's contrary word, and leaves a more exact one as it is.
    """
    hold = holding(office)
    office.write(outcome(office.tenant, hold, caller))
    tell(office, platform, opaque=hold)

    assert attempts(office)[0][0] == ended
    assert office.events()[-1] == "call.amended"
    assert len(office.payloads("consent.withdrawn")) == (1 if caller == "opted_out" else 0)


@pytest.mark.parametrize("platform", ["accepted", "answered"])
def test_a_caller_does_not_overrule_the_platform(office: Office, platform):
    """
    What WhatsApp has seen answered, a caller cannot call missed; but may say more exactly how it went.
    """
    hold = holding(office)
    tell(office, platform, opaque=hold)

    assert isinstance(office.refusal(outcome(office.tenant, hold, "unanswered")), OutcomeContrary)
    assert office.ask(outcome(office.tenant, hold, "refused"))["hold"]["outcome"] == "refused"


@pytest.mark.parametrize("caller", ["connected", "refused", "opted_out"])
@pytest.mark.parametrize("order", list(permutations(["caller", "accepted", "unanswered"])))
def test_accepted_is_never_overruled_by_an_end_without_times(office: Office, caller, order):
    """
    An end that names no times never undoes that the call was accepted, whenever the caller said so as well.
    """
    hold = holding(office)
    for each in order:
        if each == "caller":
            if attempts(office)[0][0] != "unanswered":
                office.write(outcome(office.tenant, hold, caller))
        else:
            tell(office, each, opaque=hold)

    assert attempts(office)[0][0] in ("connected", caller)


def test_a_conversation_ends_when_the_platform_says(office: Office):
    """
    The pause before an offer runs from the end of the conversation, not from when it was accepted.
    """
    agreed(office, "offers", "order_updates")
    permitted(office)
    called(office, None, **WHATSAPP)
    office.clock.now = NOW + HOUR
    office.deliver(TOLD["accepted"](opaque=None))
    office.deliver(calls(terminate_answered(at=T + 2400, to=HER, opaque=None, duration=2391), people=(HER,)))

    assert ask(office, purpose="offers")[0] == ["COOL_OFF"]

    office.clock.now = NOW + 70 * MINUTE

    assert ask(office, purpose="offers")[0] == []


def test_a_call_that_the_platform_saw_is_not_released(office: Office):
    """
    A caller cannot say of a call that WhatsApp told of, or of one nobody announced, that it was not placed.
    """
    hold = holding(office)
    tell(office, "ringing", opaque=hold)
    office.deliver(calls(connect(id="wacid.BEN", at=T, to=BEN, opaque=None), people=(BEN,)))
    unannounced = office.payloads("call.unannounced")[0]["attempt"]

    assert isinstance(office.refusal(release(office, hold)), HoldSpent)
    assert isinstance(office.refusal(release(office, unannounced)), HoldSpent)


def test_a_call_on_its_way_when_the_person_said_no_counts(office: Office):
    """
    A hold that has become a call is not released by a withdrawal: it counts, and is confirmed by what it came to.
    """
    hold = holding(office)
    office.deliver(TOLD["connect"](opaque=hold))
    office.write(withdrawal(office.tenant))
    tell(office, "answered", opaque=hold)
    entry = office.payloads("call.reported")[-1]

    assert entry["before"]["state"] == "expired"
    assert office.payloads("consent.withdrawn")[-1]["released_holds"] == []
    assert attempts(office)[0][0] == "connected"
    assert UUID(entry["hold"]) == UUID(hold)

"""
What a person says on WhatsApp, from the delivery as it comes in to what is decided about the next call.
"""

import pytest

from audit.errors import Refused
from consent.errors import SenderUnknown
from policies.checking import Check
from tests.channels.payloads import (
    Business,
    Customer,
    account_restriction,
    automatic_revocation,
    button,
    callback_grant,
    decline,
    message_status,
    message_statuses,
    messages,
    number_changed,
    permanent_grant,
    preference,
    preferences,
    profile_grant,
    profile_revocation,
    temporary_grant,
    text,
)
from tests.consent.desk import Office
from tests.factories import (
    ANA,
    DAY,
    HOUR,
    MINUTE,
    NOW,
    OTHER_SENDER,
    SECOND,
    consent,
    question,
    reply,
    withdrawal,
)

HER = Customer("34600111222", "ES.50000000000000000005", "Ana")
T = int(NOW.timestamp())
CALL = {"channel": "whatsapp_call"}


def on_whatsapp(office: Office, **changed):
    """Consent to calls on WhatsApp, given yesterday."""
    return office.ask(consent(office.tenant, channels=("whatsapp_call",), **changed))["consents"][0]


def say(office: Office, *items):
    """These messages of hers are delivered."""
    return office.deliver(messages(*items, people=(HER,)))


def permission(office: Office):
    """Her permission as it stands, if any word was said about it."""
    return next(iter(office.in_force(ANA)["permissions"]), None)


# --- A no and a yes close together


def test_a_no_of_the_same_second_wins(office: Office):
    """
    Consent given within the second that WhatsApp stamps on a STOP is closed by it.
    """
    office.clock.now = NOW + MINUTE
    on_whatsapp(office, at=NOW + 0.9 * SECOND)
    say(office, text("BAJA", by=HER, at=T))

    assert office.codes(ANA, **CALL) >= {"CONSENT_WITHDRAWN", "SUPPRESSED"}


@pytest.mark.parametrize("earlier", [0, 1, 30, 60])
def test_a_no_within_the_skew_of_clocks_wins(office: Office, earlier):
    """
    A STOP stamped up to a minute before a consent, and told after it, may have been said after it: the no counts.
    """
    office.clock.now = NOW + MINUTE
    on_whatsapp(office, at=NOW)
    say(office, text("BAJA", by=HER, at=T - earlier))

    assert office.codes(ANA, **CALL) >= {"CONSENT_WITHDRAWN", "SUPPRESSED"}


def test_a_no_from_before_the_consent_is_overruled(office: Office):
    """
    A STOP stamped more than a minute before a consent was said before it, however late it is delivered.
    """
    office.clock.now = NOW + HOUR
    on_whatsapp(office, at=NOW)
    say(office, text("BAJA", by=HER, at=T - 61), permanent_grant(by=HER, at=T))

    assert office.codes(ANA, **CALL) == set()


def test_a_true_change_of_mind_wins(office: Office):
    """
    A no never counts as later than the present: who agrees a second after it was delivered has agreed.
    """
    say(office, text("BAJA", by=HER, at=T), permanent_grant(by=HER, at=T))
    office.clock.advance(SECOND)
    again = on_whatsapp(office, at=office.clock.now, method="whatsapp_button")

    assert again["historical_only"] is False
    assert office.codes(ANA, **CALL) == set()


@pytest.mark.parametrize("said", ["STOP", "BAJA", "no me llames más", "QUIERO DARME DE BAJA"])
def test_a_no_takes_back_everything(office: Office, said):
    """
    An unqualified no ends every purpose, on every channel and for every sender.
    """
    on_whatsapp(office)
    office.write(consent(office.tenant, purpose="overdue_payments"))
    say(office, text(said, by=HER, at=T))

    for changed in (CALL, {"purpose": "overdue_payments"}, {"sender": OTHER_SENDER}):
        assert "SUPPRESSED" in office.codes(ANA, **changed)
    assert {each["state"] for each in office.in_force(ANA)["consents"]} == {"withdrawn"}


def test_a_pressed_button_is_a_no_too(office: Office):
    """
    A button that says no is one, and is recorded as pressed.
    """
    say(office, button("STOP_CALLS", "No quiero llamadas", by=HER, at=T))
    (entry,) = office.payloads("consent.withdrawn")

    assert entry["method"] == "whatsapp_button"


def test_asking_for_messages_re_opens_no_calls(office: Office):
    """
    START takes messages up again; calls stay closed until the person agrees to calls.
    """
    on_whatsapp(office)
    say(office, text("BAJA", by=HER, at=T - 60), permanent_grant(by=HER, at=T))
    office.clock.advance(HOUR)
    say(office, text("START", id="wamid.T2", by=HER, at=T + 1800))

    assert office.events()[-1] == "reply.opted_in"
    for channel in ("whatsapp_call", "voice"):
        assert "SUPPRESSED" in office.codes(ANA, channel=channel)


def test_a_call_for_help_is_noted_and_changes_nothing(office: Office):
    """
    Asking for help is an entry, and what means nothing is none.
    """
    on_whatsapp(office)
    say(office, text("AYUDA", by=HER, at=T))
    say(office, text("¿A qué hora abren?", id="wamid.T2", by=HER, at=T))

    assert office.events()[-1] == "reply.help_asked"
    assert "SUPPRESSED" not in office.codes(ANA, **CALL)


def test_a_delivery_repeated_changes_nothing(office: Office):
    """
    The same delivery again, whole or in another order, adds no entry and lifts nothing said since.
    """
    said = (text("BAJA", by=HER, at=T), temporary_grant(by=HER, at=T), text("START", id="wamid.T2", by=HER, at=T))
    say(office, *said)
    events = office.events()
    again = say(office, *reversed(said))

    assert all(each.replayed for each in again)
    assert office.events() == events


# --- WhatsApp's own switch for marketing


def test_stopping_marketing_stops_marketing_only(office: Office):
    """
    The switch withdraws what is marketing, calls included, and leaves the rest.
    """
    for purpose in ("offers", "order_updates"):
        office.write(consent(office.tenant, purpose=purpose))
    office.deliver(preferences(preference("stop", of=HER, at=T), people=(HER,)))

    assert office.codes(ANA, purpose="offers") >= {"CONSENT_WITHDRAWN", "SUPPRESSED"}
    assert office.codes(ANA) == set()


def test_resuming_marketing_re_opens_no_calls(office: Office):
    """
    The switch turned back takes marketing messages up again; marketing calls need consent to calls.
    """
    office.write(consent(office.tenant, purpose="offers"))
    office.deliver(preferences(preference("stop", of=HER, at=T), people=(HER,)))
    office.clock.advance(HOUR)
    office.deliver(preferences(preference("resume", of=HER, at=T + 1800), people=(HER,)))

    assert office.events()[-1] == "preference.resumed"
    assert office.codes(ANA, purpose="offers") >= {"CONSENT_WITHDRAWN", "SUPPRESSED"}


def test_a_failed_message_tells_of_the_switch(office: Office):
    """
    A message that failed because marketing was switched off is the same no.
    """
    office.write(consent(office.tenant, purpose="offers"))
    office.deliver(message_statuses(message_status("failed", 131050, to=HER, at=T), people=(HER,)))

    assert "SUPPRESSED" in office.codes(ANA, purpose="offers")


# --- Permission, in the seven scenarios that WhatsApp has


@pytest.mark.parametrize(
    ("said", "state", "automatic", "codes"),
    [
        (temporary_grant, "temporary", False, set()),
        (permanent_grant, "permanent", False, set()),
        (profile_grant, "permanent", False, set()),
        (callback_grant, "temporary", True, set()),
        (decline, "declined", False, {"PERMISSION_MISSING"}),
        (automatic_revocation, "revoked", True, {"PERMISSION_REVOKED"}),
        (profile_revocation, "revoked", False, {"PERMISSION_REVOKED"}),
    ],
)
def test_every_scenario_leads_to_its_state(office: Office, said, state, automatic, codes):
    """
    Granted or refused, on request or not, by the person or by WhatsApp: the state and the decision follow.
    """
    on_whatsapp(office)
    say(office, said(by=HER, at=T - 5))
    found = permission(office)

    assert (found["state"], found["automatic"], found["sender"]) == (state, automatic, "acme-es")
    assert office.codes(ANA, **CALL) == codes
    assert office.events()[-1] == ("permission.granted" if not codes else f"permission.{state}")


def test_permission_without_consent_is_not_enough(office: Office):
    """
    Meta's permission is no consent, and consent is no permission: both are required.
    """
    say(office, permanent_grant(by=HER, at=T))

    assert office.codes(ANA, **CALL) == {"CONSENT_MISSING"}


def test_a_temporary_permission_ends_by_itself(office: Office):
    """
    A week after it was given a permission is over, with nothing delivered for it.
    """
    on_whatsapp(office, purpose="order_updates")
    say(office, temporary_grant(by=HER, at=T))
    end = NOW + 7 * DAY
    office.clock.now = end - SECOND

    assert office.codes(ANA, **CALL) == set()

    office.clock.now = end

    assert office.codes(ANA, **CALL) == {"PERMISSION_EXPIRED"}
    assert permission(office)["state"] == "expired"


def test_permission_is_given_to_one_sender(office: Office):
    """
    The other business number has no permission.
    """
    on_whatsapp(office)
    say(office, permanent_grant(by=HER, at=T))

    assert office.codes(ANA, **CALL, sender=OTHER_SENDER) == {"PERMISSION_MISSING"}


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_replies_in_one_second_the_refusal_counts(office: Office, turned):
    """
    Granted and taken back within the second that WhatsApp tells apart is taken back, in either order of arrival.
    """
    on_whatsapp(office)
    office.clock.advance(MINUTE)
    said = [permanent_grant(by=HER, at=T), profile_revocation(by=HER, at=T)]
    say(office, *(reversed(said) if turned else said))

    assert office.codes(ANA, **CALL) == {"PERMISSION_REVOKED"}


@pytest.mark.parametrize("turned", [False, True])
def test_a_grant_after_a_refusal_counts(office: Office, turned):
    """
    A refusal is not final: a grant of the next second opens, in either order of arrival.
    """
    on_whatsapp(office)
    office.clock.advance(MINUTE)
    said = [decline(by=HER, at=T), permanent_grant(by=HER, at=T + 1)]
    say(office, *(reversed(said) if turned else said))

    assert office.codes(ANA, **CALL) == set()


def test_a_permission_for_a_number_not_set_up_comes_again(office: Office):
    """
    A reply to a business number that the tenant has not added is refused, so that it is not lost as recorded.
    """
    stranger = Business("999", "34919999999")
    with pytest.raises(Refused) as refused:
        office.deliver(messages(permanent_grant(by=HER, at=T), business=stranger, people=(HER,)))

    assert isinstance(refused.value, SenderUnknown)
    assert office.events() == []


# --- The account, and the person


def test_a_restricted_sender_does_not_call(office: Office):
    """
    What Meta restricts cannot call on WhatsApp until the restriction ends, and says until when.
    """
    on_whatsapp(office)
    say(office, permanent_grant(by=HER, at=T))
    business = Business("700600500400", "34910000000")
    office.deliver(
        account_restriction("RESTRICTED_BUSINESS_INITIATED_CALLING", until=T + 3600, business=business, at=T)
    )
    (reason,) = office.check(ANA, channel="whatsapp_call").decision.reasons

    assert reason.code.value == "SENDER_RESTRICTED"
    assert reason.retry_at == NOW + HOUR
    assert office.codes(ANA, **CALL, sender=OTHER_SENDER) == {"PERMISSION_MISSING"}

    office.clock.now = NOW + HOUR

    assert office.codes(ANA, **CALL) == set()


def test_a_restriction_without_end_holds(office: Office):
    """
    Where Meta names no end, there is none to wait for.
    """
    on_whatsapp(office)
    say(office, permanent_grant(by=HER, at=T))
    business = Business("700600500400", "34910000000")
    office.deliver(account_restriction("RESTRICTED_BUSINESS_INITIATED_CALLING", until=None, business=business, at=T))
    office.clock.advance(7 * DAY)
    decision = office.read(Check(office.tenant, question(ANA, **CALL))).decision

    assert [each.code.value for each in decision.reasons] == ["SENDER_RESTRICTED"]
    assert decision.retry_at is None


def test_a_delivered_change_of_number_carries_the_noes(office: Office):
    """
    WhatsApp says that she moved: her opt-out is in force at the new number, her consent is not.
    """
    on_whatsapp(office)
    office.write(withdrawal(office.tenant, purposes=("offers",)))
    office.deliver(messages(number_changed("34600333444", of=HER, at=T), people=()))

    assert office.codes("+34600333444", **CALL) == {"CONSENT_MISSING", "PERMISSION_MISSING"}
    assert "SUPPRESSED" in office.codes("+34600333444", purpose="offers")


def test_a_no_of_a_stranger_is_kept(office: Office):
    """
    Somebody never met who says STOP is met, and is never called.
    """
    office.write(reply(office.tenant, "ES.1", text="STOP"))

    assert "SUPPRESSED" in office.codes("ES.1")

"""
Buttons whose meaning the business names, and what a reply leaves in the log and on open holds.
"""

import pytest

from consent.setup import AddChannel, NameChoices
from tests.channels.payloads import button, text
from tests.consent.desk import Office
from tests.consent.test_hearing import CALL, HER, T, on_whatsapp, say
from tests.factories import ANA, SECOND, authorization, consent, reply


def press(office: Office, payload: str, title: str, number: int) -> None:
    """She presses a button."""
    office.clock.advance(SECOND)
    at = int(office.clock.now.timestamp())
    say(office, button(payload, title, by=HER, at=at, id=f"wamid.B{number}"))


def test_a_button_means_what_the_business_says(office: Office):
    """
    An opaque payload refuses advertising; one that nobody named is read by its words alone.
    """
    office.write(AddChannel(office.tenant, "test", "test", "secret", "verify"))
    office.write(NameChoices(office.tenant, "test", "test", {"B7": "opt_out_marketing", "B8": "opt_out"}))
    office.write(consent(office.tenant, channels=("voice",)))
    office.write(consent(office.tenant, purpose="offers", channels=("voice",)))
    press(office, "B9", "Tal vez luego", 1)
    told = [office.codes(ANA, purpose="offers")]
    press(office, "B7", "Menos de esto", 2)
    told.append(office.codes(ANA, purpose="offers"))

    assert "SUPPRESSED" not in told[0]
    assert "SUPPRESSED" in told[1]
    assert "SUPPRESSED" not in office.codes(ANA)
    press(office, "B8", "Hasta aquí", 3)
    assert "SUPPRESSED" in office.codes(ANA)


def test_no_configuration_undoes_a_clear_refusal(office: Office):
    """
    A button that says BAJA is a refusal, whatever its payload was named to be.
    """
    office.write(AddChannel(office.tenant, "test", "test", "secret", "verify"))
    office.write(NameChoices(office.tenant, "test", "test", {"B1": "none"}))
    on_whatsapp(office)
    press(office, "B1", "BAJA", 1)

    assert "SUPPRESSED" in office.codes(ANA, **CALL)


def test_a_button_means_only_what_there_is(office: Office):
    """
    Another meaning is refused with those that there are, and nothing is recorded.
    """
    office.write(AddChannel(office.tenant, "test", "test", "secret", "verify"))

    assert "opt_out_marketing" in str(office.refusal(NameChoices(office.tenant, "test", "test", {"B1": "maybe"})))


def test_a_button_named_a_refusal_is_one_of_everything(office: Office):
    """
    Whatever narrower thing its words say.
    """
    office.write(AddChannel(office.tenant, "test", "test", "secret", "verify"))
    office.write(NameChoices(office.tenant, "test", "test", {"B1": "opt_out"}))
    on_whatsapp(office)
    press(office, "B1", "No quiero más publicidad", 1)

    assert "SUPPRESSED" in office.codes(ANA, **CALL)


def test_what_a_person_said_stays_out_of_the_log(office: Office):
    """
    A refusal read by a grammar quotes them; the entry has the language, and the words are sealed.
    """
    on_whatsapp(office)
    say(office, text("do not call 0034 612345678 ever", by=HER, at=T))
    [withdrawn] = office.payloads("consent.withdrawn")

    assert withdrawn["pattern"] is None
    assert "612345678" not in str(withdrawn)


def test_a_doubtful_no_lets_open_marketing_holds_go(office: Office):
    """
    Who may have refused is not called on an allow of a moment before.
    """
    office.write(consent(office.tenant, purpose="offers", channels=("voice",)))
    hold = office.ask(authorization(office.tenant, purpose="offers"))["hold"]["id"]
    office.clock.advance(2 * SECOND)
    say(office, text("esto es acoso", by=HER, at=int(office.clock.now.timestamp())))

    assert office.payloads("reply.queued")[0]["released_holds"] == [hold]


def test_start_opens_what_it_was_answered_by(office: Office):
    """
    By SMS it lets text messages through again, and neither WhatsApp's messages nor any call.
    """
    office.write(reply(office.tenant, text="STOP", method="sms"))
    office.clock.advance(2 * SECOND)
    office.write(reply(office.tenant, text="START", method="sms", at=office.clock.now))
    [opened] = office.payloads("reply.opted_in")

    assert opened["scope"]["channels"] == ["sms"]


@pytest.mark.parametrize(
    "said",
    ["no quiero más publicidad ni llamadas", "no more ads and no more calls", "stop calling me with your offers"],
)
def test_advertising_beside_calls_closes_everything_until_a_person_has_read_it(office: Office, said):
    """
    Nobody can tell from the words whether calls about orders are meant as well.
    """
    office.write(consent(office.tenant, channels=("voice",)))
    say(office, text(said, by=HER, at=T))

    assert office.codes(ANA) == {"SUPPRESSED"}
    assert [row["verdict"] for row in office.rows("reviews")] == [None]

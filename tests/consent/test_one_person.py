"""
One person under two identifiers: a no under one of them is a no under both.
"""

from dataclasses import replace

from tests.channels.payloads import (
    Business,
    Customer,
    messages,
    number_changed,
    permanent_grant,
    profile_revocation,
    text,
    user_id_update,
    user_id_updates,
)
from tests.consent.desk import Office
from tests.factories import ANA, DAY, HOUR, NOW, consent

T = int(NOW.timestamp())
HER = Customer(ANA[1:], "ES.50000000000000000005", "Ana")
BY_USER_ID = replace(HER, wa_id=None)
VOICE = {"channel": "voice"}


def test_a_greeting_teaches_which_identifiers_belong_together(office: Office):
    """
    After a message that named both, a STOP that names only the user id stops calls to the number.
    """
    office.write(consent(office.tenant, at=NOW - DAY))
    office.deliver(messages(text("hola", id="wamid.1", by=HER, at=T - 60), people=(HER,)))
    office.deliver(messages(text("STOP", id="wamid.2", by=BY_USER_ID, at=T), people=(BY_USER_ID,)))

    assert "SUPPRESSED" in office.codes(ANA, **VOICE)


def test_two_contacts_that_turn_out_to_be_one_share_what_was_refused(office: Office):
    """
    A STOP by the user id, a consent by the number, and then both in one message: the number is not called.
    """
    office.deliver(messages(text("STOP", id="wamid.1", by=BY_USER_ID, at=T - 60), people=(BY_USER_ID,)))
    office.write(consent(office.tenant, at=NOW - DAY, method="import"))
    office.deliver(messages(text("help", id="wamid.2", by=HER, at=T), people=(HER,)))

    assert "SUPPRESSED" in office.codes(ANA, **VOICE)
    assert len(office.payloads("contact.linked")) == 1


def test_a_new_user_id_leaves_no_grant_behind(office: Office):
    """
    Whoever has the old identifiers is no longer known, so that no grant is reached by one of them.
    """
    office.write(consent(office.tenant, at=NOW - DAY))
    office.deliver(messages(text("hola", id="wamid.1", by=HER, at=T - 60), people=(HER,)))
    update = user_id_update(HER.user_id or "", "ES.60000000000000000006", of=BY_USER_ID, at=T)
    office.deliver(user_id_updates(update, people=(BY_USER_ID,)))

    assert office.codes(ANA, **VOICE) == {"CONSENT_MISSING"}


def test_a_no_said_after_the_number_changed_hands_stays_with_the_number(office: Office):
    """
    A number change told late does not take the new owner's STOP away.
    """
    office.deliver(messages(text("STOP", id="wamid.1", by=replace(HER, user_id=None), at=T), people=()))
    moved = number_changed("34600999888", id="wamid.2", of=replace(HER, user_id=None), at=T - 86_400)
    office.deliver(messages(moved, people=()))
    office.write(consent(office.tenant, at=NOW - 7 * DAY, method="import"))

    assert "SUPPRESSED" in office.codes(ANA, **VOICE)


def test_a_revocation_under_the_number_alone_is_not_lost(office: Office):
    """
    A no that names the business by a number id we do not know still closes the number it displays.
    """
    office.write(consent(office.tenant, at=NOW - DAY))
    office.deliver(messages(permanent_grant(by=HER, at=T - 60), people=(HER,)))
    before = office.codes(ANA, channel="whatsapp_call")
    office.clock.advance(HOUR)
    business = Business("999", "34910000000")
    office.deliver(messages(profile_revocation(by=HER, at=T), business=business, people=(HER,)))

    assert "PERMISSION_REVOKED" not in before
    assert "PERMISSION_REVOKED" in office.codes(ANA, channel="whatsapp_call")

"""
Links by which a person sees and ends what is had of them: what opens, what does not, and what is done by one.
"""

import base64
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent.erasing import EraseContact
from consent.errors import ContactUnknown, LinkUnusable, PauseOutOfReach, PurposeUnknown, SenderUnknown
from consent.lifecycle import Extent
from consent.links.link import LONGEST_DAYS, MARK, Link, opened, tenant_of
from consent.links.looking import OpenLink
from consent.links.requests import IssueLink, PauseByLink, RefuseByLink, link_of
from consent.merging.requests import MergeContacts
from consent.renumbering import HearNumberChange, ReassignNumber
from tests.consent.desk import Office
from tests.factories import ANA, BEN, DAY, HOUR, NOW, SECOND, authorization, consent, once, ref

KEY = bytes(range(64))
LINK = Link(uuid4(), uuid4(), uuid4(), "page", NOW, 30 * DAY)


def issued(office: Office, who=ANA, **changed) -> Link:
    """
    A link for a person.
    """
    wanted = IssueLink(office.tenant, "key:test", ref(who), "page", 30 * DAY)
    return link_of(office.tenant, office.ask(replace(wanted, **changed)))


def token_of(office: Office, link: Link) -> str:
    """
    What opens it.
    """
    return link.token(office.desk.ring[office.tenant].links)


def opens(office: Office, link: Link) -> bool:
    """
    Whether it opens anything now.
    """
    try:
        return office.read(OpenLink(office.tenant, token_of(office, link))).link == link
    except LinkUnusable:
        return False


def refusing(office: Office, link: Link, extent: Extent | None = None, **changed) -> RefuseByLink:
    """
    What she does by her link.
    """
    return replace(RefuseByLink(office.tenant, f"link:{link.id}", link, extent or Extent()), **changed)


@given(
    link=st.builds(
        Link,
        st.uuids(),
        st.uuids(),
        st.uuids(),
        st.sampled_from(("page", "refusal")),
        st.integers(0, 10**15).map(lambda each: NOW + each * timedelta(microseconds=1)),
        st.integers(1, LONGEST_DAYS * 86_400).map(lambda each: each * SECOND),
    )
)
def test_a_token_is_its_link(link):
    """
    Sealed and opened again it is the same, twice it is the same text, and it tells the tenant and nothing else.
    """
    token = link.token(KEY)
    raw = base64.urlsafe_b64decode(token.removeprefix(MARK) + "==")

    assert opened(token, KEY) == link
    assert token == link.token(KEY)
    assert tenant_of(token) == link.tenant
    assert not {link.contact.bytes, link.id.bytes} & {raw[at : at + 16] for at in range(len(raw))}


@given(st.integers(0, 76), st.integers(1, 255))
def test_no_byte_of_a_token_can_be_changed(place, change):
    """
    Another byte anywhere, the tenant's included, and it opens nothing.
    """
    raw = bytearray(base64.urlsafe_b64decode(LINK.token(KEY).removeprefix(MARK) + "=="))
    raw[place] ^= change

    assert opened(MARK + base64.urlsafe_b64encode(bytes(raw)).rstrip(b"=").decode(), KEY) is None


@given(
    st.text(max_size=120)
    | st.binary(min_size=77, max_size=77).map(lambda e: MARK + base64.urlsafe_b64encode(e).decode()[:-1])
)
def test_whatever_else_is_shown_opens_nothing(text):
    """
    Any text, and any bytes of the right length.
    """
    assert opened(text, KEY) is None


def test_a_token_has_one_spelling():
    """
    Bits left over at the end, padding and another key make it another text or none.
    """
    token = LINK.token(KEY)
    others = [
        token + "=",
        token[:-1] + chr(ord(token[-1]) + 1),
        token.upper(),
        " " + token,
        token.replace("vl_", "vk_"),
    ]

    assert [opened(each, KEY) for each in others] == [None] * len(others)
    assert opened(token, KEY[::-1]) is None


def test_a_link_opens_for_as_long_as_was_said(office: Office):
    """
    To the last microsecond, and not after it.
    """
    office.write(consent(office.tenant))
    link = issued(office)
    office.clock.now = link.expires_at - SECOND / 10**6
    before = opens(office, link)
    office.clock.now = link.expires_at

    assert (before, opens(office, link)) == (True, False)


def test_issuing_tells_the_log_nothing_that_opens(office: Office):
    """
    The entry names the link, its reach and its time; neither it nor the kept answer has a token.
    """
    office.write(consent(office.tenant))
    link = issued(office, idempotency=once("k"))
    [entry] = office.payloads("link.issued")

    assert entry == {
        "event": "link.issued",
        "actor": "key:test",
        "contact": str(link.contact),
        "link": str(link.id),
        "scope": "page",
        "issued_at": "2026-11-25T11:00:00Z",
        "expires_at": "2026-12-25T11:00:00Z",
        "replaces": False,
    }
    assert token_of(office, link) not in str(office.rows("idempotency"))


def test_nobody_who_is_unknown_gets_a_link(office: Office):
    """
    A number that nobody has, and an id.
    """
    for who in (BEN, uuid4()):
        refused = office.refusal(IssueLink(office.tenant, "key:test", ref(who), "page", DAY))

        assert isinstance(refused, ContactUnknown)


def test_a_new_link_ends_the_earlier_ones_if_asked(office: Office):
    """
    Without being asked both open; with it only the new one does, and nothing can be done by the old one.
    """
    office.write(consent(office.tenant))
    office.write(consent(office.tenant, BEN))
    hers, his = issued(office), issued(office, BEN)
    office.clock.advance(HOUR)
    second = issued(office)
    both = opens(office, hers), opens(office, second)
    office.clock.advance(HOUR)
    third = issued(office, replaces=True)

    assert both == (True, True)
    assert [opens(office, each) for each in (hers, second, third, his)] == [False, False, True, True]
    assert isinstance(office.refusal(refusing(office, hers)), LinkUnusable)
    assert office.differences() == []


def test_a_new_link_ends_those_of_every_part_of_a_person(office: Office):
    """
    Of whom an officer said that the two are one; the log tells it about both.
    """
    office.write(consent(office.tenant))
    office.write(consent(office.tenant, BEN))
    hers, his = issued(office), issued(office, BEN)
    office.write(MergeContacts(office.tenant, "officer", ref(ANA), ref(BEN), "the same identity card"))
    office.clock.advance(HOUR)
    new = issued(office, replaces=True)

    assert [opens(office, each) for each in (hers, his, new)] == [False, False, True]
    assert [each["by"] for each in office.payloads("link.ended")] == [str(new.id)]
    assert office.differences() == []


def test_a_change_of_number_ends_the_links_of_before(office: Office):
    """
    What is ended by one would end nothing of what the person has now; the new contact's links open, and the log tells it all.
    """
    office.write(consent(office.tenant))
    old = issued(office)
    office.clock.advance(HOUR)
    office.write(HearNumberChange(office.tenant, "test", (ref(ANA),), (ref(BEN),), office.clock.now))

    assert not opens(office, old)
    assert isinstance(office.refusal(refusing(office, old)), LinkUnusable)
    assert opens(office, issued(office, BEN))
    assert office.differences() == []


def test_whoever_is_met_and_leaves_at_once_is_as_the_log_tells(office: Office):
    """
    In one batch: that their links ended is written about a contact that is new itself.
    """
    change = HearNumberChange(office.tenant, "test", (ref(ANA),), (ref(BEN),), NOW)
    office.desk.write_all([consent(office.tenant), change])

    assert office.differences() == []


def test_a_number_that_is_somebody_elses_ends_no_links(office: Office):
    """
    Who had it keeps what they said, and their page.
    """
    office.write(consent(office.tenant))
    link = issued(office)
    office.clock.advance(HOUR)
    office.write(ReassignNumber(office.tenant, "officer", ref(ANA), office.clock.now))

    assert opens(office, link)
    assert office.differences() == []


def test_erasure_ends_every_link(office: Office):
    """
    Neither opened nor used again, also by somebody who is met later under the same number.
    """
    office.write(consent(office.tenant))
    link = issued(office)
    office.write(EraseContact(office.tenant, "officer", ref(ANA), "asked by the person"))
    office.write(consent(office.tenant))

    assert not opens(office, link)
    assert isinstance(office.refusal(refusing(office, link)), LinkUnusable)


def test_a_link_of_another_tenant_opens_nothing(office: Office):
    """
    The same bytes under another tenant's name are no link.
    """
    office.write(consent(office.tenant))
    link = issued(office)
    stranger = office.desk.open_office()
    raw = base64.urlsafe_b64decode(token_of(office, link).removeprefix(MARK) + "==")
    moved = MARK + base64.urlsafe_b64encode(stranger.tenant.bytes + raw[16:]).rstrip(b"=").decode()

    with pytest.raises(LinkUnusable):
        stranger.read(OpenLink(stranger.tenant, moved))


@pytest.mark.parametrize(
    ("extent", "closed", "open_still"),
    [
        (Extent(), {"order_updates", "offers"}, set()),
        (Extent(categories=("marketing",)), {"offers"}, {"order_updates"}),
        (Extent(purposes=("order_updates",)), {"order_updates"}, {"offers"}),
        (Extent(channels=("voice",)), {"order_updates", "offers"}, set()),
        (Extent(channels=("email",)), set(), {"order_updates", "offers"}),
        (Extent(sender="acme-2"), set(), {"order_updates", "offers"}),
        (Extent(sender="acme-es"), {"order_updates", "offers"}, set()),
    ],
)
def test_what_is_refused_by_a_link_is_refused_at_once(office: Office, extent, closed, open_still):
    """
    Exactly as far as was said, in the transaction that records it, with the link's id and no word of the person's.
    """
    for purpose in ("order_updates", "offers"):
        office.write(consent(office.tenant, purpose=purpose))
    link = issued(office)
    office.write(refusing(office, link, extent))
    codes = {purpose: office.codes(ANA, purpose=purpose) for purpose in ("order_updates", "offers")}
    [entry] = office.payloads("consent.withdrawn")

    assert {purpose for purpose, said in codes.items() if "SUPPRESSED" in said} == closed
    assert {purpose for purpose, said in codes.items() if not said & {"SUPPRESSED", "CONSENT_WITHDRAWN"}} == open_still
    assert (entry["link"], entry["actor"], entry["method"]) == (str(link.id), f"link:{link.id}", "web_form")
    assert "sd" not in entry
    assert office.differences() == []


def test_a_hold_is_given_back_in_the_same_transaction(office: Office):
    """
    A call that was allowed a moment before is not placed on that allow.
    """
    office.write(consent(office.tenant))
    link = issued(office)
    held = office.ask(authorization(office.tenant))["hold"]["id"]
    office.write(refusing(office, link))

    assert office.payloads("consent.withdrawn")[0]["released_holds"] == [held]


def test_a_pause_ends_by_itself(office: Office):
    """
    No calls until then, consents stay, messages go on; afterwards all is as before.
    """
    office.write(consent(office.tenant, channels=("voice", "sms")))
    link = issued(office)
    until = NOW + 3 * DAY
    office.write(PauseByLink(office.tenant, f"link:{link.id}", link, until))
    during, by_sms = office.codes(ANA), office.codes(ANA, channel="sms")
    differences = office.differences()
    office.clock.now = until

    assert during == {"PAUSED"}
    assert "PAUSED" not in by_sms
    assert differences == []
    assert office.codes(ANA) == set()


def test_a_pause_is_neither_over_nor_for_ever(office: Office):
    """
    Now, the past and more than a year are refused.
    """
    office.write(consent(office.tenant))
    link = issued(office)

    for until in (NOW, NOW - DAY, NOW + 400 * DAY):
        assert isinstance(office.refusal(PauseByLink(office.tenant, "link:x", link, until)), PauseOutOfReach)


def test_a_form_names_nothing_that_was_never_there(office: Office):
    """
    A purpose or a sender that the tenant does not have, and that she never agreed to, is refused.
    """
    office.write(consent(office.tenant))
    link = issued(office)

    assert isinstance(office.refusal(refusing(office, link, Extent(purposes=("spying",)))), PurposeUnknown)
    assert isinstance(office.refusal(refusing(office, link, Extent(sender="nobody"))), SenderUnknown)


def test_the_same_button_pressed_twice_is_one_entry(office: Office):
    """
    Also at once.
    """
    office.write(consent(office.tenant))
    link = issued(office)
    wanted = refusing(office, link, idempotency=once("page:1"))
    answers = office.desk.write_all([wanted] * 10)

    assert {str(each.answer) for each in answers} == {"{'ended': 1}"}
    assert len(office.payloads("consent.withdrawn")) == 1


def test_a_holder_sees_what_is_in_force(office: Office):
    """
    Their standings and refusals, where they may be, and whom the link is for.
    """
    office.write(consent(office.tenant))
    link = issued(office)
    office.write(refusing(office, link, Extent(channels=("sms",))))
    holder = office.read(OpenLink(office.tenant, token_of(office, link)))

    assert [each.state for each in holder.standings] == ["granted"]
    assert [each.extent.channels for each in holder.suppressions] == [("sms",)]
    assert ("Europe/Madrid" in holder.zones, list(holder.countries)) == (True, ["ES"])
    assert UUID(str(holder.link.contact)) == office.contact(ANA)

"""
One person by an officer's word: merged for every question, recorded under the part that was meant, and parted again.
"""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from audit.work import Written
from consent.erasing import EraseContact
from consent.errors import ContactUnknown, LegalHoldInForce, MergedAlready, MergeTooLarge, MergeUndone, MergeUnknown
from consent.joined.merges import MOST_PARTS
from consent.keeping.legal_holds import PlaceLegalHold
from consent.merging.requests import FindMerge, MergeContacts, UndoMerge
from consent.wishes.requests import MakeWish
from consent.wishes.wish import Wish
from tests.channels.payloads import Customer, messages, permanent_grant, profile_revocation
from tests.consent.desk import Office
from tests.factories import (
    ANA,
    BEN,
    DAY,
    EVA,
    HOUR,
    MINUTE,
    NOW,
    authorization,
    consent,
    once,
    outcome,
    phone,
    ref,
    reply,
    withdrawal,
)


def merging(office: Office, source: str | UUID = ANA, into: str | UUID = BEN, key: str | None = None) -> MergeContacts:
    """
    An officer's word that two are one.
    """
    why, by = "the same identity card", None if key is None else once(key)
    return MergeContacts(office.tenant, "officer", ref(source), ref(into), why, by)


def merged(office: Office, source: str | UUID = ANA, into: str | UUID = BEN) -> UUID:
    """
    The id of a merge that was made.
    """
    return UUID(office.ask(merging(office, source, into))["id"])


def undone(office: Office, merge: UUID) -> dict[str, object]:
    """
    The answer to undoing it.
    """
    return office.ask(UndoMerge(office.tenant, "officer", merge, "two sisters"))


def agreed(office: Office, *people: str) -> list[UUID]:
    """
    The contacts of people who have agreed to calls about their orders.
    """
    for each in people:
        office.write(consent(office.tenant, each))
    return [office.contact(each) for each in people]


def test_identifiers_of_both_lead_to_the_one(office: Office):
    """
    After a merge either number is the same person, whose id is that of the part that the other was merged into.
    """
    _, ben = agreed(office, ANA, BEN)
    office.write(merging(office))

    assert {office.contact(ANA), office.contact(BEN)} == {ben}
    assert office.in_force(ANA)["contact"] == office.in_force(BEN)["contact"] == str(ben)
    assert office.events()[-2:] == ["contact.merged", "contact.joined"]


def test_a_grant_of_either_is_a_grant_of_the_one(office: Office):
    """
    Who agreed under one number may be called under the other, by an officer's word that it is the same person.
    """
    agreed(office, ANA)
    office.write(consent(office.tenant, BEN, purpose="appointment_reminders"))
    before = office.codes(BEN)
    office.write(merging(office))

    assert before == {"CONSENT_SCOPE"}
    assert office.codes(BEN) == set()


@pytest.mark.parametrize("refused", [ANA, BEN])
def test_a_refusal_of_either_holds_for_both(office: Office, refused: str):
    """
    What one part refused before the merge, or refuses after it, closes the other as well.
    """
    agreed(office, ANA, BEN)
    office.write(withdrawal(office.tenant, refused, at=NOW))
    office.write(merging(office))

    assert all("SUPPRESSED" in office.codes(each) for each in (ANA, BEN))


def test_a_reply_under_one_number_closes_the_other(office: Office):
    """
    A STOP that comes while they are merged is recorded under the part that said it, and closes both.
    """
    ana, _ = agreed(office, ANA, BEN)
    office.write(merging(office))
    office.write(reply(office.tenant, ANA))

    assert office.payloads("consent.withdrawn")[-1]["contact"] == str(ana)
    assert "SUPPRESSED" in office.codes(BEN)


def test_attempts_of_both_count_together(office: Office):
    """
    A call to one number is a call to the person: the cap that it reaches is reached for the other number.
    """
    agreed(office, ANA, BEN)
    office.write(merging(office))
    for _ in range(20):
        answer = office.ask(authorization(office.tenant, ANA))
        if answer["decision"] == "deny":
            break
        office.clock.advance(MINUTE)
        office.write(outcome(office.tenant, answer["hold"]["id"], "connected", at=office.clock.now))
    capped = office.codes(ANA)

    assert capped
    assert office.codes(BEN) == capped


def test_open_holds_fall_with_a_merge_and_with_its_undoing(office: Office):
    """
    Whoever holds permission to call either asks again: it was given about somebody else.
    """
    agreed(office, ANA, BEN)
    first = office.ask(authorization(office.tenant, ANA))["hold"]["id"]
    merge = merged(office)
    second = office.ask(authorization(office.tenant, BEN))["hold"]["id"]
    undone(office, merge)
    rows = {str(row["attempt_id"]): row["state"] for row in office.rows("attempts")}

    assert rows[first] == rows[second] == "released"


def test_a_refusal_under_one_part_releases_a_hold_on_the_other(office: Office):
    """
    The hold was on one number and the STOP comes from the other; an entry about each part says what it did there.
    """
    _, ben = agreed(office, ANA, BEN)
    office.write(merging(office))
    hold = office.ask(authorization(office.tenant, BEN))["hold"]["id"]
    office.write(reply(office.tenant, ANA))
    revoked = office.payloads("hold.revoked")[-1]

    assert (revoked["contact"], revoked["released_holds"]) == (str(ben), [hold])


def test_undoing_gives_each_what_was_theirs(office: Office):
    """
    Merged and parted, with nothing said meanwhile, everything in force is what it was.
    """
    office.write(consent(office.tenant, ANA))
    office.write(consent(office.tenant, BEN, purpose="appointment_reminders"))
    office.write(withdrawal(office.tenant, BEN, purposes=("offers",)))
    office.clock.advance(MINUTE)
    before = [{**office.in_force(each), "as_of": None, "known_at": None} for each in (ANA, BEN)]
    undone(office, merged(office))
    after = [{**office.in_force(each), "as_of": None, "known_at": None} for each in (ANA, BEN)]

    assert after == before


def test_what_was_said_meanwhile_stays_with_whom_it_was_said_by(office: Office):
    """
    A grant given while they are merged is, after the undoing, a grant of the part that gave it and of no other.
    """
    agreed(office, ANA)
    office.write(consent(office.tenant, BEN, purpose="appointment_reminders"))
    merge = merged(office)
    office.write(consent(office.tenant, BEN, at=NOW))
    undone(office, merge)
    office.clock.advance(MINUTE)
    office.write(withdrawal(office.tenant, ANA, at=office.clock.now))

    assert "SUPPRESSED" in office.codes(ANA)
    assert office.codes(BEN) == set()


def test_what_was_refused_meanwhile_is_refused_by_both(office: Office):
    """
    Nobody can tell whom a refusal was meant for that came while they were one: both have refused, those before do not spread.
    """
    agreed(office, ANA, BEN)
    office.write(withdrawal(office.tenant, ANA, purposes=("offers",)))
    office.clock.advance(MINUTE)
    merge = merged(office)
    office.clock.advance(MINUTE)
    office.write(withdrawal(office.tenant, ANA, at=office.clock.now))
    undone(office, merge)

    assert "SUPPRESSED" in office.codes(BEN)
    assert [each["purposes"] for each in office.in_force(BEN)["suppressions"]] == [None]
    assert {each["event"] for each in office.timeline(BEN)} >= {"contact.shared", "contact.unjoined", "contact.joined"}


def test_permission_to_be_called_is_an_accounts(office: Office):
    """
    Meta's permission given under one number opens no call to the other; a revocation under one closes both.
    """
    agreed(office, ANA, BEN)
    t = int(NOW.timestamp())
    her, him = Customer(ANA[1:], None, "Ana"), Customer(BEN[1:], None, "Ben")
    office.deliver(messages(permanent_grant(by=her, at=t - 60), people=(her,)))
    office.write(merging(office))
    granted = {each: "PERMISSION_MISSING" in office.codes(each, channel="whatsapp_call") for each in (ANA, BEN)}
    office.clock.advance(MINUTE)
    office.deliver(messages(permanent_grant(by=him, at=t), people=(him,)))
    office.deliver(messages(profile_revocation(by=her, at=t + 30), people=(her,)))

    assert granted == {ANA: False, BEN: True}
    assert all(each["state"] == "revoked" for each in office.in_force(BEN)["permissions"])


def test_merges_make_chains_and_no_circles(office: Office):
    """
    Whoever is merged already is merged with all their parts; who is one person cannot be merged again, either way round.
    """
    ana, ben, eva = agreed(office, ANA, BEN, EVA)
    first = merged(office, ANA, BEN)
    second = office.ask(merging(office, ANA, EVA))

    assert (second["from"], second["into"]) == (str(ben), str(eva))
    assert {office.contact(each) for each in (ANA, BEN, EVA)} == {eva}
    for source, into in ((EVA, ANA), (BEN, EVA), (ANA, ANA)):
        assert isinstance(office.refusal(merging(office, source, into)), MergedAlready)
    undone(office, first)
    assert [office.contact(each) for each in (ANA, BEN, EVA)] == [ana, eva, eva]
    undone(office, UUID(second["id"]))
    assert [office.contact(each) for each in (ANA, BEN, EVA)] == [ana, ben, eva]


def test_what_is_said_under_a_chain_counts_for_all_of_it(office: Office):
    """
    Of three that are one, a STOP under the first closes the third.
    """
    agreed(office, ANA, BEN, EVA)
    merged(office, ANA, BEN)
    merged(office, BEN, EVA)
    office.write(reply(office.tenant, ANA))

    assert all("SUPPRESSED" in office.codes(each) for each in (ANA, BEN, EVA))


def test_a_person_has_so_many_parts_at_most(office: Office):
    """
    One more than a decision can look at is refused.
    """
    numbers = [phone() for _ in range(MOST_PARTS + 1)]
    agreed(office, *numbers)
    for each in numbers[1:-1]:
        office.write(merging(office, each, numbers[0]))

    assert isinstance(office.refusal(merging(office, numbers[-1], numbers[0])), MergeTooLarge)


def test_nobody_is_merged_who_is_not_there(office: Office):
    """
    Not an id nobody has, not a number nobody met, and not whoever was erased.
    """
    agreed(office, ANA, BEN)
    office.write(EraseContact(office.tenant, "officer", ref(BEN), "asked"))

    for other in (BEN, EVA, uuid4()):
        assert isinstance(office.refusal(merging(office, ANA, other)), ContactUnknown)


def test_erasing_a_merged_person_erases_every_part(office: Office):
    """
    Asked for under one number, both are gone, both numbers stay refused, and nothing is left to part.
    """
    ana, _ = agreed(office, ANA, BEN)
    merge = merged(office)
    office.write(EraseContact(office.tenant, "officer", ref(ana), "asked"))

    assert len(office.payloads("contact.erased")) == 2
    assert [office.rows(table) for table in ("contacts", "identifiers", "merges", "consents")] == [[], [], [], []]
    assert all("SUPPRESSED" in office.codes(each) for each in (ANA, BEN))
    why = office.refusal(UndoMerge(office.tenant, "officer", merge, "two sisters"))
    assert isinstance(why, MergeUnknown)
    assert "erased" in str(why)


def test_a_legal_hold_on_one_part_keeps_all(office: Office):
    """
    What must be kept of one is kept of the person: no part is erased, and nothing was changed by asking.
    """
    agreed(office, ANA, BEN)
    office.write(merging(office))
    office.write(PlaceLegalHold(office.tenant, "officer", ref(ANA), "matter 1", "a dispute", (NOW + 30 * DAY).date()))

    assert isinstance(office.refusal(EraseContact(office.tenant, "officer", ref(BEN), "asked")), LegalHoldInForce)


def test_a_merge_is_undone_once(office: Office):
    """
    A second undoing is refused with a sentence; a merge can be made again.
    """
    agreed(office, ANA, BEN)
    merge = merged(office)
    undone(office, merge)

    assert isinstance(office.refusal(UndoMerge(office.tenant, "officer", merge, "again")), MergeUndone)
    assert isinstance(office.refusal(UndoMerge(office.tenant, "officer", uuid4(), "what")), MergeUnknown)
    assert office.read(FindMerge(office.tenant, merge))["undone_because"] == "two sisters"
    assert merged(office) != merge


def test_a_repeated_merge_is_answered_again(office: Office):
    """
    The same key, the same answer, and one merge.
    """
    agreed(office, ANA, BEN)
    first, again = (office.ask(merging(office, key="k")) for _ in range(2))

    assert first == again
    assert len(office.rows("merges")) == 1


def test_what_was_known_then_is_told_apart(office: Office):
    """
    Before the merge was known they were two, while it held they were one, and after its undoing two again, at the very instants.
    """
    agreed(office, ANA)
    office.write(consent(office.tenant, BEN, purpose="appointment_reminders"))
    office.clock.advance(HOUR)
    begin, merge = office.clock.now, merged(office)
    office.clock.advance(HOUR)
    end, _ = office.clock.now, undone(office, merge)
    tick = timedelta(microseconds=1)
    seen = [
        {each["purpose"] for each in office.in_force(BEN, NOW, known)["consents"]}
        for known in (begin - tick, begin, end - tick, end)
    ]

    assert [len(each) for each in seen] == [1, 2, 2, 1]


def test_two_merges_at_once_make_no_circle(office: Office):
    """
    Two journals merge the same two in opposite directions, again and again: exactly one of each pair is made.
    """
    desk = office.desk
    others = [desk.journal, desk.run(desk.another_journal(desk.clock))]
    for _ in range(10):
        one, other = phone(), phone()
        agreed(office, one, other)
        answers = desk.write_all([merging(office, one, other), merging(office, other, one)], *others)

        assert [type(each) for each in answers if not isinstance(each, Written)] == [MergedAlready]
        assert office.contact(one) == office.contact(other)


def test_a_refusal_that_races_with_a_merge_is_seen_by_both(office: Office):
    """
    Whichever of a STOP, a merge and a call comes first, afterwards neither number may be called.
    """
    desk = office.desk
    others = [desk.journal, desk.run(desk.another_journal(desk.clock))]
    for _ in range(10):
        one, other = phone(), phone()
        agreed(office, one, other)
        desk.write_all(
            [merging(office, one, other), reply(office.tenant, one), authorization(office.tenant, other)], *others
        )

        assert all("SUPPRESSED" in office.codes(each) for each in (one, other))
        assert not any(row["state"] == "held" for row in office.rows("attempts"))


def test_wishes_of_either_hold_for_both_and_go_with_both(office: Office):
    """
    A wish of one part narrows calls to the other while they are one; one that came meanwhile stays with both afterwards.
    """
    agreed(office, ANA, BEN)
    merge = merged(office)
    office.clock.advance(MINUTE)
    wish = Wish("", most=1, per="week")
    office.write(MakeWish(office.tenant, "capture", ref(ANA), wish, office.clock.now, "web_form"))
    held = [len(office.in_force(each)["wishes"]) for each in (ANA, BEN)]
    undone(office, merge)

    assert held == [1, 1]
    assert [len(office.in_force(each)["wishes"]) for each in (ANA, BEN)] == [1, 1]

"""
Wishes are recorded, kept to in decisions, shown by two clocks, taken back by the person alone, and go wherever the person goes.
"""

import base64
import json
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from audit.entry import canonical
from audit.extracts import Stretch
from audit.keys import unseal
from audit.work import disclosure_context
from consent.erasing import EraseContact
from consent.errors import (
    ContactUnknown,
    EndsBeforeWished,
    GivenInTheFuture,
    NotThePersonsAct,
    PurposeUnknown,
    WishesTooMany,
    WishSaysNothing,
    WishUnknown,
)
from consent.proof.errors import FileUnknown
from consent.renumbering import HearNumberChange
from consent.wishes.requests import MOST_BYTES, EndWish, MakeWish
from consent.wishes.wish import Wish
from policies.planning import Plan
from policies.replaying import replay_log
from tests.channels.payloads import Customer, messages, text
from tests.consent.desk import Office
from tests.factories import (
    ANA,
    BEN,
    DAY,
    HOUR,
    NOW,
    OTHER_SENDER,
    SENDER,
    authorization,
    consent,
    once,
    outcome,
    phone,
    question,
    ref,
)

MORNINGS = Wish("", windows=("09:00-11:00",))
TWICE = Wish("", most=2, per="week")


def wish(office: Office, said: Wish = MORNINGS, to: str | UUID = ANA, **changed) -> MakeWish:
    """
    A person says something of when they want to be called.
    """
    usual = MakeWish(office.tenant, "test", ref(to), said, NOW - HOUR, "inbound_call")
    return replace(usual, **changed)


def end(office: Office, identity: str | UUID, **changed) -> EndWish:
    """
    They take it back.
    """
    usual = EndWish(office.tenant, "test", UUID(str(identity)), NOW, "sms")
    return replace(usual, **changed)


def test_a_wish_is_kept_to_from_then_on(office: Office):
    """
    Check, authorize, the plan and the entry have it; a replay decides the same.
    """
    office.write(consent(office.tenant))
    before = office.codes(ANA)
    made = office.ask(wish(office, evidence={"text": "solo por la mañana"}))["wish"]
    denied = office.ask(authorization(office.tenant))
    (entry,) = office.payloads("decision.denied")
    plan = office.read(Plan(office.tenant, question(), NOW, NOW + DAY))

    assert before == set()
    assert (made["windows"], made["days"], made["most"], made["only"]) == (["09:00-11:00"], None, None, None)
    assert [(each["code"], each["layer"], each["rule"]) for each in denied["reasons"]] == [
        ("QUIET_HOURS", "contact", made["id"])
    ]
    assert denied["retry_at"] == "2026-11-26T08:00:00Z"
    assert entry["facts"]["wishes"] == [{"id": made["id"], "windows": ["09:00-11:00"]}]
    assert entry["reasons"] == [["QUIET_HOURS", None, made["id"]]]
    assert [(each.start.hour, (each.end - each.start)) for each in plan.slots] == [(8, timedelta(hours=1, minutes=59))]
    assert office.events().count("wish.made") == 1
    told = office.payloads("wish.made")[0]
    assert (told["says"], len(told["sd"])) == ({"windows": ["09:00-11:00"]}, 1)


def test_decisions_by_wishes_are_made_again(office: Office):
    """
    After the wish was taken back, and with attempts as far back as it counts.
    """
    office.write(consent(office.tenant))
    office.write(wish(office, TWICE))
    for _ in range(2):
        hold = office.ask(authorization(office.tenant))["hold"]["id"]
        office.write(outcome(office.tenant, hold, "unanswered", at=office.clock.now))
        office.clock.advance(DAY)
    third = office.ask(authorization(office.tenant))
    identity = office.payloads("wish.made")[0]["wish"]
    office.write(end(office, identity, ended_at=office.clock.now))
    fourth = office.ask(authorization(office.tenant))
    whole = Stretch(office.tenant, office.origin, 0, office.size())
    found = office.desk.run(replay_log(office.desk.snapshots, whole, lambda done, total: None))

    assert [each["code"] for each in third["reasons"]] == ["CAP_REACHED"]
    assert third["retry_at"] == "2026-12-01T23:00:00Z"  # Seven of their days after the first call.
    assert fourth["decision"] == "allow"
    assert (found.decisions, found.same, found.untold) == (4, 4, 0)


def test_a_wish_counts_further_back_than_any_rule_looks(office: Office):
    """
    With rules that look back at nothing, a month still counts.
    """
    office.write(consent(office.tenant, at=NOW - 40 * DAY))
    hold = office.ask(authorization(office.tenant))["hold"]["id"]
    office.write(outcome(office.tenant, hold, "connected"))
    office.clock.advance(29 * DAY)
    office.write(wish(office, Wish("", most=1, per="month"), wished_at=office.clock.now))

    assert "CAP_REACHED" in office.codes(ANA)
    office.clock.advance(2 * DAY)
    assert "CAP_REACHED" not in office.codes(ANA)


def test_a_wish_gives_back_open_holds(office: Office):
    """
    Whoever was about to call asks anew; holds that the wish is not about stand.
    """
    office.write(consent(office.tenant))
    held = office.ask(authorization(office.tenant))["hold"]["id"]
    other = office.ask(wish(office, replace(MORNINGS, purposes=("offers",))))
    own = office.ask(wish(office))
    states = {str(row["attempt_id"]): row["state"] for row in office.rows("attempts")}

    assert other["released_holds"] == []
    assert own["released_holds"] == [held]
    assert states == {held: "released"}


def test_a_wish_is_shown_by_two_clocks(office: Office):
    """
    What was wished then, and what we knew of it then; the same of its end.
    """
    office.write(consent(office.tenant))
    first = office.clock.now
    identity = office.ask(wish(office, wished_at=NOW - 2 * HOUR))["wish"]["id"]
    office.clock.advance(HOUR)
    office.write(end(office, identity, ended_at=NOW))
    last = office.clock.now

    def ids(as_of=None, known_at=None):
        return [each["id"] for each in office.in_force(ANA, as_of, known_at)["wishes"]]

    assert ids() == []
    assert ids(NOW - HOUR) == [identity]
    assert ids(NOW - HOUR, first - DAY) == []
    assert ids(last, first) == [identity]
    assert ids(last, last) == []
    assert ids(NOW - 3 * HOUR) == []


def test_only_the_person_takes_a_wish_back(office: Office):
    """
    An import, a program or an employee does not; what is over stays as it ended, and nobody else's is found.
    """
    identity = office.ask(wish(office))["wish"]["id"]
    refused = [office.refusal(end(office, identity, method=each)) for each in ("api", "import", "agent")]
    first, again = (office.ask(end(office, identity, ended_at=NOW - shift)) for shift in (timedelta(0), HOUR / 2))

    assert {type(each) for each in refused} == {NotThePersonsAct}
    assert first == again
    assert office.events().count("wish.ended") == 1
    assert isinstance(office.refusal(end(office, uuid4())), WishUnknown)
    other = office.ask(wish(office, to=BEN))["wish"]["id"]
    assert isinstance(office.refusal(end(office, other, ended_at=NOW - DAY)), EndsBeforeWished)


def test_another_tenant_does_not_find_it(office: Office):
    """
    Not even by its id.
    """
    identity = office.ask(wish(office))["wish"]["id"]
    elsewhere = office.desk.open_office()

    assert isinstance(elsewhere.refusal(end(elsewhere, identity)), WishUnknown)


@pytest.mark.parametrize(
    ("said", "changed", "error"),
    [
        (Wish(""), {}, WishSaysNothing),
        (Wish("", days=("mon", "tue", "wed", "thu", "fri", "sat", "sun")), {}, WishSaysNothing),
        (Wish("", windows=("00:00-24:00",)), {}, WishSaysNothing),
        (Wish("", windows=("9:00-12:00",)), {}, WishSaysNothing),
        (Wish("", windows=("22:00-02:00",)), {}, WishSaysNothing),
        (Wish("", windows=("09:00-09:10",)), {}, WishSaysNothing),
        (Wish("", windows=("09:00-12:00", "11:00-13:00")), {}, WishSaysNothing),
        (Wish("", not_before="2199-01-01"), {}, WishSaysNothing),
        (Wish("", not_before="0001-01-01"), {}, WishSaysNothing),
        (Wish("", only_purposes=("shoes",)), {}, PurposeUnknown),
        (Wish("", purposes=("shoes",), most=1, per="day"), {}, PurposeUnknown),
        (MORNINGS, {"wished_at": NOW + HOUR}, GivenInTheFuture),
        (MORNINGS, {"contact": ref(uuid4())}, ContactUnknown),
    ],
)
def test_what_is_no_wish_is_refused(office: Office, said: Wish, changed, error):
    """
    With a sentence, and nothing recorded.
    """
    assert isinstance(office.refusal(wish(office, said, **changed)), error)


def test_wishes_fit_into_an_entry(office: Office):
    """
    However much somebody wishes: at some point room must be made first.
    """
    said = Wish("", windows=tuple(f"{hour:02}:00-{hour:02}:30" for hour in range(20)), most=1, per="day")
    most = MOST_BYTES // len(canonical(said.says()))
    written = [office.ask(wish(office, said))["wish"]["id"] for _ in range(most)]
    refused = office.refusal(wish(office, said))
    office.write(end(office, written[0]))

    assert isinstance(refused, WishesTooMany)
    assert f"{most} wishes" in str(refused)
    assert office.ask(wish(office, said))["wish"]["id"]


def test_the_same_key_is_one_wish(office: Office):
    """
    A repetition gets the first answer.
    """
    first, again = (office.write(wish(office, idempotency=once("k", b"w"))) for _ in range(2))

    assert first.answer == again.answer
    assert again.replayed
    assert office.events().count("wish.made") == 1


def test_wishes_go_along_when_a_number_changes(office: Office):
    """
    Who they are now has what they wished, once; what was taken back before is not among it.
    """
    office.write(consent(office.tenant))
    gone = office.ask(wish(office, TWICE))["wish"]["id"]
    office.write(wish(office))
    office.write(end(office, gone))
    for _ in range(2):
        office.write(HearNumberChange(office.tenant, "test", (ref(ANA),), (ref(BEN),), NOW))
    now = office.in_force(BEN)["wishes"]

    assert [list(each["windows"]) for each in now] == [["09:00-11:00"]]


def test_wishes_of_many_numbers_become_a_refusal(office: Office):
    """
    What would be more than an entry has room for is not carried: everything is refused, and an authorization is a recorded deny.
    """
    said = Wish("", windows=tuple(f"{hour:02}:00-{hour:02}:30" for hour in range(20)), most=1, per="day")
    most = 10_000 // len(canonical(said.says()))
    people = [phone() for _ in range(3)]
    office.write(consent(office.tenant, BEN))
    for number, one in enumerate(people):
        for turn in range(most):
            office.write(wish(office, replace(said, most=1 + number * most + turn), one))
    for one in people:
        office.write(HearNumberChange(office.tenant, "test", (ref(one),), (ref(BEN),), NOW))
    shared = office.payloads("contact.shared")
    denied = office.ask(authorization(office.tenant, BEN))
    carried = [canonical(each["says"]) for each in office.payloads("wish.made") if "from" in each]

    assert [(each["wishes"], each["refused"][0]["method"]) for each in shared] == [(most, "wishes_too_many")] * 2
    assert sum(map(len, carried)) <= MOST_BYTES
    assert denied["decision"] == "deny"
    assert "SUPPRESSED" in {each["code"] for each in denied["reasons"]}
    assert office.differences() == []


def test_evidence_of_a_wish_is_kept_like_any(office: Office):
    """
    An address is cut to its network; a file has to be there, and the person's.
    """
    made = office.ask(wish(office, evidence={"ip": "203.0.113.7"}))["wish"]
    absent = {"files": ["0a" * 32]}
    refused = office.refusal(wish(office, evidence=absent))
    kept = office.refusal(end(office, made["id"], evidence=absent))
    office.write(end(office, made["id"], evidence={"ip": "203.0.113.7"}))
    (person,) = office.rows("contacts")
    opened = []
    for row in office.rows("disclosures"):
        context = disclosure_context(office.tenant, row["event_id"], row["name"])
        text = unseal(office.data_key(person), row["sealed"], context).decode()
        opened.append(json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))[1:])

    assert isinstance(refused, FileUnknown)
    assert isinstance(kept, FileUnknown)
    assert [value for name, value in opened if name == "ip"] == ["203.0.113.0/24"] * 2


def test_who_turns_out_to_be_one_has_all_wishes(office: Office):
    """
    Known by phone and by user id, each with a wish; a message that bears both brings them together.
    """
    user = "ES.50000000000000000009"
    office.write(consent(office.tenant))
    office.write(wish(office))
    office.write(wish(office, TWICE, to=user))
    both = Customer(ANA[1:], user, "Ana")
    office.deliver(messages(text("hola", by=both, id="wamid.B"), people=(both,)))

    for who in (ANA, user):
        said = {each["windows"] is not None for each in office.in_force(who)["wishes"]}
        assert said == {True, False}


def test_wishes_die_with_the_person(office: Office):
    """
    Erasure leaves none.
    """
    office.write(wish(office))
    office.write(EraseContact(office.tenant, "test", ref(ANA), "asked"))

    assert office.rows("wishes") == []


def test_senders_are_named_as_elsewhere(office: Office):
    """
    By whatever names them; the wish has their id.
    """
    office.write(consent(office.tenant))
    made = office.ask(wish(office, Wish(""), only_sender=SENDER, about_sender=None))["wish"]

    assert made["only"]["sender"] == "acme-es"
    assert office.codes(ANA) == set()
    assert "CONSENT_SCOPE" in office.codes(ANA, sender=OTHER_SENDER)

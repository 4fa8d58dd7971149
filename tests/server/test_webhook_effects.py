"""
What a customer does in WhatsApp, and what the next check says: end to end, signed, over HTTP.
"""

import time
from uuid import uuid4

import pytest

from tests.channels import payloads
from tests.channels.payloads import Customer, call_statuses, calls, messages, preferences
from tests.server.api import Api, ago, codes, new_phone

BUSINESS = payloads.Business()
WHATSAPP = {"channel": "whatsapp_call"}


class Ana:
    """
    Someone who agreed to calls about orders over WhatsApp and by voice, and to offers.
    """

    def __init__(self, api: Api) -> None:
        self.api = api
        self.phone = new_phone()
        self.customer = Customer(self.phone[1:], f"ES.{self.phone[1:]:0>20}", "Ana Example")
        channels = ["whatsapp_call", "voice"]
        api.agree(self.phone, purpose="offers", channels=channels)
        said = api.agree(self.phone, channels=channels)
        self.contact = str(said["consents"][0]["contact"])

    def says(self, item: payloads.Json) -> None:
        """
        Sends one message.
        """
        self.delivered(messages(item, people=(self.customer,)))

    def delivered(self, *changes: payloads.Json) -> None:
        """
        Has changes delivered.
        """
        answer = self.api.deliver(*changes)
        assert answer.status_code == 200, answer.text

    def grants(self) -> None:
        """
        Lets the business call for a week.
        """
        self.says(payloads.temporary_grant(id=new_id(), by=self.customer, at=now()))

    def reasons(self, **asked: object) -> list[str]:
        """
        The codes of a check over WhatsApp, unless asked otherwise.
        """
        return sorted(codes(self.api.check(self.phone, **{**WHATSAPP, **asked})))

    def events(self) -> list[str]:
        """
        What was entered about her, oldest first.
        """
        return [str(each["event"]) for each in reversed(self.api.timeline(self.contact))]

    def hold(self) -> str:
        """
        An allow, held.
        """
        return str(self.api.authorize(self.phone, **WHATSAPP)["hold"]["id"])


@pytest.fixture
def ana(api: Api) -> Ana:
    """
    A person of the test's own.
    """
    return Ana(api)


def now() -> int:
    """
    The present as WhatsApp stamps it.
    """
    return int(time.time())


def new_id() -> str:
    """
    An id that no message had before.
    """
    return f"wamid.{uuid4().hex}"


def test_a_permission_opens_and_a_refusal_closes(ana: Ana):
    """
    Missing, granted, revoked in the profile, declined, granted again.
    """
    told = [ana.reasons()]
    ana.grants()
    told.append(ana.reasons())
    ana.says(payloads.profile_revocation(id=new_id(), by=ana.customer, at=now()))
    told.append(ana.reasons())

    assert told == [["PERMISSION_MISSING"], [], ["PERMISSION_REVOKED"]]
    assert ana.events()[-2:] == ["permission.granted", "permission.revoked"]


def test_a_permission_that_ran_out_is_no_permission(ana: Ana):
    """
    A grant of eight days ago lasted seven.
    """
    ana.says(payloads.temporary_grant(id=new_id(), by=ana.customer, at=now() - 8 * 86_400))

    assert ana.reasons() == ["PERMISSION_EXPIRED"]


@pytest.mark.parametrize("word", ["BAJA", "stop", "No me llaméis más", "Darme de baja"])
def test_a_no_in_words_ends_everything_and_lets_holds_go(ana: Ana, word):
    """
    In force with the answer to the delivery: consents withdrawn, calls suppressed, the open hold released.
    """
    ana.grants()
    hold = ana.hold()
    ana.says(payloads.text(word, id=new_id(), by=ana.customer, at=now()))
    withdrawn = next(each for each in ana.api.timeline(ana.contact) if each["event"] == "consent.withdrawn")

    assert ana.reasons() == ["CONSENT_WITHDRAWN", "SUPPRESSED"]
    assert ana.reasons(channel="voice") == ["CONSENT_WITHDRAWN", "SUPPRESSED"]
    assert withdrawn["details"]["released_holds"] == [hold]
    assert "decision.denied" not in ana.events()


def test_only_the_persons_own_later_opt_in_opens_again(ana: Ana):
    """
    A consent given after the no counts; one given before it does not.
    """
    ana.says(payloads.text("BAJA", id=new_id(), by=ana.customer, at=now() - 7200))
    before = ana.reasons(channel="voice", purpose="order_updates")
    ana.api.agree(ana.phone, given_at=ago(seconds=0))

    assert before == []  # Her consents are half an hour old: they came after.
    assert ana.reasons(channel="voice") == []


@pytest.mark.parametrize("make", [payloads.button, payloads.reply_button, payloads.list_row])
def test_a_no_that_is_pressed_is_a_no(ana: Ana, make):
    """
    A template's button, a reply button and a list row count like words.
    """
    ana.says(make("STOP", "Darme de baja", id=new_id(), by=ana.customer, at=now()))

    assert ana.reasons(channel="voice") == ["CONSENT_WITHDRAWN", "SUPPRESSED"]


def test_the_switch_for_marketing_closes_marketing_alone(ana: Ana):
    """
    WhatsApp's own preference ends offers and leaves orders open; resuming opens no calls.
    """
    people = (ana.customer,)
    ana.delivered(preferences(payloads.preference("stop", of=ana.customer, at=now()), people=people))
    stopped = ana.reasons(channel="voice", purpose="offers")
    orders = ana.reasons(channel="voice")
    ana.delivered(preferences(payloads.preference("resume", of=ana.customer, at=now()), people=people))

    assert {"CONSENT_WITHDRAWN", "SUPPRESSED"} <= set(stopped)
    assert orders == []
    assert "CONSENT_WITHDRAWN" in ana.reasons(channel="voice", purpose="offers")


def test_a_message_refused_for_the_switch_tells_the_same(ana: Ana):
    """
    Error 131050 on our own message says that the person stopped marketing.
    """
    failed = payloads.message_status("failed", 131050, id=new_id(), to=ana.customer, at=now())
    ana.delivered(payloads.message_statuses(failed, people=(ana.customer,)))

    assert "SUPPRESSED" in ana.reasons(channel="voice", purpose="offers")
    assert ana.reasons(channel="voice") == []


def test_a_new_number_starts_without_grants_and_keeps_refusals(ana: Ana):
    """
    Opt-outs follow the person, grants do not, and whoever gets the old number starts empty.
    """
    new = new_phone()
    ana.says(payloads.text("BAJA", id=new_id(), by=ana.customer, at=now()))
    moved = payloads.number_changed(new[1:], id=new_id(), of=ana.customer, at=now())
    ana.delivered(messages(moved, people=()))

    assert set(codes(ana.api.check(new))) == {"CONSENT_MISSING", "SUPPRESSED"}
    assert ana.reasons(channel="voice") == ["CONSENT_MISSING"]
    assert ana.api.post("/v1/contacts/lookup", {"contact": {"phone": ana.phone}}, once=None).status_code == 404


def test_a_call_on_a_hold_is_recognised_and_ends(ana: Ana):
    """
    Connect, ACCEPTED and terminate belong to the hold that the opaque data names; the last adds how long it was, the caller nothing.
    """
    ana.grants()
    hold = ana.hold()
    call: payloads.Json = {"id": f"wacid.{uuid4().hex}", "to": ana.customer, "at": now(), "opaque": f"hold={hold}"}
    people = (ana.customer,)
    ana.delivered(calls(payloads.connect(**call), people=people))
    ana.delivered(call_statuses(payloads.call_status("ACCEPTED", **call), people=people))
    ana.delivered(calls(payloads.terminate_answered(**call, duration=31), people=people))
    told = ana.api.post(f"/v1/calls/{hold}/outcome", {"outcome": "connected", "at": ago(seconds=0)})

    assert told.json()["hold"]["state"] == "confirmed"
    assert ana.events()[-4:] == ["decision.allowed", "call.recognised", "call.reported", "call.amended"]
    assert "call.unannounced" not in ana.events()


def test_a_call_nobody_asked_about_is_entered_and_counts(ana: Ana):
    """
    ``call.unannounced`` names the moment and the sender, and the attempt counts as marketing.
    """
    ana.grants()
    call: payloads.Json = {"id": f"wacid.{uuid4().hex}", "to": ana.customer, "at": now(), "opaque": None}
    people = (ana.customer,)
    ana.delivered(calls(payloads.connect(**call), people=people))
    ana.delivered(calls(payloads.terminate_unanswered(**call), people=people))
    entry = next(each for each in ana.api.timeline(ana.contact) if each["event"] == "call.unannounced")

    assert entry["details"]["sender"] == "acme-es"
    assert entry["details"]["named_hold"] is None
    assert ana.events()[-2:] == ["call.unannounced", "call.reported"]
    assert "CAP_REACHED" in ana.reasons(channel="voice", purpose="offers")


def test_four_calls_that_nobody_answers_end_the_calling(ana: Ana):
    """
    The streak denies a call over WhatsApp; it says nothing about a call by voice.
    """
    ana.says(payloads.permanent_grant(id=new_id(), by=ana.customer, at=now() - 4 * 86_400))
    for _ in range(4):
        call: payloads.Json = {
            "id": f"wacid.{uuid4().hex}",
            "to": ana.customer,
            "at": now() - 3 * 86_400,
            "opaque": None,
        }
        ana.delivered(calls(payloads.terminate_unanswered(**call), people=(ana.customer,)))

    assert "UNANSWERED_STREAK" in ana.reasons()
    assert "UNANSWERED_STREAK" not in ana.reasons(channel="voice")


def test_the_persons_own_call_is_none_of_ours(ana: Ana):
    """
    Who calls the business needs no leave and uses up nothing.
    """
    before = ana.events()
    call = payloads.connect(id=f"wacid.{uuid4().hex}", to=ana.customer, at=now(), direction="USER_INITIATED")
    ana.delivered(calls(call, people=(ana.customer,)))

    assert ana.events() == before


def test_a_maybe_stops_marketing_and_waits_for_a_person(ana: Ana):
    """
    Listed for review; offers are suppressed at once and orders are not, until the verdict.
    """
    ana.says(payloads.text("No me interesa", id=new_id(), by=ana.customer, at=now()))
    listed = [each for each in ana.api.get("/v1/reviews").json()["reviews"] if each["contact"] == ana.contact]

    assert ana.events()[-1] == "reply.queued"
    assert [set(each) for each in listed] == [{"id", "contact", "asked_at"}]
    assert "SUPPRESSED" in ana.reasons(channel="voice", purpose="offers")
    assert ana.reasons(channel="voice") == []


@pytest.mark.parametrize(
    ("verdict", "scope", "orders", "offers_suppressed"),
    [
        ("opt_out", {}, ["CONSENT_WITHDRAWN", "SUPPRESSED"], True),
        ("opt_out_partial", {"purposes": ["offers"]}, [], True),
        ("opt_in", {}, [], False),
        ("none", {}, [], False),
    ],
)
def test_a_verdict_settles_the_review(ana: Ana, verdict, scope, orders, offers_suppressed):
    """
    200 with a receipt; the same verdict again is the same, another is 409, and the list is shorter.
    """
    ana.says(payloads.text("No me interesa", id=new_id(), by=ana.customer, at=now()))
    api = ana.api
    review = next(each["id"] for each in api.get("/v1/reviews").json()["reviews"] if each["contact"] == ana.contact)
    foreign = api.post(f"/v1/reviews/{review}", {"verdict": verdict, "scope": scope}, key="stranger")
    answer = api.post(f"/v1/reviews/{review}", {"verdict": verdict, "scope": scope})
    again = api.post(f"/v1/reviews/{review}", {"verdict": verdict, "scope": scope})
    other = api.post(f"/v1/reviews/{review}", {"verdict": "none" if verdict != "none" else "opt_out"})

    assert foreign.status_code == 404
    assert (answer.status_code, answer.json()["verdict"]) == (200, verdict)
    assert api.events(answer.json()["receipt"]["index"])[0] == "review.settled"
    assert (again.status_code, other.status_code) == (200, 409)
    assert not [each for each in api.get("/v1/reviews").json()["reviews"] if each["id"] == review]
    assert ana.reasons(channel="voice") == orders
    assert ("SUPPRESSED" in ana.reasons(channel="voice", purpose="offers")) == offers_suppressed


def test_a_review_that_cannot_be_settled_says_why(api: Api):
    """
    404 for one nobody opened, 422 for a verdict that is none, 400 without a key.
    """
    path = f"/v1/reviews/{uuid4()}"

    assert api.post(path, {"verdict": "none"}).status_code == 404
    assert api.post(path, {"verdict": "perhaps"}).status_code == 422
    assert api.post(path, {"verdict": "none"}, once=None).status_code == 400

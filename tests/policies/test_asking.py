"""
Asking for WhatsApp's permission to call: decided, counted, sent, and given back where it could not be sent.
"""

from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest

from consent.outbox.texts import TEXTS, text_of
from consent.references import ContactReference
from consent.settings import SenderReference
from consent.setup import AddChannel, EnableAnswers
from policies.asking import RequestPermission
from policies.gathering import Question
from policies.refusals import NobodyAnswers
from server.bell import Bell
from server.outbox.postman import Postman
from server.service import Service
from server.settings import Settings
from tests.channels.graph_like import BROKEN_OFF, TOKEN, Answer, GraphLike, graph_like, refusal
from tests.channels.payloads import Customer, message_status, message_statuses, messages, text
from tests.consent.desk import Office
from tests.factories import ANA, DAY, HOUR, MINUTE, SECOND, consent, withdrawal

DOUBT = 60 * SECOND


@pytest.fixture
def graph(office: Office) -> Iterator[GraphLike]:
    """
    The API that requests go out through; the office's channel has its token, and Ana agreed to calls on WhatsApp.
    """
    office.write(AddChannel(office.tenant, "test", "test", "secret", "verify"))
    office.write(EnableAnswers(office.tenant, "test", "test", TOKEN))
    office.write(consent(office.tenant, channels=("whatsapp_call",)))
    with graph_like() as opened:
        yield opened
        office.clock.advance(10 * MINUTE)
        send(office, opened)


def wish(office: Office, **changed) -> RequestPermission:
    """
    Ana is to be asked.
    """
    question = Question(ContactReference.phone(ANA), SenderReference("id", "acme-es"), "order_updates")
    return replace(RequestPermission(office.tenant, "caller", question), **changed)


def send(office: Office, graph: GraphLike) -> None:
    """
    Whatever is due is tried.
    """
    desk = office.desk
    parts = (
        desk.ring,
        desk.journal,
        desk.reader,
        desk.snapshots,
        desk.engine,
        desk.engine,
        Bell(desk.engine),
        desk.loader,
    )
    service = Service(Settings(), *parts)

    async def run() -> None:
        async with httpx.AsyncClient() as client:
            await Postman(service, client, graph=graph.url, doubt=DOUBT).run_due(office.clock.now)

    desk.run(run())


def test_a_person_is_asked_with_whatsapps_own_message(office: Office, graph: GraphLike):
    """
    An interactive call_permission_request with one sentence in her language, from the number that would call.
    """
    answer = office.ask(wish(office))
    send(office, graph)
    [posted] = graph.posted

    assert answer["decision"] == "allow"
    assert posted["path"].endswith("/700600500400/messages")
    assert posted["type"] == "interactive"
    assert posted["interactive"] == {
        "type": "call_permission_request",
        "action": {"name": "call_permission_request"},
        "body": {"text": text_of("permission_request", "es", None)},
    }
    assert posted["biz_opaque_callback_data"] == answer["request"]["id"]
    assert office.events()[-2:] == ["message.attempted", "message.sent"]


def test_a_template_carries_it_outside_the_window(office: Office, graph: GraphLike):
    """
    The business's own template, in its language.
    """
    office.ask(wish(office, template="ask_to_call", language="es_ES"))
    send(office, graph)

    assert graph.posted[0]["template"] == {"name": "ask_to_call", "language": {"code": "es_ES"}}


def test_a_request_counts(office: Office, graph: GraphLike):
    """
    One in 24 hours: a second is denied with the moment from which it may be sent, and nothing is sent.
    """
    office.ask(wish(office))
    send(office, graph)
    office.clock.advance(HOUR)
    again = office.ask(wish(office))
    send(office, graph)

    assert [each["code"] for each in again["reasons"]] == ["PERMISSION_REQUEST_LIMIT"]
    assert again["request"] is None
    assert len(graph.posted) == 1
    office.clock.advance(DAY)
    assert office.ask(wish(office))["decision"] == "allow"


@pytest.mark.parametrize("code", [131047, 131026])
def test_what_could_not_be_sent_does_not_count(office: Office, graph: GraphLike, code):
    """
    Refused for good: the hold is given back, the log has the code, and the next request is decided afresh.
    """
    graph.answers = [refusal(code)]
    office.ask(wish(office))
    send(office, graph)
    office.clock.advance(MINUTE)

    assert office.payloads("message.failed")[0]["code"] == str(code)
    assert office.ask(wish(office))["decision"] == "allow"


def test_the_platforms_own_count_of_requests_overrules_ours(office: Office, graph: GraphLike):
    """
    138009: we gave the hold back, and Meta's limit stands until its longest window is over.
    """
    graph.answers = [refusal(138009)]
    office.ask(wish(office))
    send(office, graph)
    denied = office.ask(wish(office))

    assert [each["rule"] for each in denied["reasons"]] == ["limits-told"]
    assert [each["code"] for each in denied["reasons"]] == ["PERMISSION_REQUEST_LIMIT"]
    office.clock.advance(7 * DAY)
    assert office.ask(wish(office))["decision"] == "allow"


@pytest.mark.parametrize("told", [[(131000, 138009)], [(), (131000, 138009)], [(131026,), (138009,), (138009,)]])
def test_every_code_of_a_request_counts_whenever_it_is_told(office: Office, graph: GraphLike, told):
    """
    A status that the request failed may come before the one that says why, and say several things.
    """
    office.ask(wish(office))
    send(office, graph)
    her = Customer(ANA[1:], "ES.50000000000000000005", "Ana")
    for codes in told:
        status = message_status("failed", *codes, to=her, at=int(office.clock.now.timestamp()), id="wamid.out0")
        status["biz_opaque_callback_data"] = graph.posted[-1]["biz_opaque_callback_data"]
        office.deliver(message_statuses(status, people=(her,)))
    denied = office.ask(wish(office))

    assert [each["code"] for each in denied["reasons"]] == ["PERMISSION_REQUEST_LIMIT"]
    assert [each["rule"] for each in denied["reasons"]] == ["limits-told"]
    assert len(office.payloads("permission.limited")) == 1


def test_who_need_not_be_asked_is_read(office: Office, graph: GraphLike):
    """
    138017: the person granted calls for good and no webhook told; it is read at once, and calls are open.
    """
    may = {"action_name": "start_call", "can_perform_action": True}
    graph.answers = [refusal(138017)]
    graph.permissions = [Answer(200, {"permission": {"status": "permanent"}, "actions": [may]})]
    office.ask(wish(office))
    send(office, graph)

    assert office.codes(ANA, channel="whatsapp_call") == set()
    assert office.payloads("permission.granted")[0]["source"] == "reading"


def test_what_cannot_be_read_opens_nothing(office: Office, graph: GraphLike):
    """
    138017 is no permission: where it cannot be read, calls stay closed and the person is not asked again for a day.
    """
    graph.answers = [refusal(138017)]
    graph.permissions = [Answer(502, "<html>")]
    office.ask(wish(office))
    send(office, graph)

    assert office.codes(ANA, channel="whatsapp_call") == {"PERMISSION_MISSING"}
    assert office.ask(wish(office))["decision"] == "deny"


def test_a_person_without_a_number_is_answered_by_their_user_id(office: Office, graph: GraphLike):
    """
    Somebody with a username shows no number: the confirmation goes to ``recipient``.
    """
    eva = Customer(None, "ES.70000000000000000007", "Eva")
    at = int(office.clock.now.timestamp())
    office.deliver(messages(text("STOP", by=eva, at=at, id="wamid.eva"), people=(eva,)))
    send(office, graph)
    [posted] = graph.posted

    assert posted["recipient"] == eva.user_id
    assert "to" not in posted


def test_a_person_without_a_number_is_asked_by_their_user_id(office: Office, graph: GraphLike):
    """
    By user id alone: decided for the country that it names, and sent to ``recipient``.
    """
    eva = ContactReference.user_id("ES.70000000000000000007")
    office.write(replace(consent(office.tenant, channels=("whatsapp_call",)), contact=eva))
    answer = office.ask(wish(office, question=Question(eva, SenderReference("id", "acme-es"), "order_updates")))
    send(office, graph)
    [posted] = graph.posted

    assert answer["decision"] == "allow"
    assert posted["recipient"] == eva.value


def test_what_may_have_been_sent_counts(office: Office, graph: GraphLike):
    """
    The connection broke after the API had it: until that is known, the hold stands.
    """
    graph.answers = [BROKEN_OFF]
    office.ask(wish(office))
    send(office, graph)
    office.clock.advance(30 * SECOND)

    assert office.ask(wish(office))["decision"] == "deny"


def test_who_refuses_meanwhile_is_not_asked(office: Office, graph: GraphLike):
    """
    A withdrawal between decision and sending releases the hold, and the request lapses.
    """
    office.ask(wish(office))
    office.clock.advance(SECOND)
    office.write(withdrawal(office.tenant, at=office.clock.now))
    send(office, graph)

    assert graph.posted == []
    assert office.payloads("message.lapsed")[0]["why"] == "released"


def test_nobody_is_asked_where_nothing_can_be_sent(office: Office, graph: GraphLike):
    """
    Without a token it is refused with what to do, and nothing is decided or counted.
    """
    office.write(EnableAnswers(office.tenant, "test", "test", None))
    refused = office.refusal(wish(office))

    assert isinstance(refused, NobodyAnswers)
    assert "venia channel answer" in str(refused)
    assert graph.posted == []


@pytest.mark.parametrize("language", sorted(TEXTS))
def test_every_language_asks(language):
    """
    One sentence that names WhatsApp.
    """
    named = {"ar": "واتساب", "he": "וואטסאפ"}.get(language, "WhatsApp")

    assert named in text_of("permission_request", language, None)

"""
One answer to whoever refuses or asks for help, sent to a server that behaves like WhatsApp's API, whatever goes wrong between.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import httpx
import pytest

from consent.erasing import EraseContact
from consent.outbox.texts import TEXTS
from consent.setup import AddChannel, EnableAnswers
from server.bell import Bell
from server.outbox.postman import Postman
from server.service import Service
from server.settings import Settings
from tests.channels.graph_like import (
    BAD_GATEWAY,
    BROKEN_OFF,
    NEVER_REACHED,
    TOKEN,
    Answer,
    GraphLike,
    graph_like,
    refusal,
)
from tests.channels.payloads import Customer, message_status, message_statuses, messages, number_changed, text
from tests.consent.desk import Desk, Office
from tests.databases import execute
from tests.factories import ANA, MINUTE, NOW, SECOND, consent, ref

HER = Customer("34600111222", "ES.50000000000000000005", "Ana")
DOUBT = 60 * SECOND
LINE = "Clínica Sol, +34 910 000 000"


@dataclass(slots=True)
class Post:
    """
    An office whose channel answers people, the API it answers through, and whoever sends.
    """

    office: Office
    graph: GraphLike
    postman: Postman

    def says(self, words: str, number: int = 1) -> None:
        """
        A message of hers is delivered, the same one for the same number.
        """
        at = int(self.office.clock.now.timestamp())
        self.office.deliver(messages(text(words, by=HER, at=at, id=f"wamid.in{number}"), people=(HER,)))

    def sends(self) -> int:
        """
        Whatever is due is tried; how much was.
        """
        return self.office.desk.run(self.postman.run_due(self.office.clock.now))

    def waits(self, time: timedelta) -> None:
        """
        Time passes, and what is due by then is tried.
        """
        self.office.clock.advance(time)
        self.sends()

    def told(self, status: str, *codes: int) -> None:
        """
        The vendor's status of the message that was posted last.
        """
        sent = message_status(status, *codes, to=HER, at=int(self.office.clock.now.timestamp()), id="wamid.out0")
        sent["biz_opaque_callback_data"] = self.graph.posted[-1]["biz_opaque_callback_data"]
        self.office.deliver(message_statuses(sent, people=(HER,)))

    @property
    def events(self) -> list[str]:
        """
        What the log says about messages.
        """
        return [str(each) for each in self.office.events() if str(each).startswith("message.")]


@pytest.fixture
def post(office: Office) -> Iterator[Post]:
    """
    Answers are enabled, and she is known.
    """
    office.write(AddChannel(office.tenant, "test", "test", "secret", "verify"))
    office.write(EnableAnswers(office.tenant, "test", "test", TOKEN, LINE))
    office.write(consent(office.tenant, channels=("whatsapp_call", "voice")))
    desk = office.desk
    service = Service(
        Settings(),
        desk.ring,
        desk.journal,
        desk.reader,
        desk.snapshots,
        desk.engine,
        desk.engine,
        Bell(desk.engine),
        desk.loader,
    )
    with graph_like() as graph:
        client = httpx.AsyncClient()
        opened = Post(office, graph, Postman(service, client, graph=graph.url, doubt=DOUBT))
        yield opened
        opened.waits(10 * MINUTE)  # Whatever is left would be sent by the next test, whose database is the same.
        desk.run(client.aclose())


def test_an_opt_out_is_confirmed_once_in_her_language(post: Post):
    """
    One text from the number she wrote to, in Spanish, with our id, and nothing more however often we look.
    """
    post.says("no me llamen más, por favor")
    post.sends()
    post.waits(MINUTE)
    [posted] = post.graph.posted

    assert posted["path"] == "/v23.0/700600500400/messages"
    assert (posted["to"], posted["type"]) == ("34600111222", "text")
    assert posted["text"]["body"] == TEXTS["es"].confirmation
    [withdrawn] = post.office.payloads("consent.withdrawn")
    assert withdrawn["answer"] == posted["biz_opaque_callback_data"]
    assert post.events == ["message.attempted", "message.sent"]


def test_a_delivery_that_comes_twice_is_answered_once(post: Post):
    """
    The same message again, and another STOP a while later, get no second confirmation within a day.
    """
    post.says("STOP")
    post.says("STOP")
    post.sends()
    post.says("STOP", number=2)
    post.waits(MINUTE)

    assert len(post.graph.taken) == 1


def test_a_day_later_it_is_confirmed_again(post: Post):
    """
    She opts in for messages and out again the next day: that is worth a word.
    """
    post.says("STOP")
    post.sends()
    post.office.clock.advance(timedelta(hours=25))
    post.says("STOP", number=2)
    post.sends()

    assert len(post.graph.taken) == 2


def test_without_a_token_nothing_is_owed(post: Post):
    """
    A channel whose answers were switched off queues nothing, and the refusal counts all the same.
    """
    post.office.write(EnableAnswers(post.office.tenant, "test", "test", None))
    post.says("STOP")
    post.sends()

    assert post.graph.posted == []
    assert post.office.payloads("consent.withdrawn")[0]["answer"] is None


@pytest.mark.parametrize(
    "answer", [refusal(131056), refusal(4, 429, wait=5), refusal(2, 500), refusal(131000, 400, transient=True)]
)
def test_what_passes_is_tried_again(post: Post, answer):
    """
    A limit or a fault of the API's own delays the answer by seconds; it is sent, once.
    """
    post.graph.answers = [answer, answer]
    post.says("BAJA")
    post.sends()
    for _ in range(6):
        post.waits(5 * SECOND)

    assert len(post.graph.posted) == 3
    assert len(post.graph.taken) == 1
    assert post.events[-1] == "message.sent"


def test_a_wait_that_is_asked_for_is_kept(post: Post):
    """
    Retry-After: 90 means that nothing is tried for 90 seconds.
    """
    post.graph.answers = [refusal(4, 429, wait=90)]
    post.says("BAJA")
    post.sends()
    post.waits(89 * SECOND)
    before = len(post.graph.posted)
    post.waits(SECOND)

    assert (before, len(post.graph.posted)) == (1, 2)


@pytest.mark.parametrize("answer", [refusal(190, 401), refusal(131047), refusal(131026), refusal(100)])
def test_what_cannot_help_is_not_repeated(post: Post, answer):
    """
    A token that is none, a closed window, somebody out of reach: failed for good, with the code in the log.
    """
    post.graph.answers = [answer]
    post.says("BAJA")
    post.sends()
    post.waits(2 * MINUTE)
    [failed] = post.office.payloads("message.failed")

    assert len(post.graph.posted) == 1
    assert failed["final"] is True
    assert failed["code"] == str(answer.body["error"]["code"])


@pytest.mark.parametrize("answer", [BROKEN_OFF, NEVER_REACHED, BAD_GATEWAY])
def test_a_message_in_doubt_is_left_alone_for_a_while(post: Post, answer):
    """
    A connection that broke, or a gateway's page: nothing is repeated within the time in which a status would come.
    """
    post.graph.answers = [answer]
    post.says("BAJA")
    post.sends()
    post.waits(59 * SECOND)

    assert len(post.graph.posted) == 1


def test_a_status_ends_the_doubt(post: Post):
    """
    The API had taken it before the connection broke, and says so: it is not sent again.
    """
    post.graph.answers = [BROKEN_OFF]
    post.says("BAJA")
    post.sends()
    post.told("delivered")
    post.waits(2 * MINUTE)

    assert len(post.graph.taken) == 1
    assert post.events == ["message.attempted", "message.sent"]


def test_silence_means_that_it_was_not_sent(post: Post):
    """
    A try that never reached the API is repeated after a minute of silence.
    """
    post.graph.answers = [NEVER_REACHED]
    post.says("BAJA")
    post.sends()
    post.waits(60 * SECOND)

    assert len(post.graph.taken) == 1
    assert post.events == ["message.attempted", "message.attempted", "message.sent"]


def test_a_failure_told_later_is_recorded(post: Post):
    """
    Taken, and then undeliverable: the log ends with the vendor's code.
    """
    post.says("BAJA")
    post.sends()
    post.told("failed", 131026)

    assert post.events == ["message.attempted", "message.sent", "message.failed"]
    assert post.office.payloads("message.failed")[0]["code"] == "131026"


def test_after_five_minutes_it_is_too_late(post: Post):
    """
    What could not be sent within five minutes is not sent at all, and the log says so.
    """
    post.says("BAJA")
    post.waits(5 * MINUTE)

    assert post.graph.posted == []
    assert post.office.payloads("message.lapsed")[0]["why"] == "late"


def test_a_person_whose_key_does_not_open_keeps_nobody_waiting(post: Post, desk: Desk):
    """
    More of them than are tried at once, and the next person's answer still goes out.
    """
    others = [f"+3460011{number:04}" for number in range(2000, 2025)]
    for number, other in enumerate(others):
        at = int(post.office.clock.now.timestamp())
        his = Customer(other[1:], None, "Other")
        post.office.deliver(messages(text("BAJA", by=his, at=at, id=f"wamid.other{number}"), people=(his,)))
    keys = {post.office.contact(other): b"" for other in others}
    keys |= {row["contact_id"]: row["wrapped_key"] for row in post.office.rows("contacts") if row["contact_id"] in keys}
    wrap(desk, dict.fromkeys(keys, b"\x00"))
    post.office.clock.advance(SECOND)
    post.says("BAJA")
    post.sends()
    wrap(desk, keys)

    assert [each["to"] for each in post.graph.taken] == [HER.wa_id]


def wrap(desk: Desk, keys: dict[UUID, bytes]) -> None:
    """
    Makes these the wrapped keys of people.
    """
    change = "UPDATE contacts SET wrapped_key = '\\x{}' WHERE contact_id = '{}'"
    execute(desk.url, *(change.format(key.hex(), contact) for contact, key in keys.items()))


def test_two_senders_try_a_message_once(post: Post):
    """
    Whoever asks second is told that somebody is at it.
    """
    post.says("BAJA")

    async def both() -> int:
        now = post.office.clock.now
        return await post.postman.run_due(now) + await post.postman.run_due(now)

    tried = post.office.desk.run(both())

    assert (tried, len(post.graph.posted)) == (1, 1)


@pytest.mark.parametrize("answer", ["1", "1.", "solo llamadas", "Only calls", "1️⃣", "١"])
def test_the_question_can_be_answered(post: Post, answer):
    """
    Only calls were meant: messages are let through again, calls stay closed.
    """
    post.says("BAJA")
    post.sends()
    post.office.clock.advance(10 * SECOND)
    post.says(answer, number=2)
    message = {"action": "message.send", "channel": "whatsapp_message"}

    assert "reply.narrowed" in post.office.events()
    assert "SUPPRESSED" not in post.office.codes(ANA, **message)
    assert "SUPPRESSED" in post.office.codes(ANA, channel="whatsapp_call")
    assert "SUPPRESSED" in post.office.codes(ANA)


def test_a_digit_means_nothing_without_a_question(post: Post):
    """
    Nobody asked, or a day has passed: a one is a one.
    """
    post.says("1")
    post.says("BAJA", number=2)
    post.sends()
    post.office.clock.advance(timedelta(hours=25))
    post.says("1", number=3)

    assert "reply.narrowed" not in post.office.events()


def test_who_asks_for_help_gets_it(post: Post):
    """
    HELP is answered with how to stop and how to reach the business, and nothing ends.
    """
    post.says("AYUDA")
    post.sends()
    [posted] = post.graph.posted

    assert posted["text"]["body"] == f"{TEXTS['es'].help} {LINE}"
    assert "consent.withdrawn" not in post.office.events()


def test_a_person_who_was_erased_gets_nothing(post: Post):
    """
    Erasure takes what was still to be sent with it.
    """
    post.says("BAJA")
    post.office.write(EraseContact(post.office.tenant, "officer", ref(ANA), "asked"))
    post.sends()

    assert post.graph.posted == []


def test_a_number_that_was_given_up_gets_nothing(post: Post):
    """
    She has a new number before the answer left: whoever has the old one now is told nothing.
    """
    post.says("BAJA")
    moved = number_changed("34600999888", of=HER, at=int(NOW.timestamp()) + 1)
    post.office.deliver(messages(moved, people=()))
    post.sends()

    assert post.graph.posted == []
    assert post.office.payloads("message.lapsed")[0]["why"] == "no number"


def test_an_odd_id_of_the_vendor_is_noted_all_the_same(post: Post):
    """
    Half of a surrogate pair, or an id of any length: sent once, and nothing stops.
    """
    post.graph.answers = [Answer(200, {"messages": [{"id": "wamid.\ud83d" + "x" * 100_000}]})]
    post.says("BAJA")
    post.sends()
    post.waits(2 * MINUTE)

    assert len(post.graph.posted) == 1
    assert post.events == ["message.attempted", "message.sent"]

"""
Deliveries: in order and at least once, tried again, laid with the dead, sent again, and never to a private address.
"""

from uuid import UUID

import pytest

from tests.databases import fetch
from tests.server.delivering.line import Subscriber


def test_events_come_in_order_signed_and_as_cloud_events(crm: Subscriber):
    """
    Each once, under its event's id, with a signature that the secret verifies and another does not.
    """
    happened = crm.happens(3)
    crm.run()
    crm.run()
    first = crm.receiver.deliveries[0]

    assert crm.receiver.ids == happened
    assert all(each.is_signed_with(crm.secret) for each in crm.receiver.deliveries)
    assert not first.is_signed_with("whsec_" + "A" * 43 + "=")
    assert first.headers["content-type"].startswith("application/cloudevents+json")
    assert (first.event["specversion"], first.event["type"], first.event["id"]) == (
        "1.0",
        "consent.recorded",
        happened[0],
    )
    assert crm.state["detail"] is None
    assert crm.state["delivered_at"] is not None


def test_what_is_not_taken_holds_the_line_and_is_tried_again(crm: Subscriber):
    """
    Not before its pause is over, and what comes after it waits: nothing overtakes.
    """
    first, second = crm.happens(2)
    crm.receiver.answers = [(500, {}), (503, {})]
    crm.run()
    crm.run(later=1)
    waiting = crm.state
    crm.run(later=12)
    crm.run(later=60)

    assert crm.receiver.ids == [first, first, first, second]
    assert (waiting["attempts"], waiting["detail"]) == (1, "It answered 500.")
    assert (crm.state["attempts"], crm.state["next_at"]) == (0, None)


@pytest.mark.parametrize("wish", ["120", "Fri, 01 Jan 2100 00:00:00 GMT"])
def test_a_wish_to_wait_is_respected(crm: Subscriber, wish: str):
    """
    Retry-After in seconds or as a date: not before, and at most a day.
    """
    (event,) = crm.happens()
    crm.receiver.answers = [(429, {"Retry-After": wish})]
    crm.run()
    crm.run(later=100)
    early = list(crm.receiver.ids)
    crm.run(later=130 if wish == "120" else 86_500)

    assert early == [event]
    assert crm.receiver.ids == [event, event]


def test_a_dead_letter_is_kept_and_the_line_goes_on(crm: Subscriber):
    """
    After the last try it is listed with what went wrong, and the next event is delivered.
    """
    poison, after = crm.happens(2)
    crm.receiver.answers = [(400, {})] * 3
    for later in (0, 12, 60):
        crm.run(later)
    (letter,) = crm.dead

    assert crm.receiver.ids == [poison, poison, poison, after]
    assert (letter["event"], letter["type"], letter["attempts"]) == (poison, "consent.recorded", 3)
    assert letter["detail"] == "It answered 400."
    assert crm.state["dead_letters"] == 1


def test_a_dead_letter_is_sent_again_when_somebody_asks(crm: Subscriber):
    """
    It leaves the list when it is taken and stays if it is not; the asking is an entry, and asking for what is not dead is 404.
    """
    (poison,) = crm.happens()
    crm.receiver.answers = [(400, {})] * 4
    for later in (0, 12, 60):
        crm.run(later)
    assert crm.redeliver(poison).status_code == 202
    crm.run(later=120)
    (still,) = crm.dead
    size = crm.api.size()
    assert crm.redeliver(poison).status_code == 202
    crm.run(later=180)

    assert (still["attempts"], still["asked_at"]) == (4, None)
    assert crm.receiver.ids == [poison] * 5
    assert crm.receiver.deliveries[-1].is_signed_with(crm.secret)
    assert crm.dead == []
    assert crm.api.events(size) == ["subscription.redelivery_asked"]
    assert crm.redeliver(poison).json()["type"] == "urn:venia:problem:dead-letter-unknown"


def test_a_dead_letter_waits_while_its_subscriber_asks_for_quiet(crm: Subscriber):
    """
    Asked for while the line waits, it is sent once the pause is over; and its own Retry-After holds the line as well.
    """
    poison, after = crm.happens(2)
    crm.receiver.answers = [(400, {})] * 3 + [(429, {"Retry-After": "120"}), (429, {"Retry-After": "120"})]
    for later in (0, 12, 60):
        crm.run(later)
    assert crm.redeliver(poison).status_code == 202
    crm.run(later=100)
    quiet = list(crm.receiver.ids)
    crm.run(later=190)
    crm.run(later=250)
    still = list(crm.receiver.ids)
    crm.run(later=330)

    assert quiet == [poison, poison, poison, after]
    assert still == [*quiet, poison]
    assert crm.receiver.ids == [*still, after]


def test_a_fault_of_ours_counts_as_a_try(crm: Subscriber):
    """
    A secret that does not open: the pauses grow, it is said what is wrong, and once it is mended the event arrives.
    """
    (event,) = crm.happens()
    (row,) = fetch(crm.api.url, "SELECT sealed_secret FROM subscriptions WHERE subscription_id = $1", UUID(crm.id))
    fetch(crm.api.url, "UPDATE subscriptions SET sealed_secret = 'broken' WHERE subscription_id = $1", UUID(crm.id))
    crm.run()
    first = crm.state
    crm.run(later=0.1)
    crm.run(later=12)
    second = crm.state
    statement = "UPDATE subscriptions SET sealed_secret = $2 WHERE subscription_id = $1"
    fetch(crm.api.url, statement, UUID(crm.id), row["sealed_secret"])
    crm.run(later=60)

    assert (first["attempts"], second["attempts"]) == (1, 2)
    assert first["detail"] == "It could not be sent by a fault of ours."
    assert crm.receiver.ids == [event]


def test_who_is_gone_hears_no_more(crm: Subscriber):
    """
    410 ends the subscription, which says so; the log does as well.
    """
    (event, _) = crm.happens(2)
    crm.receiver.answers = [(410, {})]
    crm.run()
    crm.happens()
    crm.run(later=3600)

    assert crm.receiver.ids == [event]
    assert (crm.state["state"], crm.state["cursor"]) == ("gone", None)
    assert "subscription.ended" in crm.api.events()


def test_redirects_are_failures(crm: Subscriber):
    """
    Where an answer points to is never asked: it could be anywhere.
    """
    crm.happens()
    crm.receiver.answers = [(307, {"Location": crm.receiver.url + "/elsewhere"})]
    crm.run()

    assert len(crm.receiver.deliveries) == 1
    assert crm.state["detail"] == "It answered 307."


def test_an_answer_without_end_is_cut_off(crm: Subscriber):
    """
    The status counts; what follows is not read beyond a few kilobytes.
    """
    happened = crm.happens(2)
    crm.receiver.endless = True
    crm.run()

    assert crm.receiver.ids == happened


def test_a_private_address_is_refused_at_every_connection(crm: Subscriber):
    """
    A name that was public when the subscription was made may mean another machine now: nothing is sent, and it says why.
    """
    happened = crm.happens()
    crm.run(loopback_subscribers=False)
    refused = crm.state["detail"]
    crm.run(later=12)

    assert "must begin with https://" in refused
    assert crm.receiver.ids == happened


def test_other_types_pass_by_and_are_done_with(crm: Subscriber):
    """
    What a filter keeps back is not sent, and the cursor moves past it.
    """
    before = crm.state["cursor"]
    crm.api.check(crm.api.agree("+34600999001")["consents"] and "+34600999001")
    crm.api.authorize("+34600999001")
    crm.run()
    row = fetch(crm.api.url, "SELECT entry_index FROM subscription_lines WHERE subscription_id = $1", crm.id)[0]

    assert {each.event["type"] for each in crm.receiver.deliveries} == {"consent.recorded"}
    assert row["entry_index"] == crm.api.size() > int(before.split(".")[1])


def test_a_line_under_lease_is_left_alone(crm: Subscriber):
    """
    Two workers at once: the event is sent once.
    """
    happened = crm.happens()
    turns: list[int] = []
    crm.receiver.on_taken = lambda _: turns.append(crm.run())
    crm.run()

    assert crm.receiver.ids == happened
    assert turns == [0]


def test_nothing_is_sent_to_who_was_deleted(crm: Subscriber):
    """
    Line and dead letters are gone with it.
    """
    crm.happens()
    crm.delete()
    crm.run()

    assert crm.receiver.ids == []
    assert fetch(crm.api.url, "SELECT 1 FROM subscription_lines WHERE subscription_id = $1", crm.id) == []

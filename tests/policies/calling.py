"""
Steps of calling: agreeing, permitting, asking, and telling how it went.
"""

from uuid import UUID, uuid4

from policies.reporting import ReleaseHold
from tests.channels.payloads import Customer, messages, permanent_grant
from tests.consent.desk import Office
from tests.factories import DAY, NOW, authorization, consent, outcome

REQUEST = {"channel": "whatsapp_call", "action": "call.request_permission"}
WHATSAPP = {"channel": "whatsapp_call"}


def agreed(office: Office, *purposes: str) -> None:
    """Ana agreed to be called, by every means, about these purposes or an order; and gave Meta's permission."""
    for purpose in purposes or ("order_updates",):
        office.write(consent(office.tenant, purpose=purpose, channels=("voice", "whatsapp_call")))


def permitted(office: Office, at=NOW - DAY) -> None:
    """Ana gives Meta's permission for good."""
    her = Customer("34600111222", None, "Ana")
    said = permanent_grant(by=her, at=int(at.timestamp()), id=f"wamid.{uuid4()}")
    office.deliver(messages(said, people=(her,)))


def ask(office: Office, **changed):
    """The codes against a call, and the hold if there is none."""
    answer = office.ask(authorization(office.tenant, **changed))

    assert (answer["decision"] == "allow") == ("hold" in answer) == (not answer["reasons"])
    return [each["code"] for each in answer["reasons"]], answer.get("hold", {}).get("id")


def called(office: Office, told: str | None = "connected", **changed) -> str:
    """A call that was allowed, and how it ended; None: nobody says."""
    codes, hold = ask(office, **changed)

    assert codes == []
    if told is not None:
        office.write(outcome(office.tenant, hold, told, at=office.clock.now))
    return str(hold)


def release(office: Office, hold: str) -> ReleaseHold:
    """The call on a hold was not placed."""
    return ReleaseHold(office.tenant, "caller", UUID(hold))

"""
The types of obligations, as they are written in a pack and as an allow carries them.

This is an edge: pydantic checks what people wrote.  `policies.obligations` turns it into the plain values that are given.
"""

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from policies.pack_rules import Grounded
from policies.pack_values import Written

LONGEST_CALL_SECONDS = 14_400


class Disclosure(Written):
    """When it is said: ``start`` is before anything else is talked about."""

    at: Literal["start"] = "start"


class OptOutOffer(Written):
    """
    When and how a person can say no: once at the ``start`` or the ``end``, or ``throughout`` the call.

    ``by: automated`` is a word or a key that works without a person on the line; ``any`` is any way at all.
    """

    at: Literal["start", "end", "throughout"] = "throughout"
    by: Literal["any", "automated"] = "any"


class Nothing(Written):
    """No properties."""


class Duration(Written):
    """How long a call may last, in seconds."""

    seconds: Annotated[int, Field(ge=1, le=LONGEST_CALL_SECONDS)]


class DiscloseRecording(Grounded):
    """Whoever records the call says so to the person."""

    type: Literal["disclose_recording"]
    properties: Disclosure = Disclosure()


class DiscloseAiVoice(Grounded):
    """The person is told that no person speaks."""

    type: Literal["disclose_ai_voice"]
    properties: Disclosure = Disclosure()


class OfferOptOut(Grounded):
    """The person is told how to have no more of these calls."""

    type: Literal["offer_opt_out"]
    properties: OptOutOffer = OptOutOffer()


class RecordOutcome(Grounded):
    """How the call ended is reported on its hold."""

    type: Literal["record_outcome"]
    properties: Nothing = Nothing()


class MaximumDuration(Grounded):
    """The call ends after so long; of several, the shortest counts."""

    type: Literal["maximum_duration"]
    properties: Duration


ObligationModel: TypeAlias = DiscloseRecording | DiscloseAiVoice | OfferOptOut | RecordOutcome | MaximumDuration
TYPES: dict[str, type[ObligationModel]] = {
    "disclose_recording": DiscloseRecording,
    "disclose_ai_voice": DiscloseAiVoice,
    "offer_opt_out": OfferOptOut,
    "record_outcome": RecordOutcome,
    "maximum_duration": MaximumDuration,
}


class Given(Written):
    """An obligation as an allow carries it; ``id`` names the pack, its version and the obligation: ``core@1/outcome``."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,62}@[1-9][0-9]*/[a-z][a-z0-9-]{0,62}$")]


class GivenDiscloseRecording(Given):
    """Whoever records the call says so to the person."""

    type: Literal["disclose_recording"]
    properties: Disclosure


class GivenDiscloseAiVoice(Given):
    """The person is told that no person speaks."""

    type: Literal["disclose_ai_voice"]
    properties: Disclosure


class GivenOfferOptOut(Given):
    """The person is told how to have no more of these calls."""

    type: Literal["offer_opt_out"]
    properties: OptOutOffer


class GivenRecordOutcome(Given):
    """How the call ended is reported on its hold."""

    type: Literal["record_outcome"]
    properties: Nothing


class GivenMaximumDuration(Given):
    """The call ends after so long; there is at most one of these."""

    type: Literal["maximum_duration"]
    properties: Duration


GivenObligation: TypeAlias = (
    GivenDiscloseRecording | GivenDiscloseAiVoice | GivenOfferOptOut | GivenRecordOutcome | GivenMaximumDuration
)

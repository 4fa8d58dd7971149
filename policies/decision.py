"""
What comes out: the three answers of a rule, the reasons built from them, and the decision.

Nothing in a decision depends on who asked or when, beyond the facts: equal questions get equal bytes.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from policies.instants import rfc3339
from policies.reasons import Code, Severity

Json: TypeAlias = "bool | int | str | Sequence[Json] | Mapping[str, Json] | None"
# What there is to say of a failure, moments not yet written out: most failures are never read.
Params: TypeAlias = Mapping[str, "Json | datetime"]
_NOTHING: Params = MappingProxyType({})

# What follows are named tuples: a decision makes a dozen of them, and a frozen dataclass takes five times as long to make.


class Passes(NamedTuple):
    """The rule has nothing against the call, until this instant at least; None where time changes nothing."""

    until: datetime | None = None


class Fails(NamedTuple):
    """
    The rule is against the call.

    ``retry_at`` is an instant later than the one asked about, before which the rule surely keeps failing;
    None when time cannot help.
    """

    code: Code
    retry_at: datetime | None = None
    params: Params = _NOTHING


class Unknown(NamedTuple):
    """The rule cannot tell, because this fact is missing."""

    fact: str
    code: Code = Code.FACT_MISSING


Outcome: TypeAlias = Passes | Fails | Unknown
PASSES = Passes()


class Reason(NamedTuple):
    """
    Why a call is denied, and by which rule of which pack.

    ``retry_at`` is the earliest instant at which this rule alone stops failing; None when time cannot help.
    ``pack`` is None when it is the rule set as a whole that cannot vouch for the call.
    """

    code: Code
    severity: Severity
    layer: str
    pack: str | None
    rule: str
    basis: str
    retry_at: datetime | None
    params: Mapping[str, Json]
    remedy: str | None

    def to_json(self) -> dict[str, Json]:
        """The reason as it goes over the wire."""
        return {
            "code": self.code.value,
            "severity": self.severity.value,
            "layer": self.layer,
            "pack": self.pack,
            "rule": self.rule,
            "basis": self.basis,
            "retry_at": written(self.retry_at),
            "params": dict(self.params),
            "remedy": self.remedy,
        }


class Obligation(NamedTuple):
    """
    What an allow asks of whoever calls.

    ``id`` names the pack with its version and the obligation in it; what ``properties`` hold depends on the type.
    """

    id: str
    type: str
    properties: Mapping[str, Json]

    def to_json(self) -> dict[str, Json]:
        """The obligation as it goes over the wire."""
        return {"id": self.id, "type": self.type, "properties": dict(self.properties)}


class Decision(NamedTuple):
    """
    May the call be placed?  Every reason against it, worst first; and for an allow, how long it can be relied on.

    ``retry_at`` is the earliest instant at which the decision would be allow if nothing else changes.
    ``expires_at`` is None for a deny, and for an allow that no consent, permission or window ends.  ``packs`` are those
    of the set that apply to the person.  ``obligations`` come with an allow alone.
    """

    allow: bool
    reasons: tuple[Reason, ...]
    retry_at: datetime | None
    expires_at: datetime | None
    rule_set: str
    packs: tuple[str, ...]
    tzdata: str
    obligations: tuple[Obligation, ...] = ()

    def to_json(self) -> dict[str, Json]:
        """
        The decision as it goes over the wire, without anything volatile.

        ``expires_at`` stays inside: a caller is given the expiry of its hold instead.
        """
        return {
            "decision": "allow" if self.allow else "deny",
            "reasons": [reason.to_json() for reason in self.reasons],
            "retry_at": written(self.retry_at),
            "obligations": [each.to_json() for each in self.obligations],
            "policy": {"rule_set": self.rule_set, "packs": list(self.packs), "tzdata": self.tzdata},
        }


def written(instant: datetime | None) -> str | None:
    """An instant on the wire, or null."""
    return None if instant is None else rfc3339(instant)


def spelled(params: Params) -> dict[str, Json]:
    """What there is to say of a failure, as it goes over the wire."""
    return {name: rfc3339(value) if isinstance(value, datetime) else value for name, value in params.items()}

"""Does the person stand in an exclusion register (Robinson, Bloctel, TPS...), and is our copy of it fresh?"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from policies.decision import PASSES, Fails, Outcome, Passes, Unknown, written
from policies.facts import Facts
from policies.reasons import Code


@dataclass(frozen=True, slots=True)
class Register:
    """
    Not listed, in a copy younger than ``max_age``.  Time alone never mends a failure.

    A listing is believed however old the copy is; only the absence of one goes stale.
    """

    register: str
    max_age: timedelta | None = None
    lookback = timedelta(0)

    def check(self, facts: Facts, now: datetime) -> Outcome:
        """Passes until the copy goes stale; a register that was never loaded is unknown."""
        if facts.registers is None:
            return Unknown("registers")
        fact = facts.registers.get(self.register)
        if fact is None:
            return Unknown(f"registers.{self.register}")
        params = {"register": self.register, "as_of": written(fact.as_of)}
        if fact.listed:
            return Fails(Code.REGISTER_LISTED, None, params)
        if self.max_age is None:
            return PASSES
        stale_at = fact.as_of + self.max_age
        return Passes(stale_at) if now < stale_at else Fails(Code.REGISTER_STALE, None, params)

"""What does a register say of the person: an exclusion list (Robinson, TPS...), or a list of consents (İYS)?"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from policies.decision import PASSES, Fails, Outcome, Passes, Unknown
from policies.facts import Facts, RegisterFact
from policies.kinds.consent import Consent
from policies.reasons import Code


@dataclass(frozen=True, slots=True)
class Register:
    """
    Not listed, or listed where ``expect_listed``, in a copy younger than ``max_age``.  Time never mends a failure.

    What is against the call is believed however old the copy is; only the rest goes stale.  ``waiver`` is the consent
    that makes asking the register unnecessary.
    """

    register: str
    max_age: timedelta | None = None
    expect_listed: bool = False
    waiver: Consent | None = None
    lookback = timedelta(0)
    remembers_refusals = timedelta(0)

    def check(self, facts: Facts, now: datetime) -> Outcome:
        """Passes until the copy goes stale; a register that was never loaded is unknown."""
        if self.waiver is not None and self.waiver.may_pass(facts, now):
            waived = self.waiver.check(facts, now)
            if isinstance(waived, Passes):
                return waived
        if facts.registers is None:
            return Unknown("registers")
        fact = facts.registers.get(self.register)
        if fact is None:
            return Unknown(f"registers.{self.register}")
        if fact.listed != self.expect_listed:
            return self._fails(Code.REGISTER_ABSENT if self.expect_listed else Code.REGISTER_LISTED, fact)
        if self.max_age is None:
            return PASSES
        stale_at = fact.as_of + self.max_age
        return Passes(stale_at) if now < stale_at else self._fails(Code.REGISTER_STALE, fact)

    def _fails(self, code: Code, fact: RegisterFact) -> Fails:
        return Fails(code, None, {"register": self.register, "as_of": fact.as_of})

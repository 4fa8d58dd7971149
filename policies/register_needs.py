"""
What a rule needs of a register: its name, of whom, how old it may be, and whether to be listed is good or bad.
"""

from collections.abc import Collection
from datetime import timedelta
from typing import NamedTuple

from policies.kinds.register import Register
from policies.rules import Rule


class RegisterNeed(NamedTuple):
    """One rule about one register; ``countries`` None is everybody."""

    register: str
    of_consents: bool
    countries: frozenset[str] | None
    max_age: timedelta | None
    pack: str
    rule: str
    shadow: bool

    def is_of(self, countries: Collection[str]) -> bool:
        """Whether it is about anybody who may be in these countries."""
        return self.countries is None or not self.countries.isdisjoint(countries)


def register_need(rule: Rule, test: Register) -> RegisterNeed:
    """What a rule of a register needs."""
    return RegisterNeed(
        test.register, test.expect_listed, rule.countries, test.max_age, rule.pack or rule.layer, rule.id, rule.shadow
    )

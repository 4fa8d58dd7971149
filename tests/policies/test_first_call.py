"""
The first question after a start finds everything built.
"""

from datetime import UTC, datetime

import holidays
import pytest

from policies.catalogue import builtin, jurisdictions
from policies.closed_days import holidays_in
from policies.evaluator import evaluate
from policies.ruleset import compile_rules
from tests.policies.questions import facts

NOW = datetime(2031, 3, 5, 10, tzinfo=UTC)  # A year that no other test asks about.


def test_calendars_of_two_years_are_built_before_the_first_question(monkeypatch):
    """
    Once a set is prepared, no question of this year or the next makes a calendar, wherever the person may be.
    """
    rules = compile_rules([builtin(name) for name in ("core", *jurisdictions())])
    rules.prepare(NOW)
    countries = sorted(rules.countries & set(holidays.list_supported_countries()))

    def refuse(*_, **__):
        pytest.fail("a calendar was made while somebody waited")

    monkeypatch.setattr(holidays, "country_holidays", refuse)
    for country in countries:
        for now in (NOW, NOW.replace(year=2032, month=12, day=31)):
            question = facts(regions=(country,), zones=("Europe/Madrid",), category="marketing", channel="voice")
            evaluate(rules, question, now)

    assert len(countries) >= 34
    assert holidays_in.cache_info().currsize > len(countries)

"""
Who answers: Venia from the facts as the service holds them, Venia from a dict of them, and each other engine.
"""

from functools import partial
from importlib.metadata import version
from typing import cast

from benchmarks.contest import Asked, Contestant, reasons_of
from benchmarks.documents import facts_of
from benchmarks.engines import told
from benchmarks.translation import Translation
from policies.decision import Decision
from policies.evaluator import Finding, evaluate, judge
from policies.ruleset import RuleSet


def venia(rules: RuleSet) -> Contestant:
    """As the service asks: facts are gathered into `Facts`, so that there is nothing to convert."""
    return Contestant("Venia", lambda asked: judge(rules, asked.question.facts, asked.question.now).findings, _found)


def venia_from_a_dict(rules: RuleSet) -> Contestant:
    """As other engines are asked: with a dict, of which `Facts` are made inside the timer."""

    def ask(asked: Asked) -> list[Finding]:
        return judge(rules, facts_of(asked.document), asked.question.now).findings

    return Contestant("Venia, from a dict", ask, _found)


def venia_explained(rules: RuleSet) -> Contestant:
    """With what no other engine answers: when each reason and the whole end, what to do, until when an allow holds."""
    ask = partial(evaluate, rules)
    return Contestant("Venia, explained", lambda asked: ask(asked.question.facts, asked.question.now), _reasons)


def foreign(name: str, translation: Translation) -> Contestant:
    """The engine of this distribution; ModuleNotFoundError where it is not installed."""
    engine = told(name, translation)

    def ask(asked: Asked) -> list[str]:
        return translation.told(engine.applying(asked.flat), asked.flat)

    return Contestant(f"{name} {version(name)}", ask, lambda answer: cast(list[str], answer))


def _found(answer: object) -> list[str]:
    return [f"{each.code} {each.pack}/{each.rule}" for each in cast(list[Finding], answer)]


def _reasons(answer: object) -> list[str]:
    return reasons_of(cast(Decision, answer))

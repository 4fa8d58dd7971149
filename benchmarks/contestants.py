"""
Who answers: Venia from the facts as the service holds them, Venia from a dict of them, and each other engine.
"""

from importlib.metadata import version
from typing import cast

from benchmarks.contest import Asked, Contestant, reasons_of
from benchmarks.documents import facts_of
from benchmarks.engines import told
from benchmarks.translation import Translation
from policies.decision import Decision
from policies.evaluator import evaluate
from policies.ruleset import RuleSet


def venia(rules: RuleSet) -> Contestant:
    """As the service asks: facts are gathered into `Facts`, so that there is nothing to convert."""
    return Contestant("Venia", lambda asked: evaluate(rules, asked.question.facts, asked.question.now), _reasons)


def venia_from_a_dict(rules: RuleSet) -> Contestant:
    """As other engines are asked: with a dict, of which `Facts` are made inside the timer."""

    def ask(asked: Asked) -> Decision:
        return evaluate(rules, facts_of(asked.document), asked.question.now)

    return Contestant("Venia, from a dict", ask, _reasons)


def foreign(name: str, translation: Translation) -> Contestant:
    """The engine of this distribution; ModuleNotFoundError where it is not installed."""
    engine = told(name, translation)

    def ask(asked: Asked) -> list[str]:
        return translation.told(engine.applying(asked.flat), asked.flat)

    return Contestant(f"{name} {version(name)}", ask, lambda answer: cast(list[str], answer))


def _reasons(answer: object) -> list[str]:
    return reasons_of(cast(Decision, answer))

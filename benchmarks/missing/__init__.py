"""
A handful of calls that must be denied, for engines that know nothing of calling; and what each makes of a missing fact.

A module for each engine, with the same seven rules as its own documentation shows how to deny, and a function that
answers as `Asked` says.  An engine that is not installed is left out.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TypeAlias, cast

Facts: TypeAlias = Mapping[str, bool | int | str]
# The reasons of a denial, none where the engine gives none; None for an allow.
Asked: TypeAlias = Callable[[Facts], tuple[str, ...] | None]

# A call against which there is nothing; minutes are those of the person's day.
IN_ORDER: Facts = {
    "minute": 660,
    "holiday": False,
    "calls_today": 0,
    "minutes_since_call": 600,
    "on_register": False,
    "opted_out": False,
    "consent": "granted",
}


@dataclass(frozen=True, slots=True)
class Question:
    """A call that must be denied, for this reason, because of this one fact."""

    title: str
    code: str
    fact: str
    value: bool | int | str

    def facts(self) -> Facts:
        """Everything that is known."""
        return {**IN_ORDER, self.fact: self.value}

    def facts_without(self) -> Facts:
        """The same, but for the fact that decides."""
        return {name: value for name, value in IN_ORDER.items() if name != self.fact}


QUESTIONS = (
    Question("quiet hours", "QUIET_HOURS", "minute", 1380),
    Question("holiday", "HOLIDAY", "holiday", value=True),
    Question("cap reached", "CAP_REACHED", "calls_today", 3),
    Question("too soon", "COOL_OFF", "minutes_since_call", 10),
    Question("register", "REGISTER_LISTED", "on_register", value=True),
    Question("opted out", "SUPPRESSED", "opted_out", value=True),
    Question("consent withdrawn", "CONSENT_WITHDRAWN", "consent", "withdrawn"),
)


@dataclass(frozen=True, slots=True)
class Way:
    """A way of writing the rules for an engine: its distribution, what is written, and the module and function that ask."""

    name: str
    written: str
    module: str
    function: str = "ask"

    def told(self) -> Asked:
        """The function that asks; ModuleNotFoundError where the engine is not installed."""
        return cast(Asked, getattr(import_module(f"benchmarks.missing.{self.module}"), self.function))


VENIA = Way("venia", "the packs core, es and acme", "venia")
WAYS = (
    VENIA,
    Way("cedarpy", "`forbid` beside a `permit`", "cedar"),
    Way("cedarpy", "the same, requests checked against a schema", "cedar", "ask_with_schema"),
    Way("casbin", "`eval()` policies, deny-override", "casbin"),
    Way("oso", "Polar rules over an object", "oso"),
    Way("oso", "Polar rules over a dictionary", "oso", "ask_dictionary"),
    Way("zen-engine", "decision table, hit policy collect", "zen"),
    Way("zen-engine", "expressions", "zen", "ask_expressions"),
    Way("cel-python", "expressions", "celpy"),
    Way("common-expression-language", "expressions", "cel"),
    Way("regopy", "`deny contains`", "rego"),
    Way("vakt", "`PolicyDeny` beside a `PolicyAllow`", "vakt"),
    Way("py-abac", "deny policies, DenyOverrides", "py_abac"),
    Way("rule-engine", "rules", "rule_engine"),
    Way("jsonlogic-rs", "JsonLogic rules", "jsonlogic_rs"),
    Way("json-logic-qubit", "JsonLogic rules", "json_logic"),
)

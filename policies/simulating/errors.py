"""
What can go wrong with simulations.

PolicyError
└── SimulationRefused
    ├── CandidateInvalid     packs that are none, or cannot be enforced together
    ├── CandidateUnknown     a rule set that the tenant has never had nor drafted
    ├── UploadEmpty          an upload without a first line that names the rules, or without a question
    ├── QuestionsInLoop      questions have no order of their own, so that nothing follows from one to the next
    ├── TooManySimulations   a tenant's simulations that wait are as many as may
    ├── SimulationUnknown    the tenant has asked for no such simulation
    ├── SimulationOver       it is ready or failed, so that there is nothing to cancel
    ├── SimulationNotReady   it has no report yet, or never will
    └── DecisionUnknown      the log has no decision at this index
"""

from audit.errors import Refused
from policies.errors import PolicyError


class SimulationRefused(PolicyError, Refused):
    """Root of the refusals about simulations and decisions of the past."""


class CandidateInvalid(SimulationRefused):
    """Packs that cannot be tried; ``pointer`` is the place of the one that is wrong."""

    def __init__(self, pointer: str, sentence: str) -> None:
        self.pointer = pointer
        super().__init__(sentence)


class CandidateUnknown(SimulationRefused):
    """The tenant has never had, nor drafted, a rule set of this hash."""

    pointer = "/candidate/rule_set"

    def __init__(self, rule_set: str) -> None:
        self.rule_set = rule_set
        super().__init__("There is no rule set of this hash here. Give its packs instead.")


class UploadEmpty(SimulationRefused):
    """An upload with nothing to try, or nothing to try it on."""

    def __init__(self) -> None:
        super().__init__(
            'The first line names the rules, as in {"candidate": {"packs": ["es"]}}; each other line is a question.'
        )


class QuestionsInLoop(SimulationRefused):
    """A closed loop over questions."""

    pointer = "/mode"

    def __init__(self) -> None:
        super().__init__("Questions are tried one by one, each on what was known at its instant: their mode is point.")


class TooManySimulations(SimulationRefused):
    """A tenant's simulations that wait are as many as may."""

    retry_after = 60

    def __init__(self, most: int) -> None:
        super().__init__(f"{most} simulations wait already. Wait until one of them is over, or cancel one.")


class SimulationUnknown(SimulationRefused):
    """The tenant has asked for no such simulation."""

    def __init__(self) -> None:
        super().__init__("There is no such simulation.")


class SimulationOver(SimulationRefused):
    """A simulation that cannot be cancelled any more."""

    def __init__(self, state: str) -> None:
        self.state = state
        super().__init__(f"The simulation is {state}: there is nothing left to cancel.")


class SimulationNotReady(SimulationRefused):
    """A simulation that has no report yet, or never will."""

    def __init__(self, state: str, detail: str | None = None) -> None:
        self.state = state
        super().__init__(detail or f"The simulation is {state}. Ask for its state until it is ready.")


class DecisionUnknown(SimulationRefused):
    """An index at which the log has no decision."""

    def __init__(self, index: int) -> None:
        self.index = index
        super().__init__(
            f"The log has no decision at index {index}. The receipt of an authorized or refused call tells its index."
        )

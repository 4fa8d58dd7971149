"""
What can go wrong with rules and facts.  None of it knows how it will be answered over a wire.

    PolicyError
    ├── DocumentInvalid      a YAML document breaks its schema: every problem at once
    │   ├── PackInvalid      … a rule pack
    │   └── SuiteInvalid     … the cases beside a pack
    ├── PackUnknown          no pack of this name ships with Venia
    ├── RuleSetUnknown       a recorded rule set that is not kept
    ├── RuleSetInvalid       packs that cannot be enforced together, or a stored rule set that is not one
    ├── FactsInvalid         recorded facts that cannot be read back
    ├── EntryUnreadable      an entry that does not say what entries of its kind say
    ├── NotAnInstant         a moment without a zone
    └── UnknownZone          no such name in the pinned tz database
"""

from collections.abc import Sequence
from typing import NamedTuple


class Problem(NamedTuple):
    """One thing to mend: where it is, as a path and a line (0 when there are no lines), and what is wrong."""

    path: str
    line: int
    sentence: str


class PolicyError(Exception):
    """The root of everything this package raises."""


class DocumentInvalid(PolicyError):
    """A document breaks its schema; ``problems`` holds every one that was found, in order of lines."""

    def __init__(self, name: str, problems: list[Problem]) -> None:
        self.name = name
        self.problems = problems
        found = "; ".join(f"{p.path or 'document'}, line {p.line}: {p.sentence}" for p in problems)
        super().__init__(f"{name} cannot be used. {found}")


class PackInvalid(DocumentInvalid):
    """A rule pack breaks its schema."""


class SuiteInvalid(DocumentInvalid):
    """A suite of cases breaks its schema."""


class PackUnknown(PolicyError):
    """No pack of this name ships."""

    def __init__(self, name: str, names: Sequence[str]) -> None:
        self.name = name
        super().__init__(f"There is no pack called {name}. Those that ship: {', '.join(names)}.")


class RuleSetInvalid(PolicyError):
    """These packs cannot be enforced together, or these bytes are no stored rule set."""


class RuleSetUnknown(PolicyError):
    """The tenant has published no rule set of this hash, or it is not kept any more, which never happens by our doing."""

    def __init__(self, rule_set: str) -> None:
        self.rule_set = rule_set
        super().__init__(f"There is no rule set {rule_set} among those that are kept.")


class EntryUnreadable(PolicyError):
    """The bytes of an entry do not tell of what they must."""

    def __init__(self, index: int, why: str) -> None:
        self.index = index
        self.why = why
        super().__init__(f"Entry {index} cannot be read: {why}.")


class FactsInvalid(PolicyError):
    """Recorded facts cannot be read back: a member is unknown, absent or of the wrong type."""


class NotAnInstant(PolicyError):
    """A moment has no zone, or is none at all; deciding on it would be guessing."""


class UnknownZone(PolicyError):
    """No zone of this name exists in the pinned tz database."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"There is no time zone called {name!r}: use an IANA name such as Europe/Madrid.")

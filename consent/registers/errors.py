"""
What can go wrong with registers.

ConsentError
├── RegisterNameInvalid       no name that a rule could ask for
├── RegisterUnknown           nothing of this name is loaded
├── RegisterCountryUnknown    no country has this code
├── RegisterDateAhead         a list that would be drawn in the future
├── RegisterNotText           compressed, a spreadsheet, or in two-byte letters
├── RegisterColumnUnknown     the first line names no such column
├── RegisterUnreadable        too many lines that are no numbers
├── RegisterShrunk            far fewer numbers than the load before, or none
├── RegisterOlder             an older list than the one in force
├── RegisterBusy              somebody else is loading one
└── RegisterBroken            the reading of the file, or what it left, came to nothing
"""

from collections.abc import Sequence
from datetime import datetime

from audit.instants import rfc3339
from consent.errors import ConsentError


class RegisterNameInvalid(ConsentError):
    """A name of another form than rules have for registers."""

    def __init__(self) -> None:
        super().__init__("A register's name is small letters, digits and hyphens, as rules write it: robinson, us-dnc.")


class RegisterUnknown(ConsentError):
    """A register that is not loaded."""

    def __init__(self) -> None:
        super().__init__("No register of this name is loaded: GET /v1/registers lists those that are.")


class RegisterCountryUnknown(ConsentError):
    """A code that stands for no country with a numbering plan."""

    def __init__(self, country: str) -> None:
        super().__init__(f"{country!r} is no country with telephone numbers: write two capital letters such as ES.")


class RegisterDateAhead(ConsentError):
    """A date of the list that has not come."""

    def __init__(self, as_of: datetime) -> None:
        told = rfc3339(as_of)
        super().__init__(f"The list cannot be as of {told}, which is to come: state when it was drawn, not until when.")


class RegisterNotText(ConsentError):
    """A file that is no text; ``kind`` says what it seems to be."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"The file is {kind}: unpack it, or save it as plain text or CSV in UTF-8, and load that.")
        self.kind = kind


class RegisterColumnUnknown(ConsentError):
    """A column that the first line does not name."""

    def __init__(self) -> None:
        super().__init__(
            "The first line names no column of that name: write it as the file does, or give its place, from 1."
        )


class RegisterUnreadable(ConsentError):
    """A file of which too many lines are no numbers."""

    def __init__(self, unreadable: int, lines: int, at: Sequence[int]) -> None:
        first = "; ".join(f"{each:,}" for each in at)
        super().__init__(
            f"{unreadable:,} of {lines:,} lines are no numbers (lines {first}{'…' if unreadable > len(at) else ''}). "
            "Say how the file is written (country, column, delimiter), or force the load if it is right all the same. "
            "What was loaded before stays in force."
        )
        self.unreadable, self.lines, self.at = unreadable, lines, list(at)


class RegisterShrunk(ConsentError):
    """A file with so few numbers that it is hardly whole."""

    def __init__(self, numbers: int, former: int) -> None:
        than = f"the load in force has {former:,}" if former else "a register without any opens every call"
        super().__init__(
            f"The file has {numbers:,} numbers; {than}. Is it whole? Force the load if it is. "
            "What was loaded before stays in force."
        )
        self.numbers, self.former = numbers, former


class RegisterOlder(ConsentError):
    """A list that was drawn before the one in force."""

    def __init__(self, as_of: datetime, former: datetime) -> None:
        super().__init__(
            f"The list is as of {rfc3339(as_of)}, and the one in force as of {rfc3339(former)}: "
            "force the load to go back to an older one."
        )


class RegisterBusy(ConsentError):
    """One load of a tenant at a time, and a few of all tenants."""

    retry_after = 30

    def __init__(self) -> None:
        super().__init__("Another register is being loaded: try again when that is done.")


class RegisterBroken(ConsentError):
    """A load that came to nothing through no fault of the file."""

    def __init__(self, why: str) -> None:
        super().__init__(f"The register was not loaded: {why}. What was loaded before stays in force; load it again.")

"""
What can go wrong with exports.
"""

from collections.abc import Sequence

from audit.errors import EvidenceError, Refused


class PersonNeeded(Refused):
    """A copy of what is held about somebody that names nobody, or a part of it."""

    pointer = "/contact"

    def __init__(self) -> None:
        super().__init__(
            "What is held about a person is all of it: name the person as contact, give no range, and disclose every field (*)."
        )


class TooManyExports(Refused):
    """A tenant's exports that wait to be made are as many as may."""

    retry_after = 60

    def __init__(self, most: int) -> None:
        super().__init__(f"{most} exports wait to be made already. Wait until one of them is ready.")


class ExportFormatUnknown(Refused):
    """An export in a format that is not made."""

    pointer = "/format"

    def __init__(self, format: str, formats: Sequence[str]) -> None:
        self.format = format
        *others, last = formats
        super().__init__(f"Exports are made as {', '.join(others)} or {last}. Ask for one of these.")


class LanguageUnknown(Refused):
    """A report in a language that nobody has written its words in, or another format with a language."""

    pointer = "/language"

    def __init__(self, languages: Sequence[str]) -> None:
        super().__init__(f"Only a report (pdf) has a language, and that is {' or '.join(languages)}.")


class ReportTooLong(EvidenceError):
    """More entries than anybody reads."""

    def __init__(self, entries: int, most: int) -> None:
        super().__init__(
            f"A report has at most {most} entries, and here are {entries}. Ask for a shorter range or one person, or "
            "for csv, ndjson or bundle, which have no limit."
        )


class ExportRangeUnknown(Refused):
    """An export of entries that do not exist, or of none."""

    pointer = "/to"

    def __init__(self, first: int, end: int, size: int) -> None:
        self.size = size
        super().__init__(
            f"There are {size} entries, from 0 on: from {first} to {end} (not included) is no range within them. "
            "Leave out to for everything up to the export itself."
        )


class DossierIsWhole(Refused):
    """A bundle about a person, cut to a range."""

    pointer = "/from"

    def __init__(self) -> None:
        super().__init__("A bundle about a person holds all of their entries. Leave out from and to, or the contact.")


class FieldUnknown(Refused):
    """A name that no personal field has."""

    pointer = "/disclose"

    def __init__(self, names: Sequence[str], known: Sequence[str]) -> None:
        self.names = tuple(names)
        super().__init__(
            f"No personal field is called {', '.join(names)}. There are {', '.join(known)}, and * for all of them."
        )


class PersonUnknown(Refused):
    """An export about somebody of whom the log knows nothing."""

    pointer = "/contact"

    def __init__(self) -> None:
        super().__init__("The log has no entry about this contact. Look the person up to learn their id.")


class ExportUnknown(EvidenceError):
    """The tenant has asked for no such export."""

    def __init__(self) -> None:
        super().__init__("There is no such export.")


class ExportNotReady(EvidenceError):
    """An export that has no file yet, or never will."""

    def __init__(self, state: str, detail: str | None = None) -> None:
        self.state = state
        super().__init__(detail or f"The export is {state}. Ask for its state until it is ready.")


class ExportGone(EvidenceError):
    """An export whose file is no longer handed out."""

    def __init__(self, state: str) -> None:
        self.state = state
        why = "somebody in it was erased" if state == "withdrawn" else "its time is over"
        super().__init__(f"The export was removed, because {why}. Ask for a new one.")

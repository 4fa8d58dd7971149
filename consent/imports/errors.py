"""
What is wrong with an import as a whole; a bad row is a verdict, never an error.

ImportRefused
├── FileUnreadable   no table and no lines of JSON, with the reason; nothing was recorded of it
├── ColumnUnknown    a column that nothing is made of
├── OptionWrong      an option that cannot be followed
├── FileDiffers      not the file that was begun under this key
├── ImportUnknown    the tenant has no such import
├── ImportOver       it was cancelled
├── ImportMoved      somebody else sends the same file at this moment
└── ImportInterrupted  the database is away; what was recorded stays
"""

from consent.errors import ConsentError


class ImportRefused(ConsentError):
    """Root of the errors about imports."""


class FileUnreadable(ImportRefused):
    """Bytes that are no table in UTF-8 and no lines of JSON."""

    def __init__(self, why: str) -> None:
        super().__init__(f"This file cannot be imported: {why} Nothing was recorded of it.")


class ColumnUnknown(ImportRefused):
    """A column of which nothing would be made."""

    def __init__(self, column: str, nearest: str | None) -> None:
        self.nearest = nearest
        meant = f" Is it {nearest}? Then map it: {column}={nearest}." if nearest else ""
        super().__init__(
            f"Nothing is known of the column {column!r}, so nothing was recorded.{meant} To leave it out, map it to nothing: {column}=."
        )


class OptionWrong(ImportRefused):
    """An option that cannot be followed."""

    def __init__(self, option: str, why: str) -> None:
        self.pointer = f"/{option}"
        super().__init__(f"{option}: {why}")


class FileDiffers(ImportRefused):
    """The same key with another file."""

    def __init__(self, rows: int) -> None:
        self.rows = rows
        super().__init__(
            f"An import of another file was begun under this key: its first {rows} rows are not these. "
            "Send that file again to go on with it, or this one under a key of its own."
        )


class ImportUnknown(ImportRefused):
    """No import of this tenant has this id."""

    def __init__(self) -> None:
        super().__init__("There is no such import.")


class ImportOver(ImportRefused):
    """It was cancelled."""

    def __init__(self, state: str) -> None:
        self.state = state
        super().__init__(
            f"This import is {state}, and what it recorded stays. Send the file under a new key: rows that were recorded come out as duplicates."
        )


class ImportMoved(ImportRefused):
    """The cursor is not where this sender left it."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody else is sending the same file at this moment. Wait until they are done, then send it again."
        )


class ImportInterrupted(ImportRefused):
    """It could not be written for too long."""

    retry_after = 5

    def __init__(self, rows: int) -> None:
        self.rows = rows
        super().__init__(
            f"The database is away. {rows} rows are recorded and stay; send the same file again under the same key, and it goes on behind them."
        )

"""
Why there is no receipt.

ReceiptError
├── ReceiptUnknown      no such consent or withdrawal, or none any more
├── ReceiptErased       the person was erased
└── ReceiptUncovered    no checkpoint covers the entry yet
"""

from consent.errors import ConsentError


class ReceiptError(ConsentError):
    """Root of these errors."""


class ReceiptUnknown(ReceiptError):
    """No consent or withdrawal has this name."""

    def __init__(self) -> None:
        super().__init__("There is no such consent or withdrawal here, or the person was erased.")


class ReceiptErased(ReceiptError):
    """The entry is there, and whom it is about was erased."""

    def __init__(self) -> None:
        super().__init__("The person was erased, and no receipt is made any more. One that they hold still verifies.")


class ReceiptUncovered(ReceiptError):
    """The log was not signed since."""

    retry_after = 1

    def __init__(self) -> None:
        super().__init__("The log has not been signed since this was recorded. Ask again in a second.")

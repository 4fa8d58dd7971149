"""
What can be wrong with a list of whom not to contact.

BlocklistRefused
└── VendorSenderMissing   a vendor's list without the vendor's sender
"""

from consent.errors import ConsentError


class BlocklistRefused(ConsentError):
    """Root of the refusals about lists of whom not to contact."""


class VendorSenderMissing(BlocklistRefused):
    """Twilio keeps consent by sender."""

    pointer = "/vendor_sender"

    def __init__(self) -> None:
        super().__init__(
            "Twilio keeps consent by sender: give the SID of the messaging service, or the number, as vendor_sender."
        )

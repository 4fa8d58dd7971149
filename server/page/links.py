"""
The address of a person's own page.
"""

from io import BytesIO

import segno

from audit.tenants import KeyRing
from consent.links.link import Link

PATH = "/me/"


def page_of(address: str, link: Link, ring: KeyRing) -> str:
    """
    The address that opens it, under the one by which people reach the service; the same link is always the same address.

    It is as good as its holder's word: it MUST go to the person alone, and is kept nowhere.
    """
    return f"{address}{PATH}{link.token(ring[link.tenant].links)}"


def qr_code(url: str) -> bytes:
    """The address as a QR code (ISO/IEC 18004, level M) in SVG, to be printed or shown."""
    drawn = BytesIO()
    segno.make(url, error="m", micro=False).save(drawn, kind="svg", scale=4, xmldecl=False, nl=False)
    return drawn.getvalue()

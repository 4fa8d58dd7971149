"""
Addresses of people, cut so that they tell the network and not the subscriber.

Pure.  /24 of IPv4 and /48 of IPv6, whatever form the IPv4 address comes in: mapped (RFC 4291 §2.5.5.2), as 6to4
(RFC 3056), whose first 48 bits hold a whole IPv4 address, or as a translated one (RFC 6052), whose last 32 bits do.
"""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

_V4_BITS, _V6_BITS, _6TO4_BITS = 24, 48, 16 + 24


def shortened(text: str) -> str:
    """
    The network of an address, such as ``203.0.113.0/24``; a zone id (``%eth0``) is dropped.

    A network is one already and stays what it is, cut further if it is longer.  Raises ValueError.
    """
    address, _, prefix = text.partition("/")
    found = _plain(address)
    kept = min(_bits(found), int(prefix)) if prefix else _bits(found)
    return str(ip_network((int(found), kept) if found.version == 6 else (str(found), kept), strict=False))


def whole(text: str) -> str:
    """The address in its one written form, mapped ones as IPv4, without a zone id.  Raises ValueError."""
    return str(_plain(text))


def _plain(text: str) -> IPv4Address | IPv6Address:
    found = ip_address(text.partition("%")[0])
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
        return found.ipv4_mapped
    return found


def _bits(found: IPv4Address | IPv6Address) -> int:
    if isinstance(found, IPv4Address):
        return _V4_BITS
    return _V6_BITS if found.sixtofour is None else _6TO4_BITS

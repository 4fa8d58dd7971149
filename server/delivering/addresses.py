"""
Where events may go: to public addresses, and to the very address that was looked at.

A name is resolved for every try.  Every address it has must be allowed, and the connection goes to one of those, so
that a name cannot mean a machine inside a moment after it meant one outside.
"""

import asyncio
import ipaddress
import socket
from dataclasses import dataclass
from typing import TypeAlias

import httpx

from server.errors import AddressRefused

_PORTS = 65_536
_LONGEST = 2048
_RESOLVING_SECONDS = 5.0
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Target:
    """One address of an URL: what to connect to, and the names that the request and the certificate are for."""

    url: httpx.URL
    host: str
    name: str


def read_url(text: str, *, loopback: bool) -> httpx.URL:
    """The URL of a subscriber; AddressRefused says what is wrong with it.  Plain http only where loopback is let in."""
    try:
        url = httpx.URL(text)
        host, port = url.host, url.port
    except (httpx.InvalidURL, UnicodeError, ValueError):
        raise AddressRefused("it is no URL") from None
    if port is not None and not 0 < port < _PORTS:
        raise AddressRefused("its port must be between 1 and 65535")
    if len(text) > _LONGEST or not text.isprintable() or not host:
        raise AddressRefused("it is no URL of at most 2,048 characters with a host")
    if url.scheme != "https" and not (loopback and url.scheme == "http"):
        raise AddressRefused("it must begin with https://")
    if url.userinfo or url.fragment:
        raise AddressRefused("it must have no user, no password and no fragment; deliveries are signed instead")
    return url


async def resolve(url: httpx.URL, *, loopback: bool) -> Target:
    """
    The address to connect to now.

    Raises AddressRefused if the name has no address, or any that is not public; where ``loopback`` is let in, an http URL
    must be of this machine.
    """
    host, port = url.raw_host.decode("ascii"), url.port or (443 if url.scheme == "https" else 80)
    try:
        async with asyncio.timeout(_RESOLVING_SECONDS):
            found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError, TimeoutError):
        raise AddressRefused("its name has no address") from None
    addresses = [ipaddress.ip_address(str(each[4][0]).partition("%")[0]) for each in found]
    if not addresses:
        raise AddressRefused("its name has no address")
    local = loopback and all(each.is_loopback for each in addresses)
    if not local and (url.scheme == "http" or not all(map(is_public, addresses))):
        raise AddressRefused("it is, or may be, on a private network")
    netloc = url.netloc.decode("ascii")
    return Target(url.copy_with(host=str(addresses[0])), netloc, host)


def is_public(address: Address) -> bool:
    """Whether the whole internet reaches the address; one that carries another inside is as public as that one."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in _NAT64:
            inner = ipaddress.IPv4Address(address.packed[-4:])
        if inner is not None:
            return is_public(inner)
        if address.teredo is not None or address.is_site_local:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)

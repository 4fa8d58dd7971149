"""
Where events may go, and where never.
"""

import asyncio
import ipaddress

import pytest

from server.delivering.addresses import is_public, read_url, resolve
from server.errors import AddressRefused

PRIVATE = [
    *("127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1"),
    *("169.254.169.254", "192.0.2.1", "198.18.0.1", "203.0.113.9", "224.0.0.1", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "fe80::1", "fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1", "2001:db8::1"),
    # What carries another address inside goes where that one goes.
    *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "2002:a9fe:a9fe::", "64:ff9b::7f00:1", "64:ff9b::a00:1"),
    *("2001:0:a00:1::1", "::127.0.0.1", "::10.0.0.1"),
]


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_not_the_internet_is_refused(address: str):
    """
    Loopback, private, link-local (clouds tell secrets there), shared, reserved, multicast, and disguises of these.
    """
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"]
)
def test_the_internet_is_reached(address: str):
    """
    Public addresses of both kinds.
    """
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "url",
    [
        "https://xn--/",
        "https://crm.example:65536/",
        "https://crm.example:0/",
        *("", "nonsense", "crm.example/x", "https://", "ftp://crm.example", "http://crm.example", "file:///etc/passwd"),
        *("https://user:word@crm.example", "https://crm.example/#part", "https://crm.example/a\nb", "https://[::1"),
        "https://crm.example/" + "x" * 2048,
    ],
)
def test_only_plain_https_addresses_are_read(url: str):
    """
    No other scheme, no credentials, no fragment, nothing unprintable, nothing endless.
    """
    with pytest.raises(AddressRefused, match="Events cannot be sent to this address: "):
        read_url(url, loopback=False)


@pytest.mark.parametrize(
    "url", ["https://127.0.0.1", "https://localhost:8443/x", "https://[::1]/", "https://2130706433/", "https://0x7f.1/"]
)
def test_this_machine_is_refused_however_it_is_written(url: str):
    """
    By address, by name, and in the old spellings that resolvers understand.
    """
    with pytest.raises(AddressRefused, match=r"private network|no address|no URL"):
        asyncio.run(resolve(read_url(url, loopback=False), loopback=False))


def test_loopback_lets_nothing_else_in():
    """
    Neither a private network, nor plain http to the internet.
    """
    for url in ("https://10.0.0.1/", "http://10.0.0.1/", "http://1.1.1.1/"):
        with pytest.raises(AddressRefused, match="private network"):
            asyncio.run(resolve(read_url(url, loopback=True), loopback=True))


def test_the_connection_goes_to_the_address_that_was_looked_at():
    """
    The address stands in the URL, and the name stays for the Host header and the certificate.
    """
    target = asyncio.run(resolve(read_url("https://localhost:8443/x?y=1", loopback=True), loopback=True))

    assert ipaddress.ip_address(target.url.host).is_loopback
    assert (target.url.port, target.url.raw_path) == (8443, b"/x?y=1")
    assert (target.host, target.name) == ("localhost:8443", "localhost")

"""
Addresses that tell the network and not the person.
"""

from ipaddress import IPv4Address, IPv6Address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent.proof.addresses import shortened, whole


@given(st.ip_addresses(v=4), st.integers(0, 255))
def test_neighbours_in_a_network_are_one(address: IPv4Address, last: int):
    """
    The last eight bits of IPv4 are gone, in whichever form the address is written.
    """
    neighbour = IPv4Address(int(address) & ~0xFF | last)
    forms = [str(neighbour), f"::ffff:{neighbour}", f"::FFFF:{neighbour}"]

    assert {shortened(form) for form in forms} == {shortened(str(address))}
    assert ip_network(shortened(str(address))).prefixlen == 24


@given(st.ip_addresses(v=6), st.integers(0, 2**80 - 1))
def test_a_subscriber_of_ipv6_is_a_network(address: IPv6Address, rest: int):
    """
    At most 48 bits of IPv6 are left, and of an IPv4 address in it at most 24.
    """
    neighbour = IPv6Address(int(address) >> 80 << 80 | rest)
    if address.ipv4_mapped or neighbour.ipv4_mapped:
        return
    found = shortened(str(address))

    assert shortened(str(neighbour)) == found
    assert ip_network(found).prefixlen == (40 if address.sixtofour else 48)


@given(st.one_of(st.ip_addresses().map(str)))
def test_cutting_twice_is_cutting_once(address):
    """
    What was cut before, by whoever sent it, stays.
    """
    assert shortened(shortened(address)) == shortened(address)


def test_zones_of_an_interface_are_dropped():
    """
    They are of the machine, and mean nothing to anybody else.
    """
    assert shortened("fe80::1%eth0") == "fe80::/48"
    assert whole("fe80::1%eth0") == "fe80::1"
    assert whole("::ffff:203.0.113.7") == "203.0.113.7"
    assert shortened("2002:cb00:7107::1") == "2002:cb00:7100::/40"


@pytest.mark.parametrize("text", ["", "203.0.113", "203.0.113.7/x", "0x7f000001", "203.0.113.007", "host", "::g"])
def test_what_is_no_address_is_refused(text):
    """
    It is never stored as one.
    """
    with pytest.raises(ValueError, match=r".+"):
        shortened(text)

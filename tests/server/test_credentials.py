"""
API keys and scopes.
"""

import hashlib
import string
from itertools import product
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from server.credentials import GRANTABLE, WILDCARDS, Scope, grants, mint, read

scopes = st.sets(st.sampled_from(sorted(GRANTABLE)))
alphabet = string.ascii_letters + string.digits + "-_=+/ é"


@given(st.uuids())
def test_a_key_reads_back(tenant):
    """
    What was minted is read as the same tenant and key, and matches its stored digest alone.
    """
    text, new = mint(tenant)
    presented = read(text)

    assert presented is not None
    assert (presented.tenant, presented.key_id) == (tenant, new.key_id)
    assert new.digest == hashlib.sha256(text.encode()).digest()
    assert presented.matches(new.digest)
    assert not presented.matches(mint(tenant)[1].digest)


@given(st.uuids(), st.integers(0, 66), st.sampled_from(alphabet))
def test_any_changed_character_breaks_the_key(tenant, place, character):
    """
    A key with one other character is unreadable or has another digest.
    """
    text, new = mint(tenant)
    changed = text[:place] + character + text[place + 1 :]
    presented = read(changed)

    assert changed == text or presented is None or not presented.matches(new.digest)


@given(st.text(max_size=100) | st.text(alphabet, min_size=64, max_size=64).map("vk_".__add__))
def test_any_text_is_read_or_refused(text):
    """
    Reading never raises.
    """
    presented = read(text)

    assert presented is None or text.startswith("vk_")


def test_a_key_shows_no_secret_in_its_public_name():
    """
    The prefix is the key id, so lists and logs hold nothing that helps to guess the secret.
    """
    _, new = mint(UUID(int=1))

    assert new.prefix == new.key_id.hex()


def test_no_scopes_grant_nothing():
    """
    An empty set fails closed.
    """
    assert not any(grants(frozenset(), needed) for needed in Scope)


def test_the_star_grants_everything():
    """
    The administrator's wildcard covers every scope.
    """
    assert all(grants({"*"}, needed) for needed in Scope)


@given(scopes, scopes, st.sampled_from(Scope))
def test_more_scopes_never_grant_less(some, more, needed):
    """
    Granting is monotone.
    """
    assert grants(some | more, needed) or not grants(some, needed)


def test_a_family_grants_its_own_and_no_other():
    """
    ``audit:*`` is every audit scope and nothing else; unknown wildcards grant nothing.
    """
    for wildcard, needed in product(WILDCARDS - {"*"}, Scope):
        assert grants({wildcard}, needed) == needed.startswith(wildcard.removesuffix("*"))
    assert not any(grants({"consents:*", "admin:*", "contacts:*", "consents", ":*", ""}, needed) for needed in Scope)

"""
Every trap of WhatsApp's has its test.
"""

from importlib import import_module

import pytest

from tests.channels.traps import CALLS, CODES, NUMBER, PEOPLE, PERMISSION, REPLY, STATE, TRANSPORT, TRAPS, WORDS


@pytest.mark.parametrize(("trap", "test"), sorted(TRAPS.items()))
def test_a_trap_has_a_test(trap, test):
    """
    Of that name, and none is lost because two have one name.
    """
    module, _, name = test.partition("::")

    assert callable(getattr(import_module(f"tests.{module}"), name)), trap
    assert len(TRAPS) == sum(map(len, (PERMISSION, REPLY, PEOPLE, CALLS, WORDS, NUMBER, STATE, CODES, TRANSPORT)))

"""
What WhatsApp's API tells of a permission: contradictory names are both read, and what is not clearly a grant is none.
"""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.outbox.reading import MARGIN, Allowance, read_answer

NOW = datetime(2026, 11, 25, 11, 0, tzinfo=UTC)
SOON = int((NOW + timedelta(days=3)).timestamp())


def permission(**told: object) -> dict[str, object]:
    """
    An answer about a permission alone.
    """
    return {"messaging_product": "whatsapp", "permission": told}


@pytest.mark.parametrize("name", ["expiration_time", "expiration"])
def test_a_temporary_permission_ends_a_little_before_its_end(name):
    """
    Under either name that Meta's pages give to the expiry.
    """
    read = read_answer(permission(status="temporary", **{name: SOON}), NOW)

    assert (read.state, read.expires_at) == ("temporary", datetime.fromtimestamp(SOON, UTC) - MARGIN)


def test_a_permanent_permission_has_no_end():
    """
    And one with an end is none that anybody knows.
    """
    assert read_answer(permission(status="permanent"), NOW).state == "permanent"
    assert read_answer(permission(status="permanent", expiration_time=SOON), NOW).state == "none"


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"permission": None},
        {"permission": "temporary"},
        permission(status="no_permission"),
        permission(status="granted"),
        permission(status="pending", expiration_time=SOON),
        permission(status="temporary"),
        permission(status="temporary", expiration_time="soon"),
        permission(status="temporary", expiration_time=True),
        permission(status="temporary", expiration_time=int(NOW.timestamp()) + 30),
        permission(status="temporary", expiration_time=-1),
    ],
)
def test_what_is_not_clearly_a_grant_is_none(told):
    """
    Missing, unknown, over, or about to be over.
    """
    assert read_answer(told, NOW).state == "none"


def test_no_permission_lasts_longer_than_meta_gives():
    """
    An expiry of next year is cut to 168 hours from now.
    """
    far = int((NOW + timedelta(days=300)).timestamp())

    assert read_answer(permission(status="temporary", expiration_time=far), NOW).expires_at == NOW + timedelta(
        hours=168
    )


def test_limits_are_told_with_their_ends():
    """
    A limit that is exhausted says from when on it is not.
    """
    until = {"time_period": "PT24H", "max_allowed": 100, "current_usage": 100, "limit_expiration_time": SOON}
    actions = [
        {"action_name": "start_call", "can_perform_action": False, "limits": [until]},
        {"action_name": "send_call_permission_request", "can_perform_action": True},
    ]
    read = read_answer({"permission": {"status": "permanent"}, "actions": actions}, NOW)

    assert read.calls == Allowance(False, datetime.fromtimestamp(SOON, UTC))
    assert read.requests == Allowance(True, None)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["permission", "status", "expiration_time", "actions", "action_name", "limits", "can_perform_action"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(["permission", "actions", "error"]), JSON, max_size=3))
def test_nothing_odd_grants(told):
    """
    Whatever is answered, nothing raises, and a grant is only what says so.
    """
    read = read_answer(told, NOW)

    if read.state != "none":
        assert told["permission"]["status"] == read.state

"""
What Meta does to a business number stops calls from it, in a tenant of the test's own.
"""

import time
from pathlib import Path

from tests.channels import payloads
from tests.server.api import codes, new_phone, serving


def test_a_restricted_number_calls_nobody(database: str, tmp_path: Path):
    """
    The next check says SENDER_RESTRICTED and when it may be asked again; calls by voice are not Meta's business.
    """
    with serving(database, tmp_path / "home") as api:
        phone, until = new_phone(), int(time.time()) + 7 * 86_400
        api.agree(phone, channels=["whatsapp_call", "voice"])
        business = payloads.Business(display_phone_number="34910000000")
        kind = "RESTRICTED_BUSINESS_INITIATED_CALLING"
        answer = api.deliver(payloads.account_restriction(kind, until=until, business=business, at=int(time.time())))
        said = api.check(phone, channel="whatsapp_call")
        restricted = next(each for each in said["reasons"] if each["code"] == "SENDER_RESTRICTED")

        assert answer.status_code == 200
        assert set(codes(said)) == {"PERMISSION_MISSING", "SENDER_RESTRICTED"}
        assert restricted["retry_at"] is not None
        assert "sender.restricted" in api.events()
        assert api.check(phone)["decision"] == "allow"

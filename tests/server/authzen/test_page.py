"""
What docs/authzen.md shows is what happens.
"""

import json
import re
from pathlib import Path

from tests.server.api import Api, Json
from tests.server.authzen.asking import EVALUATIONS, PACKS, callable_person, open_tenant, said

PAGE = (Path(__file__).parents[3] / "docs" / "authzen.md").read_text("utf-8")


def test_the_first_question_is_answered_as_shown(api: Api):
    """
    Nobody has agreed: a deny with its reason.
    """
    (body,) = re.findall(r"-d '(\{.*?\})'\n```", PAGE, flags=re.DOTALL)
    answer = said(api, json.loads(body), key="stranger") | {}
    own = said(api, json.loads(body))
    shown = re.search(r'\{"decision":false,"context":\{"reason":"(\w+)"', PAGE)

    assert shown is not None
    assert (own["decision"], own["context"]["reason"]) == (False, shown[1])
    assert answer["context"]["reason"] == "SENDER_UNKNOWN"


def test_the_batch_stops_where_the_page_says(api: Api):
    """
    At the first contact that may be called.
    """
    (text,) = re.findall(r"```json\n(\{\"subject\".*?)\n```", PAGE, flags=re.DOTALL)
    body: Json = json.loads(text.replace("<uuid>", callable_person(api)))

    assert [each["decision"] for each in said(api, body, EVALUATIONS)["evaluations"]] == [True]


def test_a_tenants_name_as_a_slug_is_what_the_page_says(api: Api):
    """
    Small letters and digits, dashes between.
    """
    key = open_tenant(api, "  Acme Shop!", PACKS)
    body = {
        "subject": {"type": "business", "id": "acme-shop"},
        "action": {"name": "call.place", "properties": {"purpose": "order_updates"}},
        "resource": {"type": "contact", "id": "x", "properties": {"phone": "+34600555111"}},
    }

    assert "CONSENT_MISSING" in str(said(api, body, key=key))
    assert "SENDER_UNKNOWN" in str(said(api, {**body, "subject": {"type": "business", "id": "Acme Shop"}}, key=key))

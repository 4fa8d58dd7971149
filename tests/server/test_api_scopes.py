"""
Who may call what: every route of the application against every kind of credential.

The matrix is made from what the routes declare, so that a new route is in it from its first day.
"""

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute

from server.app import create_app
from server.credentials import Scope, grants
from server.demo import SCOPES
from server.settings import Settings
from tests.server.api import Api

GRANTED = {**SCOPES, "opt-outs": ("consents:withdraw",)}
PUBLIC = {
    ("GET", "/health/live"),
    ("GET", "/health/ready"),
    ("GET", "/metrics"),
    ("GET", "/.well-known/jwks.json"),
    ("GET", "/.well-known/receipt-jwks.json"),
    ("GET", "/openapi.json"),
    ("GET", "/docs"),
    ("GET", "/docs/openapi.json"),
    ("GET", "/docs/{path}"),
    ("GET", "/.well-known/authzen-configuration"),
    ("GET", "/webhooks/whatsapp/{channel}"),
    ("POST", "/webhooks/whatsapp/{channel}"),
    ("POST", "/webhooks/twilio/{channel}"),
    ("POST", "/webhooks/generic/{channel}"),
    ("GET", "/me/{token}"),
    ("POST", "/me/{token}"),
    ("GET", "/me/{token}/receipts/{consent}"),
}


def declared(app: Litestar) -> Iterator[tuple[str, str, HTTPRouteHandler]]:
    """
    Method, path and handler of every route.
    """
    for route in app.routes:
        assert isinstance(route, HTTPRoute), "Teach this matrix the new kind of route."
        for handler in route.route_handlers:
            for method in handler.http_methods - {"OPTIONS"}:
                yield str(method), route.path_format, handler


ROUTES = [
    (method, path, handler.opt.get("scope"))
    for method, path, handler in declared(create_app(Settings(), "postgresql://nowhere/venia"))
]
GUARDED = [(method, path, scope) for method, path, scope in ROUTES if scope is not None]


def ask(api: Api, method: str, path: str, key: str | None) -> int:
    """
    The status of an empty request to the route.
    """
    words = {"channel": "nobody", "path": "nothing", "index": "0", "version": "1", "locale": "es"}
    address = re.sub(r"\{(\w+)\}", lambda found: words.get(found[1]) or str(uuid4()), path)
    headers = {} if key is None else {"Authorization": f"Bearer {api.keys.get(key, key)}"}
    return api.client.request(method, address, headers=headers).status_code


def test_what_is_public_is_listed():
    """
    A route that needs no credential is a decision, and stands here.
    """
    assert {(method, path) for method, path, scope in ROUTES if scope is None} == PUBLIC


def test_every_other_route_needs_a_known_scope():
    """
    A scope that nobody can hold would close the route for good.
    """
    assert {scope for _, _, scope in GUARDED} <= set(Scope)
    assert len(GUARDED) >= 12


@pytest.mark.parametrize("key", GRANTED)
@pytest.mark.parametrize(("method", "path", "scope"), GUARDED)
def test_a_key_opens_what_its_scopes_say(api: Api, method, path, scope, key):
    """
    403 without the scope; with it, anything but 401 and 403.
    """
    status = ask(api, method, path, key)

    assert (status == 403) != grants(GRANTED[key], scope)
    assert status != 401
    assert status < 500


@pytest.mark.parametrize("key", [None, "expired", "revoked", "vk_nonsense", ""])
@pytest.mark.parametrize(("method", "path", "scope"), GUARDED)
def test_what_proves_nothing_opens_nothing(api: Api, method, path, scope, key):
    """
    401 with WWW-Authenticate for no credential, one that is over, and one that never was.
    """
    assert ask(api, method, path, key) == 401


@pytest.mark.parametrize(("method", "path"), sorted(PUBLIC))
def test_public_routes_ask_for_nothing(api: Api, method, path):
    """
    No credential is asked for, and a bad one does no harm; a webhook's own proof comes later.
    """
    status = ask(api, method, path, None)

    assert status not in (403, 500)
    assert status == ask(api, method, path, "expired")


def test_refusals_say_what_is_missing(api: Api):
    """
    401 names the scheme, 403 the scope, and neither tells whether a key exists.
    """
    none, revoked = api.post("/v1/consents", {}, key=None), api.post("/v1/consents", {}, key="revoked")
    lacking = api.post("/v1/consents", {}, key="caller")

    assert none.headers["WWW-Authenticate"] == "Bearer"
    assert none.json() == revoked.json()
    assert (lacking.status_code, lacking.json()["scope"]) == (403, "consents:write")
    assert "consents:write" in lacking.json()["detail"]


def test_a_key_with_another_secret_is_no_key(api: Api):
    """
    Tenant and key id are public; the secret is what counts.
    """
    text = api.keys["admin"]
    forged = text[:-4] + ("AAAA" if not text.endswith("AAAA") else "BBBB")

    assert api.post("/v1/consents", {}, key=forged).status_code == 401

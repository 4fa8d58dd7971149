"""
Bearer tokens, against a real server that publishes keys, changes them and breaks.
"""

import asyncio
import hmac
import json
import threading
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import jwt
import pytest
import uvicorn
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from litestar.types import Receive, Scope, Send

from server.bearer import BearerVerifier
from server.errors import KeysUnavailable, Unauthenticated
from server.setting_kinds import JwtIssuer
from tests.server.small_app import EMAIL, NOON, PHONE, TENANT, World, bearing, client, small_app

Private = Ed25519PrivateKey | ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
ISSUER = "https://id.example"
MAKERS: dict[str, Callable[[], Private]] = {
    "EdDSA": Ed25519PrivateKey.generate,
    "ES256": lambda: ec.generate_private_key(ec.SECP256R1()),
    "RS256": lambda: rsa.generate_private_key(65537, 2048),
    "PS256": lambda: rsa.generate_private_key(65537, 2048),
}


class Key:
    """One signing key of the issuer."""

    def __init__(self, name: str, algorithm: str = "EdDSA") -> None:
        self.name, self.algorithm, self.private = name, algorithm, MAKERS[algorithm]()

    def public(self, **members: object) -> dict[str, object]:
        made = jwt.get_algorithm_by_name(self.algorithm).to_jwk(self.private.public_key())
        return {**json.loads(made), "kid": self.name, "use": "sig", **members}

    def sign(self, headers: dict[str, object] | None = None, **claims: object) -> str:
        said = {
            "iss": ISSUER,
            "sub": "svc-dialler",
            "aud": "venia",
            "iat": int(NOON.timestamp()),
            "exp": int(NOON.timestamp()) + 300,
            "venia_tenant": str(TENANT),
            "scope": "openid consents:write audit:*",
            **claims,
        }
        return jwt.encode(_given(said), self.private, self.algorithm, _given({"kid": self.name, **(headers or {})}))


def _given(members: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in members.items() if value is not None}


class Publisher:
    """A web server that publishes a key set, and counts who asks."""

    def __init__(self) -> None:
        self.body, self.status, self.asked, self.address = b"", 200, 0, ""

    def publish(self, *keys: dict[str, object]) -> None:
        self.body = json.dumps({"keys": keys}).encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked += 1
        await send({"type": "http.response.start", "status": self.status, "headers": []})
        await send({"type": "http.response.body", "body": self.body, "more_body": False})


@contextmanager
def serving() -> Iterator[Publisher]:
    publisher = Publisher()
    config = uvicorn.Config(publisher, port=0, lifespan="off", log_config=None, access_log=False, ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.01)
    publisher.address = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/keys"
    try:
        yield publisher
    finally:
        server.should_exit = True
        thread.join()


def trusting(source: str, **members: object) -> BearerVerifier:
    named = {"issuer": ISSUER, "audience": "venia", "jwks": source, "algorithms": ("EdDSA",), **members}
    return BearerVerifier([JwtIssuer.model_validate(named)])


def verify(verifier: BearerVerifier, *tokens: str, at=NOON):
    async def all_of_them():
        return await asyncio.gather(*(verifier.verify(token, at) for token in tokens), return_exceptions=True)

    return asyncio.run(all_of_them())


@pytest.mark.parametrize("algorithm", list(MAKERS))
def test_a_good_token_speaks_for_its_tenant(algorithm):
    """
    Every kind of signature verifies under the published key; foreign scopes are dropped.
    """
    key = Key("k1", algorithm)
    with serving() as publisher:
        publisher.publish(key.public())
        (bearer,) = verify(trusting(publisher.address, algorithms=[algorithm]), key.sign())

    assert (bearer.issuer, bearer.subject, bearer.tenant) == (ISSUER, "svc-dialler", TENANT)
    assert bearer.scopes == {"consents:write", "audit:*"}


def test_scopes_and_tenant_come_from_the_configured_claims():
    """
    A list of scopes is as good as a string with spaces.
    """
    key = Key("k1")
    with serving() as publisher:
        publisher.publish(key.public())
        verifier = trusting(publisher.address, tenant_claim="org", scope_claim="roles")
        (bearer,) = verify(verifier, key.sign(org=str(TENANT), roles=["decisions:read", 7], venia_tenant=None))

    assert (bearer.tenant, bearer.scopes) == (TENANT, {"decisions:read"})


def seconds(offset):
    return int(NOON.timestamp()) + offset


def forged(key):
    head, body, signature = key.sign().split(".")
    return f"{head}.{body}.{('A' if signature[0] != 'A' else 'B') + signature[1:]}"


def unsigned(key):
    return jwt.encode(jwt.decode(key.sign(), options={"verify_signature": False}), "", "none", {"kid": "k1"})


def confused(key):
    """Signed with HMAC, the published key as the shared secret (CVE-2015-9256)."""
    head = urlsafe_b64encode(b'{"alg":"HS256","kid":"k1","typ":"JWT"}').rstrip(b"=").decode()
    signed = f"{head}.{key.sign().split('.')[1]}"
    mac = hmac.digest(str(key.public()["x"]).encode(), signed.encode(), "sha256")
    return f"{signed}.{urlsafe_b64encode(mac).rstrip(b'=').decode()}"


REFUSED = {
    "expired": lambda key: key.sign(exp=seconds(-31)),
    "not yet": lambda key: key.sign(nbf=seconds(31)),
    "from the future": lambda key: key.sign(iat=seconds(31)),
    "no expiry": lambda key: key.sign(exp=None),
    "no issue time": lambda key: key.sign(iat=None),
    "odd expiry": lambda key: key.sign(exp="tomorrow"),
    "endless expiry": lambda key: key.sign(exp=1e300),
    "true as a time": lambda key: key.sign(exp=True),
    "other audience": lambda key: key.sign(aud="other"),
    "no audience": lambda key: key.sign(aud=None),
    "other issuer": lambda key: key.sign(iss="https://evil.example"),
    "no issuer": lambda key: key.sign(iss=None),
    "no subject": lambda key: key.sign(sub=None),
    "no tenant": lambda key: key.sign(venia_tenant=None),
    "odd tenant": lambda key: key.sign(venia_tenant="acme"),
    "listed tenant": lambda key: key.sign(venia_tenant=[str(TENANT)]),
    "stranger's key": lambda _: Key("k1").sign(),
    "unknown critical header": lambda key: key.sign({"crit": ["exp"], "exp": 1}),
    "forged": forged,
    "unsigned": unsigned,
    "confused": confused,
    "not a token": lambda _: "abc.def.ghi",
    "nothing": lambda _: "",
    "other algorithm": lambda _: Key("k1", "ES256").sign(),
    "key name of another type": lambda key: key.sign({"kid": "k2"}),
}


@pytest.mark.parametrize("kind", list(REFUSED))
def test_whatever_proves_nothing_is_refused(kind):
    """
    Times, audience, issuer, signature, algorithm, tenant: each alone is enough to refuse.
    """
    key = Key("k1")
    with serving() as publisher:
        publisher.publish(key.public())
        (answer,) = verify(trusting(publisher.address), REFUSED[kind](key))

    assert type(answer) is Unauthenticated


def test_a_short_key_proves_nothing():
    """
    An RSA key of 1024 bits is refused even if the issuer publishes it.
    """
    key = Key("k1", "RS256")
    key.private = rsa.generate_private_key(65537, 1024)
    with pytest.warns(jwt.warnings.InsecureKeyLengthWarning):
        token = key.sign()
    with serving() as publisher:
        publisher.publish(key.public())
        (answer,) = verify(trusting(publisher.address, algorithms=["RS256"]), token)

    assert type(answer) is Unauthenticated


def test_a_key_that_states_its_algorithm_is_used_with_no_other():
    """
    An RS256 key does not verify PS256, though both are allowed.
    """
    key = Key("k1", "PS256")
    with serving() as publisher:
        publisher.publish(key.public(alg="RS256"))
        (answer,) = verify(trusting(publisher.address, algorithms=["RS256", "PS256"]), key.sign())

    assert type(answer) is Unauthenticated


def test_a_key_for_encryption_verifies_nothing():
    """
    Only signature keys count; a set without any is no set.
    """
    key = Key("k1")
    with serving() as publisher:
        publisher.publish(key.public(use="enc"))
        (answer,) = verify(trusting(publisher.address), key.sign())

    assert type(answer) is KeysUnavailable


def test_many_tokens_cause_one_fetch():
    """
    Keys are kept, and many waiting tokens share the asking.
    """
    key = Key("k1")
    with serving() as publisher:
        publisher.publish(key.public())
        verifier = trusting(publisher.address)
        answers = verify(verifier, *(key.sign() for _ in range(50)))
        verify(verifier, key.sign(exp=seconds(900)), at=NOON + timedelta(seconds=299))
        before = publisher.asked
        verify(verifier, key.sign(exp=seconds(900)), at=NOON + timedelta(seconds=300))

    assert {each.tenant for each in answers} == {TENANT}
    assert (before, publisher.asked) == (1, 2)


def test_a_rotated_key_is_found_at_once_but_asking_is_limited():
    """
    An unknown key name asks again, at most every ten seconds, however many such tokens come.
    """
    old, new = Key("k1"), Key("k2")
    with serving() as publisher:
        publisher.publish(old.public())
        verifier = trusting(publisher.address)
        verify(verifier, old.sign())
        publisher.publish(old.public(), new.public())
        (too_soon,) = verify(verifier, new.sign(), at=NOON + timedelta(seconds=9))
        asked_too_soon = publisher.asked
        found = verify(verifier, *(new.sign() for _ in range(20)), at=NOON + timedelta(seconds=10))
        asked_once = publisher.asked
        verify(verifier, *(Key(f"x{n}").sign() for n in range(20)), at=NOON + timedelta(seconds=15))

    assert type(too_soon) is Unauthenticated
    assert {each.tenant for each in found} == {TENANT}
    assert (asked_too_soon, asked_once, publisher.asked) == (1, 2, 2)


def test_a_withdrawn_key_stops_to_count():
    """
    When the keys are fetched again, what is no longer published verifies nothing.
    """
    old, new = Key("k1"), Key("k2")
    later = NOON + timedelta(minutes=5)
    with serving() as publisher:
        publisher.publish(old.public())
        verifier = trusting(publisher.address)
        verify(verifier, old.sign())
        publisher.publish(new.public())
        (answer,) = verify(verifier, old.sign(exp=seconds(900)), at=later)

    assert type(answer) is Unauthenticated


@pytest.mark.parametrize("blunder", [b"", b"<html>", b"{}", b'{"keys": []}', b'{"keys": 7}', b"[]", b" " * 300_000])
def test_a_failed_fetch_leaves_the_keys_as_they_were(blunder):
    """
    An error, an empty or an endless document never replaces good keys.
    """
    key = Key("k1")
    with serving() as publisher:
        publisher.publish(key.public())
        verifier = trusting(publisher.address)
        verify(verifier, key.sign())
        publisher.body = blunder
        (broken,) = verify(verifier, key.sign(exp=seconds(900)), at=NOON + timedelta(minutes=6))
        publisher.status = 500
        (failing,) = verify(verifier, key.sign(exp=seconds(900)), at=NOON + timedelta(minutes=7))

    assert (broken.tenant, failing.tenant) == (TENANT, TENANT)
    assert publisher.asked == 3


def test_without_any_keys_nothing_is_believed():
    """
    If the keys were never obtained, the answer is to wait, and it recovers by itself.
    """
    key = Key("k1")
    with serving() as publisher:
        publisher.status = 503
        verifier = trusting(publisher.address)
        (first,) = verify(verifier, key.sign())
        publisher.status = 200
        publisher.publish(key.public())
        (second,) = verify(verifier, key.sign(), at=NOON + timedelta(seconds=5))
        (third,) = verify(verifier, key.sign(), at=NOON + timedelta(seconds=10))

    assert (type(first), type(second), third.tenant) == (KeysUnavailable, KeysUnavailable, TENANT)
    assert first.retry_after == 10


def test_keys_may_lie_in_a_file(tmp_path):
    """
    A path is read as an address is, and a token without a key name needs a set of one.
    """
    key = Key("k1")
    file = tmp_path / "keys.json"
    file.write_text(json.dumps({"keys": [key.public()]}))
    verifier = trusting(str(file))
    named, unnamed = verify(verifier, key.sign(), key.sign({"kid": None}))

    assert (named.tenant, unnamed.tenant) == (TENANT, TENANT)


def call(subject, **claims):
    key = Key("k1")
    with serving() as publisher:
        publisher.publish(key.public())
        world = World()
        with client(small_app(world, bearer=trusting(publisher.address))) as http:
            token = key.sign(sub=subject, **claims)
            return http.post("/notes", json={"contact": {"phone": PHONE}}, headers=bearing(token))


def test_a_token_opens_a_route():
    """
    Tenant and actor come from the token.
    """
    answer = call("svc-dialler")

    assert answer.json() == {"actor": "oauth:svc-dialler", "tenant": str(TENANT), "count": "1"}


@pytest.mark.parametrize("subject", [EMAIL, PHONE, PHONE[1:], "Ana Pérez", "x" * 200])
def test_a_personal_subject_is_hidden_in_the_actor(subject):
    """
    An address, a number or a name in the subject becomes a digest before it can reach the log.
    """
    actor = call(subject).json()["actor"]

    assert actor.startswith("oauth:sha256:")
    assert len(actor) == len("oauth:sha256:") + 16


def test_a_token_needs_the_scope_too():
    """
    403 names what the token lacks.
    """
    answer = call("svc", scope="openid")

    assert (answer.status_code, answer.json()["scope"]) == (403, "consents:write")

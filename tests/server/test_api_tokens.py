"""
Bearer tokens of an issuer whose keys lie in a file, against the whole application.
"""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from server.setting_kinds import JwtIssuer
from tests.server.api import Api, consent, new_phone, question, serving

ISSUER, AUDIENCE = "https://login.example", "venia"


@dataclass(frozen=True, slots=True)
class Issued:
    """
    The application that believes an issuer, and the issuer's pen.
    """

    api: Api
    key: Ed25519PrivateKey

    def token(self, **changes: object) -> str:
        """
        A token for the demo's tenant that may check and authorize; a claim that is None is left out.
        """
        now = int(time.time())
        claims: dict[str, object] = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": "dialler-7",
            "iat": now,
            "exp": now + 60,
            "venia_tenant": self.api.demo["tenant"],
            "scope": "openid decisions:read calls:authorize",
            **changes,
        }
        claims = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode(claims, self.key, algorithm="EdDSA", headers={"kid": "one"})


@pytest.fixture(scope="module")
def key() -> Ed25519PrivateKey:
    """
    The issuer's signing key.
    """
    return Ed25519PrivateKey.generate()


@pytest.fixture
def issued(database: str, tmp_path: Path, key: Ed25519PrivateKey) -> Iterator[Issued]:
    """
    The application with the issuer's public key in a file.
    """
    public = json.loads(jwt.algorithms.OKPAlgorithm.to_jwk(key.public_key()))
    jwks = tmp_path / "jwks.json"
    jwks.write_text(json.dumps({"keys": [public | {"kid": "one", "use": "sig", "alg": "EdDSA"}]}))
    issuer = JwtIssuer(issuer=ISSUER, audience=AUDIENCE, jwks=str(jwks))
    with serving(database, tmp_path / "home", jwt_issuers=(issuer,)) as api:
        yield Issued(api, key)


def test_a_token_opens_its_tenant_with_its_scopes(issued: Issued):
    """
    The tenant claim says whose people are asked about, the scope claim what may be done, the subject who acts.
    """
    api, phone = issued.api, new_phone()
    api.agree(phone)
    said = api.post("/v1/calls/authorize", question(phone), key=issued.token())
    [entry] = api.entries(said.json()["receipt"]["index"])

    assert (said.status_code, said.json()["decision"]) == (200, "allow")
    assert entry.payload["actor"] == "oauth:dialler-7"
    lacking = api.post("/v1/consents", consent(phone), key=issued.token())
    assert (lacking.status_code, lacking.json()["scope"]) == (403, "consents:write")


def test_tokens_that_prove_nothing_are_refused(issued: Issued):
    """
    Another audience, issuer or key, a time that is over, no tenant: 401; API keys work beside tokens.
    """
    api = issued.api
    forged = Issued(api, Ed25519PrivateKey.generate())
    bad = {
        "audience": issued.token(aud="another"),
        "issuer": issued.token(iss="https://elsewhere.example"),
        "expired": issued.token(exp=int(time.time()) - 120),
        "not yet": issued.token(nbf=int(time.time()) + 120),
        "no tenant": issued.token(venia_tenant=None),
        "no subject": issued.token(sub=None),
        "another key": forged.token(),
        "unsigned": issued.token().rpartition(".")[0] + ".",
    }
    statuses = {
        name: api.post("/v1/calls/check", question(new_phone()), once=None, key=text).status_code
        for name, text in bad.items()
    }

    assert statuses == dict.fromkeys(bad, 401)
    assert api.post("/v1/calls/check", question(new_phone()), once=None, key="caller").status_code == 200


def test_a_token_for_a_tenant_that_does_not_exist_opens_nothing(issued: Issued):
    """
    The issuer is believed, and still nobody gets an allow or a server error out of it.
    """
    token = issued.token(venia_tenant="00000000-0000-4000-8000-000000000000")
    api = issued.api
    checked = api.post("/v1/calls/check", question(new_phone()), once=None, key=token)
    authorized = api.post("/v1/calls/authorize", question(new_phone()), key=token)

    assert checked.status_code in (403, 422)
    assert authorized.status_code in (403, 422)


def test_a_subject_that_names_a_person_is_not_logged(issued: Issued):
    """
    An e-mail address as subject becomes a digest before it reaches the log.
    """
    api = issued.api
    said = api.post("/v1/calls/authorize", question(new_phone()), key=issued.token(sub="ana@example.com")).json()
    [entry] = api.entries(said["receipt"]["index"])

    assert str(entry.payload["actor"]).startswith("oauth:sha256:")

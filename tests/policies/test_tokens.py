"""
Decision tokens: what they say, who can forge one (nobody), and which key signs, stands published and is known when.
"""

import base64
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from policies.attempts import Attempt
from policies.refusals import TokenRefused
from policies.tokens import KNOWN, LONGEST_LIFE, TYPE, TokenKey, TokenKeys, admit, claims_of, read_token

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "tokens.json").read_text())
NOW = datetime(2026, 11, 25, 11, 0, 0, 700_000, tzinfo=UTC)
ALWAYS = datetime.min.replace(tzinfo=UTC)
SECOND = timedelta(seconds=1)
KEY = TokenKey.from_secret(bytes(32), ALWAYS)
KEYS = TokenKeys((KEY,))
HOLD = Attempt(
    tenant=uuid4(),
    id=uuid4(),
    contact=uuid4(),
    sender="acme-es",
    action="call.place",
    purpose="order_updates",
    category="transactional",
    channel="voice",
    technology="live",
    at=NOW,
    expires_at=NOW + timedelta(seconds=90),
    state="held",
)


def said_of(hold: Attempt, now: datetime = NOW) -> dict[str, Any]:  # JSON, which a test reaches into.
    """The claims about a hold."""
    return dict(claims_of(hold, "sha256:ab", now))


CLAIMS = {"iss": "venia.example/t/abc", **said_of(HOLD)}
TOKEN = KEY.sign(CLAIMS)


def unpadded(data):
    """Base64url as JWS writes it."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def raw(header, claims, signature=b""):
    """A token of any header and claims, with any signature."""
    return ".".join([unpadded(json.dumps(header).encode()), unpadded(json.dumps(claims).encode()), unpadded(signature)])


def signed(header, claims, key=KEY.private):
    """The same, with the signature that fits."""
    text = raw(header, claims).rpartition(".")[0]
    return f"{text}.{unpadded(key.sign(text.encode()))}"


HEADER = {"alg": "EdDSA", "kid": KEY.kid, "typ": TYPE}


def test_a_frozen_token_is_made_again_byte_for_byte():
    """
    The key derives, is named and signs as the vector says, which no code of ours made.
    """
    key = TokenKey.from_secret(bytes.fromhex(VECTORS["secret"]), ALWAYS)

    assert key.kid == VECTORS["kid"]
    assert key.jwk() == VECTORS["jwk"]
    assert key.sign(VECTORS["claims"]) == VECTORS["token"]
    assert key.sign(dict(reversed(VECTORS["claims"].items()))) == VECTORS["token"]


def test_a_key_is_named_as_the_specification_names_it():
    """
    The thumbprint of RFC 8037's own example.
    """
    example = VECTORS["rfc8037"]
    private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(example["seed"]))
    made = TokenKey.of(private, ALWAYS)

    assert (made.jwk()["x"], made.kid) == (example["x"], example["kid"])


@pytest.mark.parametrize(("holds_for", "lives"), [(90, 60), (61, 60), (60, 60), (10, 10), (0.2, 0)])
def test_a_token_lives_for_a_minute_and_never_longer_than_its_hold(holds_for, lives):
    """
    In whole seconds, and never beyond the hold's own end.
    """
    hold = replace(HOLD, expires_at=NOW + timedelta(seconds=holds_for))
    claims = said_of(hold)
    end = datetime.fromtimestamp(claims["exp"], UTC)

    assert claims["exp"] - claims["iat"] == lives
    assert end <= hold.expires_at
    assert end <= NOW + LONGEST_LIFE


@given(st.timedeltas(timedelta(), timedelta(minutes=10)), st.integers(0, 999_999))
def test_no_hold_makes_a_token_live_too_long(holds_for, microsecond):
    """
    Whatever the hold and the fraction of a second.
    """
    now = NOW.replace(microsecond=microsecond)
    claims = said_of(replace(HOLD, expires_at=now + holds_for), now)

    assert claims["exp"] <= claims["iat"] + 60
    assert datetime.fromtimestamp(claims["exp"], UTC) <= now + holds_for


def test_a_token_names_its_call_and_nobodys_number():
    """
    Hold, tenant, sender, pseudonymous contact, question, rules and log.
    """
    header, claims = jwt.get_unverified_header(TOKEN), jwt.decode(TOKEN, options={"verify_signature": False})

    assert header == HEADER
    assert claims == CLAIMS
    assert set(claims) == {
        *("iss", "sub", "jti", "iat", "exp", "tenant", "sender"),
        *("purpose", "channel", "technology", "action", "rule_set"),
    }
    assert (claims["sub"], claims["jti"]) == (str(HOLD.contact), str(HOLD.id))


def test_the_right_token_is_admitted_also_when_its_time_is_over():
    """
    For its hold and tenant, days after the call.
    """
    for now in (NOW, NOW + timedelta(days=6)):
        admit(read_token(TOKEN, KEYS, now), HOLD.tenant, HOLD.id)


def _elliptic():
    key = generate_private_key(SECP256R1())
    return jwt.encode(CLAIMS, key, "ES256", headers={"typ": TYPE, "kid": KEY.kid})


def _flipped(part, place=5):
    parts = TOKEN.split(".")
    letter = "A" if parts[part][place] != "A" else "B"
    parts[part] = parts[part][:place] + letter + parts[part][place + 1 :]
    return ".".join(parts)


def _loose():
    """The same signature with other left-over bits in its last letter."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    return TOKEN[:-1] + alphabet[alphabet.index(TOKEN[-1]) + 1]


PUBLIC = KEY.private.public_key().public_bytes_raw()
TAMPERED = {
    "no signature, alg none": raw({**HEADER, "alg": "none"}, CLAIMS),
    "alg none with the old signature": raw(
        {**HEADER, "alg": "none"}, CLAIMS, base64.urlsafe_b64decode(TOKEN.rpartition(".")[2] + "==")
    ),
    "alg None in capitals": raw({**HEADER, "alg": "NONE"}, CLAIMS),
    "signed, but says alg none": signed({**HEADER, "alg": "none"}, CLAIMS),
    "HS256 with the public key as its secret": jwt.encode(CLAIMS, PUBLIC, "HS256", headers=HEADER | {"alg": "HS256"}),
    "ES256": _elliptic(),
    "another name for the algorithm": signed({**HEADER, "alg": "Ed25519"}, CLAIMS),
    "no algorithm": signed({"kid": KEY.kid, "typ": TYPE}, CLAIMS),
    "an unknown kid": signed({**HEADER, "kid": "unknown"}, CLAIMS),
    "no kid": signed({"alg": "EdDSA", "typ": TYPE}, CLAIMS),
    "a kid that is no text": signed({**HEADER, "kid": 7}, CLAIMS),
    "another key under our kid": signed(HEADER, CLAIMS, Ed25519PrivateKey.generate()),
    "another type": signed({**HEADER, "typ": "JWT"}, CLAIMS),
    "no type": signed({"alg": "EdDSA", "kid": KEY.kid}, CLAIMS),
    "a critical extension": signed({**HEADER, "crit": ["b64"], "b64": False}, CLAIMS),
    "a longer life": raw(HEADER, {**CLAIMS, "exp": CLAIMS["exp"] + 60}, b"x" * 64),
    "an altered header": _flipped(0),
    "altered claims": _flipped(1),
    "an altered signature": _flipped(2),
    "left-over bits": _loose(),
    "no signature": TOKEN.rpartition(".")[0] + ".",
    "two parts": TOKEN.rpartition(".")[0],
    "four parts": TOKEN + ".x",
    "padding": TOKEN + "==",
    "a space": TOKEN + " ",
    "nothing": ".",
    "no base64": "é.é.é",
    "claims that are a list": signed(HEADER, [1]),
    "without a hold": signed(HEADER, {name: value for name, value in CLAIMS.items() if name != "jti"}),
    "a hold that is a number": signed(HEADER, {**CLAIMS, "jti": 7}),
    "without a tenant": signed(HEADER, {name: value for name, value in CLAIMS.items() if name != "tenant"}),
    "another hold": KEY.sign({**CLAIMS, "jti": str(uuid4())}),
    "another tenant": KEY.sign({**CLAIMS, "tenant": str(uuid4())}),
    "nested beyond reason": "eyJ" + "W" * 4000 + ".e30.",
}


@pytest.mark.parametrize("token", TAMPERED.values(), ids=TAMPERED)
def test_nothing_else_is_admitted(token):
    """
    No other algorithm, key, type, claim, writing, hold or tenant; the sentence never quotes the token.
    """
    shown = read_token(token, KEYS, NOW)

    with pytest.raises(TokenRefused) as refused:
        admit(shown, HOLD.tenant, HOLD.id)
    assert token[:12] not in str(refused.value) or len(token) < 12


@given(st.integers(0, len(TOKEN) - 1), st.characters(codec="ascii"))
def test_any_other_letter_anywhere_is_noticed(place, letter):
    """
    One text for one token.
    """
    changed = TOKEN[:place] + letter + TOKEN[place + 1 :]
    shown = read_token(changed, KEYS, NOW)

    assert (shown.fault is None) == (changed == TOKEN)


def ring(*starts):
    """Keys that start at these distances from NOW; the first one always did."""
    moments = (ALWAYS, *(NOW + each for each in starts))
    return TokenKeys(tuple(TokenKey.from_secret(bytes([n]) * 32, at) for n, at in enumerate(moments, 1)))


def test_keys_come_are_followed_and_go():
    """
    The next one is published before it signs, the last one until its tokens are dead, and known for a week more.
    """
    keys = ring(timedelta(minutes=5))
    old, new = keys.keys
    change = NOW + timedelta(minutes=5)

    def published(at):
        return [each["kid"] for each in keys.published(at)]

    assert published(NOW) == published(change) == published(change + LONGEST_LIFE) == [old.kid, new.kid]
    assert published(change + LONGEST_LIFE + 5 * SECOND) == [new.kid]
    assert [keys.signer(at) for at in (NOW, change - SECOND, change)] == [old, old, new]
    assert keys.known(old.kid, change + KNOWN - SECOND) == old
    assert keys.known(old.kid, change + KNOWN) is None
    assert keys.known(new.kid, NOW) is None
    assert keys.known(new.kid, change + 100 * KNOWN) == new
    assert TokenKeys((new,)).signer(change - SECOND) is None


@given(
    st.lists(st.integers(-5000, 5000), unique=True, max_size=4),
    st.integers(-6000, 6000),
    st.integers(0, 600),
    st.integers(0, 64),
)
def test_every_living_token_can_be_checked_with_what_is_published(starts, at, holds_for, later):
    """
    Whatever the rotations: a token stands under a published key from its first moment to its last, give or take clocks.
    """
    keys = ring(*sorted(timedelta(seconds=each) for each in starts))
    now = NOW + timedelta(seconds=at)
    claims = said_of(replace(HOLD, expires_at=now + timedelta(seconds=holds_for)), now)
    issued = datetime.fromtimestamp(claims["iat"], UTC)
    signer = keys.signer(issued)
    assert signer is not None
    token = signer.sign(claims)
    moment = issued + min(timedelta(seconds=later), timedelta(seconds=claims["exp"] - claims["iat"] + 4))
    jwks = {each["kid"]: each["x"] for each in keys.published(moment)}
    kid = jwt.get_unverified_header(token)["kid"]
    text, _, signature = token.rpartition(".")

    public = Ed25519PublicKey.from_public_bytes(base64.urlsafe_b64decode(jwks[kid] + "="))
    public.verify(base64.urlsafe_b64decode(signature + "=="), text.encode())


def test_a_key_shows_no_secret():
    """
    What a traceback or a log would print of it names it, and no more.
    """
    assert "private" not in repr(KEYS)
    assert KEY.kid in repr(KEYS)
    assert UUID(jwt.decode(TOKEN, options={"verify_signature": False})["jti"]) == HOLD.id

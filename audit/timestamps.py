"""
Time-stamps (RFC 3161): somebody else's word that some bytes existed at a moment.

A token is stored as it came, a DER ``TimeStampResp``, so that ``openssl ts -verify`` reads it without us.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256

import httpx
from cryptography.x509 import Certificate, load_pem_x509_certificates
from rfc3161_client import (
    HashAlgorithm,
    PKIStatus,
    TimestampRequestBuilder,
    TimeStampResponse,
    TimeStampTokenInfo,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from audit.der import in_order
from audit.errors import TimestampRefused, TimestampUnreachable
from audit.exchange import Unanswered, post

_SHA256 = "2.16.840.1.101.3.4.2.1"
_LARGEST_ANSWER = 262_144


async def request_token(client: httpx.AsyncClient, url: str, data: bytes, *, seconds: float = 10.0) -> bytes:
    """
    The answer of the authority at ``url`` to a request for these bytes (RFC 3161 §2.4.1: SHA-256, nonce, certReq).

    It is compared with the request (status, digest, nonce); its signature is checked by ``check_token``, with the
    certificates that the caller trusts.  Raises TimestampUnreachable when no answer is had within ``seconds``, and
    TimestampRefused when it is none to this request.
    """
    query = TimestampRequestBuilder(data, HashAlgorithm.SHA256, nonce=True, cert_req=True).build()
    answer = await post(
        client,
        url,
        query.as_bytes(),
        media_type="application/timestamp-query",
        largest=_LARGEST_ANSWER,
        seconds=seconds,
    )
    if isinstance(answer, Unanswered):
        raise TimestampUnreachable(f"The time-stamping authority {answer.reason}.")
    if answer.status != 200:
        raise TimestampUnreachable(f"The time-stamping authority answered with HTTP status {answer.status}.")
    if _info(_decoded(answer.body), data).nonce != query.nonce:
        raise TimestampRefused("The time-stamp answers another request: its nonce is not the one that was sent.")
    return answer.body


def check_token(token: bytes, data: bytes, roots: Sequence[bytes]) -> datetime:
    """
    The moment (genTime, UTC) at which the authority says it saw these bytes.

    ``roots`` are trusted certificates in PEM, one or more in each.  Certificates count as of that moment, so that a
    token outlives them.  Raises TimestampRefused, which says why the token proves nothing.
    """
    anchors = _certificates(roots)
    response = _decoded(token)
    info = _info(response, data)
    try:
        VerifierBuilder(roots=anchors).build().verify_message(response, data)
    except (VerificationError, ValueError) as error:
        raise TimestampRefused(f"The time-stamp is not signed by an authority that is trusted: {error}.") from error
    return info.gen_time.astimezone(UTC)


def _decoded(answer: bytes) -> TimeStampResponse:
    try:
        response = decode_timestamp_response(in_order(answer))
    except ValueError as error:
        raise TimestampRefused("The answer of the time-stamping authority is no DER-encoded TimeStampResp.") from error
    if response.status != PKIStatus.GRANTED:
        said = "; ".join(response.status_string)[:200] or "it does not say why"
        raise TimestampRefused(f"The time-stamping authority refused with status {response.status}: {said}.")
    return response


def _info(response: TimeStampResponse, data: bytes) -> TimeStampTokenInfo:
    """What the token says, provided that it says it about these bytes."""
    try:
        info = response.tst_info
        imprint = info.message_imprint
    except ValueError as error:
        raise TimestampRefused("The time-stamping authority answered without a token.") from error
    if imprint.hash_algorithm.dotted_string != _SHA256 or imprint.message != sha256(data).digest():
        raise TimestampRefused("The time-stamp is over other bytes.")
    return info


def _certificates(roots: Sequence[bytes]) -> list[Certificate]:
    try:
        found = [certificate for each in roots for certificate in load_pem_x509_certificates(each)]
    except ValueError as error:
        raise TimestampRefused("The certificates to trust are not in PEM.") from error
    if not found:
        raise TimestampRefused("No certificate is trusted, so that no time-stamp proves anything.")
    return found

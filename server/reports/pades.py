"""
The signature of a report: PAdES (ETSI EN 319 142-1), baseline B-B, or B-T where an authority dates it.

Takes half a second to load, so that only who signs a report imports it.
"""

import asyncio
from io import BytesIO

import httpx
from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.timestamps.api import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko_certvalidator.registry import SimpleCertificateStore

from audit.errors import TimestampUnreachable
from server.reports.certificates import Certificate

_SECONDS = 20.0


class Authority(TimeStamper):
    """An authority that is asked over HTTP, as RFC 3161 §3.4 says."""

    def __init__(self, address: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # The library tells no type here.
        self._address = address

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Asks it; TimestampRequestError when it does not answer."""
        headers = {"Content-Type": "application/timestamp-query"}
        try:
            async with httpx.AsyncClient(timeout=_SECONDS) as client:
                said = await client.post(self._address, content=req.dump(), headers=headers)
            said.raise_for_status()
            return tsp.TimeStampResp.load(said.content)
        except (httpx.HTTPError, ValueError) as error:
            raise TimestampRequestError(type(error).__name__) from error


async def sign(pdf: bytes, certificate: Certificate, reason: str, authority: str | None) -> bytes:
    """
    The same PDF with a signature over all of it, and a time-stamp of the ``authority``, an RFC 3161 address, if given.

    Raises TimestampUnreachable; without an authority the time in the signature is this machine's word.
    """
    try:
        return await asyncio.to_thread(_sign, pdf, certificate, reason, authority)
    except (TimestampRequestError, OSError) as error:
        raise TimestampUnreachable(str(error).rstrip(".") or type(error).__name__) from error


def _sign(pdf: bytes, certificate: Certificate, reason: str, authority: str | None) -> bytes:
    der = serialization.Encoding.DER
    own, *above = [
        asn1.Certificate.load(x509.load_pem_x509_certificate(each).public_bytes(der)) for each in certificate.chain
    ]
    private = serialization.load_pem_private_key(certificate.key, None).private_bytes(
        der, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # As above.
    store.register_multiple([own, *above])
    signer = signers.SimpleSigner(
        signing_cert=own, signing_key=keys.PrivateKeyInfo.load(private), cert_registry=store, prefer_pss=False
    )
    about = signers.PdfSignatureMetadata(
        field_name="Venia", md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES, reason=reason
    )
    stamper = None if authority is None else Authority(authority)
    out = BytesIO()
    written = IncrementalPdfFileWriter(BytesIO(pdf))
    signers.PdfSigner(about, signer=signer, timestamper=stamper).sign_pdf(written, output=out)
    return out.getvalue()

"""
Certificates that reports are signed with: one that somebody vouches for, or the deployment's own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from audit.errors import KeyUnusable
from audit.keys import make_secret, read_secret

_YEARS = 10


@dataclass(frozen=True, slots=True)
class Certificate:
    """What reports are signed with: PEM of the key, of its certificate, and of those above it."""

    key: bytes
    chain: Sequence[bytes]

    @property
    def subject(self) -> str:
        """Whom the certificate names."""
        return x509.load_pem_x509_certificate(self.chain[0]).subject.rfc4514_string()

    @property
    def is_self_signed(self) -> bool:
        """Whether nobody but the key itself speaks for it."""
        own = x509.load_pem_x509_certificate(self.chain[0])
        return own.issuer == own.subject

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate's DER bytes, in hexadecimal."""
        return x509.load_pem_x509_certificate(self.chain[0]).fingerprint(hashes.SHA256()).hex()


def given_certificate(certificate: Path, key: Path) -> Certificate:
    """A certificate from its files; KeyUnusable where they are not PEM, do not belong together, or all may read the key."""
    return _checked(_pieces(certificate.read_bytes(), "CERTIFICATE"), read_secret(key), f"{certificate} and {key}")


def own_certificate(path: Path, deployment: str, now: datetime) -> Certificate:
    """The deployment's own certificate, self-signed and made on the first use; KeyUnusable if all may read the file."""
    if not path.exists():
        make_secret(path, _self_signed(deployment, now))
    found = read_secret(path)
    return _checked(_pieces(found, "CERTIFICATE"), found, str(path))


def _checked(chain: Sequence[bytes], key: bytes, where: str) -> Certificate:
    try:
        public = serialization.load_pem_private_key(key, None).public_key()
        belongs = x509.load_pem_x509_certificate(chain[0]).public_key() == public
    except (ValueError, TypeError, IndexError) as error:
        raise KeyUnusable(f"{where} have no PEM certificate with its unencrypted key.") from error
    if not belongs:
        raise KeyUnusable(f"The key and the certificate of {where} do not belong together.")
    return Certificate(key, chain)


def _pieces(pem: bytes, kind: str) -> list[bytes]:
    begin, end = f"-----BEGIN {kind}-----".encode(), f"-----END {kind}-----".encode()
    return [begin + piece.partition(end)[0] + end + b"\n" for piece in pem.split(begin)[1:]]


def _self_signed(deployment: str, now: datetime) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    named = [
        x509.NameAttribute(NameOID.COMMON_NAME, f"Venia at {deployment}"[:64]),
        x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, "self-signed: compare the fingerprint"),
    ]
    name, begin = x509.Name(named), now.astimezone(UTC).replace(microsecond=0)
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign"), False
    ) | dict.fromkeys(("encipher_only", "decipher_only"), False)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin - timedelta(minutes=5))
        .not_valid_after(begin + timedelta(days=365 * _YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(digital_signature=True, content_commitment=True, **usage), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return private + made.public_bytes(serialization.Encoding.PEM)

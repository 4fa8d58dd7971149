"""
A connection goes to the address that was looked at, and the certificate must still be the name's.
"""

import asyncio
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from server.delivering.sending import NotTaken, Outcome, Taken, one_subscriber, send


def certificate(file: Path, name: str) -> Path:
    """
    A certificate of its own authority for this name, with its key.
    """
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM) + private)
    return file


@contextmanager
def behind(pem: Path, hosts: list[str]) -> Iterator[int]:
    """
    The port of a subscriber with this certificate; the Host headers that it sees are noted.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            hosts.append(str(self.headers["Host"]))
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """
            Silence.
            """

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def tried(pem: Path, port: int) -> Outcome:
    """
    What comes of one try at https://localhost, with nobody else's certificates trusted.
    """

    async def one() -> Outcome:
        async with one_subscriber(ssl.create_default_context(cafile=pem)) as client:
            url = f"https://localhost:{port}/venia"
            return await send(client, url, b"{}", {}, loopback=True, now=datetime.now(UTC))

    return asyncio.run(one())


def test_the_certificate_is_the_names(tmp_path: Path):
    """
    One for the name is accepted though we connect to an address, and the Host header has the name; another's is not.
    """
    hosts: list[str] = []
    right, wrong = (
        certificate(tmp_path / "right.pem", "localhost"),
        certificate(tmp_path / "wrong.pem", "other.example"),
    )
    with behind(right, hosts) as port:
        good = tried(right, port)
    with behind(wrong, hosts) as another:
        bad = tried(wrong, another)

    assert good == Taken()
    assert isinstance(bad, NotTaken)
    assert hosts == [f"localhost:{port}"]

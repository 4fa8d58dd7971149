"""
A time-stamping authority on the loopback: openssl signs, a small web server answers.
"""

import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

CONFIGURATION = """
[req]
distinguished_name = name
[name]
[ca]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign
subjectKeyIdentifier = hash
[tsa]
extendedKeyUsage = critical, timeStamping
authorityKeyIdentifier = keyid
[authority]
serial = serial
signer_cert = tsa.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = {digests}
accuracy = secs:1
ess_cert_id_alg = sha256
{certs}
"""
NEW_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-config", "conf")


@dataclass(slots=True)
class Authority:
    """
    An authority with a root of its own; what it answers may be changed on its way out.
    """

    folder: Path
    digests: str = "sha256"
    certs: str = ""  # a line of the configuration that names certificates to send beside the signer's
    signer: str = "TSA"
    url: str = ""
    spoil: Callable[[bytes], bytes] = bytes
    status: int = 200
    asked: list[tuple[str, bytes]] = field(default_factory=list)
    open: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.folder.mkdir()
        (self.folder / "conf").write_text(CONFIGURATION.format(digests=self.digests, certs=self.certs))
        (self.folder / "serial").write_text("01\n")
        self.open.set()
        self.openssl(
            "req", "-x509", *NEW_KEY, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Root", "-extensions", "ca"
        )
        self.openssl("req", *NEW_KEY, "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", f"/CN={self.signer}")
        signed = ("-CA", "ca.pem", "-CAkey", "ca.key", "-set_serial", "2", "-extfile", "conf", "-extensions", "tsa")
        self.openssl("x509", "-req", "-in", "tsa.csr", "-out", "tsa.pem", *signed)

    @property
    def root(self) -> bytes:
        """
        Its root certificate in PEM.
        """
        return (self.folder / "ca.pem").read_bytes()

    def openssl(self, *words: str) -> str:
        """
        What openssl prints; fails when it fails.
        """
        done = subprocess.run(["openssl", *words], cwd=self.folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr

    def reply(self, query: bytes) -> bytes:
        """
        Its answer to a TimeStampReq.
        """
        (self.folder / "query").write_bytes(query)
        self.openssl("ts", "-reply", "-config", "conf", "-section", "authority", "-queryfile", "query", "-out", "reply")
        return (self.folder / "reply").read_bytes()

    def stamp(self, data: bytes) -> bytes:
        """
        A token over some bytes, asked for by openssl itself.
        """
        (self.folder / "data").write_bytes(data)
        self.openssl("ts", "-query", "-data", "data", "-sha256", "-cert", "-out", "asked")
        return self.reply((self.folder / "asked").read_bytes())

    def verifies(self, token: bytes, data: bytes) -> bool:
        """
        Whether openssl verifies a token over some bytes with the root.
        """
        (self.folder / "token").write_bytes(token)
        (self.folder / "data").write_bytes(data)
        said = self.openssl("ts", "-verify", "-data", "data", "-in", "token", "-CAfile", "ca.pem")
        return "Verification: OK" in said


@contextmanager
def answering(authority: Authority) -> Iterator[Authority]:
    """
    Serves an authority until the block ends.
    """

    class Handler(BaseHTTPRequestHandler):
        """
        One request.
        """

        def do_POST(self) -> None:
            """
            Answers when the authority is open.
            """
            query = self.rfile.read(int(self.headers["Content-Length"]))
            authority.asked.append((self.headers["Content-Type"], query))
            authority.open.wait()
            body = authority.spoil(authority.reply(query))
            self.send_response(authority.status)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """
            Says nothing.
            """

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        authority.url = f"http://127.0.0.1:{server.server_port}/tsr"
        try:
            yield authority
        finally:
            authority.open.set()
            server.shutdown()
            thread.join()

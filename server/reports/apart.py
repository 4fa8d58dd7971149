"""
Setting a report in a process of its own.

Typst takes a quarter of a megabyte for each entry and gives nothing back: ten thousand entries are more than two gigabytes.
Whoever makes reports signs checkpoints too, and must neither keep that nor be ended for it.
"""

import asyncio
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Mapping
from datetime import datetime

import orjson

from audit.errors import EvidenceError

_PROGRAM = ("-m", "server.reports.typesetting")


async def typeset_apart(document: Mapping[str, object], at: datetime) -> bytes:
    """What ``typesetting.typeset`` makes of a document; EvidenceError where it cannot be set, or its process was ended."""
    # What it breaks on may quote the document, and no log may.
    process = await asyncio.create_subprocess_exec(
        sys.executable, *_PROGRAM, str(int(at.timestamp())), stdin=PIPE, stdout=PIPE, stderr=DEVNULL
    )
    try:
        made, _ = await process.communicate(orjson.dumps(document))
    finally:
        if process.returncode is None:  # Nobody waits for it any more.
            process.kill()
    code = await process.wait()
    if code != 0:
        how = f"was ended by signal {-code}" if code < 0 else "failed"
        raise EvidenceError(
            f"The report could not be set: its process {how}. Ask for a shorter range, or for a bundle."
        )
    return made

"""
A report's document as a PDF that assistive technology can read (PDF/UA-1, ISO 14289-1), set by Typst.

The document reaches the layout as data alone, so that nothing in it is ever run.  Takes a while to load, so that only who
makes a report imports it.

    python -m server.reports.typesetting SECONDS < document > report.pdf
"""

import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import orjson
import typst

from audit.errors import EvidenceBroken

_LAYOUT = Path(__file__).with_name("report.typ")


def typeset(document: Mapping[str, object], at: datetime) -> bytes:
    """
    The PDF's bytes, dated ``at``; the same document gives the same bytes.

    Raises EvidenceBroken where it cannot be set.
    """
    try:
        made = typst.compile(
            _LAYOUT,
            format="pdf",
            sys_inputs={"document": orjson.dumps(document).decode()},
            ignore_system_fonts=True,
            pdf_standards=["ua-1"],
            timestamp=int(at.timestamp()),
        )
    except BaseException as error:
        # What its own code breaks on is no Exception, and must end one report alone.
        if type(error).__name__ not in ("PanicException", "TypstError"):
            raise
        raise EvidenceBroken("the report cannot be set: a text in it has no place in a PDF/UA document") from error
    if not isinstance(made, bytes):
        raise EvidenceBroken("the report cannot be set: there is no document")
    return made


def main() -> None:
    """Sets the document on standard input, dated by the argument: seconds since 1970."""
    made = typeset(orjson.loads(sys.stdin.buffer.read()), datetime.fromtimestamp(int(sys.argv[1]), UTC))
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()

"""
The verifier that ships in every bundle says of each what is right, and runs where nothing but Python is.
"""

from pathlib import Path

import pytest

from audit import verifier
from tests.audit.bundles import unpacked
from tests.audit.forgeries import Case, cases


def judged(case: Case, folder: Path) -> verifier.Report:
    """
    What the verifier says of a case.
    """
    options = dict(case.asked)
    return verifier.verify(
        str(unpacked(case.files, folder)),
        verifier.read_keys(list(case.keys)),
        [(f"pin {at}", each) for at, each in enumerate(case.pins)],
        [verifier.read_key(each.verifier(), 4) for each in case.witnesses],
        quorum=options.get("quorum"),
        meta=verifier.read_keys(options.get("meta", [])),
        disclosed=options.get("disclosed", False),
    )


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_the_verdict_is_right(case, tmp_path):
    """
    The exit code, and the kind and index of the first thing that is wrong.
    """
    report = judged(case, tmp_path)
    found = report.findings[0][:2] if report.findings else None

    assert (report.code, found) == (case.code, case.first), report
    assert case.weak is None or any(text.startswith(case.weak) for mark, text in report.told if mark == "WEAK")

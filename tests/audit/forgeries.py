"""
Every case of the verifier's contract, good and bad.

tests/audit/test_verifier.py asks the script that ships in bundles, tests/audit/test_verifying.py the same with many
processes.
"""

from functools import cache

from tests.audit import forged_entries as entries
from tests.audit import forged_files as files
from tests.audit.evidence import Case


@cache
def cases() -> tuple[Case, ...]:
    """
    All of them.
    """
    about_entries = (entries.good, entries.weak, entries.changed, entries.moved, entries.forked, entries.lied)
    about_files = (files.around, files.parts, files.people, files.others)
    return tuple(case for make in (*about_entries, *about_files) for case in make())

"""
What is tried before a set of packs can be drafted: the linter, and the cases beside each pack.

There is no draft that is not green.  Packs that are in force already were tried before and are not tried again; packs
that ship are tried with the cases that ship, a tenant's own with the cases that come with them.
"""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime

from policies.catalogue import Source, for_suite
from policies.changes.drafting import Drafted
from policies.changes.errors import ChecksFailed, Fault
from policies.documents import canonical
from policies.errors import SuiteInvalid
from policies.linting import lint
from policies.trial import Report, run


def checked(drafted: Sequence[Drafted], now: datetime) -> str:
    """
    The hash over what was tried: packs, cases and their results.  ChecksFailed names every problem at once.

    Takes seconds for packs with hundreds of cases: not to be called where others wait.
    """
    sources = [each.source for each in drafted]
    new = [each for each in drafted if not each.is_in_force]
    pointers = {each.source.pack.name: each.pointer for each in new}
    faults = [
        Fault(pointers[each.pack], f"{each.sentence} (line {each.line})" if each.line else each.sentence)
        for each in lint([each.source for each in new], now, [each.source for each in drafted if each.is_in_force])
        if each.level == "error"
    ]
    reports: list[Report] = []
    for each in new:
        report, found = _tried(each, sources)
        faults += found
        reports += [report] if report else []
    if faults:
        raise ChecksFailed(faults)
    told = [
        [source.pack.hash for source in sources],
        [[report.suite, [result.name for result in report.results]] for report in reports],
    ]
    return "sha256:" + hashlib.sha256(canonical(told)).hexdigest()


def _tried(drafted: Drafted, sources: Sequence[Source]) -> tuple[Report | None, list[Fault]]:
    suite, at = drafted.source.suite, f"{drafted.pointer}/tests"
    if suite is None:
        return None, [
            Fault(at, f"{drafted.source.pack.name} has no cases: every rule must be seen to work before it counts.")
        ]
    try:
        report = run(suite, for_suite(suite, sources))
    except SuiteInvalid as error:
        return None, [Fault(at, each.sentence) for each in error.problems]
    return report, list(_faults(report, drafted.source.pack.name, at))


def _faults(report: Report, pack: str, at: str) -> Iterator[Fault]:
    for result in report.results:
        for difference in result.differences:
            yield Fault(at, f"The case {result.name!r} {difference}.")
    for untried in report.untried(pack):
        yield Fault(at, f"No case shows a rule's answer: {untried}.")

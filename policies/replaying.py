"""
Every recorded decision of a stretch of a log, made again: read some hundred at a time, so that any length is the same.
"""

from collections.abc import Callable, Sequence

from audit.extracts import Extract, Stretch, by_index
from audit.reader import Snapshots
from policies.closed_days import HOLIDAYS_VERSION
from policies.errors import EntryUnreadable, PolicyError
from policies.localtime import TZDATA_VERSION
from policies.recorded import DECISIONS, Recorded, read_decision
from policies.redeciding import Replayed, compare
from policies.ruleset import RuleSet
from policies.shelf import Shelf

_AT_ONCE = 1_000

Watch = Callable[[int, int], None]  # entries done and in all


async def replay_log(snapshots: Snapshots, within: Stretch, watch: Watch) -> Replayed:
    """Replays the decisions of a stretch.  Raises DatabaseAway; whatever else is wrong stands in what it returns."""
    found, shelf = Replayed(), Shelf(snapshots, within.tenant)
    total = within.end - within.first
    watch(0, total)
    async for piece in by_index(snapshots, within, DECISIONS, _AT_ONCE):
        read = _read(piece, found)
        sets: dict[str, RuleSet] = {}
        faults: dict[str, str] = {}
        for name in {each.rule_set for each in read}:
            try:
                sets[name] = await shelf.find(name)
            except PolicyError as error:
                faults[name] = str(error)
        for each in read:
            if each.rule_set in faults:
                found.miss(each.entry, faults[each.rule_set])
            else:
                _compare(each, sets[each.rule_set], found)
        watch(piece[-1].entry + 1 - within.first, total)
    watch(total, total)
    return found


def _read(piece: Sequence[Extract], found: Replayed) -> list[Recorded]:
    read = []
    for each in piece:
        if not each.sound:
            found.miss(each.entry, f"Entry {each.entry} was changed: its bytes do not have the hash that was stored.")
            continue
        try:
            read.append(read_decision(each.entry, each.body))
        except EntryUnreadable as error:
            found.miss(each.entry, str(error))
    return read


def _compare(recorded: Recorded, rules: RuleSet, found: Replayed) -> None:
    try:
        found.add(compare(recorded, rules, TZDATA_VERSION, HOLIDAYS_VERSION))
    except PolicyError as error:
        found.miss(recorded.entry, f"Decision {recorded.entry} cannot be made again: {error}")

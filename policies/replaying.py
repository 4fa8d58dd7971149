"""
Every recorded decision of a stretch of a log, made again: read some hundred at a time, so that any length is the same.
"""

from collections.abc import Callable, Mapping, Sequence

from audit.extracts import Extract, Stretch, by_index
from audit.reader import Snapshots
from policies.closed_days import HOLIDAYS_VERSION
from policies.entered import read_entered
from policies.errors import EntryUnreadable, PolicyError
from policies.localtime import TZDATA_VERSION
from policies.recorded import DECISIONS, Recorded, read_decision
from policies.redeciding import Replayed, comes_out_again, compare
from policies.ruleset import RuleSet
from policies.shelf import Shelf
from policies.sifting import Sifter

_AT_ONCE = 1_000
_SETS = 16  # rule sets that are kept at hand

Watch = Callable[[int, int], None]  # entries done and in all


async def replay_log(snapshots: Snapshots, within: Stretch, watch: Watch) -> Replayed:
    """Replays the decisions of a stretch.  Raises DatabaseAway; whatever else is wrong stands in what it returns."""
    found, shelf = Replayed(), Shelf(snapshots, within.tenant)
    sifters: dict[str, Sifter] = {}
    total = within.end - within.first
    watch(0, total)
    async for piece in by_index(snapshots, within, DECISIONS, _AT_ONCE):
        remaining = glance(piece, sifters, found)
        if remaining and await _meet(remaining, shelf, sifters):
            remaining = glance(remaining, sifters, found)
        await _look(remaining, shelf, found)
        watch(piece[-1].entry + 1 - within.first, total)
    watch(total, total)
    return found


def glance(piece: Sequence[Extract], sifters: Mapping[str, Sifter], found: Replayed) -> list[Extract]:
    """
    Counts the decisions that plainly come out as they were recorded, by rule sets at hand; and gives back the others.

    Most are read and decided here, a hundred thousand a second and more; what remains is read and compared member by member, which
    tells what is wrong, if anything is.
    """
    remaining = []
    for each in piece:
        index, _, _, body, sound = each
        entered = read_entered(index, body) if sound else None
        sifter = None if entered is None else sifters.get(entered.rule_set)
        if entered is None or sifter is None or not comes_out_again(entered, sifter):
            remaining.append(each)
    found.agree(len(piece) - len(remaining))
    return remaining


async def _meet(remaining: Sequence[Extract], shelf: Shelf, sifters: dict[str, Sifter]) -> bool:
    """Whether decisions were made by sets that were not at hand, and are now."""
    entered = (read_entered(each.entry, each.body) for each in remaining)
    new = {each.rule_set for each in entered if each is not None and each.rule_set not in sifters}
    for name in sorted(new)[:_SETS]:
        try:
            rules = await shelf.find(name)
        except PolicyError:
            continue  # Which is told below, of each decision.
        while len(sifters) >= _SETS:
            del sifters[next(iter(sifters))]
        sifters[name] = Sifter(rules)
    return any(name in sifters for name in new)


async def _look(remaining: Sequence[Extract], shelf: Shelf, found: Replayed) -> None:
    read = _read(remaining, found)
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

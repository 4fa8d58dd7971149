"""
What was decided of a line, as JSON, and counted.
"""

from collections import Counter

import orjson

from policies.api import Tally, checked_json, outcome_of
from policies.checking import Checked
from policies.decision import Decision

_MOST = 1024


class Telling:
    """
    Writes decisions of one request, each the very bytes of `checked_json`, and counts them group by group.

    All allows by the same rules to people of the same country are the same but for the person: that part is written
    once.
    """

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._decided: Counter[tuple[str, tuple[str, ...]]] = Counter()
        # By identity, which holds as long as what it is of is kept beside it.
        self._allows: dict[tuple[int, int], tuple[Decision, bytes]] = {}

    def tell(self, checked: Checked) -> bytes:
        """A decision as an object of JSON."""
        decision = checked.decision
        self._decided[outcome_of(decision)] += 1
        if not decision.allow or decision.retry_at is not None or checked.detail != "reasons":
            return orjson.dumps(checked_json(checked, checked.detail))
        contact = b"null" if checked.contact is None else f'"{checked.contact}"'.encode()
        return b'%b,"contact":%b}' % (self._common(decision), contact)

    def settle(self) -> None:
        """Counts what was told since the last time."""
        for (outcome, codes), times in self._decided.items():
            self._tally.count_decision(outcome, codes, times)
        self._decided.clear()

    def _common(self, decision: Decision) -> bytes:
        key = (id(decision.obligations), id(decision.packs))
        known = self._allows.get(key)
        if known is None or known[0].rule_set != decision.rule_set or known[0].tzdata != decision.tzdata:
            if len(self._allows) >= _MOST:
                self._allows.clear()
            known = self._allows[key] = (decision, orjson.dumps(decision.to_json())[:-1])
        return known[1]

"""
What the shadows of a batch know, and what they say of its calls.
"""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID, uuid4

from audit.link import Connection
from audit.work import Book, Work
from consent.contacts import Contact, ContactBook
from policies.attempts import Attempt
from policies.decision import Decision
from policies.facts import AttemptFact, Facts
from policies.gathering import attempts_within
from policies.rulebook import RuleBook
from policies.shadows import store
from policies.shadows.shadow import Opinion, Parted, Shadow, opinion

_HOLDS = ("agreed", "would_deny", "would_allow")


class ShadowBook(Book):
    """The shadows of the tenants in a batch; without any, it has nothing to do."""

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._parted: dict[tuple[UUID, UUID], list[Parted]] = defaultdict(list)
        self._made: list[dict[str, object]] = []
        self._tallies: dict[tuple[UUID, str], dict[str, int]] = {}
        self._over: set[UUID] = set()

    async def load(self, conn: Connection) -> None:
        """Loads where the shadows' worlds differ about the people in the batch."""
        rules = self.work[RuleBook]
        if not rules.has_shadows:
            return
        since = self.work.now - max(rules.lookback, rules.remembers_refusals)
        for row in await store.load_parted(conn, self.work[ContactBook].touched(), since):
            fact = AttemptFact(
                row.at, row.action, row.purpose, row.category, row.channel, row.sender_id, None, row.expires_at
            )
            parted = Parted(row.shadow, row.attempt_id, row.is_imagined, fact)
            self._parted[(row.tenant_id, row.contact_id)].append(parted)

    def opinions(self, contact: Contact | None, facts: Facts) -> list[Opinion]:
        """What each shadow says of a call about which the rules have decided, on these facts as they were gathered."""
        now, person = self.work.now, contact.person if contact else None
        shadows = [Shadow(of, rules) for of, rules in self.work[RuleBook].beside(person, now)]
        if not shadows:
            return []
        parts = contact.parts if contact else ()
        known = [each for part in parts for each in self._parted.get((part.tenant, part.id), ())]
        real = [each.id for each in attempts_within(self.work, contact, now)]
        return [opinion(each, facts, real, known, now) for each in shadows]

    def note(
        self, opinions: Sequence[Opinion], decision: Decision, contact: Contact | None, attempt: Attempt, entry: UUID
    ) -> None:
        """
        Counts what was said; where a shadow parts from the decision, its world goes on without the call, or with it.

        ``attempt`` is the hold that was made, or would have been.
        """
        for each in opinions:
            parts = each.parts_from(decision)
            tally = self._tallies.setdefault((self.work.tenant, each.shadow.name), dict.fromkeys(_HOLDS, 0))
            tally[("would_allow" if each.allow else "would_deny") if parts else "agreed"] += 1
            if parts and contact is not None:
                self._part(each, contact, attempt, entry)

    def _part(self, said: Opinion, contact: Contact, attempt: Attempt, entry: UUID) -> None:
        is_imagined = said.allow
        identity = uuid4() if is_imagined else attempt.id
        fact = attempt.fact(self.work.now)
        self._parted[(self.work.tenant, contact.id)].append(Parted(said.shadow.name, identity, is_imagined, fact))
        self._made.append(
            {
                "tenant_id": self.work.tenant,
                "shadow": said.shadow.name,
                "attempt_id": identity,
                "contact_id": contact.id,
                "is_imagined": is_imagined,
                "sender_id": attempt.sender,
                "action": attempt.action,
                "purpose": attempt.purpose,
                "category": attempt.category,
                "channel": attempt.channel,
                "at": attempt.at,
                "expires_at": attempt.expires_at,
                "event_id": entry,
            }
        )

    def forget(self) -> None:
        """Lets go of what the current tenant's shadows knew that are asked no more."""
        self._over.add(self.work.tenant)

    async def save(self, conn: Connection) -> None:
        """Writes where the worlds part from now on, and adds to the tallies."""
        await store.save_parted(conn, self._made)
        rows = [
            {"tenant_id": tenant, "shadow": shadow, "since": self.work.now, **tally}
            for (tenant, shadow), tally in self._tallies.items()
        ]
        await store.count_up(conn, rows)

    async def finish(self, conn: Connection) -> None:
        """Deletes what belonged to shadows that are over, also of this very batch."""
        for tenant in sorted(self._over):
            names = [Shadow(of, rules).name for of, rules in self.work[RuleBook].shadows_of(tenant)]
            await store.forget_shadows(conn, tenant, names)

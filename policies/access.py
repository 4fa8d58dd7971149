"""
Who may do what with things that are no people: ``access.permits(question)``, apart from the rules of calls.

Pure.  Every pack with a permit about a type of resource guards that type: each of its guards must permit, and no pack may
forbid, so that a further pack over the same type only narrows.  A pack's rules see what its own entities are known to
be and no other pack's.  Three-valued: what a rule cannot tell is not permitted, and is forbidden; what nobody guards
is denied.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from policies.decision import PASSES, Fails, Outcome, Passes
from policies.facts import Facts, Stated
from policies.kinds.predicate import Predicate
from policies.pack import Pack
from policies.pack_access import AccessRule as WrittenRule
from policies.rules import predicate_of

_ANY_TIME = datetime.min.replace(tzinfo=UTC)  # Time changes no answer here.


@dataclass(frozen=True, slots=True)
class Entity:
    """A subject or a resource, as a question has it."""

    type: str
    id: str
    properties: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Action:
    """What is to be done, as a question has it."""

    name: str
    properties: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AccessQuestion:
    """May this subject do this with this resource?"""

    subject: Entity
    action: Action
    resource: Entity


@dataclass(frozen=True, slots=True)
class AccessRule:
    """One rule about access, ready to decide; ``test`` is None where it asks for nothing."""

    pack: str
    id: str
    permits: bool
    subjects: frozenset[str] | None
    actions: frozenset[str]
    resources: frozenset[str]
    test: Predicate | None

    def covers(self, question: AccessQuestion) -> bool:
        """Is the rule about this question?"""
        return (
            question.resource.type in self.resources
            and question.action.name in self.actions
            and (self.subjects is None or question.subject.type in self.subjects)
        )

    def check(self, stated: Facts) -> Outcome:
        """Does what is stated satisfy the rule's condition?"""
        return PASSES if self.test is None else self.test.check(stated, _ANY_TIME)


@dataclass(frozen=True, slots=True)
class Guard:
    """The access section of one pack, of this content; ``known`` are its entities' properties, by type and id."""

    pack: str
    hash: str
    rules: tuple[AccessRule, ...]
    known: Mapping[tuple[str, str], Mapping[str, Stated]]

    def guards(self, resource: str) -> bool:
        """Must this pack permit what is done with resources of this type?"""
        return any(rule.permits and resource in rule.resources for rule in self.rules)

    def answers(self, question: AccessQuestion) -> list[tuple[AccessRule, Outcome]]:
        """What each rule about the question answers."""
        about = [rule for rule in self.rules if rule.covers(question)]
        if not about:
            return []
        stated = Facts("", "", "", "", "", stated=self._stated(question))
        return [(rule, rule.check(stated)) for rule in about]

    def _stated(self, question: AccessQuestion) -> dict[str, Stated]:
        """What a question says, by name; what it leaves out of an entity is what the pack knows of it."""
        subject, action, resource = question.subject, question.action, question.resource
        stated: dict[str, Stated] = {
            "subject.type": subject.type,
            "subject.id": subject.id,
            "action.name": action.name,
            "resource.type": resource.type,
            "resource.id": resource.id,
        }
        parties = (("subject", subject), ("resource", resource))
        members = [(name, {**self.known.get((each.type, each.id), {}), **each.properties}) for name, each in parties]
        for name, properties in (*members, ("action", action.properties)):
            # Lists, objects and fractions are compared with nothing, so that a rule which needs one cannot tell.
            plain = ((key, value) for key, value in properties.items() if isinstance(value, bool | int | str))
            stated |= {f"{name}.properties.{key}": value for key, value in plain}
        return stated


@dataclass(frozen=True, slots=True)
class Access:
    """The access sections of a rule set; without any, nothing is permitted."""

    guards: tuple[Guard, ...] = ()

    def permits(self, question: AccessQuestion) -> bool:
        """MUST be false unless somebody guards the resource's type, all who do permit it, and nobody forbids it."""
        guarded = False
        for guard in self.guards:
            answers = guard.answers(question)
            if any(not rule.permits and not isinstance(outcome, Fails) for rule, outcome in answers):
                return False
            if guard.guards(question.resource.type):
                guarded = True
                if not any(rule.permits and isinstance(outcome, Passes) for rule, outcome in answers):
                    return False
        return guarded

    @property
    def guarded(self) -> frozenset[str]:
        """The types of resources with which something may be permitted."""
        rules = (rule for guard in self.guards for rule in guard.rules if rule.permits)
        return frozenset(kind for rule in rules for kind in rule.resources)

    def entities(self, kind: str) -> Sequence[str]:
        """The ids of the entities of this type that some pack knows, in order."""
        return sorted({name for guard in self.guards for of, name in guard.known if of == kind})

    def actions(self, resource: str) -> Sequence[str]:
        """The names of what some pack may permit with resources of this type, in order."""
        rules = (rule for guard in self.guards for rule in guard.rules)
        return sorted({name for rule in rules if rule.permits and resource in rule.resources for name in rule.actions})


def access_of(packs: Iterable[Pack]) -> Access:
    """What these packs, enforced together, say about access."""
    return Access(tuple(guard_of(pack) for pack in packs if pack.access is not None))


def guard_of(pack: Pack) -> Guard:
    """What one pack says about access."""
    section = pack.access
    if section is None:
        return Guard(pack.name, pack.hash, (), {})
    known: dict[tuple[str, str], Mapping[str, Stated]] = {
        (each.type, each.id): dict(each.properties) for each in section.entities
    }
    return Guard(pack.name, pack.hash, tuple(_rule(pack.name, each) for each in section.rules), known)


def _rule(pack: str, written: WrittenRule) -> AccessRule:
    when = written.when
    return AccessRule(
        pack=pack,
        id=written.id,
        permits=written.effect == "permit",
        subjects=None if when.subject is None else frozenset(when.subject),
        actions=frozenset(when.action),
        resources=frozenset(when.resource),
        test=None if written.needs is None else predicate_of(written.needs),
    )

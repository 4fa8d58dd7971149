"""
Whose cosignatures are enough: a policy of logs, witnesses and groups of witnesses (c2sp.org/tlog-policy).

    log <vkey> [<url>]
    witness <name> <vkey> [<url>]
    group <name> all|any|<k> <name>...
    quorum <name>|none
"""

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from audit.errors import KeyMalformed, PolicyMalformed
from audit.note import COSIGNATURE, ED25519, ML_DSA_44, VerifierKey

_NOBODY = "none"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_THRESHOLD = re.compile(r"[1-9][0-9]{0,8}")


@dataclass(frozen=True, slots=True)
class PolicyWitness:
    """A witness under the name that the policy gives it, which need not be that of its key."""

    name: str
    key: VerifierKey
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Members, witnesses or groups defined before, of which ``threshold`` must have witnessed a checkpoint."""

    name: str
    threshold: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """Which logs are trusted, who witnesses them, and how many must; ``quorum`` is a name, or ``none``."""

    logs: tuple[VerifierKey, ...]
    witnesses: tuple[PolicyWitness, ...]
    groups: tuple[Group, ...]
    quorum: str

    def is_met(self, cosigned: AbstractSet[str]) -> bool:
        """
        Whether the witnesses of these names are enough, where each has cosigned the same checkpoint.

        Names that are no witness of the policy count for nothing.  ``quorum none`` asks for nobody, so it is always met.
        """
        met = {witness.name for witness in self.witnesses} & cosigned
        for group in self.groups:
            if len(met.intersection(group.members)) >= group.threshold:
                met.add(group.name)
        return self.quorum == _NOBODY or self.quorum in met


def parse_policy(text: str) -> Policy:
    """
    Reads a policy; PolicyMalformed names the line and what is wrong with it.

    The last line MUST end in a line feed: a quorum cut off in the middle of its name could be that of another one.
    """
    lines = text.split("\n")
    if lines.pop():
        raise PolicyMalformed(len(lines) + 1, "it does not end in a line feed")
    draft = _Draft()
    for draft.line, line in enumerate(lines, start=1):
        draft.read(line)
    if draft.quorum is None:
        raise PolicyMalformed(max(1, len(lines)), "the policy ends without a quorum")
    return Policy(tuple(draft.logs), tuple(draft.witnesses), tuple(draft.groups), draft.quorum)


@dataclass(slots=True)
class _Draft:
    """The policy as far as it has been read; names MUST be defined before they are used, which rules out circles."""

    line: int = 0
    logs: list[VerifierKey] = field(default_factory=list)
    witnesses: list[PolicyWitness] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    quorum: str | None = None
    defined: set[str] = field(default_factory=set)
    used: set[str] = field(default_factory=set)

    def read(self, line: str) -> None:
        """One line; nothing but space and tab parts words, and nothing but ASCII is looked at."""
        if _CONTROL.search(line):
            raise self._wrong("it holds control characters")
        match [word for word in re.split(r"[ \t]+", line) if word]:
            case []:
                pass
            case [word, *_] if word.startswith("#"):
                pass
            case ["log", vkey] | ["log", vkey, _]:
                self._log(self._key(vkey, ED25519, ML_DSA_44))
            case ["witness", name, vkey, *url] if len(url) <= 1:
                self._witness(PolicyWitness(name, self._key(vkey, COSIGNATURE, ML_DSA_44), *url))
            case ["group", name, threshold, *members] if members:
                self._group(name, threshold, members)
            case ["quorum", name]:
                self._quorum(name)
            case _:
                raise self._wrong("it is no log, witness, group or quorum as c2sp.org/tlog-policy writes them")

    def _log(self, key: VerifierKey) -> None:
        if any(key.public == known.public for known in self.logs):
            raise self._wrong("this log's key is there already")
        self.logs.append(key)

    def _witness(self, witness: PolicyWitness) -> None:
        # One key under two names would count as two witnesses.
        if any(witness.key.public == known.key.public for known in self.witnesses):
            raise self._wrong("this witness's key is there already")
        self._define(witness.name)
        self.witnesses.append(witness)

    def _group(self, name: str, threshold: str, members: list[str]) -> None:
        for member in members:
            if member not in self.defined:
                raise self._wrong(f"{member} is not defined above")
            # Each witness counts in one way only, in the whole policy.
            if member in self.used:
                raise self._wrong(f"{member} is a member already")
            self.used.add(member)
        self._define(name)
        self.groups.append(Group(name, self._threshold(threshold, len(members)), tuple(members)))

    def _threshold(self, text: str, members: int) -> int:
        number = {"any": 1, "all": members}.get(text) or (int(text) if _THRESHOLD.fullmatch(text) else 0)
        if not 1 <= number <= members:
            raise self._wrong(f"of {members} members, all, any or 1 to {members} can be asked for")
        return number

    def _quorum(self, name: str) -> None:
        if self.quorum is not None:
            raise self._wrong("there is a quorum already")
        if name not in {*self.defined, _NOBODY}:
            raise self._wrong(f"{name} is not defined above")
        self.quorum = name

    def _define(self, name: str) -> None:
        if name in {*self.defined, _NOBODY}:
            raise self._wrong(f"the name {name} is taken")
        self.defined.add(name)

    def _key(self, vkey: str, *algorithms: int) -> VerifierKey:
        try:
            key = VerifierKey.parse(vkey)
        except KeyMalformed as error:
            raise self._wrong(str(error).rstrip(".")) from error
        if key.algorithm not in algorithms:
            raise self._wrong("the key is of a type that serves something else")
        return key

    def _wrong(self, why: str) -> PolicyMalformed:
        return PolicyMalformed(self.line, why)

"""
The section of a pack about access: who may do what with things that are no people to be called.

This is an edge, as `policies.pack_rules` is; `policies.access` turns it into what decides.
"""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from policies.pack_rules import Condition
from policies.pack_values import Name, Text, Written

CONTACT = "contact"  # Whether people may be called is for the rules of calls alone.

_PROPERTY = r"properties\.[A-Za-z_][A-Za-z0-9_-]{0,62}"
Kind = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_.:-]{0,63}$")]
Verb = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_.:-]{0,63}$")]
Fact = Annotated[
    str, StringConstraints(pattern=rf"^((subject|resource)\.(type|id|{_PROPERTY})|action\.(name|{_PROPERTY}))$")
]
Property = Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_-]{0,62}$")]
Value = bool | int | str


class AccessCondition(Condition):
    """A condition on what a question says: ``subject.id``, ``resource.properties.status``, ``action.properties.soft``."""

    all: "Annotated[list[AccessCondition], Field(min_length=1, max_length=20)] | None" = None  # type: ignore[assignment]  # A frozen model's list is only read.
    any: "Annotated[list[AccessCondition], Field(min_length=1, max_length=20)] | None" = None  # type: ignore[assignment]  # As above.
    negated: Annotated["AccessCondition | None", Field(alias="not")] = None
    fact: Fact | None = None


class KnownEntity(Written):
    """A subject or a resource that the pack knows, and what it knows of it where a question does not say."""

    type: Kind
    id: Text
    properties: dict[Property, Value] = Field(default_factory=dict)


class AccessWhen(Written):
    """The questions an access rule is about; without ``subject``, subjects of every type."""

    subject: Annotated[list[Kind], Field(min_length=1)] | None = None
    action: Annotated[list[Verb], Field(min_length=1)]
    resource: Annotated[list[Kind], Field(min_length=1)]


class AccessRule(Written):
    """
    Permits, or forbids, what satisfies its condition; see `policies.access`.

    What it cannot tell is not permitted, and is forbidden.
    """

    id: Name
    effect: Literal["permit", "forbid"]
    when: AccessWhen
    needs: AccessCondition | None = None


class AccessSection(Written):
    """What a pack says about access: the entities that it knows, and its rules."""

    entities: list[KnownEntity] = Field(default_factory=list)
    rules: Annotated[list[AccessRule], Field(min_length=1)]

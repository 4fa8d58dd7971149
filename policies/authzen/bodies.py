"""
What callers of AuthZEN send; members that nobody knows are passed over, and null is as good as absent.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Literal, TypeAlias, TypeVar

import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from policies.authzen.refusals import RequestUnreadable

Properties: TypeAlias = dict[str, object]
Semantic: TypeAlias = Literal["execute_all", "deny_on_first_deny", "permit_on_first_permit"]
MOST_EVALUATIONS = 1000

_FIELD = re.compile(r"[a-z_][a-z0-9_]*\Z")


class Lenient(BaseModel):
    """A body whose unknown members are passed over, as the standard asks; what is known has its exact type."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)


B = TypeVar("B", bound=BaseModel)


class EntityBody(Lenient):
    """A subject or a resource."""

    type: str = Field(examples=["contact"])
    id: str
    properties: Properties | None = None


class ActionBody(Lenient):
    """An action; calls have `purpose`, `channel`, `technology` and `facts` among their properties."""

    name: str = Field(examples=["call.place"])
    properties: Properties | None = None


class SearchedBody(Lenient):
    """What is searched for: its id, if there is one, is passed over."""

    type: str
    properties: Properties | None = None


class PageBody(Lenient):
    """Which part of the results; `token` is the last answer's `next_token`."""

    token: str | None = None
    limit: Annotated[int, Field(ge=1)] | None = None


class EvaluationBody(Lenient):
    """May this subject do this with this resource?"""

    subject: EntityBody
    action: ActionBody
    resource: EntityBody
    context: Properties | None = None


class OptionsBody(Lenient):
    """How evaluations are gone through."""

    evaluations_semantic: Semantic | None = None


class EvaluationsBody(Lenient):
    """Many evaluations; what stands at the top is the default of each, and is replaced whole."""

    subject: Properties | None = None
    action: Properties | None = None
    resource: Properties | None = None
    context: Properties | None = None
    evaluations: Annotated[list[object], Field(max_length=MOST_EVALUATIONS)] | None = None
    options: OptionsBody | None = None

    def item(self, given: object) -> object:
        """One evaluation with what it leaves out; no member of a default is mixed with one of its own."""
        if not isinstance(given, Mapping):
            return given
        names = ("subject", "action", "resource", "context")
        whole = {name: getattr(self, name) if given.get(name) is None else given[name] for name in names}
        return {name: value for name, value in whole.items() if value is not None}


class SubjectSearchBody(Lenient):
    """Who may do this with this resource?"""

    subject: SearchedBody
    action: ActionBody
    resource: EntityBody
    context: Properties | None = None
    page: PageBody | None = None


class ResourceSearchBody(Lenient):
    """With which resources may this subject do this?"""

    subject: EntityBody
    action: ActionBody
    resource: SearchedBody
    context: Properties | None = None
    page: PageBody | None = None


class ActionSearchBody(Lenient):
    """What may this subject do with this resource?"""

    subject: EntityBody
    resource: EntityBody
    context: Properties | None = None
    page: PageBody | None = None


def parsed(content: bytes) -> object:
    """The JSON of a body; RequestUnreadable for anything else."""
    try:
        return orjson.loads(content)
    except ValueError:
        raise RequestUnreadable([("", "The body is not valid JSON.")]) from None


def read(model: type[B], data: object, at: str = "") -> B:
    """The data as this model; RequestUnreadable with every place, below ``at``, where it is not."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        found = error.errors(include_input=False, include_url=False)
        places = [(at + _place(each["loc"]), _sentence(each["type"], each["msg"])) for each in found]
        raise RequestUnreadable(places) from None


def _place(location: Sequence[int | str]) -> str:
    """The pointer of a place; a member that no field of ours is called is a caller's own word, and is left out."""
    return "".join(f"/{part}" for part in location if isinstance(part, int) or _FIELD.match(part))


def _sentence(kind: str, message: str) -> str:
    if kind in ("model_type", "dict_type"):
        return "This is to be an object."
    return "This is required." if kind == "missing" else f"{message.removeprefix('Value error, ')}."

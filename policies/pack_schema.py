"""
The JSON Schema of a rule pack, from the models that read one, for editors and for whoever writes packs by program; and
that of the obligations which an allow carries, for callers.

What it cannot say (that two variants of a rule are never in force at once, that a country has a calendar) is found by
reading the pack: ``venia policy lint``.
"""

from typing import Annotated

from pydantic import Field, TypeAdapter

from policies.pack import Head
from policies.pack_obligations import GivenObligation, ObligationModel
from policies.pack_rules import RuleModel


class WrittenPack(Head):
    """A rule pack as it is written in YAML."""

    rules: list[Annotated[RuleModel, Field(discriminator="kind")]] = Field(default_factory=list)  # type: ignore[assignment]  # What `Head` leaves open, so that every problem is found, is said here.
    obligations: list[Annotated[ObligationModel, Field(discriminator="type")]] = Field(default_factory=list)  # type: ignore[assignment]  # As above.


def pack_schema() -> dict[str, object]:
    """The schema (JSON Schema 2020-12) of a pack."""
    schema = WrittenPack.model_json_schema(by_alias=True)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:venia:schema:pack:v1",
        **schema,
        "title": "A Venia rule pack",
    }


def obligations_schema() -> dict[str, object]:
    """The schema (JSON Schema 2020-12) of an obligation as an allow carries it, by type."""
    schema = TypeAdapter[object](Annotated[GivenObligation, Field(discriminator="type")]).json_schema(
        mode="serialization"
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:venia:schema:obligation:v1",
        **schema,
        "title": "An obligation of a Venia decision",
    }

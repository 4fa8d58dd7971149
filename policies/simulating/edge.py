"""
What callers send to try rules.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, StrictInt, model_validator

from audit.reader import Snapshots
from consent.edge import ContactBody, Moment, Name, SenderBody, Strict, Technology
from policies.gathering import Question
from policies.ruleset import RuleSet
from policies.simulating.candidates import Given, of_packs, published
from policies.simulating.questions import GatherFacts

_MOST_PACKS = 64
_LONGEST_PACK = 256 * 1024
_MOST_QUESTIONS = 10_000

RULE_SET = r"^sha256:[0-9a-f]{64}$"


class YamlPack(Strict):
    """A pack as it is written."""

    yaml: str = Field(min_length=1, max_length=_LONGEST_PACK, examples=["pack: house\nversion: 1\nlayer: tenant\n…"])


class CandidateBody(Strict):
    """The rules to try: a rule set of the tenant by its hash, or packs, each one that ships or written out."""

    rule_set: str | None = Field(default=None, pattern=RULE_SET)
    packs: list[Annotated[str, Field(max_length=64)] | YamlPack] | None = Field(
        default=None, max_length=_MOST_PACKS, examples=[["core", "whatsapp", "es", {"yaml": "pack: house\n…"}]]
    )

    @model_validator(mode="after")
    def _one(self) -> "CandidateBody":
        if (self.rule_set is None) == (self.packs is None):
            raise ValueError("give exactly one of rule_set and packs")
        return self

    async def rules(self, snapshots: Snapshots, tenant: UUID) -> RuleSet:
        """The rules, compiled; CandidateUnknown or CandidateInvalid where there are none."""
        if self.rule_set is not None:
            return await published(snapshots, tenant, self.rule_set)
        given = [
            Given(f"/candidate/packs/{place}", each, None)
            if isinstance(each, str)
            else Given(f"/candidate/packs/{place}/yaml", None, each.yaml)
            for place, each in enumerate(self.packs or ())
        ]
        # A long pack takes its time, in which others are answered.
        return await asyncio.to_thread(of_packs, given)


class PastQuestionBody(Strict):
    """May this have been done at that instant?"""

    to: ContactBody
    from_: SenderBody = Field(alias="from")
    purpose: Name
    channel: Literal["whatsapp_call", "voice"] = "whatsapp_call"
    technology: Technology = "live"
    action: Literal["call.place", "call.request_permission"] = "call.place"
    at: Moment

    def question(self) -> Question:
        """The question, without its instant."""
        return Question(
            self.to.reference(), self.from_.reference(), self.purpose, self.channel, self.technology, self.action
        )

    def look(self, tenant: UUID) -> GatherFacts:
        """What is to be looked up for it."""
        return GatherFacts(tenant, self.question(), self.at)


class UploadBody(Strict):
    """The first line of an upload: which rules to try on the questions that follow."""

    candidate: CandidateBody


def _not_negative(place: int | datetime) -> int | datetime:
    if isinstance(place, int) and not 0 <= place < 2**62:
        raise ValueError("an index is 0 or more")
    return place


Place = Annotated[StrictInt | Moment, AfterValidator(_not_negative)]


class SimulationBody(Strict):
    """
    Which rules to try, and on what: the recorded decisions of a stretch of the log, all of it unless said otherwise, or
    questions.

    ``mode`` is point (each decision on its recorded facts) or closed_loop (calls that are denied did not happen, and those that
    are newly allowed did); ``assume`` is how the latter ended.
    """

    candidate: CandidateBody
    mode: Literal["point", "closed_loop"] = "point"
    assume: Literal["unknown", "unanswered", "connected"] = "unknown"
    from_: Place | None = Field(default=None, alias="from", description="Index or instant of the first entry.")
    to: Place | None = Field(default=None, description="Index or instant after the last entry.")
    questions: Annotated[Sequence[PastQuestionBody], Field(min_length=1, max_length=_MOST_QUESTIONS)] | None = None

    @model_validator(mode="after")
    def _of_one_kind(self) -> "SimulationBody":
        if self.questions is not None and (self.from_, self.to) != (None, None):
            raise ValueError("questions have instants of their own: leave out from and to")
        return self

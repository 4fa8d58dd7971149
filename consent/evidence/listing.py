"""
Which consents would not stand, and why: grades of many, without opening anything personal.

A grade is computed when it is asked for, by what is asked of a consent now.  Consents are looked at in the order of
their ids, a bounded number at a time, so that a page costs the same however many there are.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from audit.entry import Json
from audit.instants import rfc3339, rfc3339_or_none
from audit.link import AnyConnection
from audit.work import Work
from consent.contacts import ContactBook
from consent.evidence import store
from consent.history import HistoryBook
from consent.lifecycle import standings
from consent.proof.duties import boundaries
from consent.proof.elements import PROMPT, Given, Grade, grade
from consent.proof.purposes import Purpose
from consent.references import ContactReference
from consent.settings import SettingsBook

AT_ONCE, MOST_LOOKED_AT = 2_000, 20_000
FIRST = UUID(int=0)
SUPERSEDED = "superseded"

Purposes = Mapping[str, Purpose]


@dataclass(slots=True)
class Grader:
    """Grades rows; the same proof in the same place is graded once."""

    purposes: Purposes
    _known: dict[tuple[object, ...], Grade] = field(default_factory=dict)

    def of(self, row: store.AnyRow, *, soon: bool, ends: bool, day: date) -> Grade:
        """The grade of a consent, or of a group of them, as its row tells."""
        places, kinds = tuple(row.places) or (None,), frozenset(row.proof or ())
        technology = tuple(row.technology or ())
        key = (row.purpose, row.method, technology, row.jurisdiction, kinds, row.trust, places, soon, ends, day)
        known = self._known.get(key)
        if known is None:
            lag = timedelta(0) if soon else PROMPT * 2
            given = Given(row.method, kinds, row.trust, row.jurisdiction, lag, ends)
            # A purpose is never taken away; were it, its consents would be held to what marketing is held to.
            purpose = self.purposes.get(row.purpose) or Purpose(row.purpose, "marketing")
            known = self._known[key] = grade(given, purpose.duties(places, technology, day))
        return known


@dataclass(frozen=True, slots=True)
class Page:
    """Consents whose proof is below a grade, and after which id to go on; None at the end."""

    consents: Sequence[tuple[store.AnyRow, Grade]]
    next: UUID | None


async def below(
    conn: AnyConnection, tenant: UUID, purposes: Purposes, *, score: int, purpose: str | None, after: UUID, limit: int
) -> Page:
    """The next consents whose grade is below a score; fewer than asked for where many in between are well proven."""
    grader, found, looked = Grader(purposes), list[tuple[store.AnyRow, Grade]](), 0
    while looked < MOST_LOOKED_AT:
        rows = await store.read_given(conn, tenant, purpose, after, AT_ONCE)
        for row in rows:
            soon = row.recorded_at - row.given_at <= PROMPT
            graded = grader.of(row, soon=soon, ends=row.expires_at is not None, day=row.given_at.date())
            after = row.consent_id
            if graded.score < score:
                found.append((row, graded))
                if len(found) == limit:
                    return Page(found, after)
        looked += len(rows)
        if len(rows) < AT_ONCE:
            return Page(found, None)
    return Page(found, after)


async def numbers(
    conn: AnyConnection, tenant: UUID, purposes: Purposes, *, score: int, purpose: str | None = None
) -> list[dict[str, Json]]:
    """For each purpose how many consents there are, how many below a score, their average, and what lacks how often."""
    grader, sums, lacking = (
        Grader(purposes),
        defaultdict[str, Counter[str]](Counter),
        defaultdict[str, Counter[str]](Counter),
    )
    required = defaultdict[str, Counter[str]](Counter)
    for row in await store.read_groups(conn, tenant, purpose, boundaries(), PROMPT.total_seconds()):
        graded = grader.of(row, soon=row.soon, ends=row.ends, day=row.day)
        total = sums[row.purpose]
        total["consents"] += row.consents
        total["score"] += graded.score * row.consents
        total["below"] += row.consents if graded.score < score else 0
        for each in graded.lacks:
            lacking[row.purpose][each.element] += row.consents
            required[row.purpose][each.element] += 0 if each.duty is None else row.consents
    return [
        {
            "purpose": name,
            "consents": total["consents"],
            "below": total["below"],
            "average": total["score"] // total["consents"],
            "missing": dict(sorted(lacking[name].items())),
            "required": {element: count for element, count in sorted(required[name].items()) if count},
        }
        for name, total in sorted(sums.items())
    ]


@dataclass(frozen=True, slots=True)
class ReadPurposes:
    """The purposes of a tenant as they are now."""

    tenant: UUID
    contacts = ()

    def look(self, work: Work) -> Purposes:
        """By name."""
        settings = work[SettingsBook].current
        return {name: settings.purpose(name) for name in settings.purposes}


@dataclass(frozen=True, slots=True)
class StatesOf:
    """In which state are the consents of these people now?"""

    tenant: UUID
    people: tuple[UUID, ...]

    @property
    def contacts(self) -> Sequence[ContactReference]:
        """The people."""
        return tuple(map(ContactReference.id, self.people))

    def look(self, work: Work) -> Mapping[UUID, str]:
        """By the consents' ids; one that another stands for now is missing."""
        found = (work[ContactBook].known(each) for each in self.contacts)
        return {
            each.consent.id: each.state_at(work.now)
            for contact in found
            if contact is not None
            for each in standings(work[HistoryBook].of(contact).consents, work.now)
        }


def row_json(row: store.AnyRow, graded: Grade, states: Mapping[UUID, str]) -> dict[str, Json]:
    """A consent with its grade, as answers show it."""
    notice: Json = None
    if row.notice is not None:
        notice = {"id": row.notice, "version": row.notice_version, "locale": row.notice_locale}
    return {
        "id": str(row.consent_id),
        "contact": str(row.contact_id),
        "purpose": row.purpose,
        "purpose_version": row.purpose_version,
        "channel": row.channel,
        "technology": list(row.technology or ()),
        "state": states.get(row.consent_id, SUPERSEDED),
        "method": row.method,
        "given_at": rfc3339(row.given_at),
        "recorded_at": rfc3339(row.recorded_at),
        "expires_at": rfc3339_or_none(row.expires_at),
        "jurisdictions": list(row.places),
        "notice": notice,
        "evidence": None if row.proof is None else list(row.proof),
        "trust": row.trust,
        "giver": row.giver,
        **graded.to_json(),
    }

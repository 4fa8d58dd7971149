"""
A provider of the key-encryption key that cannot be asked: who needs it is told to come back, and nobody else notices.
"""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from audit.errors import JournalUnavailable, KeyProviderAway
from audit.origins import new_origin
from audit.tenants import KeyRing, OpenTenant
from audit.work import Written
from consent.looking import FindContact
from server.problems import PROBLEMS
from tests.consent.desk import Desk, Office, open_desk
from tests.factories import ANA, authorization, consent, ref


class Moody:
    """
    A provider that is there or away, and counts how often it is asked.
    """

    def __init__(self, desk: Desk) -> None:
        self.key, self.away, self.asked = desk.kek, True, 0

    @property
    def name(self) -> str:
        return self.key.name

    async def wrap(self, key: bytes, context: bytes) -> bytes:
        self.asked += 1
        if self.away:
            raise KeyProviderAway(self.name)
        return await self.key.wrap(key, context)

    async def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        self.asked += 1
        if self.away:
            raise KeyProviderAway(self.name)
        return await self.key.unwrap(wrapped, context)


@pytest.fixture
def desk(database: str) -> Iterator[Desk]:
    """
    A desk on a database of its own.
    """
    with open_desk(database) as opened:
        yield opened


@pytest.fixture
def offices(desk: Desk) -> tuple[Office, Office]:
    """
    Two tenants: a process with a moody provider will know the first one's keys and not the second one's.
    """
    known, unknown = desk.open_office(), desk.open_office()
    for each in (known, unknown):
        each.write(consent(each.tenant, evidence={"text": "sí"}))
    return known, unknown


def test_who_needs_it_gets_503_and_nobody_else_notices(desk: Desk, offices: tuple[Office, Office]):
    """
    In one batch: the tenant whose keys are there is served, the other is told to come back, and nothing of it is recorded.
    """
    known, unknown = offices
    moody = Moody(desk)
    journal = desk.run(desk.another_journal(known.clock, KeyRing(moody)))
    moody.away = False
    desk.write_all([authorization(known.tenant)], journal)
    moody.away, moody.asked = True, 0
    sizes = known.size(), unknown.size()
    wanted = [each for _ in range(5) for each in (authorization(known.tenant), consent(unknown.tenant))]
    answers = desk.write_all([*wanted, OpenTenant(uuid4(), "New", new_origin("tests.example"), "test")], journal)
    served, refused, opened = answers[0:10:2], answers[1:10:2], answers[10]

    assert all(isinstance(each, Written) for each in served)
    assert all(isinstance(each, KeyProviderAway) for each in refused)
    assert isinstance(opened, JournalUnavailable)
    assert (known.size(), unknown.size()) == (sizes[0] + 5, sizes[1])
    assert moody.asked <= 3  # Once it was away it is not waited for again and again.
    assert PROBLEMS[KeyProviderAway].status == 503


def test_when_it_is_back_everything_goes_on(desk: Desk, offices: tuple[Office, Office]):
    """
    The same request under the same key then gets its answer, once.
    """
    _, unknown = offices
    moody = Moody(desk)
    ring = KeyRing(moody)
    journal = desk.run(desk.another_journal(unknown.clock, ring))
    size = unknown.size()
    (refused,) = desk.write_all([authorization(unknown.tenant)], journal)
    moody.away, ring._away_until = False, 0.0
    (written,) = desk.write_all([authorization(unknown.tenant)], journal)

    assert isinstance(refused, KeyProviderAway)
    assert isinstance(written, Written)
    assert unknown.size() == size + 1


def test_reading_needs_it_too_and_says_so(desk: Desk, offices: tuple[Office, Office]):
    """
    A look at a tenant whose keys are not there is refused alike, never answered as if nobody were known.
    """
    _, unknown = offices
    reader = desk.run(desk.another_reader(unknown.clock, KeyRing(Moody(desk))))

    with pytest.raises(KeyProviderAway):
        desk.run(reader.read(FindContact(unknown.tenant, ref(ANA))))

"""
Access: who calls, what they may do, and that no route forgets to ask.
"""

import asyncio
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from litestar import Litestar, get, post

from server.access import Access, Authenticator, check_routes, require_scope
from server.credentials import Scope, mint
from server.errors import ScopeMissing, ScopeUndeclared, Unauthenticated
from server.problems import PROBLEMS, problem_handlers
from server.ratelimit import RateLimiter
from tests.server.small_app import NOON, TENANT, World, bearing, client, logged, small_app

NOTE = {"contact": {"phone": "+34600111222"}}


def header(text):
    return [(b"authorization", f"Bearer {text}".encode())]


def test_a_key_gives_access_to_its_tenant():
    """
    The handler learns tenant and actor; the actor is the key's public name.
    """
    world = World()
    key = world.issue("consents:write")
    with client(small_app(world)) as http:
        answer = http.post("/notes", json=NOTE, headers=bearing(key))

    assert answer.json() == {"actor": f"key:{next(iter(world.keys))[1].hex()}", "tenant": str(TENANT), "count": "1"}


def test_without_a_good_credential_there_is_no_access():
    """
    Absent, malformed, unknown, revoked, expired and doubled credentials are all 401 and look alike.
    """
    world = World()
    revoked, expired, good = world.issue("*"), world.issue("*", expires_at=NOON), world.issue("*")
    world.revoke(revoked)
    forged = good[:-1] + ("A" if good[-1] != "A" else "B")
    stranger, _ = mint(uuid4())
    sent: list[list[tuple[str, str]]] = [
        [],
        [("Authorization", "")],
        [("Authorization", good)],
        [("Authorization", f"Basic {good}")],
        [("Authorization", "Bearer vk_")],
        [("Authorization", "Bearer " + "x" * 9000)],
        *([("Authorization", f"Bearer {key}")] for key in (revoked, expired, forged, stranger)),
        [("Authorization", f"Bearer {good}"), ("Authorization", f"Bearer {good}")],
    ]
    with client(small_app(world)) as http:
        answers = [http.post("/notes", json=NOTE, headers=headers) for headers in sent]

    assert {each.status_code for each in answers} == {401}
    assert {each.headers["www-authenticate"] for each in answers} == {"Bearer"}
    assert len({each.text for each in answers}) == 1


def test_a_missing_scope_is_named():
    """
    403 says which scope the credential lacks.
    """
    world = World()
    with client(small_app(world)) as http:
        answer = http.post("/notes", json=NOTE, headers=bearing(world.issue("consents:read", "audit:*")))

    assert (answer.status_code, answer.json()["scope"]) == (403, "consents:write")


def test_the_guard_runs_before_raw_routes():
    """
    A route without the framework's help is guarded all the same and learns who calls.
    """
    world = World()
    with client(small_app(world)) as http:
        refused = http.post("/raw", content=b"12345")
        answer = http.post("/raw", content=b"12345", headers=bearing(world.issue("calls:authorize")))

    assert refused.status_code == 401
    assert answer.text.startswith("key:")
    assert answer.text.endswith(" 5")


def test_a_credential_above_its_rate_waits():
    """
    429 with the seconds to wait, and after them it passes.
    """
    world = World()
    key = bearing(world.issue("*", rate=2))
    with client(small_app(world)) as http:
        statuses = [http.post("/notes", json=NOTE, headers=key) for _ in range(3)]
        world.pass_time(30)
        later = http.post("/notes", json=NOTE, headers=key)

    assert [each.status_code for each in statuses] == [200, 200, 429]
    assert statuses[2].headers["retry-after"] == "30"
    assert later.status_code == 200


def test_a_good_answer_is_remembered_for_two_seconds():
    """
    A revocation takes effect after the cache's time, and not later.
    """
    world = World()
    key = world.issue("*")
    authenticator = world.authenticator()

    async def asked(seconds):
        world.pass_time(seconds)
        return await authenticator.authenticate(header(key))

    async def scenario():
        await asked(0)
        world.revoke(key)
        await asked(1.9)
        with pytest.raises(Unauthenticated):
            await asked(0.2)

    asyncio.run(scenario())

    assert world.look_ups == 2


def test_memory_ends_with_the_credential():
    """
    A remembered key that expires is refused at that instant.
    """
    world = World()
    key = world.issue("*", expires_at=NOON + timedelta(seconds=1))
    authenticator = world.authenticator()

    async def scenario():
        await authenticator.authenticate(header(key))
        world.pass_time(1)
        with pytest.raises(Unauthenticated):
            await authenticator.authenticate(header(key))

    asyncio.run(scenario())

    assert world.look_ups == 2


def test_a_clock_set_back_does_not_lengthen_the_memory():
    """
    What was learnt in the future is asked again.
    """
    world = World()
    key = world.issue("*")
    authenticator = world.authenticator()

    async def scenario():
        await authenticator.authenticate(header(key))
        world.pass_time(-3600)
        await authenticator.authenticate(header(key))

    asyncio.run(scenario())

    assert world.look_ups == 2


def test_askers_at_the_same_moment_share_one_look_up():
    """
    A hundred at once cost one query, good and bad alike, and bad answers are not remembered.
    """
    world = World()
    good, (bad, _) = world.issue("*"), mint(TENANT)
    authenticator = world.authenticator()

    async def scenario():
        granted = await asyncio.gather(*(authenticator.authenticate(header(good)) for _ in range(100)))
        first = world.look_ups
        many = (authenticator.authenticate(header(bad)) for _ in range(100))
        refused = await asyncio.gather(*many, return_exceptions=True)
        second = world.look_ups - first
        await asyncio.gather(authenticator.authenticate(header(bad)), return_exceptions=True)
        return granted, refused, first, second

    granted, refused, first, second = asyncio.run(scenario())

    assert {each.tenant for each in granted} == {TENANT}
    assert {type(each) for each in refused} == {Unauthenticated}
    assert (first, second, world.look_ups) == (1, 1, 3)


def test_a_forged_secret_gains_nothing_from_the_memory():
    """
    While a key is remembered, another secret under its name is refused without a look-up.
    """
    world = World()
    key = world.issue("*")
    forged = key[:-1] + ("A" if key[-1] != "A" else "B")
    authenticator = world.authenticator()

    async def scenario():
        await authenticator.authenticate(header(key))
        with pytest.raises(Unauthenticated):
            await authenticator.authenticate(header(forged))

    asyncio.run(scenario())

    assert world.look_ups == 1


def test_one_asker_hanging_up_leaves_the_others_their_answer():
    """
    A cancelled request does not cancel the shared look-up.
    """
    world = World()
    key = world.issue("*")
    gate = asyncio.Event()

    async def slowly(tenant: UUID, key_id: bytes):
        await gate.wait()
        return await world.find_key(tenant, key_id)

    async def scenario():
        authenticator = Authenticator(find_key=slowly, bearer=None, clock=lambda: NOON, cache_seconds=2)
        first, second = (asyncio.create_task(authenticator.authenticate(header(key))) for _ in range(2))
        await asyncio.sleep(0)
        first.cancel()
        await asyncio.sleep(0)
        gate.set()
        return await second

    assert asyncio.run(scenario()).tenant == TENANT


def test_a_look_up_that_fails_fails_the_request():
    """
    Without the database nobody gets in, and the error is the database's.
    """

    async def away(tenant: UUID, key_id: bytes):
        raise ConnectionError

    authenticator = Authenticator(find_key=away, bearer=None, clock=lambda: NOON, cache_seconds=2)

    with pytest.raises(ConnectionError):
        asyncio.run(authenticator.authenticate(header(mint(TENANT)[0])))


def test_part_of_a_route_may_need_more():
    """
    ``require`` raises for a scope that was not granted and names it.
    """
    access = Access(TENANT, "key:00", frozenset({"decisions:read"}))
    access.require("decisions:read")
    with pytest.raises(ScopeMissing) as caught:
        access.require("decisions:trace")

    assert caught.value.scope == "decisions:trace"


def app_of(*routes):
    guard = require_scope(World().authenticator(), RateLimiter(lambda: 0.0))
    return Litestar(
        list(routes),
        guards=[guard],
        exception_handlers=problem_handlers(PROBLEMS),
        openapi_config=None,
        logging_config=None,
        request_max_body_size=None,
    )


@get("/open", opt={"public": True})
async def opened() -> None:
    """Public."""


@get("/scoped", opt={"scope": "audit:read"})
async def scoped() -> None:
    """Scoped."""


@post("/forgotten")
async def forgotten() -> None:
    """Declares nothing."""


@get("/misspelt", opt={"scope": "audit:raed"})
async def misspelt() -> None:
    """Declares a scope that does not exist."""


@get("/both", opt={"scope": Scope.AUDIT_READ, "public": True})
async def both() -> None:
    """Declares too much."""


def test_every_route_must_declare_a_scope():
    """
    One without, one misspelt and one with both stop the start and are named.
    """
    with pytest.raises(ScopeUndeclared) as caught:
        check_routes(app_of(opened, scoped, forgotten, misspelt, both))

    assert sorted(caught.value.routes) == ["GET /both", "GET /misspelt", "POST /forgotten"]


def test_declared_routes_pass():
    """
    The small application, with its page and document, is complete.
    """
    check_routes(small_app())


def test_an_undeclared_route_is_refused_even_if_nobody_checked():
    """
    The guard fails closed, and leaves what only lists methods alone.
    """
    with client(app_of(forgotten)) as http, logged():
        refused, methods = http.post("/forgotten"), http.options("/forgotten")

    assert refused.status_code == 500
    assert (methods.status_code, methods.headers["allow"]) == (204, "OPTIONS, POST")

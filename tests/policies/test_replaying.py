"""
Every recorded decision comes out again as it was recorded, and what was changed since is reported.
"""

from collections import Counter
from typing import Any

import pytest

from audit.errors import RangeUnknown
from audit.extracts import every_log, stretch
from audit.merkle import leaf_hash
from audit.origins import origin_of
from audit.publishing.guard import Promise
from audit.publishing.reopening import ReopenLog
from policies.catalogue import builtin
from policies.recorded import DECISIONS
from policies.redeciding import Replayed
from policies.replaying import replay_log
from server.demo import PACKS
from tests.consent.desk import Office, open_desk
from tests.factories import HOUR, withdrawal
from tests.policies.calling import agreed, ask
from tests.policies.season import season, spoil


@pytest.fixture
def own_office(database):
    """An office on a database of its own, which may be spoilt."""
    with open_desk(database) as desk:
        yield desk.open_office()


def replayed(office: Office, first=None, end=None) -> tuple[Replayed, list[tuple[int, int]]]:
    """What a replay finds, and how it told of its progress."""
    told: list[tuple[int, int]] = []

    async def run() -> Replayed:
        async with office.desk.snapshots.of(office.tenant) as conn:
            within = await stretch(conn, office.tenant, first, end)
        return await replay_log(office.desk.snapshots, within, lambda done, total: told.append((done, total)))

    return office.desk.run(run()), told


def report(found: Replayed) -> dict[str, Any]:
    """What a replay found, as it is printed."""
    return dict(found.to_json())


def without(name):
    """The demo's packs but one."""
    return [builtin(each) for each in PACKS if each != name]


def decisions(office: Office):
    """The rows of the recorded decisions, in order."""
    rows = [each for each in office.rows("entries") if each["event"] in DECISIONS]
    return sorted(rows, key=lambda each: each["entry_index"])


def rewrite(office: Office, row, before: bytes, after: bytes, *, hashed: bool = True) -> None:
    """Changes the bytes of an entry, and perhaps the hash that is stored with them."""
    body = row["body"].replace(before, after)
    assert body != row["body"]
    spoil(
        office,
        "entries",
        "UPDATE entries SET body = $1, leaf_hash = $2 WHERE tenant_id = $3 AND entry_index = $4",
        body,
        leaf_hash(body) if hashed else row["leaf_hash"],
        office.tenant,
        row["entry_index"],
    )


def test_hundreds_of_decisions_come_out_as_recorded(office: Office):
    """
    Of a season of calling, with a change of rules in the middle, no decision differs; allows and many codes are among them.
    """
    season(office, 220)
    office.adopt(*without("acme"))
    season(office, 120, seed=2)
    found, told = replayed(office)
    rows = decisions(office)
    codes = Counter(reason[0] for each in office.payloads("decision.denied") for reason in each["reasons"])
    sets = {each["rule_set"] for event in DECISIONS for each in office.payloads(event)}

    assert (found.decisions, found.same) == (len(rows), len(rows)) == (340, 340)
    assert found.is_true
    assert report(found)["differences"] == report(found)["troubles"] == []
    assert len(office.payloads("decision.allowed")) > 40
    assert codes.keys() >= {"CONSENT_MISSING", "QUIET_HOURS", "SUPPRESSED", "PERMISSION_MISSING", "CONSENT_TECHNOLOGY"}
    assert len(codes) >= 8
    assert len(sets) == 2
    assert told[0] == (0, office.size())
    assert told[-1] == (office.size(), office.size())


def test_a_stretch_is_named_by_indexes_or_instants(office: Office):
    """
    From an index on, or up to an instant; what lies outside of the log is refused.
    """
    agreed(office)
    ask(office)
    office.write(withdrawal(office.tenant))
    later = office.clock.advance(HOUR)
    ask(office)
    last = decisions(office)[-1]["entry_index"]

    assert replayed(office)[0].decisions == 2
    assert replayed(office, first=last)[0].decisions == 1
    assert replayed(office, end=last)[0].decisions == 1
    assert replayed(office, first=later)[0].decisions == 1
    assert replayed(office, end=later)[0].decisions == 1
    with pytest.raises(RangeUnknown):
        replayed(office, end=10_000)


def test_an_altered_decision_is_reported(own_office: Office):
    """
    A deny that was turned into an allow, with its hash, comes out as the deny that it was.
    """
    ask(own_office)
    row = decisions(own_office)[-1]
    assert row["event"] == "decision.denied"
    rewrite(own_office, row, b'"event":"decision.denied"', b'"event":"decision.allowed"')
    found, _ = replayed(own_office)
    (difference,) = report(found)["differences"]

    assert (found.different, found.is_true) == (1, False)
    assert difference["index"] == row["entry_index"]
    assert (difference["recorded"]["decision"], difference["found"]["decision"]) == ("allow", "deny")
    assert [each[0] for each in difference["found"]["reasons"]] == ["CONSENT_MISSING"]


def test_altered_facts_are_reported(own_office: Office):
    """
    An allow whose consent was of another channel is a deny.
    """
    agreed(own_office)
    ask(own_office)
    row = decisions(own_office)[-1]
    rewrite(own_office, row, b'"state":"granted"', b'"state":"refused"')
    found, _ = replayed(own_office)

    assert (found.different, found.untold) == (1, 0)


def test_bytes_without_their_hash_are_reported(own_office: Office):
    """
    An entry that was changed and not hashed again is not decided on, whatever it says.
    """
    agreed(own_office)
    ask(own_office)
    rewrite(own_office, decisions(own_office)[-1], b'"state":"granted"', b'"state":"refused"', hashed=False)
    found, _ = replayed(own_office)

    assert (found.different, found.untold) == (0, 1)
    assert "was changed" in found.troubles[0].why


def test_other_versions_of_data_are_told_apart(own_office: Office):
    """
    A decision that differs and was made with other time zones is no damage; one that does not differ is the same.
    """
    agreed(own_office)
    ask(own_office)
    first = decisions(own_office)[-1]
    tzdata = own_office.payloads("decision.allowed")[-1]["tzdata"].encode()
    rewrite(own_office, first, b'"tzdata":"' + tzdata, b'"tzdata":"1999a')
    same, _ = replayed(own_office)
    rewrite(own_office, decisions(own_office)[-1], b'"state":"granted"', b'"state":"refused"')
    found, _ = replayed(own_office)
    (difference,) = report(found)["otherwise"]

    assert (same.same, same.is_true) == (1, True)
    assert (found.by_version, found.different, found.is_true) == (1, 0, True)
    assert difference["versions"] == [{"of": "tzdata", "then": "1999a", "now": tzdata.decode()}]


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        (b'"rule_set":"sha256:', b'"rule_set":"sha256:ff', "There is no rule set"),
        (b'"technology":"live"', b'"technology":7', "its facts cannot be read"),
        (b'"rule_set"', b'"rule-set"', "it does not say rule_set"),
        (b'"now":"2026', b'"now":"then', "a member of it is of another kind"),
        (b'{"actor"', b'["actor"', "is no JSON"),
        (b"venia-entry/v1", b"venia-entry/v9", "the lines of an entry"),
    ],
)
def test_what_cannot_be_made_again_is_told(own_office: Office, before, after, says):
    """
    An unknown rule set, facts that are none, and bytes that are no entry: a sentence for each, and its neighbours are decided.
    """
    agreed(own_office)
    ask(own_office)
    rewrite(own_office, decisions(own_office)[-1], before, after)
    ask(own_office)
    found, _ = replayed(own_office)

    assert (found.decisions, found.same, found.untold) == (2, 1, 1)
    assert says in found.troubles[0].why


def test_an_altered_rule_is_reported(own_office: Office):
    """
    A stored rule set that is not what its name says decides nothing.
    """
    agreed(own_office)
    ask(own_office)
    own_office.clock.advance(HOUR)
    own_office.adopt(*without("acme"))
    spoil(
        own_office,
        "rule_sets",
        "UPDATE rule_sets r SET content = o.content FROM rule_sets o WHERE r.tenant_id = $1 AND o.tenant_id = $1 "
        "AND r.rule_set <> o.rule_set AND r.created_at < o.created_at",
        own_office.tenant,
    )
    found, _ = replayed(own_office)

    assert (found.untold, found.is_true) == (1, False)
    assert "is another one" in found.troubles[0].why


def test_every_incarnation_is_replayed(own_office: Office):
    """
    After a log began anew its first decisions are still there, under the old log's name, and are made again as well.
    """
    agreed(own_office)
    ask(own_office)
    size, anew = own_office.size(), origin_of(own_office.origin, 2)
    promise = Promise(own_office.tenant, own_office.origin, size, bytes(32))
    own_office.write(ReopenLog(own_office.tenant, "cli", anew, "a restored backup", promise, promise))
    own_office.clock.advance(HOUR)
    for _ in range(2):
        ask(own_office)

    async def run() -> list[tuple[str, int, int, int]]:
        snapshots = own_office.desk.snapshots
        async with snapshots.of(own_office.tenant) as conn:
            logs = await every_log(conn, own_office.tenant)
        found = [await replay_log(snapshots, each, lambda done, total: None) for each in logs]
        return [(log.origin, log.end, each.decisions, each.same) for log, each in zip(logs, found, strict=True)]

    assert own_office.desk.run(run()) == [(own_office.origin, size, 1, 1), (anew, 3, 2, 2)]

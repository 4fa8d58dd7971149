"""
Every row that follows from the log: spoilt in every way, found with its entry, and made again.
"""

import pytest

from tests.fsck.town import Town

# Table, statement with the tenant as $1, what is found, and whether it can be repaired from the log.
SPOILT = {
    "a contact's day of arrival": (
        "contacts",
        "UPDATE contacts SET created_at = created_at - interval '1 day' WHERE tenant_id = $1",
        ("contacts", "other", "created_at"),
    ),
    "a contact's country": (
        "contacts",
        "UPDATE contacts SET region = 'FR' WHERE tenant_id = $1",
        ("contacts", "other", "region"),
    ),
    "a contact's zone forgotten": (
        "contacts",
        "UPDATE contacts SET zone = NULL WHERE tenant_id = $1",
        ("contacts", "other", "zone"),
    ),
    "a contact nobody met": (
        "contacts",
        (
            "INSERT INTO contacts SELECT tenant_id, gen_random_uuid(), wrapped_key, zone, region, created_at, key_version "
            "FROM contacts WHERE tenant_id = $1 LIMIT 1"
        ),
        ("contacts", "extra", None),
    ),
    "an identifier given back": (
        "identifiers",
        "UPDATE identifiers SET valid_to = NULL WHERE tenant_id = $1 AND valid_to IS NOT NULL",
        ("identifiers", "other", "valid_to"),
    ),
    "an identifier taken away": (
        "identifiers",
        "DELETE FROM identifiers WHERE tenant_id = $1",
        ("identifiers", "missing", None),
    ),
    "an identifier's zones": (
        "identifiers",
        "UPDATE identifiers SET zones = '{America/Lima}' WHERE tenant_id = $1",
        ("identifiers", "other", "zones"),
    ),
    "an identifier under another index": (
        "identifiers",
        "UPDATE identifiers SET blind_index = sha256(blind_index) WHERE tenant_id = $1",
        ("identifiers", "other", "blind_index"),
    ),
    "an identifier's sealed bytes": (
        "identifiers",
        "UPDATE identifiers SET sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 1) WHERE tenant_id = $1",
        ("identifiers", "other", "sealed"),
    ),
    "a consent longer than given": (
        "consents",
        "UPDATE consents SET expires_at = given_at + interval '9 years' WHERE tenant_id = $1",
        ("consents", "other", "expires_at"),
    ),
    "a withdrawal turned into a grant": (
        "consents",
        "UPDATE consents SET state = 'granted' WHERE tenant_id = $1 AND state = 'withdrawn' AND purpose IS NOT NULL",
        ("consents", "other", "state"),
    ),
    "a consent nobody gave": (
        "consents",
        (
            "INSERT INTO consents SELECT (jsonb_populate_record(c, jsonb_build_object('consent_id', gen_random_uuid(), "
            "'purpose', 'overdue_payments'))).* FROM consents c WHERE tenant_id = $1 AND state = 'granted' LIMIT 1"
        ),
        ("consents", "extra", None),
    ),
    "consents lost": ("consents", "DELETE FROM consents WHERE tenant_id = $1", ("consents", "missing", None)),
    "a permission revoked by nobody": (
        "permissions",
        "UPDATE permissions SET state = 'revoked' WHERE tenant_id = $1",
        ("permissions", "other", "state"),
    ),
    "permissions lost": (
        "permissions",
        "DELETE FROM permissions WHERE tenant_id = $1",
        ("permissions", "missing", None),
    ),
    "an opt-out lost": (
        "suppressions",
        "DELETE FROM suppressions WHERE tenant_id = $1",
        ("suppressions", "missing", None),
    ),
    "an opt-out made smaller": (
        "suppressions",
        "UPDATE suppressions SET channels = '{sms}' WHERE tenant_id = $1",
        ("suppressions", "other", "channels"),
    ),
    "an opt-out of somebody else": (
        "suppressions",
        (
            "UPDATE suppressions SET contact_id = (SELECT contact_id FROM contacts c WHERE c.tenant_id = $1 "
            "AND c.contact_id <> suppressions.contact_id LIMIT 1) WHERE tenant_id = $1"
        ),
        ("suppressions", "extra", None),
    ),
    "a review taken from the queue": (
        "reviews",
        "UPDATE reviews SET settled_at = asked_at, verdict = 'none' WHERE tenant_id = $1 AND verdict IS NULL",
        ("reviews", "other", "verdict"),
    ),
    "a wish that says otherwise": (
        "wishes",
        "UPDATE wishes SET says = '{}' WHERE tenant_id = $1 AND ended_at IS NULL",
        ("wishes", "other", "says"),
    ),
    "a wish taken back by nobody": (
        "wishes",
        "UPDATE wishes SET ended_at = at, end_recorded_at = at, ended_by = event_id WHERE tenant_id = $1 AND ended_at IS NULL",
        ("wishes", "other", "ended_by"),
    ),
    "wishes lost": ("wishes", "DELETE FROM wishes WHERE tenant_id = $1", ("wishes", "missing", None)),
    "reviews lost": ("reviews", "DELETE FROM reviews WHERE tenant_id = $1", ("reviews", "missing", None)),
    "a merge lost": (
        "merges",
        "DELETE FROM merges WHERE tenant_id = $1 AND undone_at IS NULL",
        ("merges", "missing", None),
    ),
    "a merge made again": (
        "merges",
        "UPDATE merges SET undone_at = NULL, undone_by = NULL, undone_because = NULL WHERE tenant_id = $1",
        ("merges", "other", "undone_at"),
    ),
    "a legal hold lost": (
        "legal_holds",
        "DELETE FROM legal_holds WHERE tenant_id = $1 AND contact_id IS NOT NULL",
        ("legal_holds", "missing", None),
    ),
    "a legal hold on everything taken up again": (
        "legal_holds",
        "UPDATE legal_holds SET lifted_at = NULL, lifted_by = NULL, lifted_because = NULL WHERE tenant_id = $1",
        ("legal_holds", "other", "lifted_at"),
    ),
    "a call forgotten": ("attempts", "DELETE FROM attempts WHERE tenant_id = $1", ("attempts", "missing", None)),
    "a call that went otherwise": (
        "attempts",
        "UPDATE attempts SET outcome = 'unanswered' WHERE tenant_id = $1 AND outcome IS NOT NULL",
        ("attempts", "other", "outcome"),
    ),
    "a hold set free": (
        "attempts",
        "UPDATE attempts SET state = 'held', released_by = NULL WHERE tenant_id = $1 AND state = 'released'",
        ("attempts", "other", "released_by"),
    ),
    "an attempt nobody made": (
        "attempts",
        (
            "INSERT INTO attempts SELECT (jsonb_populate_record(a, jsonb_build_object('attempt_id', gen_random_uuid()))).* "
            "FROM attempts a WHERE tenant_id = $1 LIMIT 1"
        ),
        ("attempts", "extra", None),
    ),
    "an answer with another receipt": (
        "idempotency",
        "UPDATE idempotency SET leaf_hash = sha256(leaf_hash) WHERE tenant_id = $1 AND leaf_hash IS NOT NULL",
        ("idempotency", "other", "leaf_hash"),
    ),
    "an answer with a receipt for nothing": (
        "idempotency",
        "UPDATE idempotency SET entry_index = 4711 WHERE tenant_id = $1 AND leaf_hash IS NOT NULL",
        ("idempotency", "other", "leaf_hash"),
    ),
    "a head with another edge": (
        "log_heads",
        "UPDATE log_heads SET edge = set_byte(edge, 0, get_byte(edge, 0) # 1) WHERE tenant_id = $1",
        ("log_heads", "other", "edge"),
    ),
    "a head that is behind": (
        "log_heads",
        "UPDATE log_heads SET size = size - 1 WHERE tenant_id = $1",
        ("log_heads", "other", "size"),
    ),
    "a tile with another hash": (
        "tiles",
        "UPDATE tiles SET hashes = set_byte(hashes, 7, get_byte(hashes, 7) # 1) WHERE tenant_id = $1",
        ("tiles", "other", "hashes"),
    ),
    "a tile lost": ("tiles", "DELETE FROM tiles WHERE tenant_id = $1", ("tiles", "missing", "hashes")),
    "a tile too many": (
        "tiles",
        "INSERT INTO tiles SELECT tenant_id, origin, 3, 9, hashes FROM tiles WHERE tenant_id = $1",
        ("tiles", "extra", None),
    ),
    "an identifier's disclosure": (
        "disclosures",
        (
            "UPDATE disclosures SET sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 1) "
            "WHERE tenant_id = $1 AND name = 'phone'"
        ),
        ("disclosures", "other", "sealed"),
    ),
    "an identifier's disclosure lost": (
        "disclosures",
        "DELETE FROM disclosures WHERE tenant_id = $1 AND name = 'phone'",
        ("disclosures", "missing", "count"),
    ),
}
TABLES = (
    *(
        "contacts",
        "identifiers",
        "consents",
        "permissions",
        "suppressions",
        "wishes",
        "reviews",
        "legal_holds",
        "attempts",
    ),
    "merges",
    *("tiles", "disclosures"),
)


def test_a_history_agrees_with_its_log(house: Town):
    """
    Nothing differs, and everything was looked at: every entry, and everyone who is told of.
    """
    check = house.check()

    assert check.differences == []
    assert check.entries == house.office.size()
    assert check.people == len({each["contact"] for each in house.office.payloads() if "contact" in each})


@pytest.mark.parametrize("how", SPOILT)
def test_what_is_spoilt_is_found_and_repaired(house: Town, how: str):
    """
    A deep check tells the table, the column and the entry; a repair makes the rows again, and adds to the log alone.
    """
    table, statement, expected = SPOILT[how]
    before, size = house.rows(*TABLES), house.office.size()
    house.spoil(table, statement, house.tenant)
    check = house.check(deep=True)

    assert expected in {(each.table, each.kind, each.column) for each in check.differences}
    assert all(
        each.entry is not None for each in check.differences if each.kind != "extra" and each.table != "idempotency"
    )
    repaired = house.repair()

    assert repaired.after.differences == []
    assert repaired.rows > 0
    assert _sorted(house.rows(*TABLES)) == _sorted(before)
    added = [each["event"] for each in house.office.payloads()][size - house.office.begin :]
    assert set(added) == {"projection.repaired"}
    house.sign()


def _sorted(rows):
    skipped = {"blind_index", "index_version"}
    return {
        table: sorted(str({k: v for k, v in each.items() if k not in skipped}) for each in found)
        for table, found in rows.items()
    }

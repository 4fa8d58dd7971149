"""
People and their identifiers on a real database: one person per identifier, whoever meets them first.
"""

import base64
import hmac
from collections.abc import Iterator
from hashlib import sha256
from uuid import UUID, uuid4

import pytest

from audit.errors import KeyUnusable
from audit.keys import TenantKeys, key_context, unseal
from consent.contacts import Contact
from consent.errors import ContactUnknown
from consent.indexing import identifier_context
from consent.references import PHONE
from tests.consent.desk import Desk, Office
from tests.databases import fetch
from tests.factories import ANA, BEN, authorization, consent, phone, reply, withdrawal

USER_ID, OTHER_ID = "ES.50000000000000000005", "ES.60000000000000000006"


def test_people_met_at_once_are_met_once(office: Office):
    """
    Twenty concurrent requests about a new number make one contact and one entry that says so.
    """
    written = office.desk.write_all([consent(office.tenant) for _ in range(20)])

    assert len({each.answer["consents"][0]["contact"] for each in written}) == 1
    assert len(office.payloads("contact.identified")) == 1
    assert len(office.rows("contacts")) == 1


def test_people_met_at_once_by_two_machines_are_met_once(office: Office):
    """
    The same over two journals with pools and caches of their own, for several new people at once.
    """
    second = office.desk.run(office.desk.another_journal(office.clock))
    people = [phone() for _ in range(4)]
    requests = [consent(office.tenant, who) for _ in range(10) for who in people]
    written = office.desk.write_all(requests, office.desk.journal, second, second, office.desk.journal, second)

    assert len({each.answer["consents"][0]["contact"] for each in written}) == len(people)
    assert len(office.payloads("contact.identified")) == len(office.rows("contacts")) == len(people)


def test_phone_and_user_id_of_one_message_are_one_person(office: Office):
    """
    What comes with both identifiers makes them one person's, found by either.
    """
    office.write(reply(office.tenant, USER_ID, ANA))

    assert office.contact(ANA) == office.contact(USER_ID)
    assert [each["kind"] for each in office.payloads("contact.identified")] == ["whatsapp_user_id", "phone"]


def test_a_new_identifier_joins_the_person_already_known(office: Office):
    """
    A person known by phone is the same person when a user id comes with that phone.
    """
    office.write(consent(office.tenant))
    office.write(reply(office.tenant, USER_ID, ANA))

    assert office.contact(ANA) == office.contact(USER_ID)
    assert len(office.rows("contacts")) == 1


def test_a_no_that_names_two_people_is_both_their_no(office: Office):
    """
    A phone and a user id known as two people both get the opt-out, and stay two people.
    """
    office.write(consent(office.tenant, ANA))
    office.write(consent(office.tenant, USER_ID))
    office.write(reply(office.tenant, USER_ID, ANA))

    assert office.contact(ANA) != office.contact(USER_ID)
    assert "SUPPRESSED" in office.codes(ANA)
    assert "SUPPRESSED" in office.codes(USER_ID)
    assert len(office.payloads("consent.withdrawn")) == 2


def test_identifiers_of_one_batch_find_each_other(office: Office):
    """
    Requests of one batch see whom those before them met, by whichever identifier.
    """
    office.desk.write_all([reply(office.tenant, USER_ID, ANA), consent(office.tenant, USER_ID), consent(office.tenant)])

    assert len(office.rows("contacts")) == 1


def test_a_person_is_their_tenants_only(desk: Desk):
    """
    Neither the number nor the id of another tenant's contact finds anybody, and nothing is recorded about them.
    """
    theirs, ours = desk.open_office(), desk.open_office()
    stranger = UUID(theirs.ask(consent(theirs.tenant))["consents"][0]["contact"])

    assert isinstance(ours.refusal(withdrawal(ours.tenant, stranger)), ContactUnknown)
    assert isinstance(ours.refusal(authorization(ours.tenant, stranger)), ContactUnknown)
    with pytest.raises(ContactUnknown):
        ours.contact(ANA)
    with pytest.raises(ContactUnknown):
        ours.in_force(stranger)
    with pytest.raises(ContactUnknown):
        ours.check(stranger)


def test_the_same_number_looks_different_to_each_tenant(desk: Desk):
    """
    Two tenants' blind indexes of one number have nothing in common, so that their lists cannot be compared.
    """
    offices = desk.open_office(), desk.open_office()
    for office in offices:
        office.write(consent(office.tenant))
    one, other = (office.rows("identifiers")[0]["blind_index"] for office in offices)

    assert one != other


def test_an_id_that_nobody_has_is_refused(office: Office):
    """
    A contact id is never made up by naming it.
    """
    assert isinstance(office.refusal(consent(office.tenant, uuid4())), ContactUnknown)


# --- Secrecy


def spellings(text: str) -> Iterator[bytes]:
    """Every way in which a number might stand somewhere in clear: as it is, reversed, in hex, in base64 at any offset."""
    for plain in (text.encode(), text[::-1].encode()):
        yield plain
        yield plain.hex().encode()
        yield plain.hex().upper().encode()
        for shift in range(3):
            # Without what depends on the bytes around it.
            whole = base64.b64encode(bytes(shift) + plain + bytes(3))
            yield whole[4 if shift else 0 : (shift + len(plain)) // 3 * 4]
            yield base64.urlsafe_b64encode(base64.b64decode(whole))[4 if shift else 0 : (shift + len(plain)) // 3 * 4]


def as_bytes(value: object) -> bytes:
    """A column's value as it would be searched on the disk."""
    if isinstance(value, bytes):
        return value
    if isinstance(value, list):
        return b"\0".join(map(as_bytes, value))
    return str(value).encode()


def dump(url: str) -> dict[str, bytes]:
    """Every column of every table, all rows together."""
    catalogue = (
        "SELECT relname::text AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    )
    tables = fetch(url, catalogue)
    content: dict[str, bytes] = {}
    for table in (each["name"] for each in tables):
        for row in fetch(url, f'SELECT * FROM "{table}"'):
            for column, value in row.items():
                content[f"{table}.{column}"] = content.get(f"{table}.{column}", b"") + b"\0" + as_bytes(value)
    return content


def test_no_table_holds_a_number_in_clear(office: Office):
    """
    After a life in the books a number stands nowhere: not in clear, hexadecimal, base64 or backwards.
    """
    secret, user_id = "+34677123987", "ES.71717171717171717171"
    office.write(consent(office.tenant, secret, evidence={"recording": f"{secret} said yes", "message_id": secret}))
    office.write(reply(office.tenant, user_id, secret, text="BAJA", message_id=f"wamid.{secret}"))
    office.write(reply(office.tenant, user_id, secret, text="basta de tonterias"))
    office.write(withdrawal(office.tenant, secret, evidence={"text": f"I am {secret}"}))
    office.write(authorization(office.tenant, secret, reference="order-77"))
    content = dump(office.desk.url)

    assert content["identifiers.sealed"]
    assert content["entries.body"]
    assert content["disclosures.sealed"]
    for needle in (*spellings(secret.removeprefix("+")), *spellings(user_id.removeprefix("ES."))):
        assert [name for name, value in content.items() if needle in value] == []


def test_the_search_would_find_a_number():
    """
    The search for a number finds it in base64 at every offset, in hexadecimal and backwards.
    """
    number = b"34677123987"
    hidden = [
        *(base64.b64encode(b"x" * offset + b'["salt","phone","+' + number + b'"]') for offset in range(3)),
        base64.urlsafe_b64encode(number),
        b"\\x" + number.hex().encode(),
        b"..." + number[::-1],
    ]

    assert all(any(needle in each for needle in spellings(number.decode())) for each in hidden)


def test_a_sealed_number_opens_for_its_owner_only(office: Office):
    """
    An identifier opens with its contact's key, which opens with the key-encryption key; with another's it does not.
    """
    office.write(consent(office.tenant, ANA))
    office.write(consent(office.tenant, BEN))
    owner = {
        row["contact_id"]: Contact(office.tenant, row["contact_id"], row["wrapped_key"], 1, office.desk.ring)
        for row in office.rows("contacts")
    }
    opened = {}
    for row in office.rows("identifiers"):
        contact = owner.pop(row["contact_id"])
        context = identifier_context(contact.tenant, contact.id, PHONE)
        opened[contact.id] = unseal(contact.key, row["sealed"], context).decode()
        for stranger in owner.values():
            with pytest.raises(KeyUnusable):
                unseal(stranger.key, row["sealed"], context)

    assert opened == {office.contact(ANA): ANA, office.contact(BEN): BEN}


def test_the_blind_index_needs_the_tenants_key(office: Office):
    """
    Who has the database alone cannot try numbers: the index is an HMAC under a key that is stored wrapped.
    """
    office.write(consent(office.tenant, ANA))
    (row,), (root,) = office.rows("identifiers"), [r for r in office.rows("tenant_keys") if r["purpose"] == "root"]
    unwrapped = office.desk.run(office.desk.kek.unwrap(root["wrapped"], key_context(office.tenant, "root")))
    ((_, key),) = TenantKeys(office.tenant, unwrapped).blind_indexes
    said = f"phone\0{ANA}".encode()

    assert row["blind_index"] == hmac.digest(key, said, "sha256")
    assert row["blind_index"] != sha256(said).digest()

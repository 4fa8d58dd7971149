"""
Receipts of generated consents and withdrawals: what the standards require is there, whatever was recorded and whatever a
business has left unsaid.
"""

import base64
import json
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # It carries no types.

from audit.disclosure import commit
from audit.entry import Entry, canonical, entry_bytes, parse_entry
from audit.ids import event_id
from audit.instants import rfc3339
from consent.models import CATEGORIES, CHANNELS, TECHNOLOGIES
from consent.proof.kinds import GIVERS, KINDS, TRUSTS
from consent.receipts.controllers import Controller
from consent.receipts.dpv import CONTEXT, to_27560
from consent.receipts.kantara import to_kantara
from consent.receipts.record import Around, Proof, Record, act_of
from server.receipts.page import page
from server.receipts.telling import LANGUAGES, document_of, words_of
from tests.consent.receipts import required

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=40)
MOMENTS = st.integers(0, 10**9).map(lambda seconds: rfc3339(BEGIN + timedelta(seconds=seconds)))
NAMES = st.from_regex(r"[a-z][a-z_]{0,20}", fullmatch=True)
NOTICES = st.fixed_dictionaries(
    {"id": NAMES, "version": st.integers(1, 99), "locale": st.sampled_from(["es-ES", "en", "zh-Hant", "ar"])}
).map(lambda shown: {**shown, "sha256": "0" * 64})


def some(values: Any) -> Any:  # Any: Hypothesis's strategies, of whatever.
    """
    One of them or more, each once, in any order.
    """
    return st.lists(st.sampled_from(values), min_size=1, unique=True)


CONSENTS = st.fixed_dictionaries(
    {
        "consents": some(CHANNELS).map(lambda each: [{"id": str(uuid4()), "channel": channel} for channel in each]),
        "state": st.sampled_from(["granted", "pending"]),
        "purpose": NAMES,
        "sender": st.none() | NAMES,
        "technology": some(TECHNOLOGIES),
        "given_at": MOMENTS,
        "expires_at": st.none() | MOMENTS,
        "method": st.sampled_from(["web_form", "whatsapp_message", "paper", "import"]),
        "basis": st.none() | st.sampled_from(["opt_in", "implied_by_sale"]),
        "jurisdiction": st.none() | st.sampled_from(["ES", "US-CA"]),
        "notice": st.none() | NOTICES,
    },
    optional={
        "proof": st.lists(st.sampled_from(KINDS), unique=True),
        "trust": st.sampled_from(TRUSTS),
        "giver": st.sampled_from(GIVERS),
        "purpose_version": st.integers(1, 9),
        "expires_by": st.none() | st.sampled_from(["stated", "purpose"]),
    },
).map(lambda said: {"event": "consent.recorded", **said})
WITHDRAWALS = st.fixed_dictionaries(
    {
        "scope": st.fixed_dictionaries(
            {
                "purposes": st.none() | st.lists(NAMES, min_size=1, max_size=3, unique=True),
                "categories": st.none() | some(CATEGORIES),
                "channels": st.none() | some(CHANNELS),
                "sender": st.none() | NAMES,
            }
        ),
        "withdrawn_at": MOMENTS,
        "method": st.sampled_from(["sms", "whatsapp_message", "keypress"]),
        "withdrawn": st.lists(st.uuids().map(str), max_size=3),
        "suppression": st.uuids().map(str),
    }
).map(lambda said: {"event": "consent.withdrawn", **said})
STATED = st.fixed_dictionaries(
    {},
    optional={
        each.name: st.lists(TEXT, max_size=3) if each.name in ("storage", "recipients") else TEXT
        for each in fields(Controller)
    },
).map(Controller.of_json)

A_CONSENT = {
    "event": "consent.recorded",
    "consents": [{"id": str(UUID(int=each)), "channel": channel} for each, channel in enumerate(CHANNELS)],
    "state": "granted",
    "purpose": "offers",
    "sender": None,
    "technology": ["live"],
    "given_at": rfc3339(BEGIN),
    "expires_at": None,
    "method": "paper",
    "basis": None,
    "jurisdiction": None,
    "notice": None,
}


def entry_of(said: dict[str, Any]) -> Entry:  # Any: JSON.
    """
    An entry that says this of somebody.
    """
    payload = canonical({**said, "actor": "test", "contact": str(uuid4())})
    body = entry_bytes(
        origin="venia.test/t/x",
        index=7,
        previous=bytes(32),
        recorded_at=BEGIN,
        event_id=event_id(BEGIN),
        payload=payload,
    )
    return parse_entry(body, 7)


@st.composite
def records(draw: st.DrawFn) -> Record:
    """
    A record of anything that may have been recorded, around which anything may have been set up.
    """
    act = act_of(entry_of(draw(CONSENTS | WITHDRAWALS)))
    assert act is not None
    shown = commit(bytes(32), UUID(int=1), "text", draw(TEXT)).disclosure
    proof = Proof("venia.test/t/x", 7, base64.b64encode(b"x").decode(), 8, (), "note", ("key",))
    around = Around(
        draw(STATED),
        {each: draw(st.sampled_from(CATEGORIES)) for each in act.purposes or () if draw(st.booleans())},
        draw(st.none() | st.just("+34910000000")),
        draw(st.just(()) | st.just(("ip", "text"))),
        {each: draw(TEXT) for each in act.purposes or () if draw(st.booleans())},
        draw(st.booleans()),
        draw(st.just(()) | st.just(("+34 910 000 000",))),
    )
    others = draw(st.just(()) | st.just((Proof(proof.log, 3, proof.body, 8, (), "note", ("key",), (shown,)),)))
    return Record(act, around, rfc3339(BEGIN), proof, "https://pdp.example/keys", others)


@given(records())
def test_kantara_has_every_required_member(record: Record):
    """
    With the type that the specification's schema gives it.
    """
    document = json.loads(canonical(to_kantara(record)))

    assert [each.message for each in Draft202012Validator(required.KANTARA).iter_errors(document)] == []


@given(records())
def test_27560_has_every_mandatory_field(record: Record):
    """
    In the receipt, in each record, and in its notice, processing, parties and events.
    """
    document = json.loads(canonical(to_27560(record)))
    missing = required.lacking(document, required.RECEIPT)
    for each in document["dpv:hasRecordOfActivity"]:
        missing += required.lacking(each, required.RECORD)
        missing += required.lacking(each["dpv:hasNotice"], required.NOTICE)
        missing += [name for one in each["dpv:hasProcess"] for name in required.lacking(one, required.PROCESS)]
        missing += [name for one in each["dpv:hasConsentStatus"] for name in required.lacking(one, required.STATUS)]
        missing += [name for one in each["dpv:hasEntity"] for name in required.lacking(one, required.ENTITY)]
        missing += required.lacking(each["dpv:hasConsentControl"], required.EXERCISED)
        missing += required.lacking(each["dpv:hasRight"], required.EXERCISED)
        kinds = {one["@type"] for process in each["dpv:hasProcess"] for one in process["dpv:hasStorageCondition"]}
        assert kinds == {"dpv:StorageLocation", "dpv:StorageDuration"}

    assert missing == []


@given(records())
def test_every_prefix_is_in_the_context(record: Record):
    """
    No term of the JSON-LD document stands for nothing.
    """
    document = json.loads(canonical(to_27560(record)))

    def prefixes(value: object) -> set[str]:
        if isinstance(value, dict):
            own = {name.partition(":")[0] for name in value if ":" in name and not name.startswith("http")}
            return own.union(*(prefixes(each) for name, each in value.items() if not name.startswith("@")))
        return set().union(*map(prefixes, value)) if isinstance(value, list) else set()

    assert prefixes({name: value for name, value in document.items() if name != "@context"}) <= {*CONTEXT}


@given(records())
def test_what_is_not_stated_says_so(record: Record):
    """
    It is listed, and a required text is never left empty or invented.
    """
    controller, document = record.around.controller, to_27560(record)
    listed = record.absent

    assert ("controller.name" in listed) == (controller.name is None)
    assert ("withdrawal" in listed) == (not record.ways)
    ours = json.loads(canonical(to_kantara(record)))["venia"]
    assert document["venia:absent"] == ours["absent"] == listed


@given(records(), st.sampled_from(LANGUAGES))
def test_the_page_is_whole_whatever_is_in_it(record: Record, language: str):
    """
    Everything is escaped: no text of anybody makes an element.
    """
    words = words_of(language)
    made = page(document_of(record, words, "venia.test"), "a.b.c", words.label("signed"))

    assert made.count("<section") == made.count("</section>") == (6 if record.act.kind == "consent" else 5)
    assert made.count("<script") == 0
    assert made.count("<dt>") == made.count("</dt>") == made.count("<dd>")


def test_a_part_of_an_act_is_the_consent_asked_for():
    """
    And an entry of something else is no act at all.
    """
    entry = entry_of(A_CONSENT)
    whole, part, none = act_of(entry), act_of(entry, UUID(int=1)), act_of(entry, UUID(int=99))

    assert whole is not None
    assert part is not None
    assert len(whole.parts) == len(CHANNELS)
    assert part.channels == (CHANNELS[1],)
    assert part.receipt_id != whole.receipt_id
    assert none is None
    assert act_of(entry_of({"event": "sender.added"})) is None


def test_what_a_business_states_is_read_as_it_was_written():
    """
    Through the entry's JSON and back.
    """
    stated = Controller(name="Acme, S.A.", storage=("ES", "IE"), retention="P5Y", country="ES")

    assert Controller.of_json(json.loads(canonical(stated.to_json()))) == stated
    assert Controller.of_json({}) == Controller()
    assert Controller().to_json() == {}


@pytest.mark.parametrize(
    ("written", "told"), [("P5Y", "5 years"), ("P1Y6M", "1 years, 6 months"), ("PT5H", "PT5H"), ("P5YX", "P5YX")]
)
def test_how_long_is_told_in_words(written: str, told: str):
    """
    Where it is years, months, weeks or days; anything else stands as the business wrote it.
    """
    act = act_of(entry_of(A_CONSENT))
    assert act is not None
    proof = Proof("venia.test/t/x", 7, "eA==", 8, (), "note", ("key",))
    record = Record(act, Around(Controller(retention=written)), rfc3339(BEGIN), proof, "https://pdp.example/keys")
    made = page(document_of(record, words_of("en"), "venia.test"), "a.b.c", "signed")

    assert f"<dt>Kept for</dt><dd>{told}</dd>" in made

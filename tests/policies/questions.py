"""
Questions to decide, made up: facts that mostly allow a call, with the odd thing against it, and rules to add.
"""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from policies.catalogue import builtin
from policies.facts import (
    AttemptFact,
    ConsentFact,
    Facts,
    PermissionFact,
    RegisterFact,
    SenderFact,
    SuppressionFact,
    WishFact,
)
from policies.loading import parse_pack
from policies.ruleset import compile_rules

MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)  # 11:00 in Madrid.
PACKS = tuple(builtin(name) for name in ("core", "whatsapp", "es", "acme"))
RULES = compile_rules(PACKS)
RULES.prepare(MONDAY)  # The first question would take the time that Hypothesis gives each example.


USUAL = Facts(
    action="call.place",
    purpose="appointment_reminders",
    category="service",
    channel="whatsapp_call",
    technology="live",
    regions=("ES",),
    zones=("Europe/Madrid",),
    business_zone="Europe/Madrid",
    consents=(ConsentFact("whatsapp_call", ("live",), None, "granted", MONDAY - timedelta(days=30), basis="opt_in"),),
    other_purposes=(),
    permission=PermissionFact("permanent", MONDAY - timedelta(days=30)),
    suppressions=(),
    attempts=(),
    sender=SenderFact("main", "ES"),
    registers={},
    other_withdrawals=(),
)


def facts(**changed):
    """A service call that every built-in pack allows at MONDAY, with these members changed."""
    return replace(USUAL, **changed)


def attempt(at, outcome="connected", **changed):
    """A service call to the person from the usual number, whose hold lapses after 90 seconds."""
    usual = AttemptFact(
        at=at,
        action="call.place",
        purpose="appointment_reminders",
        category="service",
        channel="whatsapp_call",
        sender="main",
        outcome=outcome,
        expires_at=at + timedelta(seconds=90),
    )
    return replace(usual, **changed)


def pack(*rules, layer="tenant", name="extra"):
    """A pack of these rules, given as documents."""
    document = {"pack": name, "version": 1, "layer": layer, "rules": list(rules)}
    return parse_pack(json.dumps(document), name)


def rule(kind, **members):
    """The document of a tenant's rule."""
    return {"id": members.pop("id", kind), "kind": kind, "basis": "tenant", **members}


def moments(days=21):
    """Instants around MONDAY, to the second."""
    span = days * 86_400
    return st.integers(-span, span).map(lambda seconds: MONDAY + timedelta(seconds=seconds))


def mostly(usual, *others):
    """The usual value four times in five."""
    return st.integers(0, 4).flatmap(lambda dice: st.one_of(*others) if dice == 0 else usual)


categories = st.sampled_from(["marketing", "service", "transactional", "collections", "survey"])
outcomes = st.sampled_from([None, "connected", "unanswered", "rejected", "failed", "refused", "opted_out"])

attempts = st.builds(
    attempt,
    moments(14),
    outcomes,
    action=mostly(st.just("call.place"), st.just("call.request_permission")),
    category=categories,
    channel=st.sampled_from(["whatsapp_call", "voice"]),
    sender=st.sampled_from(["main", "other", None]),
)
consents = st.builds(
    ConsentFact,
    channel=mostly(st.just("whatsapp_call"), st.just("voice")),
    technology=mostly(st.just(("live", "ai_voice")), st.just(("live",)), st.just(())),
    sender=mostly(st.none(), st.just("main"), st.just("other")),
    state=mostly(st.just("granted"), st.sampled_from(["pending", "refused", "withdrawn"])),
    since=moments(),
    expires_at=mostly(st.none(), moments()),
    basis=mostly(st.just("opt_in"), st.just("soft_opt_in"), st.none()),
)
permissions = st.one_of(
    st.builds(PermissionFact, st.just("permanent"), moments()),
    st.builds(PermissionFact, st.just("temporary"), moments(), moments()),
    st.builds(PermissionFact, st.sampled_from(["none", "declined", "revoked"]), moments()),
)
suppressions = st.builds(
    SuppressionFact,
    since=moments(),
    purposes=st.none() | st.just(("offers",)),
    categories=st.none() | st.just(("marketing",)),
    channels=st.none() | st.just(("whatsapp_message",)) | st.just(("whatsapp_call",)),
    sender=st.none() | st.just("other"),
    until=st.none() | moments(),
)
senders = st.builds(
    SenderFact,
    st.just("main"),
    mostly(st.just("ES"), st.just("US"), st.just("TR")),
    restricted=mostly(st.just(False), st.just(True)),
    restricted_until=st.none() | moments(),
)
zone_sets = st.sampled_from([("Europe/Madrid",), ("Europe/Madrid", "Atlantic/Canary"), ("Australia/Lord_Howe",), ()])
registers = st.dictionaries(st.just("robinson"), st.builds(RegisterFact, st.booleans(), moments()))

hours = st.sampled_from([("09:00-12:00",), ("00:00-06:30", "22:00-24:00"), ("16:00-16:15",), ("00:00-24:00",)])
extents = {
    "purposes": st.none() | st.just(("offers",)) | st.just(("appointment_reminders", "offers")),
    "categories": st.none() | st.just(("marketing",)) | st.just(("service", "survey")),
    "channels": st.none() | st.just(("voice",)) | st.just(("whatsapp_call", "voice")),
    "sender": st.none() | st.just("main") | st.just("other"),
}
wishes = st.builds(
    WishFact,
    st.sampled_from(["w1", "w2"]),
    **extents,
    days=st.none() | st.just(("mon", "tue")) | st.just(("sat",)) | st.just(("mon", "tue", "wed", "thu", "fri")),
    windows=st.none() | hours,
    most=st.none() | st.integers(0, 3),
    per=st.none() | st.sampled_from(["day", "week", "month", "year"]),
    **{f"only_{name}": mostly(st.none(), kind) for name, kind in extents.items()},
    not_before=st.none() | st.sampled_from(["2026-11-23", "2026-11-24", "2026-12-01", "0001-01-01", "soon"]),
)

questions = st.builds(
    facts,
    action=mostly(st.just("call.place"), st.just("call.request_permission")),
    category=categories,
    technology=mostly(st.just("live"), st.just("ai_voice")),
    channel=mostly(st.just("whatsapp_call"), st.just("voice")),
    regions=mostly(st.just(("ES",)), st.just(("ES", "FR")), st.just(("ES-MD",)), st.none()),
    zones=mostly(st.just(("Europe/Madrid",)), zone_sets, st.none()),
    business_zone=mostly(st.just("Europe/Madrid"), st.just("America/New_York"), st.none()),
    consents=mostly(st.lists(consents, min_size=1, max_size=3).map(tuple), st.just(()), st.none()),
    other_purposes=st.sampled_from([(), ("offers",), None]),
    permission=mostly(permissions, st.none()),
    suppressions=mostly(st.just(()), st.lists(suppressions, max_size=2).map(tuple), st.none()),
    attempts=mostly(st.lists(attempts, max_size=8).map(tuple), st.none()),
    sender=mostly(senders, st.none()),
    registers=mostly(registers, st.none()),
    other_withdrawals=mostly(st.just(()), moments().map(lambda at: (at,)), st.none()),
    stated=mostly(st.just({"agents": 2}), st.just({"agents": 0}), st.just({"open": True}), st.none()),
    wishes=mostly(st.just(()), st.lists(wishes, min_size=1, max_size=2).map(tuple)),
)

# Questions against which there is nothing but time: what is permanent is in order.
patient_questions = st.builds(
    facts,
    category=categories,
    zones=mostly(st.just(("Europe/Madrid",)), zone_sets.filter(bool)),
    business_zone=mostly(st.just("Europe/Madrid"), st.just("America/New_York")),
    consents=st.builds(
        ConsentFact,
        st.just("whatsapp_call"),
        st.just(("live",)),
        st.none(),
        st.just("granted"),
        moments(),
        mostly(st.none(), moments(30)),
        mostly(st.just("opt_in"), st.just("soft_opt_in")),
    ).map(lambda consent: (consent,)),
    permission=mostly(st.builds(PermissionFact, st.just("permanent"), moments()), permissions),
    attempts=st.lists(attempts, max_size=8).map(tuple),
    sender=mostly(st.just(SenderFact("main", "ES")), senders),
    registers=st.just({"robinson": RegisterFact(listed=False, as_of=MONDAY)}),
    other_withdrawals=st.just(()),
    stated=st.just({"agents": 2}),
)

hours = st.sampled_from(["09:00-21:00", "10:00-13:00", "22:00-02:00", "00:00-24:00", "23:30-24:00"])
weeks = st.fixed_dictionaries(
    {"mon-thu": hours.map(lambda h: [h]), "fri": st.just([]), "sat-sun": st.just(["12:00-18:00"])},
    optional={
        "hol": st.sampled_from([[], ["10:00-12:00"]]),
        "eve": st.sampled_from([["09:00-14:00"], ["00:00-24:00"]]),
        "11-24": st.sampled_from([[], ["09:30-11:00", "23:00-24:00"]]),
        "2026-12-03": st.just([]),
    },
)
spans = st.sampled_from(["PT1H", "PT24H", "P7D", "day", "week", "3 days", "10 days"])
waits = st.sampled_from(["PT30M", "PT36H", "P10D"])
pauses = st.sampled_from(["PT30M", "PT36H", "P10D", "1 days", "12 days", "indefinite"])
conditions = st.recursive(
    st.sampled_from(
        [{"fact": "agents", "at_least": 1}, {"fact": "agents", "at_most": 5}, {"fact": "open", "is": True}]
    ),
    lambda parts: st.one_of(
        st.lists(parts, min_size=1, max_size=2).map(lambda some: {"all": some}),
        st.lists(parts, min_size=1, max_size=2).map(lambda some: {"any": some}),
        parts.map(lambda part: {"not": part}),
    ),
    max_leaves=4,
)
scopes = st.sampled_from(["contact", "contact+sender"])
reaches = st.fixed_dictionaries(
    {"scope": scopes}, optional={"purpose": st.just("same"), "channels": st.sampled_from(["other", ["voice"]])}
)
dates = st.none() | moments(30).map(lambda at: at.isoformat())


def dated(documents):
    """The rule, in force from or until a date perhaps."""

    def date(document, start, until):
        effective = {name: value for name, value in (("from", start), ("until", until)) if value}
        if start and until and until <= start:
            return document
        return document | ({"effective": effective} if effective else {})

    return st.builds(date, documents, dates, dates)


extra_rules = dated(
    st.one_of(
        st.builds(
            lambda w, z: rule("window", open=w, zone=z, **({"holidays": ["ES-MD"]} if {"hol", "eve"} & set(w) else {})),
            weeks,
            st.sampled_from(["contact", "business", "UTC"]),
        ),
        st.builds(
            lambda n, per, counts, reach: rule("cap", limit=n, per=per, counts=counts, **reach),
            st.integers(1, 4),
            spans,
            st.sampled_from(["attempt", "connected", "request"]),
            reaches,
        ),
        st.builds(
            lambda after, wait, reach: rule("gap", after=after, wait=wait, **reach),
            st.sampled_from(["attempt", ["connected"], ["refused", "opted_out"]]),
            pauses,
            reaches,
        ),
        conditions.map(lambda needs: rule("predicate", needs=needs)),
        st.just(rule("consent", bases=["opt_in"], max_age={"opt_in": "P20D"})),
        st.just(rule("consent", revoked_by="any")),
        st.just(rule("register", register="robinson", waived_by=["opt_in"], max_age="P7D")),
        st.just(rule("register", register="robinson", expect="listed")),
        st.builds(lambda n, within: rule("streak", limit=n, within=within), st.integers(1, 3), waits),
        st.just(rule("register", register="robinson", max_age="P7D")),
        st.just(rule("sender", deny_countries=["TR"], deny_restricted=True)),
        st.just(rule("consent")),
        st.just(rule("permission")),
        st.just(rule("suppression")),
    )
)
extra_packs = st.lists(extra_rules, min_size=1, max_size=3).map(
    lambda rules: pack(*({**each, "id": f"r{place}"} for place, each in enumerate(rules)))
)

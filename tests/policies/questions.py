"""
Questions to decide, made up: facts that mostly allow a call, with the odd thing against it, and rules to add.
"""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from policies.catalogue import builtin
from policies.facts import AttemptFact, ConsentFact, Facts, PermissionFact, RegisterFact, SenderFact, SuppressionFact
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
    consents=(ConsentFact("whatsapp_call", ("live",), None, "granted", MONDAY - timedelta(days=30)),),
    other_purposes=(),
    permission=PermissionFact("permanent", MONDAY - timedelta(days=30)),
    suppressions=(),
    attempts=(),
    sender=SenderFact("main", "ES"),
    registers={},
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
    ).map(lambda consent: (consent,)),
    permission=mostly(st.builds(PermissionFact, st.just("permanent"), moments()), permissions),
    attempts=st.lists(attempts, max_size=8).map(tuple),
    sender=mostly(st.just(SenderFact("main", "ES")), senders),
    registers=st.just({"robinson": RegisterFact(listed=False, as_of=MONDAY)}),
)

hours = st.sampled_from(["09:00-21:00", "10:00-13:00", "22:00-02:00", "00:00-24:00", "23:30-24:00"])
weeks = st.fixed_dictionaries(
    {"mon-thu": hours.map(lambda h: [h]), "fri": st.just([]), "sat-sun": st.just(["12:00-18:00"])}
)
spans = st.sampled_from(["PT1H", "PT24H", "P7D", "day", "week"])
waits = st.sampled_from(["PT30M", "PT36H", "P10D"])
scopes = st.sampled_from(["contact", "contact+sender"])
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
        st.builds(lambda w, z: rule("window", open=w, zone=z), weeks, st.sampled_from(["contact", "business", "UTC"])),
        st.builds(
            lambda n, per, counts, scope: rule("cap", limit=n, per=per, counts=counts, scope=scope),
            st.integers(1, 4),
            spans,
            st.sampled_from(["attempt", "connected", "request"]),
            scopes,
        ),
        st.builds(
            lambda after, wait, scope: rule("gap", after=after, wait=wait, scope=scope),
            st.sampled_from(["attempt", ["connected"], ["refused", "opted_out"]]),
            waits,
            scopes,
        ),
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

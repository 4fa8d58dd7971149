"""
A rule set is named by its packs, kept as bytes, and rebuilt from them.
"""

from datetime import UTC, datetime, timedelta

import pytest

from policies.errors import PackInvalid, RuleSetInvalid
from policies.reasons import REASONS, Code, Severity
from policies.ruleset import compile_rules, rule_set_from
from tests.policies.questions import PACKS, RULES, facts, pack, rule

CODES = """
CONSENT_MISSING CONSENT_PENDING CONSENT_EXPIRED CONSENT_WITHDRAWN CONSENT_REFUSED CONSENT_SCOPE CONSENT_CHANNEL
CONSENT_TECHNOLOGY CONSENT_BASIS PERMISSION_MISSING PERMISSION_EXPIRED PERMISSION_REVOKED PERMISSION_REQUEST_LIMIT
PLATFORM_LIMIT SUPPRESSED PAUSED REGISTER_LISTED REGISTER_ABSENT REGISTER_STALE QUIET_HOURS DAY_CLOSED HOLIDAY CAP_REACHED COOL_OFF UNANSWERED_STREAK
SENDER_COUNTRY SENDER_RESTRICTED SENDER_UNKNOWN LOCAL_TIME_UNKNOWN JURISDICTION_UNKNOWN FACT_MISSING FACT_STALE
PREDICATE_FAILED
"""


def test_every_code_of_the_contract_has_a_meaning():
    """
    The registry has the codes of the wire contract; what waiting cannot mend says what to do instead.
    """
    assert {code.value for code in REASONS} == set(CODES.split()) == set(Code.__members__)
    helpless = {code for code, meaning in REASONS.items() if meaning.remedy is None}
    assert {REASONS[code].severity for code in helpless - {Code.PREDICATE_FAILED}} == {Severity.DEFER}


def test_a_rule_set_survives_storage():
    """
    Rebuilt from its bytes, a rule set is equal and has the same name.
    """
    again = rule_set_from(RULES.content)

    assert again == RULES
    assert again.packs == ("core@1", "whatsapp@1", "es@1", "acme@1")
    assert RULES.content.startswith(b"venia-rule-set/v1\n")


def test_the_name_depends_on_the_packs_and_their_order():
    """
    Another list of packs is another rule set.
    """
    hashes = {compile_rules(packs).hash for packs in (PACKS, PACKS[:3], PACKS[::-1], ())}

    assert len(hashes) == 4
    assert all(name.startswith("sha256:") and len(name) == 71 for name in hashes)


def test_one_version_of_a_pack_at_a_time():
    """
    The same pack twice is refused: two versions would both be in force.
    """
    with pytest.raises(RuleSetInvalid, match="es is there twice"):
        compile_rules([*PACKS, PACKS[2]])


@pytest.mark.parametrize(
    "content", [b"", b"venia-rule-set/v2\n", RULES.content + b"\n", RULES.content.replace(b":", b": ", 9)]
)
def test_other_bytes_are_refused(content):
    """
    What is not the canonical form of a rule set is not taken for one.
    """
    with pytest.raises((RuleSetInvalid, PackInvalid)):
        rule_set_from(content)


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ([rule("consent")], timedelta(0)),
        ([rule("cap", limit=1, per="P7D", counts="attempt")], timedelta(days=7)),
        ([rule("cap", limit=1, per="day", counts="attempt")], timedelta(days=2)),
        ([rule("cap", limit=1, per="week", counts="attempt")], timedelta(days=9)),
        ([rule("gap", after="attempt", wait="P60D"), rule("streak", limit=2, within="P30D")], timedelta(days=60)),
        ([rule("streak", limit=2, within="P90D")], timedelta(days=90)),
    ],
)
def test_the_lookback_covers_every_rule(rules, expected):
    """
    Attempts are gathered as far back as the longest rule looks, with room for a calendar.
    """
    assert compile_rules([pack(*rules)]).lookback == expected


def test_rules_are_chosen_by_what_the_question_is_about():
    """
    A telephone call is not held to WhatsApp's rules, nor a transactional one to the hours of marketing.
    """
    now = datetime(2026, 11, 23, 10, tzinfo=UTC)
    ids = {rule.id for rule in RULES.select(facts(channel="voice", category="transactional")).at(now).rules}

    assert ids == {"consent", "suppression", "calls-per-day"}


def test_asking_many_different_questions_does_not_fill_the_memory():
    """
    What is remembered about questions is bounded.
    """
    rules = compile_rules(PACKS[:1])
    for number in range(5000):
        rules.select(facts(regions=(f"{number}",)))

    assert len(rules._selections) <= 4096

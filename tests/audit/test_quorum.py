"""
A policy of witnesses is met by exactly the cosigners that it asks for, and is refused when it leaves that open.
"""

import itertools

import pytest
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from audit.errors import PolicyMalformed
from audit.note import ED25519, VerifierKey
from audit.quorum import Group, parse_policy
from audit.signing import LogKey, MlDsaKey, WitnessKey

SECRET = bytes(range(32))
LOG = LogKey.from_secret(SECRET, "example.org/log").verifier()
OTHER_LOG = LogKey.from_secret(SECRET, "example.org/log/2").verifier()
PQ = str(MlDsaKey("pq.example", MLDSA44PrivateKey.from_seed_bytes(SECRET)).key)
NAMES = ["X1", "X2", "X3", "Y1", "Y2", "Y3"]
KEYS = {name: WitnessKey.from_secret(SECRET, f"{name}.example").key for name in NAMES}
WITNESSES = "".join(f"witness {name} {key}\n" for name, key in KEYS.items())
# The example of c2sp.org/tlog-policy.
EXAMPLE = f"""\
log {LOG}

witness X1 {KEYS["X1"]}
witness X2 {KEYS["X2"]}
witness X3 {KEYS["X3"]}
group X-witnesses 2 X1 X2 X3

witness Y1 {KEYS["Y1"]}
witness Y2 {KEYS["Y2"]}
witness Y3 {KEYS["Y3"]}
group Y-witnesses any Y1 Y2 Y3

group X-and-Y all X-witnesses Y-witnesses
quorum X-and-Y
"""


def subsets(names: list[str]) -> list[set[str]]:
    return [{*each} for size in range(len(names) + 1) for each in itertools.combinations(names, size)]


def test_the_specification_s_example_is_met_by_two_of_these_and_one_of_those():
    """
    Of all 64 sets of cosigners, those with two X and one Y, and no others (c2sp.org/tlog-policy).
    """
    policy = parse_policy(EXAMPLE)
    for cosigned in subsets(NAMES):
        is_enough = len(cosigned & {"X1", "X2", "X3"}) >= 2 and bool(cosigned & {"Y1", "Y2", "Y3"})

        assert policy.is_met(cosigned) is is_enough


def test_a_policy_says_whom_it_trusts():
    """
    Logs, witnesses with their addresses, and groups, in the order of the file.
    """
    policy = parse_policy(f"log {LOG} https://log.example\nwitness w {KEYS['X1']} https://w.example/x\nquorum w\n")

    assert [str(key) for key in policy.logs] == [LOG]
    assert [(each.name, each.key, each.url) for each in policy.witnesses] == [("w", KEYS["X1"], "https://w.example/x")]
    assert parse_policy(EXAMPLE).groups[0] == Group("X-witnesses", 2, ("X1", "X2", "X3"))
    assert parse_policy(EXAMPLE).witnesses[0].url is None


@pytest.mark.parametrize(("asked", "enough"), [("all", 3), ("any", 1), ("1", 1), ("2", 2), ("3", 3)])
def test_a_group_asks_for_all_any_or_some(asked, enough):
    """
    It has witnessed when as many of its members have as it asks for.
    """
    policy = parse_policy(f"{WITNESSES}group g {asked} X1 X2 X3\nquorum g\n")
    for cosigned in subsets(NAMES):
        assert policy.is_met(cosigned) is (len(cosigned & {"X1", "X2", "X3"}) >= enough)


def test_one_witness_can_be_the_quorum():
    """
    Then it is that one, whoever else has cosigned.
    """
    policy = parse_policy(f"{WITNESSES}quorum Y2\n")

    assert policy.is_met({"Y2"})
    assert not policy.is_met({*NAMES} - {"Y2"})


def test_nobody_is_asked_only_when_it_says_so():
    """
    ``quorum none`` is met by nobody; every other policy is not.
    """
    assert parse_policy("quorum none\n").is_met(set())
    assert not parse_policy(EXAMPLE).is_met(set())


def test_only_witnesses_of_the_policy_count():
    """
    A stranger is nobody, and a group does not cosign: its name among the cosigners means nothing.
    """
    policy = parse_policy(EXAMPLE)

    assert not policy.is_met({"X-and-Y"})
    assert not policy.is_met({"X-witnesses", "Y-witnesses"})
    assert not policy.is_met({"X1", "Y1", "stranger", "none", ""})


def test_witnesses_and_logs_may_have_post_quantum_keys():
    """
    ML-DSA-44 serves both; a log's Ed25519 key serves no witness, nor the other way round.
    """
    assert parse_policy(f"log {PQ}\nwitness w {PQ}\nquorum w\n").is_met({"w"})
    for line in (f"log {KEYS['X1']}", f"witness w {LOG}"):
        with pytest.raises(PolicyMalformed, match="Line 1"):
            parse_policy(f"{line}\nquorum none\n")


def test_space_and_comments_do_not_matter():
    """
    Words are parted by any spaces and tabs; empty lines and lines that begin with # are nothing.
    """
    text = f"# who\n\n \t \n\t# indented\n  witness\tw \t {KEYS['X1']}  \n#quorum none\n\tquorum w\t\n"

    assert parse_policy(text).quorum == "w"


def test_names_are_opaque():
    """
    A sign that looks like a K is another name than K, and no space but ASCII's parts words.
    """
    policy = parse_policy(f"witness K {KEYS['X1']}\nwitness \u212a {KEYS['X2']}\nquorum \u212a\n")

    assert policy.is_met({"\u212a"})
    assert not policy.is_met({"K"})
    assert parse_policy(f"witness a\u00a0b {KEYS['X1']}\nquorum a\u00a0b\n").witnesses[0].name == "a\u00a0b"


SHIFTED = VerifierKey("another.example", ED25519, VerifierKey.parse(LOG).public)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("\n", 1),
        (WITNESSES, 6),
        ("quorum none", 1),
        (f"{WITNESSES}quorum X1\nquorum X1\n", 8),
        ("quorum none\nquorum none\n", 2),
        ("quorum X1\n" + WITNESSES, 1),
        ("quorum\n", 1),
        ("quorum none none\n", 1),
        (f"{WITNESSES}quorum X\n", 7),
        (f"{WITNESSES}group g 0 X1\nquorum g\n", 7),
        (f"{WITNESSES}group g 3 X1 X2\nquorum g\n", 7),
        (f"{WITNESSES}group g 01 X1 X2\nquorum g\n", 7),
        (f"{WITNESSES}group g +1 X1 X2\nquorum g\n", 7),
        (f"{WITNESSES}group g -1 X1 X2\nquorum g\n", 7),
        (f"{WITNESSES}group g ١ X1 X2\nquorum g\n", 7),
        (f"{WITNESSES}group g some X1 X2\nquorum g\n", 7),
        (f"{WITNESSES}group g {'9' * 5000} X1 X2\nquorum g\n", 7),
        (f"{WITNESSES}group g all\nquorum g\n", 7),
        (f"{WITNESSES}group g\nquorum g\n", 7),
        (f"{WITNESSES}group g all none\nquorum g\n", 7),
        (f"{WITNESSES}group g all X1 X1\nquorum g\n", 7),
        (f"{WITNESSES}group g all g\nquorum g\n", 7),
        (f"{WITNESSES}group g any h\ngroup h any g\nquorum g\n", 7),
        (f"{WITNESSES}group g any X1 X2\ngroup h any X2 X3\nquorum h\n", 8),
        (f"{WITNESSES}group X1 all X2\nquorum X1\n", 7),
        (f"{WITNESSES}group none all X2\nquorum none\n", 7),
        (f"{WITNESSES}witness X1 {PQ}\nquorum X1\n", 7),
        (f"{WITNESSES}witness X4 {KEYS['X1']}\nquorum X4\n", 7),
        (f"witness none {KEYS['X1']}\nquorum none\n", 1),
        (f"log {LOG}\nlog {LOG}\nquorum none\n", 2),
        (f"log {LOG}\nlog {SHIFTED}\nquorum none\n", 2),
        ("log\nquorum none\n", 1),
        (f"log {LOG} https://a https://b\nquorum none\n", 1),
        (f"log {LOG[:-1]}\nquorum none\n", 1),
        ("witness w\nquorum none\n", 1),
        (f"witness w {KEYS['X1']} https://a https://b\nquorum w\n", 1),
        ("Quorum none\n", 1),
        ("observer w\nquorum none\n", 1),
        ("quorum none\r\n", 1),
        ("quorum none\nquo\x7frum\n", 2),
        ("quorum\u00a0none\n", 1),
        ("quorum none\n# \0\n", 2),
    ],
)
def test_a_policy_that_leaves_something_open_is_refused(text, line):
    """
    With the number of the line that is wrong; one cut off in the middle is not read as a weaker one.
    """
    with pytest.raises(PolicyMalformed, match=rf"Line {line} of the policy") as raised:
        parse_policy(text)

    assert raised.value.line == line


def test_two_logs_may_be_trusted():
    """
    Each by a key of its own.
    """
    assert len(parse_policy(f"log {LOG}\nlog {OTHER_LOG}\nquorum none\n").logs) == 2


def test_large_policies_are_read():
    """
    Dozens of logs, witnesses and groups of groups (the specification asks for 32 of each).
    """
    logs = [LogKey.from_secret(SECRET, f"log{at}.example").verifier() for at in range(40)]
    keys = [WitnessKey.from_secret(SECRET, f"w{at}.example").verifier() for at in range(40)]
    lines = [f"log {key}" for key in logs] + [f"witness w{at} {key}" for at, key in enumerate(keys)]
    chain = ["group g0 all w0", *(f"group g{at} all g{at - 1} w{at}" for at in range(1, 40))]
    policy = parse_policy("\n".join([*lines, *chain, "quorum g39", ""]))

    assert policy.is_met({f"w{at}" for at in range(40)})
    assert not policy.is_met({f"w{at}" for at in range(40)} - {"w17"})


@given(st.sets(st.sampled_from(NAMES)), st.sets(st.sampled_from(NAMES)))
def test_more_cosigners_never_hurt(some, more):
    """
    Whatever is enough stays enough with others beside it.
    """
    policy = parse_policy(EXAMPLE)

    assert policy.is_met(some | more) or not policy.is_met(some)


@given(st.text("quormnewitslgaX1 \t\n#+2", max_size=60))
def test_any_text_is_a_policy_or_refused(text):
    """
    Nothing but the one error comes of a text that is none.
    """
    try:
        policy = parse_policy(text)
    except PolicyMalformed:
        return

    assert policy.quorum == "none"

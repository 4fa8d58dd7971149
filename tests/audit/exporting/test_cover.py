"""
What speaks for a bundle: keys, earlier checkpoints, the meta-log, witnesses, a time-stamp, and a text for people.
"""

import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from audit.checkpoint import open_checkpoint, parse_inclusion_proof
from audit.errors import EvidenceBroken
from audit.exporting.cover import witnesses_of
from audit.merkle import leaf_hash, verify_inclusion
from audit.note import Note, VerifierKey, parse_note
from audit.origins import META
from audit.published import newest_checkpoint
from audit.publishing.store import insert_cosignatures
from audit.quorum import parse_policy
from audit.signing import WitnessKey
from audit.timestamps import check_token
from server.db import checkpointer_engine
from tests.audit.authority import Authority, answering
from tests.audit.exporting.bureau import Bureau, contents

WITNESS = WitnessKey.from_secret(bytes(32), "witness.example/w1")
SECONDS = 1_790_000_000
SOMEBODY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"  # whose log is none of ours


def test_it_is_in_the_meta_log(own: Bureau):
    """
    The proof leads from the checkpoint's text to a signed checkpoint of the meta-log, whose key is beside it.
    """
    found = contents(own.file(own.made()))
    (name,) = [name for name in found if name.startswith("meta/")]
    proof = parse_inclusion_proof(found[name])
    meta, _ = open_checkpoint(proof.checkpoint, VerifierKey.parse(found["keys/meta.vkey"].decode().strip()))
    leaf = leaf_hash(parse_note(found["checkpoint"]).text.encode())

    assert name == f"meta/{proof.index}.tlog-proof"
    assert verify_inclusion(leaf=leaf, index=proof.index, size=meta.size, hashes=proof.hashes, root=meta.root)


def test_keys_come_with_the_time_in_which_they_signed(own: Bureau):
    """
    One line for each key that ever signed the log.
    """
    line = contents(own.file(own.made()))["keys/log.vkey"].decode()
    vkey, since, until = line.removesuffix("\n").split(" ")

    assert vkey == own.vkey()
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", since)
    assert until == "-"


def test_earlier_checkpoints_are_exact(own: Bureau):
    """
    The last of each hour, byte for byte as it was signed.
    """
    own.note(3)
    own.sign()
    pin = own.pin()
    export = own.made()
    found = contents(own.file(export))

    assert found[f"checkpoints/{export.entry_index}"] == pin.read_bytes()


def cosign(bureau: Bureau) -> None:
    """
    A witness sees the newest checkpoint of the meta-log.
    """

    async def run() -> None:
        engine = checkpointer_engine(bureau.live.url)
        async with engine.connect() as conn:
            newest = await newest_checkpoint(conn, META)
            line = WITNESS.cosign(parse_note(newest.note).text, SECONDS).line()
            await insert_cosignatures(conn, newest, [("w1", datetime.fromtimestamp(SECONDS, UTC), line)])
            await conn.commit()
        await engine.dispose()

    bureau.live.run(run())


def policy_of(bureau: Bureau) -> str:
    return f"log {SOMEBODY}\nlog {bureau.vkey()}\nwitness w1 {WITNESS.verifier()} https://witness.example\nquorum w1\n"


def test_witnesses_speak_for_it(own: Bureau):
    """
    A cosigned checkpoint of the meta-log is taken though there are earlier ones; nobody else's log is named.
    """
    (own.home / "policy").write_text(policy_of(own))
    own.changes["witness_policy"] = own.home / "policy"
    export = own.ask()
    own.note(1)
    own.sign()
    cosign(own)
    own.work()
    made = own.export(export)
    found, folder = contents(own.file(made)), own.unpacked(made)
    meta_key = found["keys/meta.vkey"].decode().strip()
    asked = ("--pin", own.pin(made.entry_index + 1), "--witness", WITNESS.verifier(), "--meta", meta_key)

    assert found["keys/witness.vkey"].decode() == f"{WITNESS.verifier()}\n"
    assert found["keys/policy"].decode() == policy_of(own).partition("\n")[2]
    assert own.verify(folder, *asked).returncode == 0


def test_without_enough_witnesses_it_is_made_all_the_same(own: Bureau):
    """
    Whoever verifies with the witness's key learns that the quorum is unmet.
    """
    (own.home / "policy").write_text(policy_of(own))
    own.changes["witness_policy"] = own.home / "policy"
    export = own.made()
    told = own.verify(own.unpacked(export), "--pin", own.pin(), "--witness", WITNESS.verifier())

    assert (told.returncode, "QUORUM UNMET" in told.stdout) == (3, True)


def test_a_wrong_cosignature_is_not_passed_on():
    """
    Whoever knows the witness would reject all for it.
    """
    policy = parse_policy(f"witness w1 {WITNESS.verifier()}\nquorum w1\n")
    text = "venia.test/meta\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
    good, wrong = WITNESS.cosign(text, SECONDS), WITNESS.cosign(text.replace("\n1\n", "\n2\n"), SECONDS)

    assert witnesses_of(Note(text, (good,)).encode(), policy) == {"w1"}
    with pytest.raises(EvidenceBroken, match="w1"):
        witnesses_of(Note(text, (good, wrong)).encode(), policy)


def test_an_authority_dates_it(own: Bureau, tmp_path: Path):
    """
    The token is over the very bytes of the checkpoint, and the text says how openssl checks it.
    """
    with answering(Authority(tmp_path / "tsa")) as authority:
        own.changes["timestamp_url"] = authority.url
        export = own.made()
    found = contents(own.file(export))
    token = found[f"tsa/{export.entry_index + 1}.tsr"]

    assert check_token(token, found["checkpoint"], [authority.root]).year >= 2026
    assert f"-in tsa/{export.entry_index + 1}.tsr" in found["README.txt"].decode()
    assert own.verify(own.unpacked(export), "--pin", own.pin()).returncode == 0


def test_an_authority_that_is_away_holds_nothing_up(own: Bureau):
    """
    The bundle is made without a time-stamp, and the export remarks it.
    """
    own.changes["timestamp_url"] = "http://127.0.0.1:1/"
    export = own.made()

    assert export.state == "ready"
    assert str(export.detail).startswith("There is no time-stamp in the bundle. ")


def test_the_text_tells_how_openssl_verifies(own: Bureau):
    """
    Its commands, run as they stand in a folder of their own, accept the checkpoint and refuse another.
    """
    folder = own.unpacked(own.made())
    text = (folder / "README.txt").read_text()
    block = text.partition("    KEY='VERIFIER KEY'\n")[2].partition("\n\n")[0]
    commands = "\n".join(["set -e", f"KEY='{own.vkey()}'", *(line.strip() for line in block.splitlines())])
    spoiled = own.home / "spoiled"
    shutil.copytree(folder, spoiled)
    (spoiled / "checkpoint").write_bytes((folder / "checkpoint").read_bytes().replace(b"\n1", b"\n2", 1))
    good, bad = (
        subprocess.run(["bash", "-c", commands], cwd=each, capture_output=True, text=True, check=False)
        for each in (folder, spoiled)
    )

    assert (good.returncode, good.stdout.strip()) == (0, "Signature Verified Successfully"), good.stderr
    assert bad.returncode == 1


@pytest.mark.parametrize(
    ("asked", "says"), [({}, "all "), ({"end": 3}, "from 0 to before 3"), ({"end": 1}, "before 1")]
)
def test_the_text_says_what_it_holds_and_what_is_not_proven(own: Bureau, asked, says):
    """
    Plainly, with the numbers of this bundle.
    """
    export = own.made(**asked)
    text = contents(own.file(export))["README.txt"].decode()

    assert says in text.partition("HOW TO VERIFY")[0]
    assert f"Anything after entry {export.entry_index}: " in text
    assert "That what was recorded is true." in text
    assert "operator's word" in text
    assert max(map(len, text.splitlines())) <= 120

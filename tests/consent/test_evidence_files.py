"""
Files of evidence: kept under the person's key, named by their hash, looked at by name, gone with the person.
"""

import base64
from dataclasses import replace
from hashlib import sha256
from uuid import UUID, uuid4

import pytest

from consent.erasing import EraseContact
from consent.errors import ContactUnknown
from consent.evidence.files import MOST_FILES, AddFile, IsKnown, LookAtFile
from consent.merging.requests import MergeContacts
from consent.proof.errors import FileAbsent, FileDamaged, FileRefused, FileUnknown, TooManyFiles
from consent.proof.filetypes import LARGEST
from tests.consent.desk import Office
from tests.databases import execute
from tests.factories import ANA, BEN, consent, ref, withdrawal

PAPER = b"%PDF-1.7\nAna G\xc3\xb3mez agrees."
DIGEST = sha256(PAPER).hexdigest()


def add(office: Office, content: bytes = PAPER, who: str = ANA):
    """
    A file about a person.
    """
    return AddFile(office.tenant, "officer", ref(who), content)


def test_a_file_is_sealed_and_its_entry_names_neither_it_nor_the_person(office: Office):
    """
    Kind and size stand in the entry; content and hash are the person's.
    """
    answer = office.ask(add(office))
    (row,), (entry,) = office.rows("evidence_files"), office.payloads("evidence.added")

    assert (answer["sha256"], answer["media_type"], answer["size"]) == (DIGEST, "application/pdf", len(PAPER))
    assert (entry["file"], entry["media_type"], entry["size"]) == (answer["id"], "application/pdf", len(PAPER))
    assert DIGEST not in str(entry)
    assert PAPER not in row["sealed"]
    assert bytes.fromhex(DIGEST) != row["blind"]


def test_the_same_file_again_is_the_same(office: Office):
    """
    One row and one entry, whose receipt is answered; another person's is another file.
    """
    first, again = office.write(add(office)), office.write(add(office))
    office.write(add(office, who=BEN))

    assert first.answer == again.answer
    assert first.receipt == again.receipt
    assert len(office.rows("evidence_files")) == len(office.payloads("evidence.added")) == 2


def test_a_consent_names_its_files(office: Office):
    """
    By their hashes, which are personal; the entry has their random ids, and the kind.
    """
    file = office.ask(add(office))["id"]
    office.write(consent(office.tenant, method="paper", evidence={"files": [DIGEST]}))
    (entry,) = office.payloads("consent.recorded")

    assert (entry["files"], entry["proof"]) == ([file], ["file"])
    assert DIGEST not in str(entry)
    assert "act" not in {
        each["element"]
        for each in office.ask(consent(office.tenant, method="paper", evidence={"files": [DIGEST]}))["proof"]["missing"]
    }


def test_only_the_persons_own_files_are_theirs(office: Office):
    """
    A file that was never uploaded, or is another person's, is no evidence; of somebody new no file is.
    """
    office.write(add(office))

    for who in (BEN, "+34600999888"):
        assert isinstance(office.refusal(consent(office.tenant, who, evidence={"files": [DIGEST]})), FileUnknown)
    assert isinstance(office.refusal(consent(office.tenant, evidence={"files": ["0a" * 32]})), FileUnknown)


def test_no_refusal_is_refused_for_a_file_that_is_not_there(office: Office):
    """
    It is recorded without that file, with what else proves it, and the answer says which file is unknown.
    """
    office.write(add(office))
    other = "0a" * 32
    answer = office.ask(withdrawal(office.tenant, evidence={"files": [DIGEST, other], "text": "no"}))
    new = office.ask(withdrawal(office.tenant, BEN, evidence={"files": [DIGEST]}))
    (entry, _) = office.payloads("consent.withdrawn")
    plain = office.ask(withdrawal(office.tenant, evidence={"files": [DIGEST]}))

    assert (answer["suppressed"], answer["files_unknown"]) == (True, [other])
    assert (new["suppressed"], new["files_unknown"]) == (True, [DIGEST])
    assert "files_unknown" not in plain
    assert len(entry["sd"]) == 2
    assert office.check(BEN).decision.allow is False


def test_files_of_every_part_are_the_persons(office: Office):
    """
    Of two contacts that are one person, either names what was added for the other.
    """
    file = office.ask(add(office))["id"]
    office.write(consent(office.tenant, BEN))
    office.write(MergeContacts(office.tenant, "officer", ref(ANA), ref(BEN), "the same identity card"))
    office.write(consent(office.tenant, BEN, evidence={"files": [DIGEST]}))

    assert office.payloads("consent.recorded")[-1]["files"] == [file]


def test_each_look_is_an_entry(office: Office):
    """
    Who looked, at which file, about whom; the content is what was uploaded.
    """
    file = UUID(office.ask(add(office))["id"])
    seen = office.ask(replace(LookAtFile(office.tenant, "key:officer", file)))
    (entry,) = office.payloads("evidence.read")

    assert base64.b64decode(seen["content"]) == PAPER
    assert (entry["file"], entry["actor"], entry["contact"]) == (str(file), "key:officer", str(office.contact(ANA)))
    assert "content" not in entry
    assert isinstance(office.refusal(LookAtFile(office.tenant, "x", uuid4())), FileAbsent)


def test_another_tenants_file_is_nobodys(office: Office):
    """
    Its id opens nothing elsewhere.
    """
    file = UUID(office.ask(add(office))["id"])
    elsewhere = office.desk.open_office()

    assert isinstance(elsewhere.refusal(LookAtFile(elsewhere.tenant, "x", file)), FileAbsent)


def test_files_go_with_the_person(office: Office):
    """
    After erasure nothing of them is left, and a look finds nothing.
    """
    file = UUID(office.ask(add(office))["id"])
    office.write(consent(office.tenant, evidence={"files": [DIGEST]}))
    person = office.contact(ANA)
    office.write(EraseContact(office.tenant, "officer", ref(ANA), "asked"))

    assert office.rows("evidence_files") == []
    assert isinstance(office.refusal(LookAtFile(office.tenant, "x", file)), FileAbsent)
    with pytest.raises(ContactUnknown):
        office.read(IsKnown(office.tenant, person))


@pytest.mark.parametrize("content", [b"", b"MZ\x90\0", b"<script>", b"a" * (LARGEST + 1)])
def test_what_is_no_evidence_is_not_kept(office: Office, content):
    """
    Nor is anybody met for it.
    """
    assert isinstance(office.refusal(add(office, content)), FileRefused)
    assert office.rows("contacts") == []


def test_the_largest_file_is_kept_whole(office: Office):
    """
    Four mebibytes, to the byte.
    """
    content = b"%PDF-" + bytes(LARGEST - 5)
    file = UUID(office.ask(add(office, content))["id"])

    assert base64.b64decode(office.ask(LookAtFile(office.tenant, "x", file))["content"]) == content


def test_a_person_has_so_many_files_and_no_more(office: Office):
    """
    One too many is refused; one that is there already is not.
    """
    contents = [f"file {at}".encode() for at in range(MOST_FILES)]
    written = office.desk.write_all([add(office, each) for each in contents])
    assert not any(isinstance(each, Exception) for each in written)

    assert isinstance(office.refusal(add(office, b"one more")), TooManyFiles)
    assert office.ask(add(office, contents[0]))["size"] == len(contents[0])


def test_a_file_that_is_not_what_was_uploaded_is_not_handed_out(office: Office):
    """
    Another's seal does not open; and what opens must have the hash by which it is found.
    """
    one, other = (UUID(office.ask(add(office, content))["id"]) for content in (PAPER, b"other"))
    swap = (
        "UPDATE evidence_files SET {0} = (SELECT {0} FROM evidence_files WHERE file_id = '{1}') WHERE file_id = '{2}'"
    )
    (kept,) = (row["sealed"] for row in office.rows("evidence_files") if row["file_id"] == one)
    execute(office.desk.url, swap.format("sealed", other, one))
    assert isinstance(office.refusal(LookAtFile(office.tenant, "x", one)), FileDamaged)
    execute(office.desk.url, f"UPDATE evidence_files SET sealed = '\\x{kept.hex()}' WHERE file_id = '{one}'")
    (blind,) = (row["blind"] for row in office.rows("evidence_files") if row["file_id"] == one)
    execute(office.desk.url, f"UPDATE evidence_files SET blind = sha256('x') WHERE file_id = '{one}'")
    assert isinstance(office.refusal(LookAtFile(office.tenant, "x", one)), FileDamaged)
    execute(office.desk.url, f"UPDATE evidence_files SET blind = '\\x{blind.hex()}' WHERE file_id = '{one}'")

    assert base64.b64decode(office.ask(LookAtFile(office.tenant, "x", one))["content"]) == PAPER

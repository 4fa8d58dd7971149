"""
Reports for people: what is in them, in both languages, under a signature that breaks when a byte does.
"""

import asyncio
import resource
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, cast, get_args
from uuid import UUID, uuid4

import pypdf
import pytest
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from hypothesis import given
from hypothesis import strategies as st
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from audit.errors import EvidenceError, KeyUnusable
from audit.exporting import report
from audit.exporting.errors import ExportFormatUnknown, LanguageUnknown
from audit.exporting.requests import FindExport
from consent.api import VerdictBody
from consent.bodies import Method
from consent.erasing import EraseContact
from consent.looking import FindContact
from consent.proof.said import Notice
from consent.setup import PublishNotice
from policies.reasons import REASONS
from server.exports import report_certificate
from server.reports import telling
from server.reports.apart import typeset_apart
from server.reports.certificates import given_certificate, own_certificate
from server.reports.legible import legible
from server.reports.typesetting import typeset
from server.reports.words import words_of
from server.service import clock
from tests.audit.authority import Authority, answering
from tests.audit.exporting.bureau import Bureau
from tests.databases import fetch
from tests.factories import ANA, BEN, HOUR, authorization, consent, outcome, ref, reply, withdrawal
from tests.live import Live

NASTY = '#panic("x") *bold* $x$ \\ #image("/etc/passwd") %PDF-1.4 endobj 中 🛑 \u202e'
SHOWN = 'Acepto que Acme me llame.\n#eval("1")'


@pytest.fixture(name="bureau")
def _bureau(live: Live, tmp_path: Path) -> Bureau:
    bureau, tenant, now = Bureau(live, tmp_path), live.tenant, clock()
    live.write(PublishNotice(tenant, "test", "calls-xx", 7, "es-ES", SHOWN))
    agreed = consent(tenant, ANA, at=now - HOUR, notice=Notice("calls-xx", 7, "es-ES"), evidence={"text": NASTY})
    live.write(agreed)
    hold = live.write(authorization(tenant, ANA)).answer.get("hold")
    if isinstance(hold, dict):  # The demo's rules know the hour at which this runs.
        live.write(outcome(tenant, hold["id"], "connected", at=clock(), duration_s=42))
    live.write(authorization(tenant, BEN))
    live.write(reply(tenant, ANA, text="basta de tonterias", at=clock()))
    live.write(withdrawal(tenant, ANA, at=clock()))
    return bureau


def made(bureau: Bureau, **asked: object) -> bytes:
    """
    The PDF of an export that is asked for and made.
    """
    export = bureau.ask("pdf", **asked)

    async def make() -> None:
        async with bureau.exporter() as exporter:
            await exporter.run_waiting(clock())

    bureau.live.run(make())
    found = bureau.live.read(FindExport(bureau.live.tenant, export))

    assert found.state == "ready", found.detail
    return (bureau.exports / str(found.file)).read_bytes()


def text_of(pdf: bytes) -> str:
    """
    Everything that is written in it.
    """
    pages = (page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages)
    return " ".join(" ".join(pages).split())


def ana(bureau: Bureau) -> UUID:
    """
    Ana's contact id.
    """
    return bureau.live.read(FindContact(bureau.live.tenant, ref(ANA)))


def verdict(bureau: Bureau, pdf: bytes) -> bool:
    """
    Whether the signature covers every byte and verifies with the deployment's certificate, by pyHanko's own validator.
    """
    own = x509.load_pem_x509_certificate(report_certificate(bureau.live.service.settings).chain[0])
    root = asn1.Certificate.load(own.public_bytes(serialization.Encoding.DER))
    (signature,) = PdfFileReader(BytesIO(pdf)).embedded_signatures
    status = validate_pdf_signature(signature, ValidationContext(trust_roots=[root], allow_fetching=False))
    return bool(status.intact and status.valid and status.coverage == SignatureCoverageLevel.ENTIRE_FILE)


def test_a_dossier_tells_who_what_when_and_on_which_words(bureau: Bureau):
    """
    The person's entries, the decision with its reasons, the text that was shown, fingerprints, and how to verify.
    """
    pdf = made(bureau, contact=ana(bureau), disclose=("phone", "text"))
    said, entries = text_of(pdf), bureau.live.chain().entries

    assert "Record of one contact" in said
    assert ANA in said
    assert "The person consented" in said
    assert "The person took consent back" in said
    assert "A reply may have meant no" in said
    assert "Acepto que Acme me llame." in said
    assert "python3 -I verify.py" in said
    assert "A selection never proves that it is complete" in said
    assert str(ana(bureau)) in said
    assert len(entries) > 10


def test_a_period_in_spanish(bureau: Bureau):
    """
    Every entry of the log, its fingerprint, and nothing personal that was not asked for.
    """
    pdf = made(bureau, language="es")
    said, rows = text_of(pdf), bureau.live.chain().entries

    assert "Registro de llamadas y consentimientos" in said
    assert "La persona nunca consintió esto (CONSENT_MISSING" in said
    assert ANA not in said
    assert "basta de tonterias" not in said
    assert all(f"{each.index}. " in said for each in rows)
    assert "Página 1 de" in said


def test_nothing_that_is_told_is_run(bureau: Bureau):
    """
    What looks like the layout's language, or a PDF's, stands there as it was said; what no font has is named.
    """
    said = text_of(made(bureau, contact=ana(bureau), disclose=("*",)))

    assert '#panic("x") *bold* $x$ \\ #image("/etc/passwd") %PDF-1.4 endobj ‹U+4E2D› ‹U+1F6D1› ‹U+202E›' in said
    assert '#eval("1")' in said


def test_it_is_tagged_titled_and_in_a_language(bureau: Bureau):
    """
    PDF/UA-1: a structure for assistive technology, a title that is shown, and the language of the words.
    """
    root = cast(Any, pypdf.PdfReader(BytesIO(made(bureau, language="es"))).trailer["/Root"])  # Of PDF's own types.

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "es"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    assert "/StructTreeRoot" in root


def test_the_signature_covers_every_byte(bureau: Bureau):
    """
    It verifies with the certificate that the document names, and with no byte changed.
    """
    pdf = made(bureau)
    certificate = report_certificate(bureau.live.service.settings)

    assert verdict(bureau, pdf)
    assert certificate.fingerprint in text_of(pdf)
    for at in (len(pdf) // 7, len(pdf) // 3, len(pdf) // 2):
        changed = pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :]
        try:
            assert not verdict(bureau, changed)
        except Exception as error:  # noqa: BLE001  A file that cannot be read is not verified either.
            assert not isinstance(error, AssertionError)  # noqa: PT017  That would be the verdict.


def test_whoever_was_erased_is_told_of_as_erased(bureau: Bureau):
    """
    The entries stay and name nobody; the fields are said to be erased, not withheld.
    """
    who = ana(bureau)
    bureau.live.write(EraseContact(bureau.live.tenant, "officer", ref(ANA), "asked by the person"))
    said = text_of(made(bureau, contact=who, disclose=("*",)))

    assert f"Contact {who} was erased on" in said
    assert "erased with the person; only the commitments remain" in said
    assert ANA not in said
    assert "tonterias" not in said


def test_an_erasure_is_told_of_where_its_entry_is_not(bureau: Bureau):
    """
    A range that ends before it has nobody's fields either, and must not say that they are there and not shown.
    """
    who, end = ana(bureau), len(bureau.live.chain().entries)
    bureau.live.write(EraseContact(bureau.live.tenant, "officer", ref(ANA), "asked by the person"))
    person = text_of(made(bureau, contact=who, end=end, disclose=("*",)))
    period = text_of(made(bureau, end=end, disclose=("*",)))

    assert "The person was erased" not in person
    assert "not disclosed" not in person
    for said in (person, period):
        assert f"Contact {who} was erased on" in said
        assert "erased with the person; only the commitments remain" in said


def test_nobody_reads_more_than_ten_thousand_entries(bureau: Bureau, monkeypatch: pytest.MonkeyPatch):
    """
    Beyond that the export fails, and says which formats have no limit.
    """
    monkeypatch.setattr(report, "MOST_ENTRIES", 5)
    export = bureau.ask("pdf")

    async def make() -> None:
        async with bureau.exporter() as exporter:
            await exporter.run_waiting(clock())

    bureau.live.run(make())
    found = bureau.live.read(FindExport(bureau.live.tenant, export))

    assert found.state == "failed"
    assert "at most 5 entries" in str(found.detail)
    assert "csv, ndjson or bundle" in str(found.detail)


@pytest.mark.parametrize("asked", [{"format": "pdf", "language": "tlh"}, {"format": "csv", "language": "es"}])
def test_a_language_nobody_wrote_is_refused(bureau: Bureau, asked: dict[str, str]):
    """
    Only a report has a language, and only those that there are words in.
    """
    with pytest.raises(LanguageUnknown):
        bureau.request(**asked)
    with pytest.raises(ExportFormatUnknown):
        bureau.request("docx")


def test_an_authority_dates_the_signature(bureau: Bureau, tmp_path: Path):
    """
    PAdES B-T: the token in the signature is the authority's, over this signature.
    """
    with answering(Authority(tmp_path / "tsa")) as authority:
        bureau.changes["timestamp_url"] = authority.url
        pdf = made(bureau)
    root = asn1.Certificate.load(
        x509.load_pem_x509_certificate(authority.root).public_bytes(serialization.Encoding.DER)
    )
    trusted = ValidationContext(trust_roots=[root], allow_fetching=False)
    (signature,) = PdfFileReader(BytesIO(pdf)).embedded_signatures
    stamp = validate_pdf_signature(signature, trusted, ts_validation_context=trusted).timestamp_validity

    assert len(authority.asked) == 2  # Once for the size of a token, once for this one.
    assert stamp is not None
    assert stamp.intact
    assert stamp.valid
    assert stamp.trusted
    assert verdict(bureau, pdf)


def test_an_authority_that_does_not_answer_leaves_a_remark(bureau: Bureau):
    """
    The report is signed all the same, and whoever asked is told that nobody dated it.
    """
    bureau.changes["timestamp_url"] = "http://127.0.0.1:9/tsa"
    pdf = made(bureau)
    remark = fetch(bureau.live.url, "SELECT detail FROM exports ORDER BY requested_at DESC LIMIT 1")[0]["detail"]

    assert verdict(bureau, pdf)
    assert remark.startswith("The signature has no time-stamp.")


def test_both_languages_have_every_word():
    """
    The same labels, events, facts and values, and a sentence for each reason that a call is denied for.
    """
    english, spanish = words_of("en"), words_of("es")

    assert english.reasons == {code.value: meaning.description for code, meaning in REASONS.items()}
    assert spanish.reasons.keys() == english.reasons.keys()
    for kind in ("labels", "events", "facts", "values"):
        assert getattr(spanish, kind).keys() == getattr(english, kind).keys()
    assert len(spanish.how) == len(english.how)


def test_no_act_and_no_verdict_is_told_in_a_programs_words():
    """
    How a person agreed is the first thing that whoever judges asks.
    """
    verdict = VerdictBody.model_fields["verdict"].annotation

    assert {*get_args(Method), *get_args(verdict)} <= words_of("en").values.keys()
    assert telling.said("web_form", words_of("es"), "method") == "formulario en una página web"


@given(st.text(max_size=200))
def test_every_text_becomes_legible(text: str):
    """
    On one line, with no character that could hide another, and readable twice over.
    """
    shown = legible(text)

    assert "\n" not in shown
    assert all(each.isprintable() or each == "\u200b" for each in shown)
    assert legible(shown.replace("\u200b", "")) == shown


@given(st.lists(st.text(max_size=60), max_size=5))
def test_every_text_can_be_set(texts: list[str]):
    """
    Whatever was said, there is a document.
    """
    document, moment = document_of(texts), datetime(2026, 11, 24, tzinfo=UTC)

    assert typeset(document, moment) == typeset(document, moment)


@pytest.mark.parametrize("language", ["en", "es"])
def test_what_is_broken_into_lines_is_copied_as_it_was(language: str):
    """
    Neither a hyphen more, as Spanish writes it at the end of a line, nor a character that nobody sees.
    """
    ids, long = [str(uuid4()) for _ in range(40)], "0123456789abcdef" * 16
    texts = [", ".join(ids), f"see https://shop.example/{'que-tal-' * 12}", long]
    pdf = typeset(document_of(texts, language), datetime(2026, 11, 24, tzinfo=UTC))
    pages = pypdf.PdfReader(BytesIO(pdf)).pages
    written = "".join("".join(page.extract_text() for page in pages).split())

    assert all(text.replace(" ", "") in written for text in texts)


def test_a_report_is_set_by_a_process_of_its_own():
    """
    The same bytes; and what cannot be set, or takes more memory than there is, ends that process alone.
    """
    document, moment = document_of(["one", "two"]), datetime(2026, 11, 24, tzinfo=UTC)
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    apart = asyncio.run(typeset_apart(document, moment))

    assert apart == typeset(document, moment)
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime > used
    with pytest.raises(EvidenceError, match="could not be set: its process failed"):
        asyncio.run(typeset_apart({"title": 7}, moment))


def document_of(texts: list[str], language: str = "en") -> dict[str, object]:
    """
    A document with a row for each text.
    """
    rows = [{"label": legible(each), "value": legible(each), "mono": bool(at % 2)} for at, each in enumerate(texts)]
    table: dict[str, list[object]] = {"widths": [], "head": [], "rows": []}
    section = {"title": "t", "paragraphs": [], "rows": rows, "table": table, "entries": [], "words": []}
    return {
        **dict.fromkeys(("title", "subtitle", "author", "origin", "id"), "x"),
        "lang": language,
        "keywords": [],
        "labels": {"page": "Page", "of": "of"},
        "sections": [section],
    }


def test_a_certificate_of_somebody_elses_is_refused(tmp_path: Path):
    """
    Key and certificate must belong together, and the key be readable by its owner only.
    """
    one, other = (own_certificate(tmp_path / name, "x.example", clock()) for name in ("one", "other"))
    (tmp_path / "certificate").write_bytes(other.chain[0])
    with pytest.raises(KeyUnusable, match="do not belong together"):
        given_certificate(tmp_path / "certificate", tmp_path / "one")
    (tmp_path / "open").write_bytes(one.key)
    (tmp_path / "open").chmod(0o644)
    with pytest.raises(KeyUnusable):
        given_certificate(tmp_path / "certificate", tmp_path / "open")

    assert own_certificate(tmp_path / "one", "x.example", clock()) == one
    assert (tmp_path / "one").stat().st_mode & 0o777 == 0o600

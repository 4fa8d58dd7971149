"""
A receipt in words for people: what I agreed to, when, on which words, how to take it back, how to check it.

Pure.  The document is that of `server.reports`: sections with paragraphs, rows and quoted words, which the page and the PDF
both lay out.  A page shows every script; a PDF what its fonts have (`fitted`).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson

from audit.encoding import decode_base64
from audit.merkle import leaf_hash
from consent.proof.wording import rendered
from consent.receipts.dpv import disclosed
from consent.receipts.record import CONSENT, LIFE, Act, Notice, Record
from server.reports.legible import legible
from server.reports.telling import moment

_FOLDER = Path(__file__).with_name("words")
LANGUAGES = tuple(sorted(path.stem for path in _FOLDER.glob("*.json")))
_SPAN = re.compile(r"([0-9]+)([YMWD])")
_AS_IT_IS = frozenset({"lang", "id", "keywords", "widths"})

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Words:
    """What receipts say in one language."""

    language: str
    labels: Mapping[str, str]
    how: Sequence[str]  # to check a receipt
    values: Mapping[str, str]

    def label(self, name: str, **about: object) -> str:
        """A label with what it is about."""
        return self.labels[name].format(**about)

    def value(self, name: str) -> str:
        """What a value is called; one without a word is called as the log calls it."""
        return self.values.get(name, name)


@cache
def words_of(language: str) -> Words:
    """The words of a language that there is a file of."""
    said = orjson.loads((_FOLDER / f"{language}.json").read_bytes())
    how = said["labels"].pop("check_how")
    return Words(language, said["labels"], how, said["values"])


def language_of(*wished: str | None) -> str:
    """The first of these locales that there are words in, else English."""
    named = (each.partition("-")[0].lower() for each in wished if each)
    return next((each for each in named if each in LANGUAGES), "en")


def document_of(record: Record, words: Words, deployment: str) -> dict[str, object]:
    """The document of a receipt."""
    act = record.act
    controller = record.around.controller.name or words.label("not_stated")
    return {
        "lang": words.language,
        "title": words.label(f"title_{act.kind}"),
        "subtitle": words.label("subtitle", controller=controller, at=moment(act.at)),
        "author": words.label("author", deployment=deployment),
        "keywords": [str(act.receipt_id), record.proof.log],
        "origin": record.proof.log,
        "id": str(act.receipt_id),
        "labels": {"page": words.label("page"), "of": words.label("of")},
        "sections": [
            _what(record, words),
            _when(record, words),
            *([_notice(act.notice, disclosed(record), words)] if act.kind == CONSENT else []),
            _back(record, words),
            _who(record, words),
            _check(record, words),
        ],
    }


def fitted(document: Mapping[str, object]) -> dict[str, object]:
    """A document with every text as the fonts of a PDF can show it."""
    return {name: value if name in _AS_IT_IS else _fitted(value) for name, value in document.items()}


def _fitted(value: object) -> object:
    if isinstance(value, Mapping):
        return fitted(value)
    if isinstance(value, list | tuple):
        return [_fitted(each) for each in value]
    return legible(value) if isinstance(value, str) else value


def _section(
    title: str, *, texts: Iterable[str] = (), rows: Iterable[Row] = (), shown: Sequence[Mapping[str, object]] = ()
) -> dict[str, object]:
    return {
        "title": title,
        "paragraphs": list(texts),
        "rows": list(rows),
        "table": {"widths": [], "head": [], "rows": []},
        "entries": [],
        "words": list(shown),
    }


def _what(record: Record, words: Words) -> dict[str, object]:
    act, around = record.act, record.around
    rows = [
        _row(words.label("controller"), around.controller.name or words.label("not_stated")),
        _row(words.label("purposes"), _purposes(record, words)),
        _row(words.label("channels"), _named(act.channels, words)),
        _row(words.label("technology"), _named(act.technology, words)),
        _row(words.label("sender"), around.sender_phone or act.sender or words.label("any_sender")),
        _row(words.label("state"), words.value(act.state)),
    ]
    shown = disclosed(record)
    rows += [_row(words.value(name), str(value)) for name, value in sorted(shown.items())]
    texts = [words.label("disclosed") + ": " + ", ".join(words.value(name) for name in sorted(shown))] if shown else []
    return _section(words.label("agreed" if act.kind == CONSENT else "took_back"), rows=rows, texts=texts)


def _purposes(record: Record, words: Words) -> str:
    act = record.act
    if act.purposes is None:
        return _named(act.categories, words)
    told = []
    for name in act.purposes:
        category = record.category(name)
        said = record.around.descriptions.get(name, name)
        told.append(said if category is None else words.label("purpose", purpose=said, category=words.value(category)))
    return ", ".join(told)


def _when(record: Record, words: Words) -> dict[str, object]:
    act, evidence = record.act, record.evidence
    rows = [
        _row(words.label(f"at_{act.kind}"), moment(act.at)),
        _row(words.label("recorded_at"), moment(act.recorded_at)),
        _row(words.label("method"), words.value(act.method)),
        _row(words.label("evidence"), ", ".join(map(words.value, evidence)) or words.label("none")),
    ]
    if act.kind == CONSENT:
        rows.insert(2, _row(words.label("expires_at"), _until(act, words)))
        rows += [_row(words.label(name), moment(act.life[name])) for name in LIFE[0] if name in act.life]
        rows.insert(4, _row(words.label("giver"), words.value(act.giver or "self")))
        rows.append(_row(words.label("jurisdiction"), record.jurisdiction or words.label("not_stated")))
        rows.append(_row(words.label("basis"), words.value(act.basis) if act.basis else words.label("not_stated")))
    return _section(words.label("when"), rows=rows, texts=[words.label("times")])


def _until(act: Act, words: Words) -> str:
    return words.label("no_end") if act.expires_at is None else moment(act.expires_at)


def _notice(notice: Notice | None, personal: Mapping[str, object], words: Words) -> dict[str, object]:
    if notice is None:
        return _section(words.label("words"), texts=[words.label("no_notice")])
    lines = [words.label("words_missing")] if notice.text is None else _lines(notice.text, personal)
    if notice.text is not None and notice.sha256 not in (None, sha256(notice.text.encode()).hexdigest()):
        lines = [words.label("words_other")]
    shown = {
        "heading": words.label("notice", id=notice.id, version=notice.version, locale=notice.locale),
        "rows": [_row(words.label("sha256"), notice.sha256, mono=True)] if notice.sha256 else [],
        "text": lines,
        "lang": notice.locale,
    }
    return _section(words.label("words"), shown=[shown])


def _lines(text: str, personal: Mapping[str, object]) -> list[str]:
    """The words as they were shown, where what filled their placeholders may be; else with the placeholders."""
    if (filled := personal.get("notice_variables")) is not None:
        text = rendered(text, orjson.loads(str(filled)))
    return [each for each in text.splitlines() if each.strip()]


def _back(record: Record, words: Words) -> dict[str, object]:
    ways: Mapping[str, Any] = record.ways  # Text, or a list of lines.
    texts = [words.label("back_done")] if record.act.kind != CONSENT else []
    if not texts:
        texts += [words.label("back_reply")] if "reply" in ways else []
        texts += [words.label("back_page", page=ways["page"])] if "page" in ways else []
        texts += [words.label("back_contact", contact=", ".join(ways["contact"]))] if "contact" in ways else []
    return _section(words.label("back"), texts=texts or [words.label("back_unstated")])


def _who(record: Record, words: Words) -> dict[str, object]:
    controller, unsaid = record.around.controller, words.label("not_stated")
    told = {
        "controller": controller.name,
        "contact": controller.contact,
        "address": ", ".join(controller.address().values()),
        "email": controller.email,
        "phone": controller.phone,
        "policy_url": controller.policy_url,
        "rights_url": controller.rights_url,
        "recipients": ", ".join(controller.recipients),
        "storage": ", ".join(controller.storage),
        "retention": None if controller.retention is None else _span(controller.retention, words),
    }
    return _section(words.label("who"), rows=[_row(words.label(name), value or unsaid) for name, value in told.items()])


def _check(record: Record, words: Words) -> dict[str, object]:
    proof = record.proof
    rows = [
        _row(words.label("receipt"), str(record.act.receipt_id), mono=True),
        _row(words.label("made_at"), moment(record.made_at)),
        _row(words.label("person"), record.act.contact, mono=True),
        _row(words.label("log"), proof.log, mono=True),
        _row(words.label("index"), str(proof.index)),
        _row(words.label("leaf"), leaf_hash(decode_base64(proof.body)).hex(), mono=True),
        _row(words.label("size"), words.label("entries", count=proof.size)),
        *(_row(words.label("vkey"), each, mono=True) for each in proof.keys),
        _row(words.label("keys"), record.keys_url),
    ]
    return _section(words.label("check"), rows=rows, texts=words.how)


def _span(duration: str, words: Words) -> str:
    """An ISO 8601 duration of days and more in words; one of another form as it is written."""
    parts = _SPAN.findall(duration)
    told = ", ".join(words.label(f"for_{unit}", count=count) for count, unit in parts)
    return told if parts and duration == "P" + "".join(map("".join, parts)) else duration


def _row(label: str, value: str, *, mono: bool = False) -> Row:
    return {"label": label, "value": value, "mono": mono}


def _named(values: Sequence[str] | None, words: Words) -> str:
    return words.label("all") if values is None else ", ".join(map(words.value, values))

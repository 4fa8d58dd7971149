"""
A report as a document: who asked, who, what happened, on which words, and how to verify it.

Pure.  The result is plain data for the layout.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from operator import itemgetter

from audit.exporting.fields import EVERY
from audit.exporting.report import Gathered, Reported
from server.reports.certificates import Certificate
from server.reports.legible import legible, paragraphs
from server.reports.telling import Row, moment, row, tell
from server.reports.words import Words

Notices = Mapping[tuple[str, int, str], str]  # by id, version and locale


@dataclass(frozen=True, slots=True)
class Press:
    """What a document says of its maker."""

    deployment: str
    certificate: Certificate


def compose(gathered: Gathered, notices: Notices, words: Words, press: Press) -> dict[str, object]:
    """The document of a report."""
    export, entries = gathered.export, gathered.entries
    kind = "period" if export.contact is None else "person"
    title = words.label(f"title_{kind}")
    last = entries[-1].index if entries else gathered.first
    about = {"contact": export.contact, "first": gathered.first, "last": last}
    return {
        "lang": words.language,
        "title": title,
        "subtitle": legible(words.label(f"subtitle_{kind}", **about)),
        "author": legible(words.label("author", deployment=press.deployment)),
        "keywords": [str(export.id), export.origin],
        "origin": legible(export.origin),
        "id": str(export.id),
        "labels": {"page": words.label("page"), "of": words.label("of")},
        "sections": [
            _about(gathered, words, last),
            _who(gathered, words),
            _summary(entries, words),
            _timeline(gathered, words),
            _words_shown(entries, notices, words),
            _proof(gathered, words, press),
        ],
    }


def _section(
    title: str,
    *,
    texts: Sequence[str] = (),
    rows: Sequence[Row] = (),
    table: Mapping[str, object] | None = None,
    entries: Sequence[Mapping[str, object]] = (),
    shown: Sequence[Mapping[str, object]] = (),
) -> dict[str, object]:
    return {
        "title": title,
        "paragraphs": [legible(each) for each in texts],
        "rows": list(rows),
        "table": table or {"widths": [], "head": [], "rows": []},
        "entries": list(entries),
        "words": list(shown),
    }


def _about(gathered: Gathered, words: Words, last: int) -> dict[str, object]:
    export = gathered.export
    looked_at = words.label("range_value", first=gathered.first, last=last, count=len(gathered.entries))
    every = [words.label("everything")] if EVERY in export.disclose else map(words.fact, export.disclose)
    disclosed = ", ".join(every) or words.label("none")
    rows = [
        row(words.label("asked_by"), export.actor),
        row(words.label("asked_at"), moment(export.requested_at.isoformat())),
        row(words.label("log"), export.origin),
        row(words.label("range"), looked_at),
        row(words.label("disclosed"), disclosed),
    ]
    pruned = gathered.first > export.first
    texts = [words.label("times"), *([words.label("pruned", first=gathered.first)] if pruned else [])]
    return _section(words.label("about"), rows=rows, texts=texts)


def _who(gathered: Gathered, words: Words) -> dict[str, object]:
    rows = []
    if gathered.export.contact is not None:
        rows.append(row(words.label("contact"), str(gathered.export.contact)))
        met = [each for each in gathered.entries if each.event == "contact.identified"]
        values = list(dict.fromkeys(str(value) for each in met for value in each.fields.values()))
        gone = gathered.export.contact in gathered.erased
        unsaid = words.label("hidden_erased", count=len(met)) if gone else words.label("not_disclosed")
        rows.append(row(words.label("identifiers"), ", ".join(values) or unsaid))
    else:
        people = {each.contact for each in gathered.entries if each.contact is not None}
        rows.append(row(words.label("contact"), str(len(people))))
    rows += [
        row(words.label("erased"), words.label("erased_value", contact=contact, at=moment(at.isoformat())))
        for contact, at in sorted(gathered.erased.items(), key=itemgetter(1))
    ]
    return _section(words.label("who"), rows=rows)


def _summary(entries: Sequence[Reported], words: Words) -> dict[str, object]:
    counted = Counter(each.event for each in entries)
    order = {event: place for place, event in enumerate(words.events)}
    events = sorted(counted, key=lambda event: (order.get(event, len(order)), event))
    rows = [[str(counted[event]), legible(words.event(event))] for event in events]
    head = [words.label("count"), words.label("what")]
    return _section(words.label("summary"), table={"widths": ["auto", "fill"], "head": head, "rows": rows})


def _timeline(gathered: Gathered, words: Words) -> dict[str, object]:
    entries, named = gathered.entries, gathered.export.contact is None
    erased = {str(contact) for contact in gathered.erased}
    told = [tell(each, words, erased=each.contact in erased, named=named) for each in entries]
    return _section(words.label("timeline"), entries=told)


def _words_shown(entries: Sequence[Reported], notices: Notices, words: Words) -> dict[str, object]:
    named = [each.facts["notice"] for each in entries if isinstance(each.facts.get("notice"), Mapping)]
    shown = {(str(n["id"]), int(n["version"]), str(n["locale"])): str(n["sha256"]) for n in named}
    texts = [] if shown else [words.label("words_none")]
    return _section(
        words.label("words"), texts=texts, shown=[_notice(key, shown[key], notices, words) for key in sorted(shown)]
    )


def _notice(key: tuple[str, int, str], digest: str, notices: Notices, words: Words) -> dict[str, object]:
    name, version, locale = key
    text = notices.get(key)
    if text is None:
        lines = [words.label("words_missing")]
    elif sha256(text.encode()).hexdigest() != digest:
        lines = [words.label("words_other")]
    else:
        lines = paragraphs(text)
    return {
        "heading": legible(words.label("words_heading", id=name, version=version, locale=locale)),
        "rows": [row(words.label("sha256"), digest, mono=True)],
        "text": lines,
    }


def _proof(gathered: Gathered, words: Words, press: Press) -> dict[str, object]:
    checkpoint, certificate = gathered.cover.checkpoint, press.certificate
    rows = [
        row(words.label("checkpoint_size"), words.label("entries", count=checkpoint.size)),
        row(words.label("root"), checkpoint.root.hex(), mono=True),
        row(words.label("signed_at"), moment(checkpoint.signed_at.isoformat())),
        *(row(words.label("vkey"), each.vkey, mono=True) for each in gathered.cover.keys),
        row(words.label("certificate"), certificate.subject),
        row(words.label("fingerprint_certificate"), certificate.fingerprint, mono=True),
    ]
    own = [words.label("self_signed")] if certificate.is_self_signed else []
    return _section(words.label("proof"), rows=rows, texts=[*words.how, *own])


def named_notices(entries: Sequence[Reported]) -> bool:
    """Whether any entry names a published text."""
    return any(isinstance(each.facts.get("notice"), Mapping) for each in entries)

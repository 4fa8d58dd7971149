"""
A receipt as a page: whole in itself, without scripts, everything in it escaped, with the signed receipt in it.

Pure.
"""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

_STYLE = """
:root { color-scheme: light dark; font: 17px/1.5 system-ui, sans-serif }
body { max-width: 44rem; margin: 0 auto; padding: 1rem }
h1 { font-size: 1.7rem; line-height: 1.2; margin-bottom: .2rem }
h2 { font-size: 1.2rem; margin: 1.8rem 0 .4rem }
h3 { font-size: 1rem; margin: .6rem 0 .3rem }
dl { display: grid; grid-template-columns: minmax(9rem, 1fr) 2fr; gap: .25rem 1rem; margin: .4rem 0 }
dt { font-weight: 600 }
dd { margin: 0; overflow-wrap: anywhere }
blockquote { margin: .5rem 0; padding: .2rem 1rem; border-inline-start: 4px solid #888 }
code, pre { font: .85em ui-monospace, monospace }
pre { white-space: pre-wrap; overflow-wrap: anywhere }
@media (max-width: 30rem) { dl { grid-template-columns: 1fr } dd { margin-bottom: .4rem } }
@media print { section { break-inside: avoid } details { display: none } }
"""

Section = Mapping[str, Any]  # As `telling` makes it.


def page(document: Mapping[str, Any], signed: str, label: str) -> str:  # Any: as above.
    """The whole page; ``signed`` is the JWS, under a heading of its own."""
    sections = "".join(_section(number, each) for number, each in enumerate(document["sections"], 1))
    title, subtitle = _text(document["title"]), _text(document["subtitle"])
    return (
        f'<!DOCTYPE html><html lang="{escape(document["lang"])}"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f"<style>{_STYLE}</style></head><body><main><h1>{title}</h1><p>{subtitle}</p>{sections}"
        f'<details><summary>{escape(label)}</summary><pre id="receipt">{escape(signed)}</pre></details>'
        "</main></body></html>"
    )


def _section(number: int, section: Section) -> str:
    name = f"section-{number}"
    texts = "".join(f"<p>{_text(each)}</p>" for each in section["paragraphs"])
    words = "".join(_words(each) for each in section["words"])
    return (
        f'<section aria-labelledby="{name}"><h2 id="{name}">{_text(section["title"])}</h2>'
        f"{texts}{words}{_rows(section['rows'])}</section>"
    )


def _words(words: Section) -> str:
    text = "".join(f"<p>{_text(each)}</p>" for each in words["text"])
    locale = escape(str(words["lang"]))
    return f'<h3>{_text(words["heading"])}</h3><blockquote lang="{locale}" dir="auto">{text}</blockquote>{_rows(words["rows"])}'


def _rows(rows: Sequence[Section]) -> str:
    told = "".join(f"<dt>{_text(each['label'])}</dt><dd>{_value(each)}</dd>" for each in rows)
    return f"<dl>{told}</dl>" if told else ""


def _value(row: Section) -> str:
    value = _text(row["value"])
    return f"<code>{value}</code>" if row["mono"] else value


def _text(text: object) -> str:
    return escape(str(text))

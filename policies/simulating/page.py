"""
A report as a page to print: whole in itself, without scripts, everything in it escaped.

Pure.
"""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any, TypeAlias

Report: TypeAlias = Mapping[str, Any]  # JSON as `report_of` makes it.
Cells: TypeAlias = Sequence[object]

_STYLE = """
:root { color-scheme: light; font: 15px/1.45 system-ui, sans-serif }
body { max-width: 60rem; margin: 0 auto; padding: 1rem }
code { font-family: ui-monospace, monospace; font-size: .9em; overflow-wrap: anywhere }
table { border-collapse: collapse; width: 100%; margin: .3rem 0 1rem }
th, td { text-align: left; vertical-align: top; padding: .2rem .7rem .2rem 0; border-bottom: 1px solid #bbb }
td.n, th.n { text-align: right }
caption { text-align: left; font-weight: 600; padding-top: .4rem }
@media print { h2, caption { break-after: avoid } tr { break-inside: avoid } }
"""
_NAMES = {
    "allow_to_deny": "Allowed before, denied by the candidate",
    "deny_to_allow": "Denied before, allowed by the candidate",
    "unsure": "Cannot be told for sure",
}
_WHY = {
    "calls_out_of_reach": "the rules look back further than the calls that are known",
    "undecidable": "a fact is none that rules can judge",
    "altered": "the entry was changed",
    "unreadable": "the entry cannot be read",
    "too_many_of_one_person": "there are more entries about one person than are told of",
    "unanswerable": "nobody has this id, or there is no such purpose",
}


def page(report: Report, report_hash: str) -> str:
    """The whole page."""
    parts = (
        _head(report, report_hash),
        _matrix(report),
        *(_change(name, report["changes"][name]) for name in ("allow_to_deny", "deny_to_allow")),
        _lost(report["lost_calls"]),
        _uncertain(report),
        _people(report["contacts"]),
        *(_examples(_NAMES[name], report["examples"][name]) for name in _NAMES),
    )
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Rules tried</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head>'
        f"<body><main>{''.join(parts)}</main></body></html>"
    )


def _head(report: Report, report_hash: str) -> str:
    if report["questions"] is None:
        of = f"{report['log']}, entries {report['from']} to {report['to']} (not included)"
    else:
        of = f"{report['questions']} questions"
    mode = "each decision on its recorded facts"
    if report["mode"] == "closed_loop":
        mode = f"closed loop; calls that never were are assumed {report['assume']}"
    rows = [
        ("Report", report_hash),
        ("Rules in force (base)", f"{report['base']['rule_set']}: {', '.join(report['base']['packs'])}"),
        ("Rules tried (candidate)", f"{report['candidate']['rule_set']}: {', '.join(report['candidate']['packs'])}"),
        ("Of", of),
        ("Mode", mode),
        ("Decisions", f"{report['decisions']}, from {report['first_at'] or '-'} to {report['last_at'] or '-'}"),
        ("Data", ", ".join(f"{name} {version}" for name, version in report["engine"].items())),
    ]
    told = "".join(f'<tr><th scope="row">{escape(name)}</th><td>{_code(text)}</td></tr>' for name, text in rows)
    return f"<h1>Rules tried on the calls of the past</h1><table>{told}</table>"


def _matrix(report: Report) -> str:
    answers = ("allow", "deny", "unsure")
    rows = [(f"base: {one}", *(report["matrix"][one][other] for other in answers)) for one in answers]
    return "<h2>What changes</h2>" + _table(
        "Decisions by both answers", ("", *(f"candidate: {each}" for each in answers)), rows
    )


def _change(name: str, change: Report) -> str:
    tables = [
        _table(
            f"{_NAMES[name]}: by {by}",
            (by, "decisions"),
            [(each[by], each["decisions"]) for each in change[f"by_{by}"]],
        )
        for by in ("code", "layer", "country", "purpose")
        if change[f"by_{by}"]
    ]
    return f"<h2>{escape(_NAMES[name])}: {change['decisions']}</h2>{''.join(tables)}"


def _lost(lost: Report) -> str:
    rows = [(each["outcome"], each["decisions"]) for each in lost["by_outcome"]]
    said = (
        f"<p>{lost['calls']} calls that were placed would not have been, {lost['connected']} of which somebody answered; "
        f"{lost['not_placed']} more were allowed and never placed.</p>"
    )
    return f"<h2>Calls that would have been lost</h2>{said}" + (
        _table("By outcome", ("outcome", "calls"), rows) if rows else ""
    )


def _uncertain(report: Report) -> str:
    rows = [(each["of"], _WHY.get(each["why"], each["why"]), each["decisions"]) for each in report["unsure"]]
    rows += [("entry", _WHY.get(each["why"], each["why"]), each["decisions"]) for each in report["untold"]["why"]]
    assumed = report["assumed_calls"]
    told = (
        f"<p>The base answers {report['base_as_recorded']} of {report['decisions']} decisions as they were answered. "
        f"Calls that are assumed: {assumed['base']} under the base, {assumed['candidate']} under the candidate; "
        f"{assumed['decisions']} decisions count one.</p>"
    )
    return f"<h2>What is not certain</h2>{told}" + (
        _table("Not told for sure", ("of", "why", "decisions"), rows) if rows else ""
    )


def _people(contacts: Report) -> str:
    rows = [(each["contact"], each["allow_to_deny"], each["deny_to_allow"]) for each in contacts["most_affected"]]
    said = f"<p>People affected: {contacts['affected']}. Decisions about the most affected: {contacts['most_changes']}.</p>"
    heading = ("contact", "allowed before", "denied before")
    return f"<h2>People</h2>{said}" + (_table("Most affected", heading, rows) if rows else "")


def _examples(title: str, examples: Sequence[Report]) -> str:
    if not examples:
        return ""
    rows = [
        (each["index"], each["at"], each["purpose"], _answer(each["base"]), _answer(each["candidate"]))
        for each in examples
    ]
    return _table(f"Examples: {title}", ("index", "at", "purpose", "base", "candidate"), rows)


def _answer(told: Report) -> str:
    findings = ", ".join(f"{code} ({pack or 'rule set'}, {rule})" for code, pack, rule in told["findings"])
    why = _WHY.get(told["why"], told["why"]) if told["why"] else ""
    return ": ".join(filter(None, (told["answer"], findings or why)))


def _table(title: str, heading: Cells, rows: Iterable[Cells]) -> str:
    head = "".join(f"<th{_numeric(each)}>{escape(str(each))}</th>" for each in heading)
    body = "".join(f"<tr>{''.join(f'<td{_numeric(cell)}>{_code(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><caption>{escape(title)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _numeric(cell: object) -> str:
    return ' class="n"' if isinstance(cell, int) else ""


def _code(cell: object) -> str:
    text = escape(str(cell))
    return f"<code>{text}</code>" if text.startswith("sha256:") else text

"""
The page of jurisdictions, made from the packs: ``python -m docs.jurisdictions > docs/jurisdictions.md``.
"""  # noqa: INP001  a folder of pages is no package

import sys
from collections import Counter
from collections.abc import Iterator

from policies.catalogue import builtin, builtin_suite, jurisdictions
from policies.pack_rules import CapRule, ConsentRule, GapRule, Grounded, RegisterRule, RuleModel, WindowRule
from policies.showing import in_short, obliges

HEAD = """\
# Jurisdictions

Made by `python -m docs.jurisdictions` from the packs in `policies/packs`; a test holds the two together. Checked against saved
copies of public pages, not by counsel: have a country's pack verified before you rely on it. `venia policy show es` has every
rule with its sources; [packs.md](packs.md) says how to change one.

*Law* is what a source of high or medium confidence says a statute or a regulator asks. *Default* is everything else that is
enforced: an industry's code, what is remembered and was not confirmed, and what Venia holds decent where nothing was found.
Every rule has cases that show an allow, a deny and an edge of it, with the words of its source. What stands as *of the caller* is an
obligation that comes with an allow.

| pack | country | rules | law | default | cases | confidence (high, medium, low) |
|---|---|---|---|---|---|---|
"""


def _row(name: str) -> str:
    pack, suite = builtin(name), builtin_suite(name)
    basis = Counter(rule.basis for rule in pack.rules)
    confidence = Counter(
        max((c.confidence for c in rule.source), key=("low", "medium", "high").index) for rule in pack.rules
    )
    sure = ", ".join(str(confidence[each]) for each in ("high", "medium", "low"))
    return (
        f"| `{name}` | {pack.title} | {len(pack.rules)} | {basis['law']} | {basis['default']} "
        f"| {len(suite.tests)} | {sure} |"
    )


def _rules(name: str) -> Iterator[str]:
    pack = builtin(name)
    yield f"\n## {pack.title} (`{name}`)\n"
    yield "| rule | asks | of | basis | source |"
    yield "|---|---|---|---|---|"
    for rule in pack.rules:
        yield _line(rule, _kind(rule))
    for owed in pack.obligations:
        yield _line(owed, f"of the caller: {obliges(owed)}")


def _line(rule: Grounded, asks: str) -> str:
    source = max(rule.source, key=lambda each: ("low", "medium", "high").index(each.confidence))
    cells = (f"`{rule.id}`{_dates(rule)}", asks, in_short(rule), rule.basis, f"{source.cite} ({source.confidence})")
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _dates(rule: Grounded) -> str:
    start, until = rule.effective.start, rule.effective.until
    return (f", from {start:%Y-%m-%d}" if start else "") + (f", until {until:%Y-%m-%d}" if until else "")


def _kind(rule: RuleModel) -> str:
    match rule:
        case WindowRule():
            return "hours " + ", ".join(f"{day} {' '.join(spans) or '–'}" for day, spans in rule.open.items())
        case CapRule():
            return f"at most {rule.limit} per {rule.per}"
        case GapRule():
            return f"{rule.wait} after {'any call' if isinstance(rule.after, str) else ', '.join(rule.after)}"
        case ConsentRule():
            ages = ", ".join(f"{basis} lasts {age.days} days" for basis, age in sorted(rule.max_age.items()))
            return "consent" + (f" ({', '.join(rule.bases)})" if rule.bases else "") + (f": {ages}" if ages else "")
        case RegisterRule():
            return f"{'in' if rule.expect == 'listed' else 'not in'} `{rule.register_name}`"
        case _:
            return rule.kind


def page() -> str:
    """The whole page."""
    names = jurisdictions()
    rows = [_row(name) for name in names]
    packs = [builtin(name) for name in names]
    totals = Counter(rule.basis for pack in packs for rule in pack.rules)
    cases = sum(len(builtin_suite(name).tests) for name in names)
    total = f"| | **{len(names)} packs** | {sum(totals.values())} | {totals['law']} | {totals['default']} | {cases} | |"
    return HEAD + "\n".join([*rows, total]) + "\n" + "\n".join(line for name in names for line in _rules(name)) + "\n"


if __name__ == "__main__":
    sys.stdout.write(page())

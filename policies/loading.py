"""
From the text of a pack to a `Pack`, or to every reason why it is none.

The schema finds what is wrong with one value; the checks here find what is wrong between values.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from consent.places import country_of
from policies.closed_days import known_region
from policies.documents import Document, Path, canonical, read_document
from policies.errors import PackInvalid, Problem
from policies.pack import Head, Pack
from policies.pack_access import CONTACT, AccessSection
from policies.pack_obligations import TYPES, ObligationModel
from policies.pack_rules import (
    KINDS,
    CapRule,
    Condition,
    ConsentRule,
    Grounded,
    PredicateRule,
    RuleModel,
    SenderRule,
    StreakRule,
    WindowRule,
    meet,
)
from policies.pack_values import LAYERS, Layer
from policies.timetables import EVE, HOLIDAY, read_timetable

M = TypeVar("M", bound=BaseModel)
G = TypeVar("G", bound=Grounded)
_CITED_LAYERS = ("platform", "jurisdiction")
_ONE_OF = {"rules": "a rule", "obligations": "an obligation"}


def parse_pack(text: str, name: str = "the pack") -> Pack:
    """Read a pack from YAML; `PackInvalid` with every problem, its path and its line."""
    return _pack(read_document(text), name)


def pack_from(content: bytes) -> Pack:
    """Read a pack back from its canonical bytes; `PackInvalid`, without lines, if it is none."""
    try:
        data = json.loads(content)
    except ValueError as error:
        raise PackInvalid("the stored pack", [Problem("", 0, "this is not JSON")]) from error
    return _pack(Document(data, {}), "the stored pack")


def checked(model: type[M], data: object, document: Document, at: Path = ()) -> M | list[Problem]:
    """The data as this model, or every problem with it, at their places in the document."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        return [document.problem((*at, *found["loc"]), _sentence(found["msg"])) for found in error.errors()]


def in_order(document: Document, problems: Sequence[Problem]) -> list[Problem]:
    """Every problem once, by line; what the text got wrong is not said again by the schema."""
    refused = {problem.path for problem in document.problems}
    others = {problem for problem in problems if problem.path not in refused}
    return sorted({*document.problems, *others}, key=lambda problem: (problem.line, problem.path, problem.sentence))


def _sentence(message: str) -> str:
    text = message.removeprefix("Value error, ")
    return text[:1].lower() + text[1:]


def _pack(document: Document, name: str) -> Pack:
    problems: list[Problem] = []
    head = checked(Head, document.data, document)
    if isinstance(head, list):
        problems += head
    rules = _usable(document, "rules", "kind", KINDS, problems)
    obligations = _usable(document, "obligations", "type", TYPES, problems)
    layer = _layer(document.data)
    problems += [document.problem(path, sentence) for path, sentence in _between(document.data, layer, rules)]
    problems += [document.problem(path, sentence) for path, sentence in _owed(document.data, layer, obligations)]
    if isinstance(head, Head) and head.access is not None:
        problems += [document.problem(("access", *path), sentence) for path, sentence in _access(head, head.access)]
    if problems or document.problems or not isinstance(head, Head):
        raise PackInvalid(name, in_order(document, problems))
    content = canonical(document.data)
    countries = frozenset(head.applies_when.country if head.applies_when else ())
    digest = "sha256:" + hashlib.sha256(content).hexdigest()
    return Pack(
        id=head.pack,
        version=head.version,
        layer=head.layer,
        title=head.title,
        countries=countries,
        supplement=head.supplement,
        proclaimed=tuple((each.region, each.day) for each in head.proclaimed),
        purposes=tuple(head.purposes),
        rules=tuple(rules.values()),
        obligations=tuple(obligations.values()),
        content=content,
        hash=digest,
        access=head.access,
    )


def _usable(
    document: Document, part: str, sort: str, models: Mapping[str, type[G]], problems: list[Problem]
) -> dict[int, G]:
    """The usable rules, or obligations, by their place; the problems of the others are added."""
    usable: dict[int, G] = {}
    for index, data in enumerate(_written(document.data, part)):
        at: Path = (part, index)
        named = data.get(sort) if isinstance(data, Mapping) else None
        model = models.get(named) if isinstance(named, str) else None
        if model is None:
            problems.append(document.problem((*at, sort), f"{_ONE_OF[part]} needs a {sort}: {', '.join(models)}"))
            continue
        found = checked(model, data, document, at)
        if isinstance(found, list):
            problems += found
        else:
            usable[index] = found
    return usable


def _written(data: object, part: str) -> Sequence[object]:
    written = data.get(part) if isinstance(data, Mapping) else None
    return written if isinstance(written, list) else ()


def _layer(data: object) -> Layer | None:
    written = data.get("layer") if isinstance(data, Mapping) else None
    return next((layer for layer in LAYERS if layer == written), None)


def _between(data: object, layer: Layer | None, rules: Mapping[int, RuleModel]) -> Iterator[tuple[Path, str]]:
    """Everything that no single value can show."""
    if isinstance(data, Mapping) and layer is not None:
        if layer == "jurisdiction" and data.get("applies_when") is None:
            yield (), "a jurisdiction says which countries it applies to: applies_when"
        if layer != "jurisdiction" and data.get("applies_when") is not None:
            yield ("applies_when",), "only a jurisdiction applies to some countries"
        if layer != "jurisdiction" and data.get("supplement"):
            yield ("supplement",), "only a jurisdiction supplements others"
        if layer != "tenant" and data.get("purposes"):
            yield ("purposes",), "only a tenant's pack suggests purposes"
    parts = ("rules", "obligations", "proclaimed", "access")
    if isinstance(data, Mapping) and not any(map(data.get, parts)):
        yield (), "a pack has rules, or obligations, or proclaims holidays: rules, obligations, proclaimed"
    for index, rule in rules.items():
        for path, sentence in _within(rule, layer, _countries(data)):
            yield ("rules", index, *path), sentence
    yield from _doubles("rules", rules)


def _owed(data: object, layer: Layer | None, obligations: Mapping[int, ObligationModel]) -> Iterator[tuple[Path, str]]:
    """The same of obligations: they rest on something, and one of a name is owed at a time."""
    for index, each in obligations.items():
        for path, sentence in _ground(each, layer, _countries(data), "an obligation"):
            yield ("obligations", index, *path), sentence
    yield from _doubles("obligations", obligations)


def _countries(data: object) -> tuple[str, ...]:
    applies = data.get("applies_when") if isinstance(data, Mapping) else None
    countries = applies.get("country") if isinstance(applies, Mapping) else None
    return tuple(map(str, countries)) if isinstance(countries, list) else ()


def _ground(each: Grounded, layer: Layer | None, countries: Sequence[str], what: str) -> Iterator[tuple[Path, str]]:
    """What a rule or an obligation rests on, and where it applies."""
    if layer in _CITED_LAYERS and not each.source:
        yield (), f"{what} of a platform or jurisdiction cites its source"
    if each.basis == "law" and all(citation.confidence == "low" for citation in each.source):
        yield ("basis",), "what no source of some confidence states is not law: its basis is default"
    start, until = each.effective.start, each.effective.until
    if start is not None and until is not None and until <= start:
        yield ("effective",), f"the {what.split()[1]} ends before it begins"
    for index, region in enumerate(each.when.region or ()):
        if layer == "jurisdiction" and country_of(region) not in countries:
            yield ("when", "region", index), "the pack does not apply to this country: applies_when"


def _within(rule: RuleModel, layer: Layer | None, countries: Sequence[str]) -> Iterator[tuple[Path, str]]:
    yield from _ground(rule, layer, countries, "a rule")
    if isinstance(rule, ConsentRule) and rule.on_unknown != "deny":
        yield ("on_unknown",), "unknown consent is no consent"
    if isinstance(rule, SenderRule) and not (rule.deny_countries or rule.deny_restricted):
        yield (), "this rule denies no sender: give deny_countries, or deny_restricted: true"
    if isinstance(rule, CapRule | StreakRule) and rule.sandbox_limit is not None and rule.sandbox_limit < rule.limit:
        yield ("sandbox_limit",), "test numbers have no lower limit than others: give the lower one as limit"
    if isinstance(rule, PredicateRule):
        yield from _mixed(rule.needs, ("needs",))
    if isinstance(rule, WindowRule):
        yield from _window(rule, layer, countries)


def _access(head: Head, section: AccessSection) -> Iterator[tuple[Path, str]]:
    """What no single value of a section about access can show."""
    if head.layer not in ("platform", "tenant"):
        yield (), "only packs of the platform and of tenants are about access"
    if head.rules or head.obligations or head.proclaimed or head.purposes:
        yield (), "a pack is about calls or about access: write two"
    names, known = [rule.id for rule in section.rules], [(each.type, each.id) for each in section.entities]
    for index, rule in enumerate(section.rules):
        at: Path = ("rules", index)
        if rule.id in names[:index]:
            yield (*at, "id"), f"another rule is called {rule.id}"
        if CONTACT in rule.when.resource:
            yield (*at, "when", "resource"), "whether people may be called is for the rules of calls"
        if rule.needs is not None:
            yield from _mixed(rule.needs, (*at, "needs"))
    for index, entity in enumerate(section.entities):
        if known[index] in known[:index]:
            yield ("entities", index), f"{entity.type} {entity.id} stands here twice"
        if entity.type == CONTACT:
            yield ("entities", index, "type"), "people are known by their own words, and by no pack"


def _mixed(condition: Condition, at: Path) -> Iterator[tuple[Path, str]]:
    """A list of several kinds of values compares with none of them in particular."""
    if condition.within is not None and len({type(value) for value in condition.within}) > 1:
        yield (*at, "in"), "write values of one kind: all text, all whole numbers, or all true and false"
    for name in ("all", "any"):
        for index, part in enumerate(getattr(condition, name) or ()):
            yield from _mixed(part, (*at, name, index))
    if condition.negated is not None:
        yield from _mixed(condition.negated, (*at, "not"))


def _window(rule: WindowRule, layer: Layer | None, countries: Sequence[str]) -> Iterator[tuple[Path, str]]:
    _, faults = read_timetable(rule.open, rule.guard)
    for path, sentence in faults:
        yield ("open", *path), sentence
    special = [key for key in (HOLIDAY, EVE) if key in rule.open]
    if special and rule.holidays is None and layer != "jurisdiction":
        yield ("open", special[0]), "say whose holidays: holidays"
    if not special and rule.holidays is not None:
        yield ("holidays",), "no window is given for holidays: hol"
    if special and rule.holidays is None:
        for country in countries:
            if not known_region(country):
                yield ("open", special[0]), f"there is no calendar of holidays for {country}: say whose holidays"


def _doubles(part: str, written: Mapping[int, RuleModel | ObligationModel]) -> Iterator[tuple[Path, str]]:
    """
    One rule may be written in variants, by date or by what it is about; at most one may answer any question.

    Otherwise a reason that names the rule would not say which words it means.  The same holds of obligations.
    """
    numbered = list(written.items())
    for place, (index, each) in enumerate(numbered):
        for _, other in numbered[:place]:
            if other.id == each.id and not _exclusive(other, each):
                what = _ONE_OF[part].split()[1]
                yield (part, index, "id"), f"another {what} called {each.id} can be in force for the same call"


def _exclusive(one: RuleModel | ObligationModel, other: RuleModel | ObligationModel) -> bool:
    if type(one) is not type(other):
        return False
    first, second = one.effective, other.effective
    if first.until and second.start and first.until <= second.start:
        return True
    if second.until and first.start and second.until <= first.start:
        return True
    return not meet(one.when, other.when)

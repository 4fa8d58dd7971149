"""
Reading YAML that means what it looks like, and saying where it does not.

Only the part of YAML that has one reading is accepted: no anchors, no aliases, no tags, no key twice, and none of
the words that YAML 1.1 turns into true and false, because ``country: [NO]`` must be Norway.  Times, dates and
versions stay text; numbers are whole.  Canonical bytes are JSON with sorted keys and no spaces.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

import yaml

from policies.errors import Problem

Path: TypeAlias = tuple[str | int, ...]
_LONGEST = 1_048_576  # Characters; a pack is a few thousand.
_DEEPEST = 20
_DISGUISED = re.compile(r"y|yes|n|no|on|off|true|false", re.IGNORECASE)
_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,14}")
_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9][0-9_]*(\.[0-9_]*)?)([eE][-+]?[0-9]+)?|0[xob][0-9a-fA-F_]+")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_NULL = ("", "~", "null")


@dataclass(frozen=True, slots=True)
class Document:
    """Plain data, the line on which each part of it stands, and what was wrong with the text itself."""

    data: object
    lines: Mapping[Path, int]
    problems: list[Problem] = field(default_factory=list)

    def problem(self, path: Path, sentence: str) -> Problem:
        """A problem at a path, with the line of its nearest part that exists."""
        known = path
        while known and known not in self.lines:
            known = known[:-1]
        return Problem(written_path(path), self.lines.get(known, 0), sentence)


class _OneReading(yaml.SafeLoader):
    """The safe loader, used only to compose: what its nodes mean is decided below."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.refused: list[Problem] = []

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]  # The stubs leave the parser's methods bare.
        if getattr(event, "anchor", None) is not None:
            self._refuse(event, "write it out: anchors and aliases hide what a rule says")
        if getattr(event, "tag", None) is not None:
            self._refuse(event, "leave the tag out: quoting is enough to make something text")
        return super().compose_node(parent, index)

    def _refuse(self, event: yaml.Event, sentence: str) -> None:
        self.refused.append(Problem("", getattr(event.start_mark, "line", -1) + 1, sentence))


def read_document(text: str) -> Document:
    """Read one YAML document; never raises for what the text contains, whose problems are in the answer."""
    if len(text) > _LONGEST:
        return Document(None, {}, [Problem("", 1, "the document is longer than a mebibyte")])
    try:
        node, refused = _composed(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        return Document(None, {}, [Problem("", line, f"this is not YAML: {error.problem or error.context}")])
    except (yaml.YAMLError, RecursionError) as error:
        return Document(None, {}, [Problem("", 0, f"this is not YAML: {type(error).__name__}")])
    if refused:
        return Document(None, {}, refused)
    reading = _Reading()
    data = reading.value(node, ()) if node is not None else None
    return Document(data, reading.lines, reading.problems)


def _composed(text: str) -> tuple[yaml.Node | None, list[Problem]]:
    loader = _OneReading(text)
    try:
        return loader.get_single_node(), loader.refused
    finally:
        loader.dispose()


def canonical(data: object) -> bytes:
    """The one encoding of plain data that is hashed and stored: sorted keys, no spaces, UTF-8."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def written_path(path: Path) -> str:
    """A path as people write it: ``rules[2].open.sat``."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return text.removeprefix(".")


class _Reading:
    """One pass over the nodes: values, their lines, and every problem instead of the first."""

    def __init__(self) -> None:
        self.lines: dict[Path, int] = {}
        self.problems: list[Problem] = []

    def value(self, node: yaml.Node, path: Path) -> object:
        self.lines[path] = node.start_mark.line + 1
        if len(path) > _DEEPEST:
            return self._refuse(node, path, "this is nested too deeply")
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*path, index)) for index, item in enumerate(node.value)]
        return self._mapping(node, path)

    def _mapping(self, node: yaml.Node, path: Path) -> dict[str, object]:
        members: dict[str, object] = {}
        for key_node, value_node in node.value:
            key = self._key(key_node, path)
            if key is None:
                continue
            if key in members:
                self._refuse(key_node, (*path, key), "this key stands here twice")
                continue
            members[key] = self.value(value_node, (*path, key))
        return members

    def _key(self, node: yaml.Node, path: Path) -> str | None:
        # Keys are always text, even "on", so that none of them can mean two things.
        key = node.value if isinstance(node, yaml.ScalarNode) else None
        if isinstance(key, str) and key != "<<" and not _SURROGATE.search(key):
            return key
        self._refuse(node, path, "a key must be plain text")
        return None

    def _scalar(self, node: yaml.ScalarNode, path: Path) -> object:
        text = node.value
        if _SURROGATE.search(text):
            return self._refuse(node, path, "half of a character stands here: write it whole")
        if node.style is not None:
            return text
        if text in _NULL:
            return None
        if text in {"true", "false"}:
            return bool(text == "true")
        if _DISGUISED.fullmatch(text):
            return self._refuse(node, path, f"quote {text!r}: YAML takes it for true or false")
        if _WHOLE.fullmatch(text):
            return int(text)
        if _NUMBER.fullmatch(text):
            return self._refuse(node, path, f"{text!r} is no whole number: write one, or quote it")
        return text

    def _refuse(self, node: yaml.Node, path: Path, sentence: str) -> object:
        self.problems.append(Problem(written_path(path), node.start_mark.line + 1, sentence))
        return None

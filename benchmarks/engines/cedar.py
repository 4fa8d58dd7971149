"""
Cedar (cedarpy): a ``forbid`` for each denial beside one ``permit``, parsed once into a ``PolicySet``.

Action and country stand in a policy's scope, which Cedar compares before its conditions; the other facts are the
context, handed over as the text that cedarpy would otherwise make of it.  The entities, of which the rules need none, are
parsed once too.
"""

import json

import cedarpy
import orjson

from benchmarks.conditions import Condition, Every, Flat, Is
from benchmarks.engines.infix import Language, texts
from benchmarks.translation import Translation

_CEDAR = Language(
    fact=lambda name: f"context.{name}",
    both="&&",
    one="||",
    among=lambda fact, values: f"[{texts(values)}].contains({fact})",
    not_among=lambda fact, values: f"![{texts(values)}].contains({fact})",
)


class Engine:
    """Cedar, told the rules."""

    def __init__(self, translation: Translation) -> None:
        policies = ["permit(principal, action, resource);", *(_forbid(each.when) for each in translation.denials)]
        self._policies = cedarpy.PolicySet.from_str("\n".join(policies))
        self._entities = cedarpy.Entities.from_json_str("[]")
        # Cedar numbers policies in the order in which they are written.
        self._numbers = {f"policy{number + 1}": number for number in range(len(translation.denials))}

    def applying(self, flat: Flat) -> list[int]:
        """The policies that Cedar names as its reasons."""
        request = {
            "principal": 'Business::"acme"',
            "action": f'Action::"{flat.get("action")}"',
            "resource": f'Country::"{flat.get("country")}"',
            "context": orjson.dumps(flat).decode(),
        }
        result = cedarpy.is_authorized(request, self._policies, self._entities)
        return [] if result.allowed else [self._numbers[name] for name in result.diagnostics.reasons]


def _forbid(condition: Condition) -> str:
    parts = list(condition.parts) if isinstance(condition, Every) else [condition]
    scope = []
    for name, kind in (("action", "Action"), ("country", "Country")):
        place = "action" if name == "action" else "resource"
        found = next((part for part in parts if isinstance(part, Is) and part.fact == name and part.equal), None)
        if found is not None:
            parts.remove(found)
            place += f" == {kind}::{json.dumps(found.value)}"
        scope.append(place)
    when = f" when {{ {_CEDAR.write(Every(tuple(parts)))} }}" if parts else ""
    return f"forbid(principal, {', '.join(scope)}){when};"

"""
The turns of refusal of every language, added to its grammar.
"""

from collections.abc import Mapping
from dataclasses import replace

from consent.grammar import Grammar
from consent.turns import east, germanic, romance, slavic, south
from consent.turns.turn import Turns

TURNS: Mapping[str, Turns] = {**romance.TURNS, **germanic.TURNS, **slavic.TURNS, **south.TURNS, **east.TURNS}


def with_turns(grammar: Grammar) -> Grammar:
    """The grammar, with the turns of its language."""
    turns = TURNS.get(grammar.language)
    if turns is None:
        return grammar
    pairs = (("TURN_WEARY", "TURN_CALLING"), ("TURN_FORBID", "TURN_TOUCH"), ("TURN_SPURN", "TURN_CONTACT"))
    listed = (turns.weary, turns.calling, turns.forbid, turns.touch, turns.spurn, turns.contact)
    sets = dict(zip((name for pair in pairs for name in pair), listed, strict=True))
    if turns.halt:
        sets |= {"TURN_CALLS": turns.calls, "TURN_HALT": turns.halt}
    orders = ["TURN_CALLS ~~ TURN_HALT $"] if turns.halt else []
    orders += [f"{said} ~ {of}" for said, of in pairs] + [f"{of} ~ {said}" for said, of in pairs if turns.last]
    return replace(
        grammar,
        sets={**grammar.sets, **sets},
        refusals=(*grammar.refusals, *orders, *turns.refusals),
        innocent=(*grammar.innocent, *turns.innocent),
    )

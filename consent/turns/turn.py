"""
Turns in which people of every language refuse, side by side: they have had enough, they forbid it, they want no contact at all.

The languages' own grammars (``consent.grammars``) have what is peculiar to each.  Here the same few thoughts are written down for
all of them, so that what somebody thinks of for one is not forgotten for the others.  Sets and patterns are those of
``consent.grammar``; they are added to the grammar of their language, and the names of sets are theirs alone.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Turns:
    """One language's words for them, and what more it needs said."""

    weary: str  # had enough
    calling: str  # of your calls, of being called
    forbid: str  # I forbid, do not dare
    touch: str  # to call me, to contact me
    spurn: str  # I refuse, I want no
    contact: str  # contact of any kind
    calls: str = ""  # your calls, you call every day
    halt: str = ""  # at the end of what is said of them: stop
    refusals: tuple[str, ...] = ()
    innocent: tuple[str, ...] = ()
    last: bool = False  # the verb stands at the end: "of your calls I have had enough"

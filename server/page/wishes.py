"""
What a person can wish on their page in one step, and how a wish is told there.

Pure.  Each choice is a wish about all calls; it only narrows, and it is the person's word to the business that ends one.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from consent.wishes.wish import Wish, WishEvent
from server.page.words import Words

WORKDAYS = ("mon", "tue", "wed", "thu", "fri")
CHOICES: Mapping[str, Wish] = MappingProxyType(
    {
        "mornings": Wish("", windows=("09:00-12:00",)),
        "afternoons": Wish("", windows=("12:00-17:00",)),
        "evenings": Wish("", windows=("17:00-21:00",)),
        "workdays": Wish("", days=WORKDAYS),
        "one_a_day": Wish("", most=1, per="day"),
        "two_a_week": Wish("", most=2, per="week"),
        "one_a_month": Wish("", most=1, per="month"),
    }
)
_NAMES = {str(sorted(wish.says().items())): name for name, wish in CHOICES.items()}


def choice_of(wish: Wish) -> str | None:
    """The choice that a wish is; None where it says anything else."""
    return _NAMES.get(str(sorted(wish.says().items())))


def told(wishes: Sequence[WishEvent], words: Words) -> list[str]:
    """The wishes in force; one that the page has no words for is told to be one."""
    names = [choice_of(each.wish) for each in wishes]
    return [words.say("wish_other") if name is None else words.say(f"wish_{name}") for name in names]


def offered(wishes: Sequence[WishEvent], words: Words) -> list[tuple[str, str]]:
    """What can still be wished, by name and in words."""
    wished = {choice_of(each.wish) for each in wishes}
    return [(name, words.say(f"wish_{name}")) for name in CHOICES if name not in wished]

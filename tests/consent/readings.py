"""
How tests of grammars tell a refusal of everything for good from less.
"""

from consent.replies import read


def is_less(text: str) -> bool:
    """
    Whether a text is read as a refusal, but not as one of everything for good: doubtful, for a time, of advertising alone.
    """
    meaning = read(text)
    return meaning.kind == "opt_out_maybe" or meaning.only is not None or meaning.period is not None


def is_for_good(text: str) -> bool:
    """
    Whether a text is read as a refusal of everything for good.
    """
    return read(text).kind == "opt_out" and not is_less(text)

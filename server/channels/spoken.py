"""
What somebody refused in spoken words, by the same reading that written replies get.

A yes, a start or a call for help means nothing here: in a call people say such words to other questions.
"""

from dataclasses import replace

from consent.meaning import Meaning
from consent.replies import read


def refusal_in(words: str, *, is_customer: bool) -> Meaning | None:
    """
    The refusal in one utterance, clear or doubtful, or None.

    Where nobody knows that it was the customer who spoke, even a clear one is doubtful.
    """
    said = read(words)
    if said.kind not in ("opt_out", "opt_out_maybe"):
        return None
    return said if is_customer else replace(said, kind="opt_out_maybe")

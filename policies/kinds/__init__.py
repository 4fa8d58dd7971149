"""
The kinds of rules: each answers whether it passes, why not, and when it may pass next.

A kind is a frozen dataclass with ``check(facts, now)``, pure and without memory.  What it does not know it says, by
answering ``Unknown``; the instants it names are never later than the true ones and always later than ``now``.
"""

"""
The offices in which registers are loaded and asked.
"""

from tests.consent.conftest import desk, office

__all__ = ["desk", "office"]

"""
The offices in which decisions are tried on a real database.
"""

from tests.consent.conftest import desk, office

__all__ = ["desk", "office"]

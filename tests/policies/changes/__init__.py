"""
Tests of how rules change.
"""

"""
Tests of the log.
"""

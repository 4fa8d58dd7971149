"""
Rules that are asked about every call beside those in force, and enforced on nobody.
"""

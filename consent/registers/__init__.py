"""
Public registers of numbers: read from their files, kept as keyed hashes, asked by decisions.
"""

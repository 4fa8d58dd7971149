"""
Consent receipts: what a person agreed to or took back, as its entry says it, in the shapes that standards give it.
"""

"""
Reports for people: an export as a signed PDF.
"""

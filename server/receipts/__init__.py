"""
Consent receipts as they leave the service: signed, as pages and PDF, and verified.
"""

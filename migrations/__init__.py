"""
Migrations of the database, each with a way back.
"""

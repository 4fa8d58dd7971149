"""
The migrations, oldest first.
"""

"""
How a tenant's rules change: drafted, green, rehearsed, approved by somebody else, activated.
"""

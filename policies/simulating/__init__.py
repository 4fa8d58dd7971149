"""
Trying other rules on the calls of the past: what they would have allowed, denied, and cost.
"""

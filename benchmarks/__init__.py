"""
Measurements that anyone can repeat: each compares within one run, since machines are noisy.
"""

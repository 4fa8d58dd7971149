"""
Registers over the wire and on the command line.
"""

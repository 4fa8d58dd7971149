"""
AuthZEN Authorization API 1.0: the decisions of Venia in the words of a standard, holding and writing nothing.
"""

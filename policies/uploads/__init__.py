"""
Questions of any number, uploaded as newline-delimited JSON.
"""

"""
Many questions in one request: newline-delimited JSON in, one answer per line out.
"""

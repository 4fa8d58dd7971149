"""
Which registers rules ask for, what the loads of them say of a person, and how long they will do.
"""

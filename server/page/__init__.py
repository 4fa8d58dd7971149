"""
The page on which a person sees and ends what a business has of them.
"""

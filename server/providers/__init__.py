"""
Where the key-encryption key is: with us, in AWS KMS, or on a PKCS#11 token.
"""

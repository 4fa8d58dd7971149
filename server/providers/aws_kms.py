"""
A key-encryption key in AWS KMS: it wraps and unwraps there, and never leaves.

Source: AWS KMS API reference, Encrypt and Decrypt; the encryption context is KMS's additional authenticated data.
"""

import asyncio
import base64
from typing import Any

from audit.errors import KeyProviderAway, KeyUnusable

try:
    import boto3
    from botocore.config import Config
    from botocore.exceptions import BotoCoreError, ClientError
except ImportError as error:
    raise KeyUnusable("AWS KMS needs a library that is not installed. Run: pip install 'venia[aws]'") from error

_CONNECT_SECONDS, _READ_SECONDS, _ATTEMPTS = 1, 2, 2
# What will not be otherwise in a minute; everything else may be.
_REFUSALS = frozenset(
    {
        "AccessDeniedException",
        "DisabledException",
        "IncorrectKeyException",
        "InvalidCiphertextException",
        "InvalidKeyUsageException",
        "KMSInvalidStateException",
        "NotFoundException",
    }
)


class AwsKmsKey:
    """One key of KMS.  ``key`` is its ARN, id or alias."""

    def __init__(self, key: str, endpoint: str | None = None) -> None:
        settings = Config(
            connect_timeout=_CONNECT_SECONDS,
            read_timeout=_READ_SECONDS,
            retries={"total_max_attempts": _ATTEMPTS, "mode": "standard"},
        )
        self._key = key
        try:
            self._client = boto3.client("kms", endpoint_url=endpoint, config=settings)
        except BotoCoreError as error:
            raise KeyUnusable(f"AWS KMS cannot be used: {error}") from error

    @property
    def name(self) -> str:
        """The key as it was configured: an alias that is pointed at another key still opens what the first one wrapped."""
        return f"aws-kms:{self._key}"

    async def wrap(self, key: bytes, context: bytes) -> bytes:
        """KMS Encrypt.  Raises KeyUnusable when KMS refuses, and KeyProviderAway."""
        answer = await asyncio.to_thread(self._ask, "encrypt", KeyId=self._key, Plaintext=key, **_bound(context))
        return bytes(answer["CiphertextBlob"])

    async def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        """KMS Decrypt.  Raises KeyUnusable when it does not open, and KeyProviderAway."""
        answer = await asyncio.to_thread(
            self._ask, "decrypt", KeyId=self._key, CiphertextBlob=wrapped, **_bound(context)
        )
        return bytes(answer["Plaintext"])

    def _ask(self, operation: str, **parameters: object) -> dict[str, Any]:  # A JSON document of KMS.
        try:
            return dict(getattr(self._client, operation)(**parameters))
        except ClientError as error:
            code = error.response.get("Error", {}).get("Code", "")
            if code in _REFUSALS:
                raise KeyUnusable(f"AWS KMS refuses to {operation} with {self._key}: {code}.") from error
            raise KeyProviderAway(self.name) from error
        except BotoCoreError as error:
            raise KeyProviderAway(self.name) from error


def _bound(context: bytes) -> dict[str, object]:
    return {"EncryptionContext": {"venia": base64.b64encode(context).decode()}}

"""
How a setting names a provider of the key-encryption key.
"""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Local(_Strict):
    """A key of 32 bytes in base64: in a file that only its owner can read, or here."""

    provider: Literal["local"]
    file: Path | None = None
    key: str | None = Field(default=None, repr=False)

    @model_validator(mode="after")
    def _exactly_one(self) -> "Local":
        if (self.file is None) == (self.key is None):
            raise ValueError("a local key needs exactly one of file and key")
        return self


class AwsKms(_Strict):
    """A symmetric key of AWS KMS, by ARN, id or alias; credentials and region come from AWS's own variables."""

    provider: Literal["aws-kms"]
    key: str = Field(min_length=1)
    endpoint: str | None = Field(default=None, pattern=r"^https?://")


class Pkcs11(_Strict):
    """An AES-256 key that never leaves a PKCS#11 token."""

    provider: Literal["pkcs11"]
    module: Path
    token: str = Field(min_length=1)
    label: str = Field(min_length=1)
    pin_file: Path


Configured = Annotated[Local | AwsKms | Pkcs11, Field(discriminator="provider")]

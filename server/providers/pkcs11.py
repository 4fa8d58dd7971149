"""
A key-encryption key on a PKCS#11 token: AES-256-GCM there, the key never leaves.

Source: PKCS #11 Cryptographic Token Interface 2.40, CKM_AES_GCM.
"""

import asyncio
import os
import threading
from contextlib import suppress
from pathlib import Path

from audit.errors import KeyProviderAway, KeyUnusable

try:
    import pkcs11
    from pkcs11 import exceptions
except ImportError as error:
    raise KeyUnusable("PKCS#11 needs a library that is not installed. Run: pip install 'venia[pkcs11]'") from error

_NONCE_BYTES, _TAG_BITS = 12, 128
# What a token says of bytes that do not open.  All else that goes wrong may be the token's or the session's fault.
_WRONG = (
    exceptions.EncryptedDataInvalid,
    exceptions.EncryptedDataLenRange,
    exceptions.DataInvalid,
    exceptions.FunctionFailed,
    exceptions.GeneralError,
)
_UNUSABLE = (exceptions.PinIncorrect, exceptions.PinLocked, exceptions.NoSuchKey, exceptions.MultipleObjectsReturned)


class Pkcs11Key:
    """One AES key, by its label, on the token of this label."""

    def __init__(self, module: Path, token: str, label: str, pin: str) -> None:
        if not module.is_file():
            raise KeyUnusable(f"There is no PKCS#11 module {module}.")
        self._module, self._token, self._label, self._pin = module, token, label, pin
        self._lock = threading.Lock()  # A session belongs to one thread at a time.
        self._session: pkcs11.Session | None = None

    @property
    def name(self) -> str:
        """Token and label."""
        return f"pkcs11:{self._token}/{self._label}"

    async def wrap(self, key: bytes, context: bytes) -> bytes:
        """AES-GCM on the token: nonce, ciphertext and tag.  Raises KeyUnusable and KeyProviderAway."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + await asyncio.to_thread(self._run, "encrypt", key, nonce, context)

    async def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        """Opens ``wrap``.  Raises KeyUnusable and KeyProviderAway."""
        nonce, sealed = wrapped[:_NONCE_BYTES], wrapped[_NONCE_BYTES:]
        return await asyncio.to_thread(self._run, "decrypt", sealed, nonce, context)

    def _run(self, operation: str, data: bytes, nonce: bytes, context: bytes) -> bytes:
        with self._lock:
            try:
                return self._once(operation, data, nonce, context)
            except (KeyUnusable, KeyProviderAway):
                raise
            except exceptions.PKCS11Error:
                self.close()  # A session does not outlive a token that was pulled out; the next one may find it again.
            try:
                return self._once(operation, data, nonce, context)
            except _WRONG as error:
                self.close()
                raise KeyUnusable(f"A stored key does not open with {self.name}.") from error
            except exceptions.PKCS11Error as error:
                self.close()
                raise KeyProviderAway(self.name) from error

    def _once(self, operation: str, data: bytes, nonce: bytes, context: bytes) -> bytes:
        try:
            key = self._open().get_key(object_class=pkcs11.ObjectClass.SECRET_KEY, label=self._label)
        except _UNUSABLE as error:
            raise KeyUnusable(f"{self.name} cannot be used: {type(error).__name__}.") from error
        except exceptions.PKCS11Error:
            raise
        except RuntimeError as error:  # The module itself does not load.
            raise KeyProviderAway(self.name) from error
        how = pkcs11.GCMParams(nonce, context, _TAG_BITS)
        return bytes(getattr(key, operation)(data, mechanism=pkcs11.Mechanism.AES_GCM, mechanism_param=how))

    def _open(self) -> "pkcs11.Session":
        if self._session is None:
            token = pkcs11.lib(str(self._module)).get_token(token_label=self._token)
            try:
                self._session = token.open(user_pin=self._pin)
            except exceptions.UserAlreadyLoggedIn:  # Whoever logs in does so for all sessions of this process.
                self._session = token.open()
        return self._session

    def close(self) -> None:
        """Ends the session; the next request opens another."""
        session, self._session = self._session, None
        if session is not None:
            with suppress(exceptions.PKCS11Error):  # It may be gone with its token.
                session.close()

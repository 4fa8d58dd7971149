"""
Twilio's side of a webhook: forms and JSON, signed as Twilio documents it, written apart from the code under test.
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import urlencode

TOKEN = "12345678901234567890123456789012"


def sign(url: str, fields: Mapping[str, str], token: str = TOKEN) -> str:
    """
    The signature of a form: the address, then each name and value in the order of names.
    """
    text = url
    for name in sorted(fields):
        text += name + fields[name]
    return base64.b64encode(hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()).decode()


def form(fields: Mapping[str, str]) -> bytes:
    """
    The fields as a form's body.
    """
    return urlencode(fields).encode()


def message(sid: str, person: str, body: str, **fields: str) -> dict[str, str]:
    """
    A message that came in.
    """
    ids = {"MessageSid": sid, "SmsSid": sid, "SmsMessageSid": sid, "AccountSid": "AC1", "NumMedia": "0"}
    return {**ids, "From": person, "To": "+34910000000", "Body": body, **fields}


def call(sid: str, person: str, status: str, **fields: str) -> dict[str, str]:
    """
    How a call of the business goes on.
    """
    told = {"CallSid": sid, "AccountSid": "AC1", "From": "+34910000000", "To": person, "Direction": "outbound-api"}
    return {**told, "CallStatus": status, **fields}

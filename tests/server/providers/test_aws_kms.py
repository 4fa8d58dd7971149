"""
A key-encryption key in AWS KMS, as moto's server plays it over HTTP.
"""

import asyncio
import socket
import time
from collections.abc import Iterator

import boto3
import pytest
from moto.server import ThreadedMotoServer

from audit.errors import KeyProviderAway, KeyUnusable
from audit.keys import LocalKey, random_key
from server.providers.aws_kms import AwsKmsKey
from server.providers.choosing import providers_of
from server.settings import read_settings


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """
    The address of a KMS of the tests' own.
    """
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(autouse=True)
def credentials(monkeypatch: pytest.MonkeyPatch):
    """
    Such as AWS's own variables give them.
    """
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-south-2")


@pytest.fixture
def arn(endpoint: str) -> str:
    """
    A new key.
    """
    return str(boto3.client("kms", endpoint_url=endpoint).create_key()["KeyMetadata"]["Arn"])


def test_what_kms_wraps_it_opens(endpoint: str, arn: str):
    """
    For the same context; the ciphertext holds no key.
    """
    provider, key = AwsKmsKey(arn, endpoint), random_key()
    wrapped = asyncio.run(provider.wrap(key, b"tenant 1"))

    assert provider.name == f"aws-kms:{arn}"
    assert key not in wrapped
    assert asyncio.run(AwsKmsKey(arn, endpoint).unwrap(wrapped, b"tenant 1")) == key


def test_another_context_or_byte_opens_nothing(endpoint: str, arn: str):
    """
    KMS binds the context, which we give it as its encryption context.
    """
    provider = AwsKmsKey(arn, endpoint)
    wrapped = asyncio.run(provider.wrap(random_key(), b"tenant 1"))

    for stored, context in ((wrapped, b"tenant 2"), (wrapped[:-1] + bytes([wrapped[-1] ^ 1]), b"tenant 1")):
        with pytest.raises(KeyUnusable):
            asyncio.run(provider.unwrap(stored, context))


def test_a_key_that_is_not_there_is_told_by_name(endpoint: str, arn: str):
    """
    No waiting mends that.
    """
    missing = arn[:-12] + "000000000000"

    with pytest.raises(KeyUnusable, match="000000000000: NotFoundException"):
        asyncio.run(AwsKmsKey(missing, endpoint).wrap(random_key(), b""))


def test_a_kms_that_is_gone_is_away():
    """
    Nobody listens there: repeat later.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        nowhere = f"http://127.0.0.1:{probe.getsockname()[1]}"

    with pytest.raises(KeyProviderAway):
        asyncio.run(AwsKmsKey("alias/any", nowhere).wrap(random_key(), b""))


def test_a_kms_that_never_answers_is_away():
    """
    It is not waited for longer than two tries of a few seconds.
    """
    with socket.create_server(("127.0.0.1", 0)) as silent:
        started = time.monotonic()
        with pytest.raises(KeyProviderAway):
            asyncio.run(AwsKmsKey("alias/any", f"http://127.0.0.1:{silent.getsockname()[1]}").wrap(random_key(), b""))

    assert time.monotonic() - started < 60


def test_the_settings_name_it_and_those_before(endpoint: str, arn: str):
    """
    The current one and the previous ones, each by its JSON.
    """
    settings = read_settings(
        {
            "VENIA_KEK_PROVIDER": f'{{"provider": "aws-kms", "key": "{arn}", "endpoint": "{endpoint}"}}',
            "VENIA_KEK_PREVIOUS": f'[{{"provider": "local", "key": "{"A" * 43}="}}]',
        }
    )
    provider, previous = providers_of(settings)

    assert provider.name == f"aws-kms:{arn}"
    assert [each.name for each in previous] == [LocalKey(bytes(32)).name]

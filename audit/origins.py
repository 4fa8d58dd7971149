"""
The names of logs.

A tenant's first log is ``<deployment>/t/<random>``; after a database was restored from a backup the log begins anew as
its second incarnation, ``<deployment>/t/<random>/2``.  All of a deployment's checkpoints are in its meta-log.
"""

import base64
import os
import re
from functools import lru_cache
from uuid import UUID

_NUMBER = re.compile(r"/([0-9]+)\Z")

META = UUID(int=0)  # stands for the meta-log where a table asks for a tenant


def new_origin(deployment: str) -> str:
    """A log's origin: the deployment's name and 120 random bits, so that nobody can tell whose log it is."""
    return f"{deployment}/t/{base64.b32encode(os.urandom(15)).decode().lower()}"


def meta_origin(deployment: str) -> str:
    """The origin of the deployment's meta-log."""
    return f"{deployment}/meta"


@lru_cache(4096)  # Asked once for each entry, and there are few logs at a time.
def incarnation_of(origin: str) -> int:
    """Which incarnation of a tenant's log, or of the meta-log, it is."""
    number = _NUMBER.search(origin)
    return int(number[1]) if number else 1


def origin_of(origin: str, incarnation: int) -> str:
    """The origin of another incarnation of the same log."""
    first = _NUMBER.sub("", origin)
    return first if incarnation == 1 else f"{first}/{incarnation}"

"""
Registers loaded into an office as a file would be.
"""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Any

from consent.registers.profiles import profile_of
from consent.registers.reading import Format
from consent.registers.records import Wanted
from tests.consent.desk import Office
from tests.factories import DAY, NOW

YESTERDAY = NOW - DAY


async def parts(content: bytes, size: int = 1 << 16) -> AsyncIterator[bytes]:
    """
    A file in chunks.
    """
    for start in range(0, len(content), size):
        yield content[start : start + size]


def wanted(office: Office, register: str = "robinson", **changed: Any) -> Wanted:
    """
    A load as somebody asks for it.
    """
    known = profile_of(register)
    usual: dict[str, Any] = {"as_of": YESTERDAY, "lists": known.lists, "country": known.country, "force": False}
    return Wanted(office.tenant, "test", register, **(usual | changed))


def load(
    office: Office,
    numbers: Sequence[str] | bytes,
    register: str = "robinson",
    *,
    as_of: datetime = YESTERDAY,
    form: Format | None = None,
    **changed: Any,
) -> dict[str, Any]:
    """
    Loads a file, and says what was answered.
    """
    content = numbers if isinstance(numbers, bytes) else "".join(f"{each}\n" for each in numbers).encode()
    asked = wanted(office, register, as_of=as_of, **changed)
    form = form or Format(asked.country, profile_of(register).columns)
    return dict(office.desk.run(office.desk.loader.load(asked, form, parts(content))).answer)

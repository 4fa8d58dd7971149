"""
The real application with one route more: a typed POST that does nothing, behind the same guard and middleware.
"""

import os

from litestar import Litestar, post
from litestar.params import JSONBody

from policies.api import CheckBody
from server.app import ROUTES, create_app
from server.settings import read_settings
from server.telemetry import configure_logging


@post("/noop", opt={"scope": "decisions:read"}, status_code=200)
async def noop(data: JSONBody[CheckBody]) -> dict[str, str]:
    """Reads the body of a check and answers without looking at anything."""
    return {"decision": "deny"}


def create() -> Litestar:
    """The application for a measurement."""
    settings = read_settings(os.environ)
    configure_logging(level=settings.log_level, format=settings.log_format)
    return create_app(settings, settings.database_url or "", (*ROUTES, noop))

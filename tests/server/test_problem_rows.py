"""
Every error has an answer.
"""

import importlib
import pkgutil
from collections.abc import Iterator

import audit
import consent
import policies
import server
from audit.errors import AuditError
from policies.errors import PackUnknown, PolicyError
from server.errors import MetricsNotShared, ScopeUndeclared, ServerError, SettingsInvalid
from server.problems import PROBLEMS

# These stop a start or a command, and no request ever meets them.
AT_START = {MetricsNotShared, PackUnknown, ScopeUndeclared, SettingsInvalid}
# Never raised as they are: each stands for the errors below it.
ROOTS = {AuditError, PolicyError, ServerError}


def _everything() -> None:
    for package in (audit, consent, policies, server):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)


def _leaves(kind: type[Exception]) -> Iterator[type[Exception]]:
    below = kind.__subclasses__()
    if not below:
        yield kind
    for each in below:
        yield from _leaves(each)


def test_every_error_has_a_row() -> None:
    """
    An error of any package that could reach a route has a row in server/problems.py, its own or its parent's.
    """
    _everything()
    leaves = {leaf for root in ROOTS for leaf in _leaves(root)} - AT_START

    missing = sorted(leaf.__name__ for leaf in leaves if not any(kind in PROBLEMS for kind in leaf.__mro__))

    assert missing == []

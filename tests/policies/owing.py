"""
Obligations to write into packs, made up.
"""

import json

from policies.loading import parse_pack

CITED = [{"cite": "an act", "as_of": "2026-11-01", "confidence": "high"}]
# A rule that is about nobody: what is asked of callers is the subject here.
IDLE = {"id": "idle", "kind": "consent", "basis": "tenant", "when": {"channel": ["sms"]}, "source": CITED}


def owed(kind, *, id="x", **members):
    """The document of an obligation."""
    return {"id": id, "type": kind, "basis": "tenant", "source": CITED, **members}


def duration(seconds, **members):
    """The document of a maximum duration."""
    return owed("maximum_duration", properties={"seconds": seconds}, **members)


def pack(*obligations, layer="tenant", name="extra", **head):
    """A pack that asks for these, and rules nothing."""
    document = {"pack": name, "version": 1, "layer": layer, "rules": [IDLE], "obligations": list(obligations), **head}
    return parse_pack(json.dumps(document), name)

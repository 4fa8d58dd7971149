"""
The API described: an OpenAPI document that tells the scopes and the problems, and a page made from it.

The page is complete in itself: no script, no font and no style sheet is loaded, so it works in a closed network and
nobody else learns who reads it.
"""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from litestar import Litestar, Request, Router
from litestar.datastructures import State
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin, OpenAPIRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme
from litestar.routes import HTTPRoute

# An OpenAPI document is JSON of many shapes, looked up by name; naming them all would be the specification again.
Document = dict[str, Any]

_PROBLEM = {
    "type": "object",
    "title": "Problem",
    "description": "What went wrong (RFC 9457). Some kinds carry further members.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "description": "urn:venia:problem:<kind>; stable."},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "detail"],
                "properties": {
                    "pointer": {"type": "string", "description": "JSON pointer into the body, or /<parameter>."},
                    "in": {"type": "string", "description": "query, path, header or cookie, for a parameter."},
                    "detail": {"type": "string"},
                },
            },
        },
    },
}
_REFUSED = {
    "description": "A problem: 400 and 422 for bad input, 401 and 403 for credentials, 429 and 503 with Retry-After.",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


def openapi_config(version: str) -> OpenAPIConfig:
    """
    Litestar's configuration for the description; the page is at ``/docs``, the document at ``/openapi.json``.

    The framework's own router for it answers unknown paths below its root with a page, so it stays below ``/docs``.
    """
    return OpenAPIConfig(
        title="Venia",
        version=version,
        description="Decides whether a business may call a person now, and can prove it years later.",
        components=Components(
            security_schemes={
                "bearer": SecurityScheme(
                    type="http", scheme="bearer", description="An API key (vk_…) or a JWT of a configured issuer."
                )
            }
        ),
        use_handler_docstrings=True,
        openapi_router=Router("/docs", route_handlers=[], opt={"public": True}, include_in_schema=False),
        render_plugins=[ReferencePage(path="/"), _CompleteJson()],
    )


def document(app: Litestar) -> Document:
    """The application's OpenAPI document, with each route's scope and with problems as the answers to errors."""
    made: Document | None = app.state.get("document")
    if made is None:
        made = app.openapi_schema.to_schema()
        made.setdefault("components", {}).setdefault("schemas", {})["Problem"] = _PROBLEM
        for path, method, needed in _declared(app):
            if operation := made.get("paths", {}).get(path, {}).get(method):
                _complete(operation, needed)
        # Made once: the routes do not change while the application runs.
        app.state.document = made
    return made


def _declared(app: Litestar) -> Iterator[tuple[str, str, str | None]]:
    for route in app.routes:
        for handler in route.route_handlers if isinstance(route, HTTPRoute) else ():
            for method in handler.http_methods:
                yield route.path_format, method.lower(), handler.opt.get("scope")


def _complete(operation: Document, needed: str | None) -> None:
    operation["security"] = [] if needed is None else [{"bearer": [str(needed)]}]
    # The framework would document its own error format, which is never sent.
    operation["responses"].pop("400", None)
    operation["responses"]["default"] = _REFUSED


class _CompleteJson(JsonRenderPlugin):
    """The document at the place where the framework puts its own, so that there is only one."""

    def render(self, request: Request[object, object, State], _openapi_schema: Document) -> bytes:
        return self.render_json(request, document(request.app))


class ReferencePage(OpenAPIRenderPlugin):
    """The page for people."""

    def render(self, request: Request[object, object, State], _openapi_schema: Document) -> bytes:
        """The whole page, in UTF-8."""
        return page(document(request.app)).encode()


_STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { max-width: 62rem; margin: 0 auto; padding: 1rem }
code, pre { font-family: ui-monospace, monospace; font-size: .9em }
section { border-top: 1px solid #8886; padding-block: .5rem }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; padding: .2rem .8rem .2rem 0; border-bottom: 1px solid #8883 }
"""


def page(described: Document) -> str:
    """The document as one HTML page: what is offered, then every route, then every schema."""
    info = described["info"]
    operations = list(_operations(described))
    listed = "".join(f'<li><a href="#{_anchor(*each[:2])}">{_headline(*each)}</a></li>' for each in operations)
    schemas = described["components"]["schemas"]
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(info["title"])} API</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head><body>'
        f"<h1>{escape(info['title'])} API {escape(info['version'])}</h1><p>{escape(info.get('description', ''))}</p>"
        f'<p><a href="/openapi.json">OpenAPI document</a></p><nav aria-label="Routes"><ul>{listed}</ul></nav>'
        f"<main><h2>Routes</h2>{''.join(_operation(*each) for each in operations)}"
        f"<h2>Schemas</h2>{''.join(_schema(name, schemas[name]) for name in sorted(schemas))}</main></body></html>"
    )


def _operations(described: Document) -> Iterator[tuple[str, str, Document]]:
    for path, item in sorted(described.get("paths", {}).items()):
        for method, operation in item.items():
            if isinstance(operation, dict) and "responses" in operation:
                yield path, method, operation


def _operation(path: str, method: str, operation: Document) -> str:
    bodies = _contents("Request", operation.get("requestBody", {}))
    answers = "".join(_contents(f"Answer {status}", each) for status, each in operation["responses"].items())
    return (
        f'<section id="{_anchor(path, method)}"><h3>{_headline(path, method, operation)}</h3>'
        f"<p>{escape(operation.get('description', ''))}</p><p>Needs: {_needs(operation)}</p>"
        f"{_parameters(operation.get('parameters', []))}<dl>{bodies}{answers}</dl></section>"
    )


def _headline(path: str, method: str, operation: Document) -> str:
    return f"<code>{method.upper()} {escape(path)}</code> {escape(operation.get('summary', ''))}"


def _needs(operation: Document) -> str:
    scopes = [each for security in operation.get("security", []) for each in security.get("bearer", [])]
    return ", ".join(f"scope <code>{escape(each)}</code>" for each in scopes) or "nothing, it is public"


def _parameters(parameters: list[Document]) -> str:
    rows = "".join(
        f"<tr><td><code>{escape(each['name'])}</code></td><td>{escape(each['in'])}</td>"
        f"<td>{_kind(each.get('schema', {}))}</td><td>{'required' if each.get('required') else 'optional'}</td>"
        f"<td>{escape(each.get('description', ''))}</td></tr>"
        for each in parameters
    )
    return f"<table><caption>Parameters</caption>{rows}</table>" if rows else ""


def _contents(title: str, body: Document) -> str:
    content = body.get("content") or {}
    kinds = "; ".join(
        f"<code>{escape(media_type)}</code> {_kind(each.get('schema', {}))}" for media_type, each in content.items()
    )
    said = " ".join(filter(None, (escape(body.get("description", "")), kinds)))
    return f"<dt>{escape(title)}</dt><dd>{said or 'no body'}</dd>" if body else ""


def _schema(name: str, schema: Document) -> str:
    required = schema.get("required", ())
    rows = "".join(
        f"<tr><td><code>{escape(field)}</code></td><td>{_kind(each)}</td>"
        f"<td>{'required' if field in required else 'optional'}</td><td>{escape(each.get('description', ''))}</td></tr>"
        for field, each in schema.get("properties", {}).items()
    )
    table = f"<table>{rows}</table>" if rows else f"<p>{_kind(schema)}</p>"
    about = escape(schema.get("description", ""))
    return f'<section id="{_schema_anchor(name)}"><h3>{escape(name)}</h3><p>{about}</p>{table}</section>'


def _kind(schema: Mapping[str, Any]) -> str:  # Any, as in Document.
    """What a value may be, in words, with links to the named schemas."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f'<a href="#{_schema_anchor(name)}">{escape(name)}</a>'
    for union in ("oneOf", "anyOf", "allOf"):
        if union in schema:
            return (" and " if union == "allOf" else " or ").join(_kind(each) for each in schema[union])
    if "enum" in schema or "const" in schema:
        return " | ".join(f"<code>{escape(str(each))}</code>" for each in schema.get("enum", [schema.get("const")]))
    if "items" in schema:
        return f"list of {_kind(schema['items'])}"
    kinds = schema.get("type", "anything")
    named = " or ".join(kinds) if isinstance(kinds, list) else str(kinds)
    return escape(f"{named} ({schema['format']})" if "format" in schema else named)


def _anchor(path: str, method: str) -> str:
    return escape(f"{method}-{path}".replace("{", "").replace("}", "").replace("/", "-"), quote=True)


def _schema_anchor(name: str) -> str:
    return escape(f"schema-{name}", quote=True)

"""
HTML from the templates beside this file, and the headers under which it is sent.

Everything is escaped; no script is sent and none would run; nothing is loaded, framed, cached or told to anybody.
"""

import base64
from collections.abc import Mapping
from functools import partial
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Response

from server.page.words import LANGUAGES, Words, words_of

_FOLDER = Path(__file__).with_name("templates")
# Nobody but us writes this file, so it goes out as it is; its hash is what lets it through, and nothing else.
_STYLE = (_FOLDER / "style.css").read_text(encoding="utf-8")
_STYLE_HASH = base64.b64encode(sha256(_STYLE.encode()).digest()).decode()
_TEMPLATES = Environment(
    loader=FileSystemLoader(_FOLDER),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)
for _name in ("page.html", "message.html"):
    _TEMPLATES.get_template(_name)  # Compiled before anybody waits for it.
HEADERS = {
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Vary": "Accept-Language",
}
_SECURE = {"Strict-Transport-Security": "max-age=31536000"}


def answer(
    template: str,
    words: Words,
    about: Mapping[str, object],
    *,
    status: int,
    secure: bool,
    retry_after: int | None = None,
) -> Response[bytes]:
    """One of the templates, in these words; ``secure`` is whether the page is reached by https."""
    text = _TEMPLATES.get_template(template).render(
        words=words, say=partial(_say, words), languages=[words_of(each) for each in LANGUAGES], style=_STYLE, **about
    )
    headers = {**HEADERS, **(_SECURE if secure else {}), "Content-Language": words.language}
    if retry_after is not None:
        headers["Retry-After"] = str(retry_after)
    return Response[bytes](text.encode(), status_code=status, media_type="text/html", headers=headers)


def _say(words: Words, name: str, **about: object) -> str:
    return words.say(name, **about)

"""Pages of one file: a jinja2 template with its style and script inside, and nothing from elsewhere.

A page opens from a file:// address on a machine without a network. Its Content-Security-Policy
allows only the style sheets and scripts that the package ships, by their hash: whatever a value
smuggles in can't run. Hence no ``style=`` and no ``on…=`` attributes in a template (SVG
presentation attributes are fine).

A template of any package extends ``base.html`` and fills its blocks::

    {% extends "base.html" %}
    {% block title %}评测{% endblock %}
    {% block styles %}{{ super() }}{{ style("eval.css") }}{% endblock %}
    {% block body %}<main class="wide">…</main>{% endblock %}
    {% block scripts %}{{ script("eval.js") }}{% endblock %}

``style(name)`` and ``script(name)`` put a file of a templates folder inside and allow it;
``data(id, value)`` puts a value there as JSON for a script to read. Files are looked up in the
package's own ``templates`` folder first, then in the one beside this module, whose ``base.css`` has
the tokens (``--ink``, ``--rule``, ``--error``…), tables (``table.plain``), cards and labels.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import secrets
from functools import lru_cache
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

_HERE = "fzwriter.output"
# What HTML can't hold, and what would turn the reading order of a figure round: 84 read as 48.
_UNSHOWN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


def render(package: str, template: str, **values: object) -> str:
    """A page, complete.

    Args:
        package: the package that has the template in its ``templates`` folder.
        template: file name in that folder, or of one of this package's.
        values: what the template asks for. Every string is escaped, also inside attributes.

    Returns:
        The HTML, to be written as UTF-8.

    Raises:
        jinja2.TemplateError: a fault of the template: a name without a value, a file that isn't there.
    """
    assets = _Assets(package)
    page = _environment(package).get_template(template)
    html = page.render(
        **values, policy=assets.placeholder, style=assets.style, script=assets.script, data=data
    )
    return html.replace(assets.placeholder, assets.policy)


def visible(text: str) -> str:
    """Text as a page can show it, of the same length: what can't be shown becomes U+FFFD."""
    return _UNSHOWN.sub("\ufffd", text)


def data(id: str, value: object) -> Markup:
    """A value as JSON in a script element of that id; nothing in it can end the element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for mark in "<>&\u2028\u2029":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    template = Markup('<script type="application/json" id="{}">{}</script>')
    return template.format(id, Markup(visible(text)))


class _Assets:
    """The styles and scripts of one page, with their hashes."""

    def __init__(self, package: str) -> None:
        self._package = package
        self._allowed: dict[str, list[str]] = {"style": [], "script": []}
        # Unguessable, so that no value of the page can hold it.
        self.placeholder = f"policy-{secrets.token_hex(16)}"

    def style(self, name: str) -> Markup:
        return self._inline("style", name)

    def script(self, name: str) -> Markup:
        return self._inline("script", name)

    def _inline(self, element: str, name: str) -> Markup:
        text = _text(self._package, name)
        if text is None:
            raise FileNotFoundError(f"no {name} in the templates of {self._package} or {_HERE}")
        text = f"\n{text}"
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        self._allowed[element].append(f"'sha256-{digest}'")
        return Markup(f"<{element}>{text}</{element}>")

    @property
    def policy(self) -> str:
        allowed = (f"; {e}-src {' '.join(h)}" for e, h in self._allowed.items() if h)
        return f"default-src 'none'{''.join(allowed)}; base-uri 'none'; form-action 'none'"


@lru_cache(maxsize=8)
def _environment(package: str) -> Environment:
    environment = Environment(
        loader=FunctionLoader(lambda name: _text(package, name)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: visible(value) if type(value) is str else value,
    )
    environment.filters["visible"] = visible
    return environment


@lru_cache(maxsize=64)
def _text(package: str, name: str) -> str | None:
    """A file of the package's templates, else of ours; None where neither has it."""
    for place in (package, _HERE):
        file = files(place) / "templates" / name
        if file.is_file():
            return file.read_text(encoding="utf-8")
    return None

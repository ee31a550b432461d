"""Pages of one file, whoever's template it is."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import sys

import jinja2
import pytest

from fzwriter.output.html import render, visible

EVIL = "</script><script>alert(1)</script> \"'<&"


@pytest.fixture
def package(tmp_path, monkeypatch) -> str:
    """A package with a templates folder of its own, as the evaluation has one."""
    folder = tmp_path / "guest" / "templates"
    folder.mkdir(parents=True)
    (tmp_path / "guest" / "__init__.py").touch()
    (folder / "own.css").write_text("b { color: red; }\n", encoding="utf-8")
    (folder / "own.js").write_text('console.log("x < y && z");\n', encoding="utf-8")
    (folder / "page.html").write_text(
        '{% extends "base.html" %}'
        "{% block title %}{{ name }}{% endblock %}"
        '{% block styles %}{{ super() }}{{ style("own.css") }}{% endblock %}'
        '{% block body %}<p title="{{ name }}">{{ name }}</p>{{ data("told", told) }}{% endblock %}'
        '{% block scripts %}{{ script("own.js") }}{% endblock %}',
        encoding="utf-8",
    )
    monkeypatch.syspath_prepend(tmp_path)
    yield "guest"
    sys.modules.pop("guest", None)


def allowed(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_a_guest_page_allows_its_style_and_script_by_hash_and_nothing_else(package):
    page = render(package, "page.html", name="评测", told=[1])
    policy = re.search(r'content="(default-src[^"]*)"', page)[1].replace("&#39;", "'")
    styles = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert len(styles) == 2
    assert len(scripts) == 1
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives["default-src"] == "'none'"
    assert directives["style-src"].split() == [allowed(text) for text in styles]
    assert directives["script-src"].split() == [allowed(text) for text in scripts]


def test_values_are_escaped_and_data_can_not_end_its_element(package):
    page = render(package, "page.html", name=EVIL, told={"a": EVIL, "b": "行\u2028"})
    assert page.count("<script") == page.count("</script>") == 2
    assert '<p title="&lt;/script&gt;' in page
    told = re.search(r'<script type="application/json" id="told">(.*?)</script>', page)[1]
    assert json.loads(told) == {"a": EVIL, "b": "行\u2028"}


def test_a_value_that_holds_a_script_is_not_allowed_by_the_policy(package):
    page = render(package, "page.html", name="<script>evil()</script>", told=None)
    assert allowed("evil()") not in page


def test_a_name_without_a_value_and_a_missing_template_are_errors(package):
    with pytest.raises(jinja2.UndefinedError):
        render(package, "page.html", told=[])
    with pytest.raises(jinja2.TemplateNotFound):
        render(package, "none.html")


def test_what_can_not_be_shown_is_replaced_one_for_one():
    text = "甲\x00乙\ud800丙\u202e丁\n\t。"
    assert visible(text) == "甲\ufffd乙\ufffd丙\ufffd丁\n\t。"
    assert len(visible(text)) == len(text)

"""One meaning, one room: who reads headings, splits sentences, finds names, says what a sheet says.

Each exception says why it is one. An exception that no longer is needed fails too.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator

import pytest

from common import ROOT

SOURCE = ROOT / "src" / "fzwriter"
ENDS = "。！？；"
_CLASS = re.compile(r"(?:\(\?[:<!=]{1,3})?\[(\^?)((?:[^\]\\]|\\.)*)\]([*+]?)")

# check still reads with means of its own; it leaves this list when it is rebuilt on reading.
UNTIL_REBUILT = "check"
BELOW = "stands below reading"
NUMERAL = "reads or prints numerals, not headings"
FROZEN = "makes items of the benchmark, which never change with what they measure"

SPLITTERS = {
    "facts/lint_common.py": "words of a remark, one of which is 已核",
    "documents/pdf.py": f"{BELOW}: where a line of a PDF ends a paragraph",
    "evaluation/fznum/ground.py": FROZEN,
    "evaluation/fznum/wrong_claims.py": FROZEN,
    "units/powers.py": f"{BELOW}: the sentences that may claim a power",
    "writing/fill.py": "places where a slot may be put in",
    "writing/rewriting/sayable.py": "marks taken off the end of a sentence",
}
NUMERALS = {
    "documents/pdf.py": f"{BELOW}: whether a line begins a paragraph",
    "evaluation/fznum/delivered.py": NUMERAL,
    "evaluation/fznum/ground.py": NUMERAL,
    "evaluation/fznum/wrong_claims.py": NUMERAL,
    "facts/lint_stale.py": "what may stand before a year in a statement",
    "numbers/lexicon.py": NUMERAL,
    "numbers/marks.py": NUMERAL,
    "numbers/value.py": NUMERAL,
    "output/anatomy.py": "the date of a sign-off",
    "writing/rewriting/sayable.py": "以下三个方面: counts what follows, no heading",
}
NAMES = {
    "writing/support.py": "asks whether a run that begins with a surname is known to the input",
}
SAID = {"evaluation/fznum/ground.py": FROZEN}


def modules(*rooms: str) -> Iterator[tuple[str, ast.Module]]:
    """The modules outside some rooms."""
    for path in sorted(SOURCE.rglob("*.py")):
        name = path.relative_to(SOURCE).as_posix()
        if not name.startswith(tuple(f"{room}/" for room in rooms)):
            yield name, ast.parse(path.read_text("utf-8"))


def text_of(node: ast.expr) -> str:
    """A string as far as it is written out: the constant parts of an f-string."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(text_of(part) for part in node.values)
    return ""


def texts(tree: ast.Module) -> Iterator[str]:
    docstrings = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)
    }  # a string that is a statement is a comment
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant | ast.JoinedStr) and id(node) not in docstrings:
            yield text_of(node)


def _patterns(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        called = node.func if isinstance(node, ast.Call) and node.args else None
        if isinstance(called, ast.Attribute) and getattr(called.value, "id", "") == "re":
            yield called.attr, text_of(node.args[0])


def splits(tree: ast.Module) -> bool:
    """Whether a module has a pattern that takes stretches between end marks, or a set of the marks."""
    for call, pattern in _patterns(tree):
        found = _CLASS.match(pattern)
        marks = (
            set(ENDS) & set(found[2])
            if found and (found[1] and found[3] or call == "split")
            else set()
        )
        if "。" in marks and len(marks) > 1:
            return True
    return any(
        len(set(ENDS) & set(text)) > 2 and not re.search(r"[一-龥\w]", text)
        for text in texts(tree)
        if "[" not in text or "。" in text[:3]
    )


def reads_headings(tree: ast.Module) -> bool:
    return any("一二三四五六七八九十" in text for text in texts(tree))


def finds_names(tree: ast.Module) -> bool:
    """A module with surnames, or with a function that is called after what it finds."""
    named = re.compile(r"_?find_(?:people|places|bodies|firms|names)$|(?:place_)?names_in$")
    return any("surnames" in text for text in texts(tree)) or any(
        isinstance(node, ast.FunctionDef) and named.match(node.name) for node in ast.walk(tree)
    )


def unites(tree: ast.Module) -> bool:
    """Whether a function gathers the names of a sheet's facts and the texts of its statements."""
    return any(
        {"name", "text"} <= set(_told(node))
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
    )


def _told(function: ast.FunctionDef) -> Iterator[str]:
    """``name`` or ``text`` for each comprehension that gathers them over a whole sheet."""
    for node in ast.walk(function):
        if isinstance(node, ast.ListComp | ast.SetComp | ast.GeneratorExp):
            over = ast.unparse(node.generators[0].iter)
            inner = ast.unparse(node.elt)
            if re.fullmatch(r"(?:\w+\.)*_?sheet\.facts", over) and ".name" in inner:
                yield "name"
            if re.fullmatch(r"(?:\w+\.)*_?sheet\.statements", over) and ".text" in inner:
                yield "text"


@pytest.mark.parametrize(
    ("holds", "rooms", "allowed"),
    [
        pytest.param(splits, ("reading", UNTIL_REBUILT), SPLITTERS, id="one splitter of sentences"),
        pytest.param(
            reads_headings, ("reading", UNTIL_REBUILT), NUMERALS, id="one reader of headings"
        ),
        pytest.param(finds_names, ("reading",), NAMES, id="one finder of names"),
        pytest.param(
            unites, ("facts", UNTIL_REBUILT), SAID, id="one definition of what the sheet says"
        ),
    ],
)
def test_a_meaning_has_one_room(
    holds: Callable[[ast.Module], bool], rooms: tuple[str, ...], allowed: dict[str, str]
) -> None:
    assert {name for name, tree in modules(*rooms) if holds(tree)} == set(allowed)


def test_word_lists_of_names_stand_in_reading_alone() -> None:
    found = [path for path in SOURCE.rglob("*.yaml") if "赵钱孙李" in path.read_text("utf-8")]
    assert [path.parent for path in found] == [SOURCE / "reading"]


@pytest.mark.parametrize(
    ("holds", "code"),
    [
        (splits, 'P = re.compile(r"[^。！？；]+[。！？；]?")'),
        (splits, 'def f(t): return re.split(r"[。；]", t)'),
        (splits, 'STOPS = "。！？；\\n"'),
        (reads_headings, 'D = "一二三四五六七八九十"\nP = re.compile(rf"[{D}]+、")'),
        (finds_names, "def find_places(text): ..."),
        (finds_names, 'S = words("terms.yaml", "surnames")'),
        (unites, "def f(s):\n    return [x.name for x in s.sheet.facts] + [x.text for x in s.sheet.statements]"),
    ],
)  # fmt: skip
def test_the_scan_finds_what_it_is_for(holds: Callable[[ast.Module], bool], code: str) -> None:
    assert holds(ast.parse(code))
    assert not holds(ast.parse('"""一二三四五六七八九十 。！？；"""\nX = re.compile("[一-龥]+")'))

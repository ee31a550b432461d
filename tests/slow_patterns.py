"""Finds regular expressions whose time grows faster than their text: quadratic and worse.

Every pattern of the package is parsed and laid out as sequences of character sets. Three shapes are
slow on a text made for it:

- *again*: an unbounded repeat that a search enters anew at every place of a long run, for what stands
  before the repeat fits into the run, and what stands behind it may fail (``[^。]{16,}。``, ``<[^>]*>``);
- *shared*: two unbounded repeats side by side whose characters overlap (``\\s*\\n?.*?x``);
- *nested*: a repeat of a repeat whose turns nothing parts (``(a+)*``), or of words that are made of
  other words of it (``(?:另有|另|有)*``): exponential.

Bounds ({0,60}), a look-behind that holds at the run's start only, or a character in between that the
repeat excludes make each of them linear.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

# Characters of every kind the patterns tell apart; those a pattern names itself come on top.
_SAMPLE = frozenset(
    "".join(map(chr, range(128)))
    + "　“”‘’《》（）〔〕【】「」，。；：！？、…—～·％０９一二三十百千万亿年月日第号余余多约近几法治的省市县区镇乡㐀é\xa0"
)
_MANY = 1000  # a repeat up to more is as good as unbounded
_PATHS = 4000
_CALLS = frozenset(
    {"compile", "sub", "subn", "findall", "finditer", "match", "search", "fullmatch", "split"}
)
_AT_START = frozenset({"match", "fullmatch"})
_parser: Any = re._parser  # type: ignore[attr-defined]
_Ops = Sequence[tuple[Any, Any]]


@dataclass(frozen=True)
class Atom:
    """A stretch of a sequence: its characters, fewest, and whether it has no upper bound.

    ``chars`` is empty for a place (an anchor, a look-ahead) that can fail without taking a character.
    ``before`` marks the place of a look-behind, with the characters it lets stand there. A ``spare``
    stretch may be left out; in place of one ``or_end`` the text may end.
    """

    chars: frozenset[str]
    least: int = 1
    endless: bool = False
    kept: bool = False
    before: bool = False
    spare: bool = False
    or_end: bool = False


@dataclass(frozen=True)
class Pattern:
    """A pattern of the package: its words, flags, where it stands, and whether it is only used at a text's start."""

    source: str
    flags: int
    place: str
    at_start: bool


def faults(pattern: Pattern) -> list[str]:
    """The slow shapes in a pattern."""
    compiled = _parser.parse(pattern.source, pattern.flags)
    layout = _Layout(frozenset(_SAMPLE | set(pattern.source)), compiled.state.flags)
    found: set[str] = set()
    for path in layout.paths(compiled):
        found |= set(_shared(path))
        if not pattern.at_start:
            found |= set(_again(path, layout.universe))
    return sorted(found | layout.nested)


class _Layout:
    def __init__(self, universe: frozenset[str], flags: int) -> None:
        self.universe, self.flags = universe, flags
        self.nested: set[str] = set()

    def paths(self, ops: _Ops) -> list[tuple[Atom, ...]]:
        """The sequences a pattern may go through."""
        paths: list[tuple[Atom, ...]] = [()]
        for op, argument in ops:
            choices = self._choices(str(op), argument)
            paths = list(dict.fromkeys(p + c for p in paths for c in choices))[:_PATHS]
        return paths

    def _choices(self, op: str, argument: Any) -> list[tuple[Atom, ...]]:
        if op in ("LITERAL", "NOT_LITERAL", "IN", "ANY", "CATEGORY"):
            return [(Atom(self.chars(op, argument)),)]
        if op in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            return self._repeated(op, *argument)
        if op == "SUBPATTERN":
            return self.paths(argument[3])
        if op == "ATOMIC_GROUP":
            return self.paths(argument)
        if op == "BRANCH":
            return self._branches(argument[1])
        if op in ("ASSERT", "ASSERT_NOT"):
            return self._assertion(op, *argument)
        if op == "AT":
            return [(self._anchor(str(argument)),)]
        return [(Atom(self.universe, 0),)]  # a back reference

    def _anchor(self, name: str) -> Atom:
        if name == "AT_BEGINNING_STRING" or (name == "AT_BEGINNING" and not self.flags & re.M):
            return Atom(frozenset(), before=True)
        if name == "AT_BEGINNING":
            return Atom(frozenset("\n"), before=True)
        return Atom(frozenset())

    def _branches(self, branches: Sequence[_Ops]) -> list[tuple[Atom, ...]]:
        """Every branch with an endless repeat or a place of its own; the plain words as one."""
        special: list[tuple[Atom, ...]] = []
        words: list[tuple[Atom, ...]] = []
        ends = [one for one in branches if [str(op) for op, _ in one] == ["AT"] and _is_end(one)]
        for branch in branches:
            if ends and branch in ends:
                continue
            for path in self.paths(branch):
                path = (replace(path[0], or_end=True), *path[1:]) if ends and path else path
                plain = all(atom.chars and not atom.endless for atom in path)
                (words if plain else special).append(path)
        if words:
            chars = frozenset().union(*(atom.chars for path in words for atom in path))
            least = min(sum(atom.least for atom in path) for path in words)
            special.append((Atom(chars, least, or_end=bool(ends)),))
        return special

    def _assertion(self, op: str, direction: int, ops: _Ops) -> list[tuple[Atom, ...]]:
        inner = self.paths(ops)
        if direction > 0:
            # what a look-ahead reads stands behind, as far as time goes
            endless = [path for path in inner if any(atom.endless for atom in path)]
            return [(*path, Atom(frozenset())) for path in endless] or [(Atom(frozenset()),)]
        last = [path[-1].chars for path in inner if path and path[-1].chars]
        if any(len(path) != 1 for path in inner) and op == "ASSERT_NOT":
            return [(Atom(self.universe, before=True),)]
        chars = frozenset().union(*last) if last else frozenset()
        return [(Atom(self.universe - chars if op == "ASSERT_NOT" else chars, before=True),)]

    def _repeated(self, op: str, least: int, most: Any, ops: _Ops) -> list[tuple[Atom, ...]]:
        inner = self.paths(ops)
        endless = most is _parser.MAXREPEAT or most > _MANY
        if not endless:
            if least == 0:
                return [(), *(tuple(replace(atom, spare=True) for atom in p) for p in inner)]
            return [p if any(a.endless for a in p) else self._block(p, least) for p in inner]
        if op != "POSSESSIVE_REPEAT" and _ambiguous(ops):
            self.nested.add("nested")
        turns = [path for path in inner if any(atom.endless for atom in path)]
        for path in turns:
            if op != "POSSESSIVE_REPEAT" and list(_shared(path + path + (Atom(frozenset()),))):
                self.nested.add("nested")
        chars = frozenset().union(*(atom.chars for path in inner for atom in path))
        shortest = min(sum(atom.least for atom in path) for path in inner)
        return [(Atom(chars, least * shortest, True, op == "POSSESSIVE_REPEAT"),)]

    def _block(self, path: tuple[Atom, ...], least: int) -> tuple[Atom, ...]:
        if len(path) == 1 or least == 1:
            return tuple(replace(atom, least=atom.least * least) for atom in path)
        chars = frozenset().union(*(atom.chars for atom in path))
        return (Atom(chars, least * sum(atom.least for atom in path)),)

    def chars(self, op: str, argument: Any) -> frozenset[str]:
        """The characters of a single place."""
        if op == "LITERAL":
            return self._cased({chr(argument)})
        if op == "NOT_LITERAL":
            return self.universe - {chr(argument)}
        if op == "ANY":
            return self.universe if self.flags & re.S else self.universe - {"\n"}
        if op == "CATEGORY":
            return frozenset(c for c in self.universe if _in_category(str(argument), c))
        if op == "RANGE":
            return self._cased({c for c in self.universe if argument[0] <= ord(c) <= argument[1]})
        negated = str(argument[0][0]) == "NEGATE"
        parts = argument[1:] if negated else argument
        found = frozenset().union(*(self.chars(str(o), a) for o, a in parts))
        return self.universe - found if negated else found

    def _cased(self, chars: set[str]) -> frozenset[str]:
        if self.flags & re.I:
            chars |= {c.swapcase() for c in chars}
        return frozenset(chars)


@cache
def _category(name: str) -> re.Pattern[str]:
    letter = {"SPACE": "s", "DIGIT": "d", "WORD": "w"}[name.rpartition("_")[2]]
    return re.compile("\\" + (letter.upper() if "_NOT_" in name else letter))


def _in_category(name: str, char: str) -> bool:
    return bool(_category(name).match(char))


def _again(path: Sequence[Atom], universe: frozenset[str]) -> Iterator[str]:
    """Endless repeats that a search enters at every place of a run."""
    for at, atom in enumerate(path):
        if not atom.endless or not _may_fail(path[at + 1 :], atom.chars, universe):
            continue
        if all(_fits(one, atom.chars) for one in path[:at]):
            yield "again"


def _fits(atom: Atom, run: frozenset[str]) -> bool:
    """Whether what an atom wants is found within a run: it parts no two starts."""
    if atom.before:
        return bool(atom.chars & run)
    return not atom.chars or atom.least == 0 or bool(atom.chars & run)


def _may_fail(rest: Sequence[Atom], run: frozenset[str], universe: frozenset[str]) -> bool:
    """Whether what follows a greedy run of characters can fail there."""
    for atom in rest:
        if atom.spare or (atom.or_end and universe - run <= atom.chars):
            continue
        if atom.before or not atom.chars or atom.least:
            return True
    return False


def _is_end(ops: _Ops) -> bool:
    return str(ops[0][1]) in ("AT_END", "AT_END_STRING")


def _ambiguous(ops: _Ops) -> bool:
    """Whether a repeated choice holds a word that other words of it make up."""
    words = {word for word in _words(ops) if word}
    return any(_made_of(word, words - {word}) for word in words)


def _made_of(word: str, parts: set[str]) -> bool:
    reached = {0}
    for end in range(1, len(word) + 1):
        if any(word[at:end] in parts for at in reached if at < end):
            reached.add(end)
    return len(word) in reached


def _words(ops: _Ops) -> set[str]:
    """The plain words that ops may stand for; what is no plain word stands for nothing."""
    words = {""}
    for op, argument in ops:
        name = str(op)
        if name == "LITERAL":
            ends = {chr(argument)}
        elif name == "IN" and all(str(o) == "LITERAL" for o, _ in argument):
            ends = {chr(a) for _, a in argument}
        elif name == "SUBPATTERN":
            ends = _words(argument[3])
        elif name == "BRANCH":
            ends = set().union(*(_words(one) for one in argument[1]))
        elif name in ("MAX_REPEAT", "MIN_REPEAT") and argument[1] == 1:
            ends = _words(argument[2]) | ({""} if argument[0] == 0 else set())
        elif name in ("ASSERT", "ASSERT_NOT", "AT"):
            ends = {""}
        else:
            return set()
        words = {word + end for word in words for end in ends}
    return words


def _shared(path: Sequence[Atom]) -> Iterator[str]:
    """Two endless repeats with nothing between them that parts their characters."""
    for at, atom in enumerate(path):
        if not atom.endless or atom.kept:
            continue
        for further in range(at + 1, len(path)):
            other = path[further]
            both = atom.chars & other.chars
            if other.endless and both and _may_fail(path[further + 1 :], both, both):
                yield "shared"
            if other.least and other.chars and not other.chars & atom.chars:
                break


# -- where patterns are -----------------------------------------------------------------------


def written(root: Path) -> list[Pattern]:
    """The patterns that stand in the package's files as plain strings."""
    return [
        Pattern(_text(node.args[0].value), _flags(node), f"{file.name}:{node.lineno}", at_start)
        for file, node, at_start in _calls(root)
        if isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str | bytes)
    ]


_COLLECT = """
import json, re, sys
found = {}
plain = re._compile
def noted(pattern, flags):
    frame = sys._getframe(1)
    while frame and frame.f_code.co_filename == re.__file__:
        frame = frame.f_back
    if isinstance(pattern, (str, bytes)) and frame:
        found.setdefault((frame.f_code.co_filename, frame.f_lineno, pattern), int(flags))
    return plain(pattern, flags)
re._compile = noted
import importlib, pkgutil, fzwriter
for module in pkgutil.walk_packages(fzwriter.__path__, "fzwriter."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
from pathlib import Path
from fzwriter import check, draft, load_facts, rewrite
from fzwriter.settings import Settings
home, facts, other, source = sys.argv[1:]
settings = Settings(Path(home))
sheet = load_facts(facts)
report = draft(sheet, writer="offline", settings=settings, suggest=True)
rewrite(Path(source), load_facts(other), writer="offline", settings=settings)
root = str(Path(fzwriter.__file__).parent)
print(json.dumps([
    (where, line, p if isinstance(p, str) else p.decode("latin-1"), flags)
    for (where, line, p), flags in found.items() if where.startswith(root)
]))
"""


def compiled(root: Path, home: Path, facts: Path, other: Path, source: Path) -> list[Pattern]:
    """The patterns that the package puts together while it is loaded, drafts and rewrites."""
    arguments = [str(path) for path in (home, facts, other, source)]
    done = subprocess.run(
        [sys.executable, "-c", _COLLECT, *arguments], capture_output=True, text=True, check=True
    )
    starts = lines_at_start(root)
    return [
        Pattern(text, flags, f"{Path(file).name}:{line}", (file, line) in starts)
        for file, line, text, flags in json.loads(done.stdout.splitlines()[-1])
    ]


def lines_at_start(root: Path) -> set[tuple[str, int]]:
    """File and line of each call whose pattern is only used at a text's start."""
    return {
        (str(file), line)
        for file, node, at_start in _calls(root)
        if at_start
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }


def _calls(root: Path) -> Iterator[tuple[Path, ast.Call, bool]]:
    files = {file: file.read_text("utf-8") for file in sorted(root.rglob("*.py"))}
    for file, text in files.items():
        tree = ast.parse(text)
        names = dict(_handles(tree))
        for node in ast.walk(tree):
            if not (
                isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args
            ):
                continue
            if getattr(node.func.value, "id", "") != "re" or node.func.attr not in _CALLS:
                continue
            used = {node.func.attr}
            if used == {"compile"}:
                name = names.get(id(node), "")
                where = [text] if name.startswith("_") else files.values()
                used = _uses(name, where) if name else set()
            yield file, node, bool(used) and used <= _AT_START


def _handles(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Calls inside a function that returns them, or an assignment, with its name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            calls = [c for r in ast.walk(node) if isinstance(r, ast.Return) for c in ast.walk(r)]
            yield from ((id(call), node.name) for call in calls)
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            target = node.targets[0]
            yield id(node.value), getattr(target, "id", "") or getattr(target, "attr", "")


def _uses(name: str, texts: Iterable[str]) -> set[str]:
    """The methods a pattern is used by; one that is handed on may be used by any."""
    used: set[str] = set()
    for text in texts:
        for found in re.finditer(
            rf"(?<!\w){name}\b(?:\([^()]{{0,40}}\))?(\.\w+)?(?! *=[^=])", text
        ):
            line = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
            if not line.startswith(("def ", "from ", "    def ")):
                used.add((found.group(1) or ".any")[1:])
    return used


def _text(source: str | bytes) -> str:
    return source.decode("latin-1") if isinstance(source, bytes) else source


def _flags(node: ast.Call) -> int:
    """Flags of a call, by the names in it."""
    names = {n.attr for n in ast.walk(node) if isinstance(n, ast.Attribute)}
    found = [
        getattr(re, n)
        for n in names
        if n in ("DOTALL", "S", "MULTILINE", "M", "IGNORECASE", "I", "VERBOSE", "X")
    ]
    return int(sum(set(found)))

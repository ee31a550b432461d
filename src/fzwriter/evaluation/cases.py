"""Evaluation cases: a folder each, with the facts of one report and what is expected of the run.

``case.yaml`` is optional: a folder that holds facts alone is a draft that should come out proven.
All that is wrong with a case is told as one Chinese line with its file; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from fzwriter.errors import InputError
from fzwriter.facts import FactSheet, load_facts
from fzwriter.facts.messages import translate
from fzwriter.facts.problems import Problem, stop

SPEC = "case.yaml"
_FACTS = ("facts.yaml", "facts.yml", "facts.xlsx", "facts.json", "facts.csv")
_TEXTS = (".md", ".txt", ".docx", ".pdf")

Task = Literal["draft", "rewrite", "check"]
_TASK_WORDS: dict[str, str] = {"draft": "起草", "rewrite": "改写", "check": "核验"}
# Every kind an issue may have; a slip of the pen in a case must not pass as "none found".
ISSUE_KINDS = frozenset(
    (
        *("untraced", "wrong_fact", "wrong_unit", "wrong_scale", "wrong_approx", "wrong_derived"),
        *("wrong_date", "wrong_direction", "unknown_term", "placeholder", "leaked_number"),
        *("leaked_name", "unknown_name", "unbacked_claim", "omitted_fact", "contradiction"),
        *("foreign_power", "foreign_register", "foreign_unit", "unread", "wording"),
    )
)


def _pattern(value: Any) -> Any:
    if isinstance(value, str):
        try:
            re.compile(value)
        except re.error as error:
            raise ValueError(f"“{value}”不是正确的正则表达式（{error}）") from None
    return value


def _listed(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


def _kind(value: Any) -> Any:
    if isinstance(value, str) and value not in ISSUE_KINDS:
        raise ValueError(f"没有“{value}”这种问题，可用：{'、'.join(sorted(ISSUE_KINDS))}")
    return value


Pattern = Annotated[str, BeforeValidator(_pattern)]
IssueKind = Annotated[str, BeforeValidator(_kind)]
Kinds = Annotated[tuple[IssueKind, ...], BeforeValidator(_listed)]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class ExpectedIssue(_Model):
    """An issue that the check must find.

    Attributes:
        kind: any of these kinds.
        near: words of the sentence it lies in; "" for anywhere.
        at_least: how many.
        severity: only of this severity; "" for any.
    """

    kind: Kinds
    near: str = ""
    at_least: int = Field(default=1, ge=1)
    severity: Literal["", "error", "doubt", "warning"] = ""

    @model_validator(mode="before")
    @classmethod
    def _short(cls, data: Any) -> Any:
        return {"kind": data} if isinstance(data, str) else data


class Expect(_Model):
    """What is declared of a run; the keys are those of ``expect`` in ``case.yaml``.

    Attributes:
        exit: 0 proven, 2 input refused, 3 errors left, 4 doubts alone.
        error: stands in the message of a refusal.
        warnings: each stands in a reminder on the input or in an issue's message.
        issues: what the check must find.
        none_of: kinds that must not occur.
        only: no error besides those of ``issues``.
        pending: each stands in a line of 材料待补.
        dropped: each stands in what a rewrite left out.
        sections: patterns that first-level headings match in this order.
        must_contain: patterns the text holds.
        must_not_contain: patterns it doesn't.
        length: fewest and most characters.
    """

    exit: Literal[0, 2, 3, 4] = 0
    error: str = ""
    warnings: tuple[str, ...] = ()
    issues: tuple[ExpectedIssue, ...] = ()
    none_of: tuple[IssueKind, ...] = ()
    only: bool = False
    pending: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    sections: tuple[Pattern, ...] = ()
    must_contain: tuple[Pattern, ...] = ()
    must_not_contain: tuple[Pattern, ...] = ()
    length: tuple[int | None, int | None] | None = None


class Spec(_Model):
    """The content of ``case.yaml``."""

    task: Task = "draft"
    title: str = ""
    source: str = ""
    invented: str = ""
    notes: tuple[str, ...] = ()
    from_: str = Field(default="", alias="from")
    text: str = ""
    reference: str = ""
    expect: Expect = Expect()

    @model_validator(mode="after")
    def _fits(self) -> Spec:
        for task, key, given in (("rewrite", "from", self.from_), ("check", "text", self.text)):
            if bool(given) is not (self.task == task):
                needs = "要写" if self.task == task else "不能写"
                raise ValueError(f"{_TASK_WORDS[self.task]}（task: {self.task}）{needs} {key}")
        if self.expect.dropped and self.task != "rewrite":
            raise ValueError("dropped 只用于改写（task: rewrite）")
        if self.expect.error and self.expect.exit != 2:
            raise ValueError("error 只与 exit: 2 同用")
        return self


@dataclass(frozen=True)
class Case:
    """One case.

    Attributes:
        name: of its folder.
        folder: where it lies.
        facts: its facts file.
        spec: what ``case.yaml`` says.
        origin: for a rewrite of another case's draft, the facts file of that case.
    """

    name: str
    folder: Path
    facts: Path
    spec: Spec
    origin: Path | None = None

    @property
    def task(self) -> Task:
        """What is to be done."""
        return self.spec.task

    @property
    def expect(self) -> Expect:
        """What is declared."""
        return self.spec.expect

    def sheet(self) -> FactSheet:
        """Its facts.

        Raises:
            InputError: they can't be used.
        """
        return load_facts(self.facts)

    def file(self, key: Literal["from", "text", "reference"]) -> Path:
        """The file that ``from``, ``text`` or ``reference`` names."""
        value = {"from": self.spec.from_, "text": self.spec.text}.get(key, self.spec.reference)
        return (self.folder / value).resolve()


def load_cases(paths: Iterable[Path], names: Sequence[str] = ()) -> list[Case]:
    """Read cases.

    Args:
        paths: folders of cases, or of one case each.
        names: only those whose names contain one of these; all by default.

    Raises:
        InputError: a case is wrong, two share a name, or there is none.
    """
    folders = [folder for path in paths for folder in _folders(path)]
    found: dict[str, Case] = {}
    for folder in folders:
        if folder.name in found:
            raise InputError(
                f"有两个案例都叫“{folder.name}”", path=folder, remedy="请改其中一个文件夹的名称"
            )
        found[folder.name] = _case(folder, folders)
    chosen = [c for c in found.values() if not names or any(n in c.name for n in names)]
    unknown = [name for name in names if not any(name in case for case in found)]
    if unknown:
        raise InputError(
            f"没有案例“{unknown[0]}”", remedy=f"共 {len(found)} 例，名称是各自文件夹的名称"
        )
    if not chosen:
        raise InputError(
            "没有找到案例",
            path="、".join(map(str, paths)),
            remedy=f"每个案例一个文件夹，里面放 facts.yaml 或 facts.xlsx，可另放 {SPEC}",
        )
    return chosen


def _folders(path: Path) -> list[Path]:
    if not path.is_dir():
        raise InputError("找不到案例文件夹", path=path, remedy="请检查路径")
    if _is_case(path):
        return [path.resolve()]
    return [
        child.resolve() for child in sorted(path.iterdir()) if child.is_dir() and _is_case(child)
    ]


def _is_case(folder: Path) -> bool:
    return any((folder / name).is_file() for name in (SPEC, *_FACTS))


def _case(folder: Path, siblings: Sequence[Path]) -> Case:
    spec = _spec(folder / SPEC)
    facts = _facts(folder)
    origin = None
    if spec.task == "rewrite" and not spec.from_.endswith(_TEXTS):
        others = {s.name: s for s in (*folder.parent.iterdir(), *siblings) if s.is_dir()}
        if spec.from_ not in others or not _is_case(others[spec.from_]):
            raise _wrong(
                folder, f"from 所写的“{spec.from_}”不是案例", "写另一案例的名称，或报告文件"
            )
        if spec.from_ == folder.name:
            raise _wrong(folder, "from 写的是本案例自己", "写另一案例的名称，或报告文件")
        origin = _facts(others[spec.from_])
    case = Case(folder.name, folder, facts, spec, origin)
    for key, value in (("from", "" if origin else spec.from_), ("text", spec.text),
                       ("reference", spec.reference)):  # fmt: skip
        if value and not case.file(key).is_file():  # type: ignore[arg-type]
            raise _wrong(folder, f"找不到 {key} 所写的文件“{value}”", "路径相对于案例文件夹")
    return case


def _wrong(folder: Path, what: str, remedy: str) -> InputError:
    return InputError(what, path=folder / SPEC, remedy=remedy)


def _facts(folder: Path) -> Path:
    present = [folder / name for name in _FACTS if (folder / name).is_file()]
    if len(present) != 1:
        what = "有不止一个数据文件" if present else "缺少数据文件"
        raise InputError(what, path=folder, remedy="恰好放一个：facts.yaml、facts.xlsx 等")
    return present[0]


def _spec(path: Path) -> Spec:
    if not path.is_file():
        return Spec(title=path.parent.name)
    try:
        raw = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("案例说明读不出来", path=path, remedy="请存为 UTF-8 文本") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"第 {mark.line + 1} 行" if mark else ""
        raise InputError(
            "YAML 格式有误", path=path, place=place, remedy="请检查缩进、冒号和引号"
        ) from error
    if not isinstance(raw, dict):
        raise InputError("案例说明应由“键: 值”组成", path=path, remedy="至少写 task 和 title")
    try:
        return Spec.model_validate(raw)
    except ValidationError as error:
        stop([_problem(one) for one in error.errors(include_url=False)], str(path))
        raise  # a validation error without errors: pydantic's, not the user's


def _problem(error: Any) -> Problem:
    what, remedy = translate(error)
    if error["type"] == "literal_error" and error["loc"][-1:] == ("task",):
        remedy = f"可用：{'、'.join(get_args(Task))}"
    return Problem("、".join(str(step) for step in error["loc"]) or "全文", what, remedy)

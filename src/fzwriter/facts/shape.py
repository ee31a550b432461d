"""From a neutral tree to the plain values ``FactSheet`` is made of, field by field.

Every wrong field is noted as a ``Problem`` with its place, so that a clerk hears of all of them in
one go; pydantic never sees what this module has not understood.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from fzwriter.facts import model
from fzwriter.facts.figures import MARK, number_remedy, plain_number
from fzwriter.facts.problems import Problem, Problems
from fzwriter.facts.tree import CONTROL, Items, Node, Scalar, Table
from fzwriter.numbers.approx import as_word

#: Reads a node; ``label`` names it for messages (``f05 的 value``).
_Read = Callable[[Node, str, Problems], Any]

# What a clerk writes by analogy with the form's Chinese headings.
_CHINESE_KEYS = {
    "单位": "unit", "填报单位": "unit", "计量单位": "unit", "报告期": "period", "期间": "period",
    "年度": "period", "年份": "period", "文种": "document", "文件": "document", "数据": "facts",
    "事实": "facts", "指标": "name", "陈述": "statements", "定性材料": "statements",
    "派生": "derived", "术语": "terms", "编号": "id", "序号": "id", "主题": "topic", "名称": "name",
    "数值": "value", "值": "value", "数量": "value", "概数": "approx", "约数": "approx",
    "上年": "previous", "上年数": "previous", "去年": "previous", "其中": "parts_of",
    "属于": "parts_of", "必填": "required", "别名": "aliases", "备注": "note", "来源": "source",
    "公式": "formula", "小数位数": "digits", "类型": "type", "级别": "level", "层级": "level",
    "地区": "region", "标题": "title", "主送": "addressee", "主送机关": "addressee",
    "日期": "date", "字数": "length", "篇幅": "length", "提纲": "outline", "种类": "kind",
    "类别": "kind", "内容": "text", "正文": "text", "发文机关标志": "issuer", "发文机关": "issuer",
    "发文字号": "number", "文号": "number", "签发人": "signer",
}  # fmt: skip
_SHOWN = 30
_TRUE, _FALSE = frozenset({"true", "yes", "是"}), frozenset({"false", "no", "否"})


def _cut(text: str) -> str:
    """A scalar as messages show it: one line, not a page."""
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _wrong(problems: Problems, node: Node, what: str, remedy: str) -> None:
    problems.append(Problem(node.place, what, remedy))


def _scalar(node: Node, label: str, problems: Problems) -> Scalar | None:
    if isinstance(node, Scalar):
        return node
    kind = "列表" if isinstance(node, Items) else "表"
    _wrong(problems, node, f"{label} 写成了{kind}", "这里只能写一个值")
    return None


def _text(node: Node, label: str, problems: Problems) -> str | None:
    scalar = _scalar(node, label, problems)
    if scalar is not None and CONTROL.search(scalar.text):
        _wrong(problems, node, f"{label} 含有不可见的控制字符", "请删去后重新输入")
    return scalar.text if scalar else None


def _unmarked(node: Node, label: str, problems: Problems) -> str | None:
    text = _text(node, label, problems)
    if text and (found := MARK.search(text)):
        what = f"{label} 的“{_cut(text)}”带有注号“{found[0]}”"
        _wrong(problems, node, what, "请把注号去掉，要说明的写在 note 里")
    return text


def _approx(node: Node, label: str, problems: Problems) -> str | None:
    text = _text(node, label, problems)
    word = as_word(text.strip()) if text else ""
    if text and not word:
        remedy = "可用 余、多、近、约、左右、以上 等；准数不写这一项"
        _wrong(problems, node, f"{label} 的“{_cut(text)}”不是概数词", remedy)
    return word


def _number(node: Node, label: str, problems: Problems) -> Any:
    scalar = _scalar(node, label, problems)
    if scalar is None:
        return None
    key = label.rpartition(" ")[2]
    number = plain_number(scalar.text)
    if number is None:
        remedy = number_remedy(scalar.text, key)
        _wrong(problems, node, f"{label} 的“{_cut(scalar.text)}”不是数字", remedy)
    elif scalar.literal:
        what = f"{label} 的“{_cut(scalar.text)}”是文字（加了引号），不是数字"
        _wrong(problems, node, what, f"请去掉引号：{key}: {scalar.text}")
    return number


def _whole(node: Node, label: str, problems: Problems) -> int | None:
    scalar = _scalar(node, label, problems)
    if scalar is None:
        return None
    number = plain_number(scalar.text)
    if number is None or number != int(number):
        key = label.rpartition(" ")[2]
        example = "3000" if key == "length" else "1"
        what = f"{label} 的“{_cut(scalar.text)}”不是整数"
        _wrong(problems, node, what, f"请只写阿拉伯数字，如 {key}: {example}")
        return None
    return int(number)


def _flag(node: Node, label: str, problems: Problems) -> bool | None:
    scalar = _scalar(node, label, problems)
    if scalar is None:
        return None
    word = scalar.text.lower()
    if word not in _TRUE | _FALSE:
        _wrong(
            problems,
            node,
            f"{label} 的“{_cut(scalar.text)}”无法识别",
            "请写 true（是）或 false（否）",
        )
    return word in _TRUE


def _date(node: Node, label: str, problems: Problems) -> Any:
    scalar = _scalar(node, label, problems)
    if scalar is None:
        return None
    try:
        return model.parse_date(scalar.text)
    except ValueError:
        what = f"{label} 的“{_cut(scalar.text)}”不是日期"
        _wrong(problems, node, what, "请写成 2025-01-20 或 2025年1月20日")
        return None


def _texts(node: Node, label: str, problems: Problems) -> list[str | None]:
    if isinstance(node, Items):
        return [_text(item, label, problems) for item in node.nodes]
    text = node.text if isinstance(node, Scalar) else "…"
    _wrong(problems, node, f"{label} 应是列表", f"请写成 [{text}]，多个用英文逗号隔开")
    return []


def _statement_kind(node: Node, label: str, problems: Problems) -> str | None:
    text = _text(node, label, problems)
    known = get_args(model.StatementKind)
    if text is not None and text not in known:
        _wrong(
            problems, node, f"{label} 的“{_cut(text)}”不是已知的种类", f"可用：{'、'.join(known)}"
        )
    return text


def _period(node: Node, label: str, problems: Problems) -> Any:
    if isinstance(node, Table):
        return _PERIOD(node, label, problems)
    text = _text(node, label, problems)
    if text is None:
        return None
    try:
        return model.Period.model_validate(text)
    except ValueError:
        remedy = "请写年份（period: 2024）或起止日期（period: {from: 2024-01-01, to: 2024-12-31}）"
        _wrong(problems, node, f"报告期 period 的“{_cut(text)}”无法识别", remedy)
        return None


@dataclass(frozen=True)
class _Fields:
    """The reader of a mapping with known keys; ``placed`` adds ``source`` where none is given."""

    readers: Mapping[str, _Read]
    required: tuple[str, ...]
    example: str
    placed: bool = False

    def __call__(self, node: Node, label: str, problems: Problems) -> dict[str, Any] | None:
        if not isinstance(node, Table):
            _wrong(problems, node, f"{label or '文件'} 应由“键: 值”组成", f"请写成 {self.example}")
            return None
        label = self._called(node, label)
        values: dict[str, Any] = {"source": node.place} if self.placed else {}
        for key, child in node.nodes.items():
            if key not in self.readers:
                what, remedy = self._unknown(key, label)
                problems.append(Problem(node.keys[key], what, remedy))
            elif not (isinstance(child, Scalar) and child.empty):
                values[key] = self.readers[key](
                    child, f"{label} 的 {key}" if label else key, problems
                )
        problems += self._missing(node, values, label)
        return values

    def _missing(self, node: Table, values: dict[str, Any], label: str) -> Problems:
        meant = {self._nearest(key) for key in node.nodes if key not in self.readers}
        return [
            Problem(
                node.keys.get(key, node.place),
                f"{label} 缺少 {key}".strip(),
                f"请补上，如 {self.example}",
            )
            for key in self.required
            # A mistyped key has been told already.
            if values.get(key, "") == "" and key not in meant
        ]

    def _called(self, node: Table, label: str) -> str:
        """An entry is best known by its id."""
        given = node.nodes.get("id")
        return given.text if isinstance(given, Scalar) and given.text else label

    def _unknown(self, key: str, label: str) -> tuple[str, str]:
        where = f"{label} 有" if label else "有"
        what = f"{where}不认识的键“{_cut(key)}”"
        if ":" in key or "：" in key:
            return what, "键后面要写英文冒号加空格，如 value: 48"
        if near := self._nearest(key):
            return what, f"最接近的是 {near}"
        home = next((name for name, fields in _ALL.items() if key in fields.readers), "")
        if home:
            return what, f"{key} 应写在{home}里"
        return what, f"这里可用的键：{'、'.join(self.readers)}"

    def _nearest(self, key: str) -> str:
        near = _CHINESE_KEYS.get(key, "")
        if near in self.readers:
            return near
        return next(iter(difflib.get_close_matches(key.lower(), self.readers, 1, 0.6)), "")


def _entries(fields: _Fields) -> _Read:
    def read(node: Node, label: str, problems: Problems) -> list[dict[str, Any] | None]:
        if not isinstance(node, Items):
            _wrong(problems, node, f"{label} 应是列表", f"请每条一行，写成 - {fields.example}")
            return []
        return [
            fields(item, f"{label} 第 {number} 条", problems)
            for number, item in enumerate(node.nodes, 1)
        ]

    return read


_PERIOD = _Fields(
    {"from": _date, "to": _date}, ("from", "to"), "{from: 2024-01-01, to: 2024-12-31}"
)
_UNIT = _Fields(
    dict.fromkeys(("name", "type", "level", "region"), _text),
    ("name", "type"),
    "{name: 古丈县司法局, type: 司法局}",
)
_DOCUMENT = _Fields(
    {"kind": _text, "title": _text, "addressee": _text, "date": _date, "issuer": _text,
     "number": _text, "signer": _text, "length": _whole, "outline": _texts},
    ("kind",),
    "{kind: 法治政府建设年度报告}",
)  # fmt: skip
_FACT = _Fields(
    {"id": _text, "topic": _text, "name": _unmarked, "value": _number, "unit": _unmarked, "units": _texts,
     "approx": _approx, "previous": _number, "parts_of": _text, "parts_complete": _flag,
     "required": _flag, "aliases": _texts, "note": _text, "source": _text},
    ("id", "name", "value"),
    "{id: f04, topic: 行政复议, name: 收到行政复议案件, value: 48, unit: 件}",
    placed=True,
)  # fmt: skip
_DERIVED = _Fields(
    {"id": _text, "name": _text, "formula": _text, "topic": _text, "unit": _text, "digits": _whole,
     "aliases": _texts, "required": _flag, "source": _text},
    ("id", "name", "formula"),
    '{id: d1, name: 调解成功率, formula: f30/f29, unit: "%"}',
    placed=True,
)  # fmt: skip
_STATEMENT = _Fields(
    {"id": _text, "topic": _text, "kind": _statement_kind, "text": _text, "note": _text,
     "source": _text},
    ("text",),
    "{topic: 普法, kind: 举措, text: 组织开展法治宣传活动}",
    placed=True,
)  # fmt: skip
_SHEET = _Fields(
    {"unit": _UNIT, "period": _period, "document": _DOCUMENT, "facts": _entries(_FACT),
     "derived": _entries(_DERIVED), "statements": _entries(_STATEMENT), "terms": _texts},
    ("unit", "period", "document"),
    "unit: {name: 古丈县司法局, type: 司法局}、period: 2024、"
    "document: {kind: 法治政府建设年度报告}",
)  # fmt: skip
_ALL = {
    "文件顶层": _SHEET, " unit（单位）": _UNIT, " document（文种）": _DOCUMENT,
    " facts（数据）": _FACT,
    " derived（派生数据）": _DERIVED, " statements（定性材料）": _STATEMENT,
}  # fmt: skip


def shape_sheet(root: Node, problems: Problems) -> dict[str, Any]:
    """The values of a whole facts file, as ``FactSheet.model_validate`` takes them."""
    return _SHEET(root, "", problems) or {}

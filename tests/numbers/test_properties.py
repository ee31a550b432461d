"""What holds for any figure and any text."""

from __future__ import annotations

import re
import time
from decimal import Decimal

import cn2an
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from number_tellers import told

from fzwriter.numbers import find_numbers, fold
from fzwriter.numbers.value import parse_chinese
from fzwriter.report import Mention

UNITS = (
    "件",
    "起",
    "人次",
    "名",
    "场",
    "万元",
    "元",
    "件次",
    "个",
    "家",
    "%",
    "个百分点",
    "宗",
    "份",
)
SURE = ("件", "起", "人次", "名", "场", "家", "份")  # measure words of Chinese numerals too
_FULL = str.maketrans("0123456789.,%", "０１２３４５６７８９．，％")
FRAMES = (
    ("全年共收到行政复议案件", "，"),
    ("办结", "。"),
    ("其中", "；"),
    ("（", "）"),
    ("同比增加", "\n"),
)

figures = st.one_of(
    st.integers(0, 10**9).map(Decimal),
    st.decimals(0, 10**5, places=2, allow_nan=False),
    st.decimals(0, 1000, places=1, allow_nan=False),
)
texts = st.text(
    st.one_of(
        st.sampled_from(
            "零一二三四五六七八九十百千万亿两几数半双第个件年月日%‰0123456789０５９.,，xX×【】《》“”。、"
            "（）()〔〕号余多约近上以下至到—-~: /成折番分之点负A某_热线①½"
        ),
        st.characters(),
    ),
    max_size=60,
)


def only(text: str) -> Mention:
    found = [m for m in find_numbers(text) if m.kind == "quantity"]
    assert len(found) == 1, [told(m) for m in find_numbers(text)]
    return found[0]


def written(figure: Decimal) -> str:
    return f"{figure:f}"


def grouped(figure: Decimal) -> str:
    return f"{figure:,f}"


@given(
    figures,
    st.sampled_from(UNITS),
    st.sampled_from(FRAMES),
    st.sampled_from([written, grouped]),
    st.booleans(),
    st.sampled_from(["", " ", "\u3000"]),
)
def test_arabic_figures_come_back(figure, unit, frame, form, full, blank) -> None:
    digits = form(figure).translate(_FULL) if full else form(figure)
    mention = only(f"{frame[0]}{blank}{digits}{blank}{unit}{frame[1]}")
    assert (mention.value, mention.unit, mention.approx) == (figure, unit, "")
    factor = {"万元": Decimal(10000), "%": Decimal("0.01")}.get(unit, Decimal(1))
    assert mention.base_value == figure * factor


@given(
    figures,
    st.sampled_from(["件", "万件", "亿件"]),
    st.sampled_from(["余", "多", "近", "约", "超过", "不少于", "以上", "左右"]),
)
def test_approximations_come_back(figure, unit, approx) -> None:
    scale, inside, behind = unit[:-1], "", ""
    front = approx if approx in ("近", "约", "超过", "不少于") else ""
    if approx in ("余", "多"):
        inside = approx
    elif not front:
        behind = approx
    mention = only(f"调解纠纷{front}{figure:f}{scale}{inside}件{behind}，")
    assert (mention.value, mention.unit, mention.approx) == (figure, unit, approx)


@given(st.integers(2, 10**12 - 1), st.sampled_from(["low", "up"]), st.sampled_from(SURE))
def test_chinese_figures_come_back(figure, mode, unit) -> None:
    mention = only(f"共收到{cn2an.an2cn(figure, mode)}{unit}。")
    assert (mention.value, mention.unit) == (Decimal(figure), unit)


@given(st.decimals(2, 10**6, places=2, allow_nan=False))
def test_chinese_decimals_come_back(figure) -> None:
    plain = f"{figure.normalize():f}"
    if "." in plain:
        assert parse_chinese(cn2an.an2cn(plain, "low")) == figure
        assert only(f"增长{cn2an.an2cn(plain, 'low')}倍").value == figure


@given(st.integers(0, 10**15))
def test_parse_chinese_agrees_with_cn2an(figure) -> None:
    for mode in ("low", "up"):
        text = cn2an.an2cn(figure, mode)
        assert parse_chinese(text) == Decimal(str(cn2an.cn2an(text, "smart")))


@given(st.decimals(0, 100, places=1, allow_nan=False))
def test_percentages_come_back(figure) -> None:
    plain = f"{figure.normalize():f}"
    for form in (f"{plain}%", f"{plain} ％", f"百分之{plain}", f"百分之{cn2an.an2cn(plain)}"):
        mention = only(f"达标率为{form}，")
        assert (mention.value, mention.base_value, mention.unit) == (figure, figure / 100, "%")


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_mixed_forms_add_up(hundreds, rest) -> None:
    assert only(f"投入{hundreds}亿{rest}万元").value == hundreds * 10**8 + rest * 10**4


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.sampled_from("-—~～至到"))
def test_ranges_come_back(low, more, dash) -> None:
    mention = only(f"每处处罚{low}{dash}{low + more}元")
    if mention.kind == "quantity":
        assert mention.value == (Decimal(low), Decimal(low + more))


@given(texts)
@settings(max_examples=500)
def test_mentions_of_any_text_are_in_order_and_complete(text: str) -> None:
    mentions = find_numbers(text)
    covered: set[int] = set()
    at = 0
    for mention in mentions:
        assert at <= mention.start < mention.end <= len(text)
        assert mention.text == text[mention.start : mention.end]
        covered.update(range(mention.start, mention.end))
        at = mention.end
    for match in re.finditer(r"[0-9０-９]", text):
        assert match.start() in covered, (match.start(), text)


@given(texts)
@settings(max_examples=300)
def test_full_width_reads_like_half_width(text: str) -> None:
    full = text.translate(str.maketrans("0123456789%", "０１２３４５６７８９％"))
    half = fold(text)
    assert [told(m)[len(m.text) :] for m in find_numbers(full)] == [
        told(m)[len(m.text) :] for m in find_numbers(text)
    ]
    assert [m.kind for m in find_numbers(half)] == [m.kind for m in find_numbers(text)]


@pytest.mark.parametrize(
    "text",
    ["收到{}48{}件", "增长{}12.5{}%", "近{}百{}名", "第{}3{}批", "百分之{}五{}，", "共{}一{}家"],
)
@pytest.mark.parametrize("blank", [" ", "\u3000", "\u00a0", "  "])
def test_blanks_beside_a_figure_change_nothing(text: str, blank: str) -> None:
    tight, loose = (find_numbers(text.format(b, b)) for b in ("", blank))
    assert [(m.kind, m.value, m.unit, m.approx) for m in tight] == [
        (m.kind, m.value, m.unit, m.approx) for m in loose
    ]


@pytest.mark.parametrize(
    "junk",
    [
        "一",
        "1",
        "“一",
        "xX",
        "《1",
        "1,",
        "1/",
        "百分之",
        "1-",
        "一、",
        "【",
        "十几",
        "1:",
        "1+",
        "1,111",
    ]
    + ["1亿", "(1)", "2023、", "一点", "一又", "一村一", "1来", "9" * 50, "第1", "联系1"],
)
def test_no_text_takes_long_or_raises(junk: str) -> None:
    """Reading is linear: what is quadratic takes minutes here (1+1+1… once did)."""
    text = (junk * 40000)[:40000]
    begun = time.process_time()
    find_numbers(text)
    assert time.process_time() - begun < 5

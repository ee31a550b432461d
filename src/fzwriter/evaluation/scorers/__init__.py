"""Scorers: pure functions from a text and its input to a value with its explanation.

``SCORERS`` is the table of them, in the order they are shown. A scorer that can't be applied says
*unscored* and why; that is not zero.
"""

from __future__ import annotations

from fzwriter.evaluation.scorers import borrowed, effort, expected, figures, form, prose, reference
from fzwriter.evaluation.scorers.base import Effort, Score, Scorer, Subject, unscored

SCORERS: tuple[Scorer, ...] = (
    Scorer("expectations", "符合声明", 1, "share", expected.expectations,
           "案例声明的结果、问题、章节、措辞有多少成立", text=False),
    Scorer("traceability", "数字可溯源", 1, "share", figures.traceability, "数字和日期有出处的比例"),
    Scorer("fact_coverage", "数据写全", 1, "share", figures.fact_coverage, "必写数据写进报告的比例"),
    Scorer("statement_coverage", "材料写全", 1, "share", prose.statement_coverage, "材料写进报告的比例"),
    Scorer("binding", "植错查出率", 1, "share", figures.binding, "在本文中植入错误，核验查出的比例"),
    Scorer("false_alarms", "同义误报率", -1, "share", figures.false_alarms, "换一种正确说法却被误报的比例"),
    Scorer("binding_missed", "植错漏查率", -1, "share", figures.binding_missed, "植入的错误里，核验既没有查出、也没有存疑的比例"),
    Scorer("binding_doubts", "植错存疑率", -1, "share", figures.binding_doubts, "植入的错误里，核验没有查出、只存疑的比例"),
    Scorer("false_doubts", "同义存疑率", -1, "share", figures.false_doubts, "换一种正确说法却存疑的比例"),
    Scorer("leaks", "泄露", -1, "per_mille", borrowed.leaks, "每千字里别的报告的数字和名称"),
    Scorer("unbacked", "无据作为", -1, "share", borrowed.unbacked, "称有作为的分句里，数据和材料没有依据的比例"),
    Scorer("structure", "结构", 1, "share", form.structure, "必备部分、次序、编号的要求达到的比例"),
    Scorer("register", "语体", 1, "share", prose.register, "合乎公文语体的句子的比例"),
    Scorer("copied_run", "最长照抄", -1, "characters", borrowed.copied_run, "与种子相同的最长一段，字"),
    Scorer("copied_grams", "与种子重合", -1, "share", borrowed.copied_grams, "8 字连缀与最近的种子相同的比例"),
    Scorer("repetition", "重复", -1, "share", prose.repetition, "8 字连缀在本文中重复的比例"),
    Scorer("length", "篇幅", 1, "share", prose.length, "与规定篇幅的接近程度"),
    Scorer("layout", "版式不合", -1, "count", form.layout, "Word 文件不合 GB/T 9704 之处"),
    Scorer("chrf", "chrF", 1, "points", reference.chrf, "与参考文本的字符相似度，0—100"),
    Scorer("rouge_l", "ROUGE-L", 1, "share", reference.rouge_l, "与参考文本的最长公共子序列 F 值"),
    Scorer("fallbacks", "弃用模型", -1, "share", effort.fallbacks, "模型的文字没有采用的比例"),
    Scorer("retries", "返工", -1, "points", effort.retries, "每处返工的次数"),
    Scorer("calls", "调用", -1, "count", effort.calls, "调用模型的次数"),
    Scorer("tokens", "词元", -1, "count", effort.tokens, "输入和输出的词元"),
    Scorer("seconds", "用时", -1, "seconds", effort.seconds, "起草用时，秒"),
)  # fmt: skip
BY_NAME = {scorer.name: scorer for scorer in SCORERS}

__all__ = ["BY_NAME", "SCORERS", "Effort", "Score", "Scorer", "Subject", "unscored"]

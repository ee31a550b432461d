"""The same text and sheet give the same verdicts in every process, whatever its hash seed."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

SHEET = """
unit: {name: 云岫县司法局, type: 司法局, level: 县}
period: 2024
document: {kind: 法治政府建设年度报告}
facts:
  - {id: a, topic: 行政复议, name: 收到行政复议案件, value: 48, unit: 件, previous: 40}
  - {id: b, topic: 行政复议, name: 办结, value: 23, unit: 件, parts_of: a}
  - {id: c, topic: 行政应诉, name: 办理行政诉讼案件, value: 63, unit: 件}
  - {id: d, topic: 行政应诉, name: 办结, value: 54, unit: 件, parts_of: c}
  - {id: e, topic: 人民调解, name: 调解矛盾纠纷, value: 48, unit: 件}
statements:
  - {topic: 普法, text: 组织5支普法小分队进村开展“法律七进”活动}
  - {topic: 普法, kind: 计划, text: 2025年组织8支普法小分队进企业}
"""
TEXT = """办好复议案件和应诉案件
复议收案48件，办结54件，调解纠纷48件；诉讼办理63件，办结23件，合计77件。
6支小分队进村，8支小分队进企业，获评先进。"""

RUN = """
import sys
from fzwriter.check import check
from fzwriter.facts import loads_facts
sheet, text = sys.stdin.read().split("\\0")
report = check(text, loads_facts(sheet))
print([(i.start, i.end, i.severity, i.message) for i in report.issues])
print([(m.start, m.status, m.sources, m.formula) for m in report.mentions])
"""


def verdicts(seed: str) -> str:
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", RUN],
        input=f"{SHEET}\0{TEXT}",
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        env={**os.environ, "PYTHONHASHSEED": seed},
    )
    return done.stdout


@pytest.mark.parametrize("seed", ["1", "2", "3"])
def test_verdicts_do_not_depend_on_the_hash_seed(seed: str) -> None:
    assert verdicts(seed) == verdicts("0")

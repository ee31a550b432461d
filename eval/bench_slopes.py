"""How time grows on texts made to be slow: `make bench`.

Each public function reads each nasty text at one, two and four times a length. Only ratios are told: the
time for twice the text over the time for the text, at both steps. 2 is linear, 4 quadratic; a step that
took under a few milliseconds says nothing and counts as linear. Ends with 1 where a step is steep.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from fzwriter import load_facts
from fzwriter.check import check
from fzwriter.documents import read_text
from fzwriter.errors import InputError
from fzwriter.facts import FactSheet, lint, loads_facts
from fzwriter.llm import ScriptedModel
from fzwriter.llm.answers import find_json, strip_thoughts
from fzwriter.numbers import find_numbers
from fzwriter.reading import clean, mask, outline, read_seeds
from fzwriter.reading.people import find_people
from fzwriter.reading.recognise import kind_of, recognise
from fzwriter.seeds import framing_clauses, masked_passages
from fzwriter.writing import Brief, LlmWriter, figures_of, load_prompts, make_plan
from fzwriter.writing.tasks import make_tasks

ROOT = Path(__file__).resolve().parents[1]
CASE = ROOT / "eval" / "cases" / "003-sifaju-baogao" / "facts.yaml"
STEEP, SOONEST = 3.2, 0.02  # a ratio; seconds below which a ratio is noise

NASTY = {
    "one character": "余",
    "one letter": "x",
    "digits": "7",
    "Chinese numerals": "万",
    "blanks": " ",
    "stars": "*",
    "underscores": "_a ",
    "opened quotes": "“",
    "opened titles": "《甲",
    "opened brackets": "（一",
    "square brackets": "[[f",
    "opened boxes": "【建议",
    "opened tags": "<a ",
    "opened thoughts": "<think>",
    "opened fences": "```json ",
    "no sentence end": "开展法治宣传教育，",
    "no clause end": "推进依法行政工作",
    "figures without end": "受理48件，",
    "shares": "占三分之",
    "hidden places": "××",
    "words made of words": "另有达到",
    "names in a row": "王某某、",
    "years": "2024年",
    "last year": "上年",
    "middle dots": "阿布都·",
    "one sentence": "全年受理行政复议案件48件。",
    "lines": "甲\n",
    "absolute claims": "实现全覆盖，",
    "plans without end": "将受理行政复议案件48件",
    "items": "；一是宣传",
    "headings of plans": "明年计划\n受理案件48件\n",
    "sign-offs": "古丈县司法局\n2025年1月20日\n",
}


def works(folder: Path) -> dict[str, Callable[[str], object]]:
    """The functions by name, each a function of the text."""
    sheet = with_plan(load_facts(CASE))
    path, markdown = folder / "nasty.txt", folder / "nasty.md"

    def of_seed(text: str) -> object:
        path.write_text(f"某某县司法局2024年法治政府建设工作报告\n\n{text}。\n", "utf-8")
        passages = [p for report in read_seeds(path) for p in masked_passages(report)]
        return [framing_clauses(passage) for passage in passages]

    def of_document(text: str) -> object:
        markdown.write_text(text, "utf-8")
        return read_text(markdown)

    judged = judge(sheet)
    return {
        "find_numbers": find_numbers,
        "check": lambda text: check(text, sheet),
        "check, as its own source": lambda text: check(text, sheet, (text,)),
        "load_facts and lint": lambda text: list(lint(with_statement(text))),
        "seeds.clean": lambda text: clean([text]),
        "seeds.mask": mask,
        "seeds.find_people": find_people,
        "seeds.outline": lambda text: outline(tuple(text.split("\n"))),
        "seeds.recognise": lambda text: (recognise(text, text), kind_of(text)),
        "seeds: read, split, mask, frame": of_seed,
        "documents.read_text": of_document,
        "tidy and judge": lambda text: judged([text]),
        "strip_thoughts, find_json": lambda text: (strip_thoughts(text), find_json(text)),
    }


def with_plan(sheet: FactSheet) -> FactSheet:
    """The sheet with a plan that holds a figure."""
    last = sheet.statements[-1]
    plan = last.model_copy(update={"kind": "计划", "text": "计划受理行政复议案件48件"})
    return sheet.model_copy(update={"statements": (*sheet.statements, plan)})


def judge(sheet: FactSheet) -> Callable[[list[str]], object]:
    """The judge of one piece of a report, as a model's answer meets it."""
    plan = make_plan(sheet)
    brief = Brief(sheet, plan, load_prompts(ROOT / "prompts"), figures_of(sheet), 32768)
    writer = LlmWriter(brief, ScriptedModel([]), lambda text: check(text, sheet), lambda _: ())
    task = next(task for task in make_tasks(plan) if task.part == "成效")
    return writer.judge(task, ()).judge


def with_statement(text: str) -> FactSheet:
    """A sheet with the text for a statement, a fact's name and a note."""
    fact = {
        "id": "f1",
        "topic": "普法",
        "name": text[:2000],
        "value": 1,
        "unit": "件",
        "note": text,
    }
    sheet = {
        "unit": {"name": "某县司法局", "type": "司法局", "level": "县", "region": "某县"},
        "period": 2024,
        "document": {"kind": "法治政府建设年度报告"},
        "facts": [fact],
        "statements": [{"topic": "普法", "kind": "举措", "text": text}],
    }
    return loads_facts(json.dumps(sheet, ensure_ascii=False), name="a.json", format="json")


def slopes(work: Callable[[str], object], grain: str, length: int) -> list[float]:
    """Ratios of the times at one, two and four times the length."""
    times = []
    for size in (length, 2 * length, 4 * length):
        text = grain * (size // len(grain))
        began = time.process_time()
        with contextlib.suppress(InputError):
            work(text)
        times.append(time.process_time() - began)
    pairs = zip(times, times[1:], strict=False)
    return [later / max(sooner, SOONEST) if later > SOONEST else 1.0 for sooner, later in pairs]


def measured(length: int, only: str) -> Iterator[tuple[str, str, list[float]]]:
    with TemporaryDirectory() as folder:
        for name, work in works(Path(folder)).items():
            if only in name:
                work("全年受理行政复议案件48件。" * 40)  # loads what is loaded once
                for nasty, grain in NASTY.items():
                    yield name, nasty, slopes(work, grain, length)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--length", type=int, default=8000, help="characters at first")
    parser.add_argument("--only", default="", help="functions with this in their name")
    options = parser.parse_args()
    worst: dict[str, tuple[float, str, list[float]]] = {}
    steep = 0
    for name, nasty, found in measured(options.length, options.only):
        worst[name] = max(worst.get(name, (0.0, "", [])), (max(found), nasty, found))
        if min(found) > STEEP:  # at both steps: one alone is the machine's doing
            steep += 1
            print(f"steep: {name} on {nasty}: {' '.join(f'{ratio:.1f}' for ratio in found)}")
    print("the steepest step of each function, for twice the text (2 is linear, 4 quadratic):")
    for name, (_, nasty, found) in worst.items():
        print(f"  {name:32} {' '.join(f'{ratio:4.1f}' for ratio in found)}  {nasty}")
    sys.exit(1 if steep else 0)


if __name__ == "__main__":
    main()

from __future__ import annotations

import re
from pathlib import Path

import pytest
from score_samples import SEED, TEXT, sheet

from common import CASES
from fzwriter import load_facts
from fzwriter.check import check
from fzwriter.errors import ConfigError
from fzwriter.evaluation import plain_llm, template
from fzwriter.evaluation.simulated import SimulatedModel, simulated_names
from fzwriter.evaluation.variants import (
    VARIANTS,
    NoLibrary,
    Source,
    UnmaskedLibrary,
    find_variants,
    produce,
)
from fzwriter.llm import Answer, Call, ScriptedModel
from fzwriter.reading import BLANK
from fzwriter.report import Report
from fzwriter.resources import shipped
from fzwriter.seeds import SeedLibrary
from fzwriter.settings import Settings


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A home whose index holds the shipped seeds."""
    return Settings(tmp_path_factory.mktemp("indexed"))


def made(name: str, tmp_path: Path, model: object = None, **more: object) -> Report:
    found = produce(
        VARIANTS[name],
        sheet(),
        settings=Settings(tmp_path / "home"),
        seeds=None,
        run_dir=tmp_path / "run" / name,
        model=model,  # type: ignore[arg-type]
        **more,  # type: ignore[arg-type]
    )
    assert found.effort.model is (model is not None)
    return found.report


def test_variants_are_found_by_name_and_all_of_them_together() -> None:
    assert [v.name for v in find_variants("offline，llm,full")] == ["offline", "full"]
    assert find_variants("all") == list(VARIANTS.values())
    with pytest.raises(ConfigError, match="没有写法“x”"):
        find_variants("x")


# -- the template ----------------------------------------------------------------------------------


def test_the_filled_template_tells_every_fact_and_statement() -> None:
    for case in CASES[:6]:
        given = load_facts(case / "facts.yaml")
        text = template.filled(given).text
        assert all(s.text.rstrip("。；") in text for s in given.statements)
        assert check(text, given).omitted == ()


def test_the_template_rewrites_by_names_and_so_keeps_the_others_figures() -> None:
    text = template.rewritten(SEED, "石桥县司法局", sheet()).text
    assert text.startswith("云岫县司法局关于2024年度")
    assert "317份" in text
    assert "石桥县司法局" not in text


# -- the model alone -------------------------------------------------------------------------------


def test_the_plain_model_gets_figures_and_what_it_writes_stands(tmp_path: Path) -> None:
    model = ScriptedModel(lambda _: "全年收到行政复议案件99件，罚款36万元。", name="自由")
    text = made("plain", tmp_path, model).text
    assert "收到行政复议案件99件，罚款36万元" in text
    asked = "\n".join(call.prompt for call in model.history)
    assert "收到行政复议案件：48件" in asked
    assert "[[" not in asked
    assert all(call.schema is None for call in model.history)
    verdict = check(text, sheet())
    assert not verdict.ok


def test_the_plain_model_rewrites_with_the_source_before_it(tmp_path: Path) -> None:
    path = tmp_path / "old.md"
    path.write_text(SEED + TEXT.split("\n", 1)[1], "utf-8")
    model = ScriptedModel(lambda _: "扎实推进工作。")
    made("plain", tmp_path, model, source=Source(path, path.read_text("utf-8"), "石桥县司法局"))
    assert any("全年审查合同317份" in call.prompt for call in model.history)


def test_an_answer_of_no_use_leaves_the_piece_to_the_composer(tmp_path: Path) -> None:
    from fzwriter.llm import AnswerError

    found = produce(
        VARIANTS["plain"], sheet(), settings=Settings(tmp_path), seeds=None, run_dir=tmp_path,
        model=ScriptedModel(lambda _: AnswerError("空")),
    )  # fmt: skip
    assert found.effort.fallbacks == found.effort.pieces > 2
    assert check(found.report.text, sheet()).ok


# -- libraries -------------------------------------------------------------------------------------


def test_without_retrieval_nothing_is_found_and_unmasked_the_names_are_there(
    indexed: Settings,
) -> None:
    texts = {}
    for kind in (SeedLibrary, NoLibrary, UnmaskedLibrary):
        with kind.open(indexed.home, shipped("seeds")) as library:
            hits = library.search("行政复议", k=8, part="成效")
            texts[kind] = [hit.passage.text for hit in hits]
    assert texts[NoLibrary] == []
    masked, bare = texts[SeedLibrary], texts[UnmaskedLibrary]
    assert len(masked) == len(bare) > 2
    assert any(BLANK.search(text) for text in masked)
    assert not any(BLANK.search(text) for text in bare)
    for one, other in zip(masked, bare, strict=True):
        pieces = [re.escape(p) for p in re.split(BLANK.pattern, one) if p]
        assert re.search(".*?".join(pieces[:2]), other, re.DOTALL)


# -- simulated models ------------------------------------------------------------------------------


def answers(name: str, seed: int = 0) -> list[str]:
    texts = []
    model = SimulatedModel(name, seed=seed)
    for case in CASES[:4]:
        given = load_facts(case / "facts.yaml")
        recorded: list[Answer] = []

        def reply(call: Call, kept: list[Answer] = recorded) -> Answer:
            kept.append(model.complete(call.messages, schema=call.schema))
            return kept[-1]

        with NoLibrary.open(Path("unused"), None) as library:
            plain_llm.written(given, ScriptedModel(reply), library, Settings(Path("unused")))
        texts += [answer.text for answer in recorded]
    return sorted(texts)


def test_a_simulated_model_answers_alike_and_with_another_seed_otherwise() -> None:
    assert answers("simulated-small") == answers("simulated-small")
    assert answers("simulated-small") != answers("simulated-small", seed=1)


def test_the_small_model_errs_more_than_the_large_and_the_faithful_not_at_all() -> None:
    vices = re.compile(
        "好的，以下是|荣获|召开全县|督察专班|法治文化主题公园|执法大练兵|查处违法案件36件|发放倡议书5万余份|走访企业87家"
    )
    counts = {name: sum(len(vices.findall(t)) for t in answers(name)) for name in simulated_names()}
    assert counts["simulated-faithful"] == 0
    assert counts["simulated-small"] > counts["simulated-large"]


def test_a_faithful_model_stands_in_the_whole_way_with_slots(
    indexed: Settings, tmp_path: Path
) -> None:
    model = SimulatedModel("simulated-faithful")
    found = produce(
        VARIANTS["full"], sheet(), settings=indexed, seeds=shipped("seeds"),
        run_dir=tmp_path / "run", model=model,
    )  # fmt: skip
    assert found.effort.pieces >= 3
    assert found.effort.fallbacks == 0
    assert found.effort.prompt_tokens > 1000
    assert check(found.report.text, sheet()).ok


def test_an_erring_model_is_mended_or_given_up(indexed: Settings, tmp_path: Path) -> None:
    given = load_facts(CASES[0] / "facts.yaml")
    model = SimulatedModel("simulated-small")
    found = produce(
        VARIANTS["full"], given, settings=indexed, seeds=shipped("seeds"),
        run_dir=tmp_path / "run", model=model,
    )  # fmt: skip
    assert found.effort.retries > 0
    verdict = check(found.report.text, given)
    assert verdict.ok
    assert verdict.omitted == ()


def test_an_unknown_persona_is_refused() -> None:
    with pytest.raises(ConfigError, match="没有模拟模型"):
        SimulatedModel("simulated-huge")


def test_the_whole_way_is_proven_where_the_model_alone_is_not(
    indexed: Settings, tmp_path: Path
) -> None:
    given = load_facts(next(c for c in CASES if c.name.startswith("003")) / "facts.yaml")
    texts = {}
    for name in ("plain", "full"):
        model = SimulatedModel("simulated-small")
        found = produce(
            VARIANTS[name], given, settings=indexed, seeds=shipped("seeds"),
            run_dir=tmp_path / name, model=model,
        )  # fmt: skip
        texts[name] = check(found.report.text, given)
    assert texts["full"].ok
    assert not texts["plain"].ok

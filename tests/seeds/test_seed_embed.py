"""The embedding that needs nothing."""

from __future__ import annotations

import subprocess
import sys

import numpy as np

from fzwriter.seeds.embed import HashedNgramEmbedding


def test_rows_are_normalised_float32() -> None:
    embedding = HashedNgramEmbedding()
    vectors = embedding.embed(["行政复议案件办理", "社区矫正", ""])
    assert vectors.shape == (3, embedding.dimension)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), [1, 1, 0], atol=1e-6)


def test_the_same_in_every_process_and_on_every_machine() -> None:
    code = (
        "from fzwriter.seeds.embed import HashedNgramEmbedding as E;"
        "v = E(64).embed(['坚持复议为民']); print([round(float(x), 4) for x in v[0] if x])"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
    # Fixed for good: indexes on users' disks hold these vectors. Another algorithm, another name.
    vector = HashedNgramEmbedding(64).embed(["法治"])[0]
    assert {i: round(float(x), 4) for i, x in enumerate(vector) if x} == GOLDEN
    assert HashedNgramEmbedding(64).name == "hashed-ngram-1-3-64-v1"


GOLDEN = {2: -0.8704, 48: 0.3482, 62: -0.3482}


def test_like_texts_are_near_and_blanks_and_marks_say_nothing() -> None:
    embedding = HashedNgramEmbedding()
    query, near, far = embedding.embed(
        ["行政复议案件审理", "收到行政复议案件，依法审理", "开展矛盾纠纷排查"]
    )
    assert query @ near > 3 * abs(query @ far)
    one, other = embedding.embed(["受理案件〔数〕件，办结", "受理案件，件；办结"])
    assert np.allclose(one, other)


def test_importing_the_package_stays_light() -> None:
    code = (
        "import sys, fzwriter.seeds;"
        "print([m for m in ('chromadb', 'numpy', 'docx', 'langchain') if m in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"

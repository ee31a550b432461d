# Two commands on a fresh machine: `make demo` and `make test`. Both install what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CASE := eval/cases/003-sifaju-baogao
WORKERS ?= 2

.PHONY: demo test lint format bench mutations retrieval eval ablation rewrites office clean

# Runtime only; enough for `make demo`.
$(VENV)/.installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit("需要 Python 3.11 或更高版本" if sys.version_info < (3, 11) else 0)'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	touch $@

$(VENV)/.developer: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@

demo: $(VENV)/.installed
	@mkdir -p out
	@FZWRITER_HOME=out/home $(BIN)/fzwriter draft $(CASE)/facts.yaml -o out/003.docx
	@FZWRITER_HOME=out/home $(BIN)/fzwriter check out/003.docx --facts $(CASE)/facts.yaml

test: $(VENV)/.developer
	$(BIN)/python -m pytest -n $(WORKERS)

lint: $(VENV)/.developer
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

format: $(VENV)/.developer
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.developer
	$(BIN)/python eval/bench.py --large
	$(BIN)/python eval/bench_model.py
	$(BIN)/python eval/bench_slopes.py

# Planted errors, and how many the checker finds; the rival needs `pip install -e .[bench]`.
mutations: $(VENV)/.developer
	$(BIN)/python eval/mutations.py --workers $(WORKERS)

# Which search finds passages of the same matter in other reports.
retrieval: $(VENV)/.developer
	$(BIN)/python eval/retrieval.py

# All cases through the offline writer; fails where a score falls below eval/thresholds.yaml.
# Then a small sample of the benchmark of the checker, for its table; it has no thresholds.
eval: $(VENV)/.developer
	$(BIN)/fzwriter eval --writer offline --thresholds eval/thresholds.yaml --out out/eval
	$(BIN)/fzwriter eval fznum --sample 600 --out out/fznum

# What slots, repair, retrieval and masking are worth, with simulated models.
ablation: $(VENV)/.developer
	$(BIN)/python eval/ablation.py --jobs $(WORKERS)

# Every ordered pair of unit types rewritten, and planted leftovers of the source.
rewrites: $(VENV)/.developer
	$(BIN)/python eval/rewrite_pairs.py

# Debian packages some tests use; without them those tests skip.
office:
	apt-get update -qq
	apt-get install -y -qq --no-install-recommends libreoffice-writer-nogui libreoffice-calc-nogui poppler-utils fonts-noto-cjk chromium

clean:
	rm -rf $(VENV) out dist build

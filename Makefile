# `make demo` and `make test` set up all they need; `make help` lists the rest.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
OTHERS := .venv-others
OTHERS_LOCK := tests/integration/others.lock
PARSERS := tests/integration/parsers.lock
PEERS   := .venv-peers
EXTRAS  := .venv-extras
UV     := $(shell command -v uv 2>/dev/null || echo $(BIN)/uv)
DEMO   := datasets_out/quickstart

.DEFAULT_GOAL := help
.PHONY: help demo test lint types generated unit test-integration bench quality docs survival format lock wheel clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-17s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(READY) ## Make and curate 1,000 problems with the built-in teacher, and show what came out
	@$(BIN)/curate run quickstart
	@echo; echo "One trace that was kept:"; echo
	@$(BIN)/curate view $(DEMO) --kept -n 1
	@echo "One that was dropped:"; echo
	@$(BIN)/curate view $(DEMO) --dropped-by wrong_answer -n 1
	@echo "What to type next:"
	@echo "  . $(BIN)/activate"
	@echo "  curate filter YOUR.jsonl -o OUT           keep the sound rows of a file of yours"
	@echo "  curate view OUT                           read what was dropped, and why"
	@echo "  curate recipes show quickstart > my.yaml  a recipe to start from; then curate run my.yaml"

test: lint types generated unit ## Lint, types, generated files, tests

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

generated: $(READY)
	$(BIN)/python docs/build.py --check

unit: $(READY) $(VENV)/.compiled
	$(BIN)/pytest -n auto -q

test-integration: $(READY) $(OTHERS)/.ready $(EXTRAS)/.ready ## Tests against other people's software
	$(BIN)/pytest -q -m integration tests/integration
	$(EXTRAS)/bin/pytest -n auto -q tests/gym

bench: $(READY) $(VENV)/.compiled $(PEERS)/.compiled ## Print the benchmarks: ratios measured side by side in one run
	$(BIN)/python -m benchmarks.filter
	$(BIN)/python -m benchmarks.generate
	$(BIN)/python -m benchmarks.answers
	$(BIN)/python -m benchmarks.duplicates
	$(BIN)/python -m benchmarks.families
	$(BIN)/python -m benchmarks.accepting

quality: $(READY) $(VENV)/.compiled $(PEERS)/.compiled ## Measure precision and recall of the checks on labelled rows, with error bars
	$(BIN)/python -m benchmarks.quality
	$(BIN)/python -m benchmarks.comparisons
	$(BIN)/python -m benchmarks.likeness
	$(BIN)/python -m benchmarks.steps

docs: $(READY) ## Write everything that is generated: schemas/ and the reference pages
	$(BIN)/python docs/build.py

survival: $(READY) $(OTHERS)/.ready ## Write docs/survival.md, from the chat templates that TRL ships
	$(BIN)/python -m docs.survival_page

format: $(READY) ## Format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(READY) ## Resolve the dependencies anew
	$(UV) pip compile pyproject.toml --group dev --universal --python-version 3.11 --upgrade --generate-hashes \
	  --no-header --no-annotate --quiet -o requirements.lock
	$(UV) pip compile pyproject.toml --all-extras --universal --python-version 3.11 --upgrade --generate-hashes \
	  --no-header --no-annotate --quiet -o requirements-extras.lock
	$(UV) pip compile tests/integration/others.in --override tests/integration/without-torch.txt --universal \
	  --python-version 3.11 --upgrade --generate-hashes --no-header --no-annotate --quiet -o $(OTHERS_LOCK)
	$(UV) pip compile tests/integration/parsers.in --no-deps --universal --python-version 3.11 --generate-hashes \
	  --no-header --no-annotate --quiet -o $(PARSERS)
	$(UV) pip compile benchmarks/peers/peers.in --universal --python-version 3.11 --upgrade --generate-hashes \
	  --no-header --no-annotate --quiet -o benchmarks/peers/peers.lock

wheel: $(READY) ## Build the wheel into dist/
	$(BIN)/python -m hatchling build -t wheel

clean: ## Remove what was built and installed
	rm -rf $(VENV) $(OTHERS) $(PEERS) $(EXTRAS) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

# The virtual environment. Everything in it is pinned by hash; uv comes from the same file when it is not on the machine.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "curate needs Python 3.11 or newer; say which one: make PYTHON=python3.12 ..."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) 2>/dev/null || $(UV) venv --quiet --python $(PYTHON) $(VENV)
	@test -x "$(UV)" || { awk '/^uv==/ {on = 1} on {print} on && !/\\$$/ {exit}' requirements.lock > $(VENV)/uv.txt \
	  && $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(VENV)/uv.txt; }
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

# Servers and trainers of other people, in an environment of their own. Which build of torch fits is the machine's to
# say, so pip takes the one that it finds; all else is pinned by hash. Of LLaMA-Factory and axolotl only the way from a
# file to tokens is run, so they come without what they need to train, whose versions agree with nobody else's.
$(OTHERS)/.ready: $(OTHERS_LOCK) $(PARSERS) $(READY)
	@test -x $(OTHERS)/bin/python || $(BIN)/python -m venv $(OTHERS)
	@$(OTHERS)/bin/python -m pip install --quiet --disable-pip-version-check torch==2.13.0
	@$(UV) pip install --quiet --python $(OTHERS)/bin/python --require-hashes --no-deps -r $(OTHERS_LOCK) -r $(PARSERS)
	@touch $@

# Ourselves with every extra, for the tests that skip without.
$(EXTRAS)/.ready: requirements.lock requirements-extras.lock $(READY)
	@test -x $(EXTRAS)/bin/python || $(UV) venv --quiet --python $(BIN)/python $(EXTRAS)
	@$(UV) pip install --quiet --python $(EXTRAS)/bin/python --require-hashes -r requirements.lock -r requirements-extras.lock
	@$(UV) pip install --quiet --python $(EXTRAS)/bin/python --no-deps --no-build-isolation -e .
	@touch $@

# What filtering is measured beside, in an environment of its own.
$(PEERS)/.ready: benchmarks/peers/peers.lock $(READY)
	@test -x $(PEERS)/bin/python || $(UV) venv --quiet --python $(BIN)/python $(PEERS)
	@$(UV) pip install --quiet --python $(PEERS)/bin/python --require-hashes -r benchmarks/peers/peers.lock
	@touch $@

# Where PYTHONDONTWRITEBYTECODE is set, every process would compile its libraries anew: what is measured, and tests that
# start many processes, need them compiled. Files that are no Python of ours may not compile; nobody imports them.
%/.compiled: %/.ready
	@$*/bin/python -m compileall -qq -j 0 $*/lib curate > /dev/null || true
	@touch $@

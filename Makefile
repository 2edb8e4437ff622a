# The only task runner. `make help` says what there is; every task sets up what it needs.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet

.DEFAULT_GOAL := help
.PHONY: help setup system-parts demo test cover check fix docs docs-serve schema messages golden bench clean-room lock clean

help: ## Say what each task does
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(READY) ## Make .venv and install everything from the lock (once; about a minute)

# The stamp is made last, so a set-up that was interrupted starts again.
$(READY): requirements/dev.txt pyproject.toml tools/can_setup.py
	@$(PYTHON) tools/can_setup.py
	@echo "Setting up $(VENV) (once; about a minute) ..." >&2
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $(READY)

# Tests of scanned reports are skipped, with the reason, where this could not be done.
system-parts: ## Try to install Tesseract, Pango and Chromium; never fails
	@$(PYTHON) tools/system_parts.py

demo: $(READY) ## Show the options for an invented person
	@$(BIN)/python tools/demo.py

test: $(READY) system-parts ## Run all tests, on every core
	@$(BIN)/pytest --numprocesses auto --dist worksteal

cover: $(READY) ## Run all tests and list the lines they never reach
	@$(BIN)/pytest --cov

check: $(READY) ## Check format, lint, types, layers, YAML, knowledge, docs; report all that fail
	@$(BIN)/python tools/check.py

fix: $(READY) ## Format, and mend what the linter can mend
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

docs: $(READY) ## Write the reference pages again and build the site into site/
	@$(BIN)/python -m tools.docs
	@$(BIN)/zensical build --clean --strict

docs-serve: $(READY) ## Build the site and show it on this computer while you write
	@$(BIN)/zensical serve

schema: $(READY) ## Write the published JSON Schemas in schema/ again
	@$(BIN)/python -m fingerpost.knowledge.schema --write
	@$(BIN)/python -m fingerpost.report.schema schema
	@$(BIN)/python -m fingerpost.record.form.schema --write
	@$(BIN)/fingerpost schema mapping --output schema/mapping.json

messages: $(READY) ## Take the sentences of the reports into the catalogue again, and compile every language
	@$(BIN)/python -m tools.messages

golden: $(READY) ## Write the golden files again; then read the change with git diff
	@$(BIN)/pytest tests/golden --update-golden

bench: $(READY) ## Measure start-up, one answer, and how fast records of each kind are read
	@$(BIN)/python benchmarks/run.py
	@$(BIN)/python benchmarks/names.py
	@$(BIN)/python -m benchmarks.fhir
	@$(BIN)/python -m benchmarks.pathology_reports
	@$(BIN)/python -m benchmarks.lines
	@$(BIN)/python -m benchmarks.plans
	@$(BIN)/python -m benchmarks.web
	@$(BIN)/python -m benchmarks.tables 20000

clean-room: $(READY) ## Build the package, install it alone, run --help and one case
	@$(BIN)/python tools/clean_room.py

# A week lets a bad release be noticed before it reaches this project.
BEFORE ?= $(shell date --utc --date '7 days ago' +%Y-%m-%d)
LOCK = .cache/lock/bin/uv pip compile pyproject.toml --upgrade --universal --python-version 3.11 \
	--generate-hashes --no-strip-extras --exclude-newer $(BEFORE) --no-emit-index-url --no-emit-find-links \
	--no-header --quiet

lock: ## Choose newer dependencies, at least a week old, and write requirements/ again
	@$(PYTHON) -m venv .cache/lock
	@.cache/lock/bin/python -m pip install --quiet --disable-pip-version-check uv
	@$(LOCK) --output-file requirements/runtime.txt
	@$(LOCK) --group dev --constraints requirements/runtime.txt --output-file requirements/dev.txt

clean: ## Remove everything that can be made again, the environment too
	rm -rf $(VENV) site build dist htmlcov .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

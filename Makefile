# Every target does its own set-up: git, make and python3 (3.11 or newer, with venv) are all a fresh machine needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
YEAR ?=
MUTANTS ?= 100000
SEED ?= A
JOBS ?= 2
PORT ?= 8000
# Exports that `make report` brings in first, where the folder is there.
EXPORTS ?= ../shared/data/ocr

MAKEFLAGS += --no-print-directory
.DELETE_ON_ERROR:
.PHONY: help report serve test check format bench estimates laws browser fuzz docs lock clean

help: ## say what can be made (the default)
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

report: $(VENV)/run.stamp ## write the year in review, in English and in Chinese (YEAR=2024; else the latest complete year)
	$(BIN)/breachtrail report $(YEAR) --from $(EXPORTS)

serve: $(VENV)/run.stamp ## show the ledger as a site, in English and Chinese (PORT=8000)
	$(BIN)/breachtrail serve --port $(PORT)

test: check ## set everything up, lint, check types, run all tests
	scripts/install-test-needs
	$(BIN)/python -m pytest --numprocesses auto

check: $(VENV)/dev.stamp ## lint, formatting and types only
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/dev.stamp ## mend formatting and what the linter can mend by itself
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/dev.stamp ## measure side by side with DuckDB, pandas, httpx and a bare program (half an hour, 8 GB of disk)
	$(BIN)/python bench/run.py

estimates: $(VENV)/dev.stamp ## score the forecasts over real snapshots and a thousand made-up registers (half an hour); writes docs/estimates.md
	$(BIN)/python bench/estimates.py

laws: $(VENV)/dev.stamp ## the laws of the ledger, with many more examples than `make test` tries
	HYPOTHESIS_PROFILE=deep $(BIN)/python -m pytest --numprocesses auto tests/laws

browser: $(VENV)/dev.stamp ## every page in a real browser, in both languages, wide and narrow, with and without scripts; pictures in build/seen
	scripts/install-test-needs
	BROWSER=whole $(BIN)/python -m pytest tests/web/test_browser.py

fuzz: $(VENV)/dev.stamp ## 100,000 spoilt exports through the readers (MUTANTS=, SEED=, JOBS=); findings go to a folder of the system
	$(BIN)/python tests/mutants/run.py --mutants $(MUTANTS) --seed $(SEED) --jobs $(JOBS)

docs: $(VENV)/dev.stamp ## write docs/cli.md again from the commands themselves
	$(BIN)/python scripts/write-cli-reference docs/cli.md

lock: ## write requirements/*.txt again (UPGRADE=1: with the newest versions)
	scripts/lock $(if $(UPGRADE),--upgrade)

clean: ## remove the environment and everything that tools left behind, but no ledger and no report
	rm -rf $(VENV) build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -prune -exec rm -rf {} +

# dev.txt holds all of run.txt at the same versions, so a test environment also serves a report.
$(VENV)/dev.stamp: requirements/dev.txt pyproject.toml
	PYTHON=$(PYTHON) scripts/set-up $(VENV) requirements/dev.txt
	touch $(VENV)/run.stamp $@

$(VENV)/run.stamp: requirements/run.txt pyproject.toml
	PYTHON=$(PYTHON) scripts/set-up $(VENV) requirements/run.txt
	touch $@

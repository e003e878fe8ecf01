# `make serve` and `make test` do their own set-up on a fresh machine: python3 with venv, and make.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEVELOPED := $(VENV)/.developed
COMPARED := $(VENV)/.compared

.PHONY: serve test check evaluate bench e2e clean

serve: $(READY)
	$(BIN)/pincite index corpus
	$(BIN)/pincite serve --port $(PORT)

test: $(DEVELOPED)
	$(BIN)/pytest -n auto

check: $(DEVELOPED)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

evaluate: $(DEVELOPED)
	$(BIN)/python -m tests.evaluation

bench: $(COMPARED)
	$(BIN)/python -m tests.benchmarks

e2e: $(DEVELOPED)
	$(BIN)/pytest tests/e2e

clean:
	rm -rf $(VENV) .pincite build *.egg-info

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(READY): pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install --quiet --editable .
	touch $@

$(DEVELOPED): $(READY)
	$(BIN)/pip install --quiet --editable '.[dev]'
	touch $@

# An engine that does not install here is left out of the comparison.
$(COMPARED): $(DEVELOPED)
	-$(BIN)/pip install --quiet --editable '.[bench]'
	touch $@

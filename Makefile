# Two commands matter: `make run` opens the page, `make test` checks everything.
# For a smaller install on Linux, give the address of PyTorch's index of CPU builds: make run TORCH_INDEX=...
PYTHON ?= python3
TORCH_INDEX ?=
ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --disable-pip-version-check --quiet --constraint constraints.txt
CASES ?= evals/cases/dev.jsonl
OUT ?= evals/results/latest

.PHONY: help install run test check format eval bench vectors screenshots clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1	/' | expand -t 12

install: $(VENV)/.installed ## make .venv and install what running needs, in pinned versions

run: install ## build the index if needed and open the page on 127.0.0.1:7860
	$(BIN)/python app.py $(ARGS)

test: $(VENV)/.installed-test ## formatting, lint, types and all tests, the page in a real browser among them
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest $(ARGS)

format: $(VENV)/.installed-test ## format the code and mend what the linter can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

check: install ## check the library, translations and all else beside the documents
	$(BIN)/python -m ingest check

eval: install ## answer the eval cases and score them: make eval CASES=... OUT=...
	$(BIN)/python -m ingest
	$(BIN)/python -m evals run --cases $(CASES) --out $(OUT)

bench: install ## measure how fast questions are answered
	$(BIN)/python -m ingest
	$(BIN)/python -m evals bench

vectors: install ## keep the vectors of the shipped corpus beside it, after documents or library changed
	$(BIN)/python -m ingest --save-vectors

screenshots: $(VENV)/.installed-test ## take the pictures of the page in docs/
	$(BIN)/python -m ingest
	$(BIN)/python docs/screenshots.py

clean: ## remove what was installed and built
	rm -rf $(VENV) .index

$(VENV)/.installed: pyproject.toml constraints.txt
	@echo "Installing (several minutes the first time) ..."
	$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info[:2] <= (3, 13) else "Python 3.11, 3.12 or 3.13 is needed; name it: make run PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(if $(TORCH_INDEX),$(PIP) --index-url $(TORCH_INDEX) torch)
	$(PIP) --editable .
	@touch $@

$(VENV)/.installed-test: $(VENV)/.installed
	$(PIP) --editable '.[test]'
	@touch $@

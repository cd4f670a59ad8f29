# make report   derive and verify every chapter, write reports/build/ (PDFs where latexmk is found)
# make test     lint, types, layers, tests
#
# Both need Python >= 3.11 and make, nothing else; they create .venv on first use.
# Another interpreter: make test PYTHON=/path/to/python3.12

SHELL := /bin/sh
.DEFAULT_GOAL := help
.SUFFIXES:
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PACKAGES := derivations numeric reports
PYTEST_ARGS ?= -n 2

OLD_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	if $$p -c '$(OLD_ENOUGH)' >/dev/null 2>&1; then echo $$p; break; fi; done)

# An environment whose interpreter is gone (or never came to be) is made anew.
ifneq ($(shell test -x $(BIN)/python || echo gone),)
.PHONY: $(READY)
endif

.PHONY: help report test lint bench sample venv clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

report: $(READY) ## derive and verify every chapter, write reports/build/
	@$(BIN)/derivations report --out reports/build --pdf auto

test: lint ## lint, types, layers, and all tests
	@echo "pytest"
	@$(BIN)/python -m pytest -q $(PYTEST_ARGS)

lint: $(READY) ## ruff, mypy (strict), import-linter
	@echo "ruff check"
	@$(BIN)/ruff check --quiet --output-format concise .
	@echo "ruff format --check"
	@$(BIN)/ruff format --check --quiet . || { \
		$(BIN)/ruff format --check . | sed -n 's/^Would reformat: /  not formatted: /p'; \
		echo "  mend with: $(BIN)/ruff format ."; exit 1; }
	@echo "mypy"
	@$(BIN)/mypy --no-error-summary $(addprefix -p ,$(PACKAGES))
	@echo "import-linter"
	@out=$$($(BIN)/lint-imports 2>&1) || { printf '%s\n' "$$out"; exit 1; }

bench: $(READY) ## seconds to verify all chapters, start-up, points per second
	@$(BIN)/python benchmarks/bench.py

sample: $(READY) ## write docs/sample/ anew (needs latexmk and pdftoppm)
	@rm -rf $(VENV)/sample
	@$(BIN)/derivations report sigmoid.derivative --out $(VENV)/sample --pdf always
	@mkdir -p docs/sample
	@cp $(VENV)/sample/sigmoid.derivative.tex $(VENV)/sample/sigmoid.derivative.pdf docs/sample/
	@pdftoppm -png -r 80 -singlefile docs/sample/sigmoid.derivative.pdf docs/sample/page

venv: $(READY) ## create .venv with everything in it

$(READY): pyproject.toml
	@test -n "$(PYTHON)" || { echo "No Python >= 3.11 found: install one," \
		"or name it: make PYTHON=/path/to/python3" >&2; exit 1; }
	@"$(PYTHON)" -c '$(OLD_ENOUGH)' || { echo "$(PYTHON) is no Python >= 3.11:" \
		"name another: make PYTHON=/path/to/python3" >&2; exit 1; }
	@test -x $(BIN)/python -a -x $(BIN)/pip || { echo "Creating $(VENV) with $(PYTHON)"; \
		"$(PYTHON)" -m venv --clear $(VENV); } || { echo "$(PYTHON) cannot create virtual" \
		"environments (on Debian and Ubuntu the package python3-venv is missing)" >&2; exit 1; }
	@echo "Installing derivations and its dependencies into $(VENV)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

clean: ## remove what the targets above wrote, .venv included
	@rm -rf $(VENV) reports/build dist .pytest_cache .hypothesis .mypy_cache .ruff_cache \
		.import_linter_cache
	@find $(PACKAGES) tests -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

# `make run` starts lumbar, `make test` proves it. Both need nothing but Python 3.11, make, and the package registries.
# Everything they install goes into .venv and frontend/node_modules; what did not change is not done again.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --no-input install
ARGS ?=
# Where the tests are known to be, none are collected elsewhere: reading all eight thousand takes each process half a minute.
# Whoever asks for some of the tests may have asked for none of this kind.
NONE_IS_FINE = $(if $(ARGS),|| [ $$? -eq 5 ])

# A session in a browser is mostly waited for: half again as many as there are cores leave none of them idle.
PAGES_AT_ONCE = $$($(PY) -c 'import os; print(max(2, (os.cpu_count() or 2) * 3 // 2))')

.PHONY: help run test check format bench validate docs prompts pictures lock page browser clean

help: ## Say what there is
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/make \1|\2/' | column -t -s '|' 2>/dev/null || true

run: $(VENV)/.run $(VENV)/.package page ## Install, build and start lumbar; it prints its address (ARGS="--port 8800")
	@echo "In a terminal of its own, from this folder: $(VENV)/bin/lumbar today. Just \`lumbar\` works after: source $(VENV)/bin/activate"
	@exec $(VENV)/bin/lumbar serve $(ARGS)

test: $(VENV)/.dev $(VENV)/.package browser page ## Every check and every test, with PostgreSQL and a browser
	@$(PY) tools/check.py
	@echo "Testing the page's own logic …"
	@$(PY) tools/node.py frontend node_modules/vitest/vitest.mjs run
	@echo "Testing everything that needs no browser, on every core …"
	@LUMBAR_TEST_ALL=1 $(PY) -m pytest -n auto --dist worksteal -m "not ui" $(or $(ARGS),--ignore=tests/ui) $(NONE_IS_FINE)
	@echo "Testing the page in a browser …"
	@LUMBAR_TEST_ALL=1 $(PY) -m pytest -n $(PAGES_AT_ONCE) --dist worksteal -m "ui and not camera" $(or $(ARGS),tests/ui) $(NONE_IS_FINE)
	@echo "Testing the camera in a browser, alone on the machine …"
	@LUMBAR_TEST_ALL=1 $(PY) -m pytest -m camera $(or $(ARGS),tests/ui) $(NONE_IS_FINE)

check: $(VENV)/.dev $(VENV)/.package page ## Format, lint, types, walls, catalogue, recorded voice and generated docs
	@$(PY) tools/check.py

format: $(VENV)/.dev page ## Put every file into the one format
	@$(VENV)/bin/ruff check --fix-only --quiet .
	@$(VENV)/bin/ruff format .
	@$(PY) tools/node.py frontend node_modules/@biomejs/biome/bin/biome check --write .

bench: $(VENV)/.dev $(VENV)/.package page ## How long a frame takes, what keeps the page busy, what a long record costs, and more
	@for bench in bench/*.py; do $(PY) "$$bench"; done

validate: $(VENV)/.dev $(VENV)/.package page ## How far the coach can be trusted: the ground truth of LUMBAR_DATA, as a table (ARGS="--misses")
	@$(PY) tools/validate.py $(ARGS)

docs: $(VENV)/.dev $(VENV)/.package ## Write docs/reference from the code
	@$(PY) tools/make_docs.py

prompts: $(VENV)/.dev $(VENV)/.package ## Speak what lumbar's own voice has not recorded yet; needs espeak-ng and lame (ARGS="--all")
	@$(PIP) --quiet --require-hashes -r requirements/voice.txt
	@$(PY) tools/make_prompts.py $(ARGS)

pictures: $(VENV)/.dev $(VENV)/.package browser page ## Take docs/images anew from the running app, the film with them
	@LUMBAR_TEST_ALL=1 $(PY) -m pytest tests/ui/pictures.py

lock: $(VENV)/.dev ## Choose the newest versions that fit, and lock them with their hashes
	@$(PIP) --quiet uv
	@$(PY) tools/lock.py

page: | $(VENV)/.built-with
	@$(PY) tools/build_frontend.py

browser:
	@tools/need_chromium.sh

clean: ## Remove everything that was installed or built
	rm -rf $(VENV) .make frontend/node_modules frontend/dist src/lumbar/web/static src/lumbar/pose/models

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "lumbar needs Python 3.11 or newer; name one with: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PY) -m pip --version >/dev/null 2>&1 || { rm -rf $(VENV); echo "Making $(VENV) …"; $(PYTHON) -m venv $(VENV); } \
	  || { rm -rf $(VENV); echo "$(PYTHON) cannot make a virtual environment; on Debian: apt-get install python3-venv" >&2; exit 1; }
	@touch $@

$(VENV)/.run: requirements/run.txt | $(VENV)/.made
	@echo "Installing what lumbar needs …"
	@$(PIP) --require-hashes -r $<
	@touch $@ $(VENV)/.built-with

$(VENV)/.dev: requirements/dev.txt | $(VENV)/.made
	@echo "Installing what lumbar and its tests need …"
	@$(PIP) --require-hashes -r $<
	@touch $@ $(VENV)/.built-with

$(VENV)/.built-with:
	@$(MAKE) $(VENV)/.run

$(VENV)/.package: pyproject.toml | $(VENV)/.built-with
	@$(PIP) --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.DEFAULT_GOAL := help
SHELL := /bin/bash
UV := $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)
RUN := $(UV) run --no-sync

.PHONY: help setup demo run test test-nightly chaos check bench format messages browser
help: ## Show what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

.uv/bin/uv:
	@command -v uv >/dev/null 2>&1 || (python3 -m venv .uv && .uv/bin/pip install --quiet --disable-pip-version-check uv)

.venv/.synced: pyproject.toml uv.lock | .uv/bin/uv
	@$(UV) sync --quiet --frozen
	@touch $@

setup: .venv/.synced ## Install everything into .venv
	@mkdir -p .cache
	@$(RUN) python tools/mo.py

demo: setup ## Run a demonstration on http://localhost:8000, with a made-up organisation
	@exec .venv/bin/genlyd demo $(ARGS)

run: setup ## Run Genlyd on http://localhost:8000
	@exec .venv/bin/genlyd up $(ARGS)

# Three at a time, also on two processors: a third of the time goes by waiting for servers to start and clocks to pass.
test: setup browser ## Run all tests (ARGS="tests/people -x" for some of them)
	@$(RUN) pytest $(or $(ARGS),-n 3 --dist loadfile --no-loadscope-reorder)

test-nightly: setup browser ## The long tests besides: a whole Bluesky network, and what takes minutes
	@$(RUN) python -m tests.servers.appview.install
	@$(RUN) pytest -m nightly $(ARGS)

browser: setup # What only the tests need: a browser, and the servers they talk to
	@$(RUN) python tools/prepare_tests.py

CHECKS := check-style check-types check-templates check-imports check-migrations check-messages check-docs
.PHONY: $(CHECKS)
check: $(CHECKS) ## Style, types, templates, imports, migrations, translations, docs (make -k check: all, whatever fails)
check $(CHECKS): export GENLYD_HOME := $(CURDIR)/.cache/check-home
$(CHECKS): setup
check-style:
	@$(RUN) ruff format --check --quiet . && $(RUN) ruff check --quiet .
check-types:
	@$(RUN) mypy --no-error-summary
check-templates:
	@$(RUN) djlint genlyd --lint --quiet
check-imports:
	@$(RUN) lint-imports --no-logo > .cache/imports || { cat .cache/imports; exit 1; }
check-migrations:
	@$(RUN) python tools/migrations.py
check-messages:
	@$(RUN) python tools/messages.py check
check-docs:
	@$(RUN) pytest tests/docs

chaos: setup browser ## Break everything, and count posts and clicks on both sides (ARGS="clicks" or "posts" for one)
	@$(RUN) python -m tests.chaos $(ARGS)

bench: setup ## Measure: links against their goals, posts, pages (ARGS=links, publishing, site; ARGS=docs writes the table)
	@$(RUN) python -m tools.bench $(ARGS)

messages: setup ## Collect texts to translate, and compile the translations
	@$(RUN) python tools/messages.py write

format: setup ## Format and mend what can be mended
	@$(RUN) ruff format --quiet . && $(RUN) ruff check --fix --quiet .

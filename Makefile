.DEFAULT_GOAL := help
SHELL := /bin/bash
UV := $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)
RUN := $(UV) run --no-sync

.PHONY: help setup demo run test check bench format messages
help: ## Show what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

.uv/bin/uv:
	@command -v uv >/dev/null 2>&1 || (python3 -m venv .uv && .uv/bin/pip install --quiet --disable-pip-version-check uv)

.venv/.synced: pyproject.toml uv.lock | .uv/bin/uv
	@$(UV) sync --quiet --frozen
	@touch $@

setup: .venv/.synced ## Install everything into .venv
	@$(RUN) python tools/mo.py

messages: setup ## Collect texts to translate, and compile the translations
	@$(RUN) python tools/messages.py write

format: setup ## Format and mend what can be mended
	@$(RUN) ruff format --quiet . && $(RUN) ruff check --fix --quiet .

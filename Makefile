# Two commands: `make run` shows Satcha with a demo district, `make test` proves it. CONTRIBUTING.md has the rest.

PYTHON := .venv/bin/python
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help run environment environment-dev test rest slow lint check bench messages format

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /make \1\t/p' $(MAKEFILE_LIST) | expand -t 18

run: environment ## the demo district on http://127.0.0.1:8000 (PORT=8001 make run: another port)
	@$(PYTHON) tools/run.py

test: environment-dev ## the quick tests on SQLite, on PostgreSQL what an engine can change, with a real browser
	@$(PYTHON) tools/checks.py test

rest: environment-dev ## what make test leaves out on PostgreSQL
	@$(PYTHON) tools/checks.py rest

slow: environment-dev ## the long tests alone, with long property runs
	@$(PYTHON) tools/checks.py slow

lint: environment-dev ## lint, types, layers, templates, translations
	@$(PYTHON) tools/checks.py lint

check: environment-dev ## lint, then every test with long profiles: at most 45 minutes
	@$(PYTHON) tools/checks.py lint long

bench: environment-dev ## what is fast and how fast, beside the goals, on both engines
	@$(PYTHON) tools/checks.py bench

messages: environment-dev ## add new strings to the Thai catalogues
	@$(PYTHON) tools/messages.py update

format: environment-dev ## put the code into its one form
	@.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format --quiet .
	@find templates -name "*.html" -exec .venv/bin/djade --target-version 5.2 {} + ; true

environment:
	@sh tools/environment.sh requirements.txt

environment-dev:
	@sh tools/environment.sh requirements-dev.txt

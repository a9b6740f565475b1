# The menu of the house; `make` prints it.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
# Debian's own Python where it is whole: it is built to be quick, which one built by hand mostly is not.
PYTHON ?= $(shell /usr/bin/python3 -c "import ensurepip, sys; sys.exit(sys.version_info[:2] < (3, 11))" 2>/dev/null && echo /usr/bin/python3 || echo python3)
BIN := .venv/bin
PLAN ?=
SAMPLE ?=
PORT ?= 8000
PYTEST ?=
.DEFAULT_GOAL := help
.PHONY: help run test check bench score prove screenshots guide setup setup-system lock

help: ## print this menu
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: setup ## read a plan and serve its programme on 127.0.0.1 (PLAN=path for your own, SAMPLE=lang-son, PORT=8000)
	$(BIN)/xulang demo --port $(PORT) $(if $(PLAN),--plan "$(PLAN)") $(if $(SAMPLE),--sample $(SAMPLE))

test: setup check ## every check, then the whole suite on SQLite and on PostgreSQL
	$(BIN)/python -m checks.run_tests $(PYTEST)

check: setup ## lint, types, floors, templates, migrations, catalogues, licences, dependencies
	$(BIN)/python -m checks

bench: .venv/.bench ## speed, each against a named alternative in the same run
	$(BIN)/python -m bench

score: setup ## accuracy of the reader on ../shared/corpus, where it is there
	$(BIN)/python checks/score.py

prove: .venv/.proofs ## long proofs: seeded, resumable, with a written result
	$(BIN)/python -m proofs

screenshots: setup ## the pictures in docs/screenshots, taken by the journeys
	mkdir -p docs/screenshots
	XULANG_SCREENSHOTS=docs/screenshots $(BIN)/python -m pytest tests/journeys

guide: setup ## the two-page guide anew: its pictures, and docs/huong-dan.pdf
	XULANG_GUIDE=docs $(BIN)/python -m pytest tests/journeys/test_guide_journey.py -n 0

setup: .venv/.dev ## a virtual environment with everything that tests and the platform need

setup-system: ## Debian packages that features need: OCR, LibreOffice, Chromium, PostgreSQL, gettext
	checks/setup_system.sh

lock: .venv/.uv ## pin every dependency again, with hashes
	for set in "base" "site --extra site" "dev --extra site --group dev" "bench --group bench"; do \
	  set -- $$set; name=$$1; shift; \
	  $(BIN)/uv pip compile -q --generate-hashes --no-header --no-annotate --python-version 3.11 "$$@" pyproject.toml -o requirements/$$name.txt; \
	done
	$(BIN)/uv pip compile -q --generate-hashes --no-header --no-annotate --no-deps --group proofs -o requirements/proofs.txt

.venv/.uv: requirements/bootstrap.txt
	$(PYTHON) -m venv .venv || { echo "make: python3-venv is missing; run 'make setup-system' or install python3-venv" >&2; exit 1; }
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/bootstrap.txt
	touch $@

.venv/.dev: .venv/.uv requirements/dev.txt pyproject.toml
	VIRTUAL_ENV=.venv $(BIN)/uv pip sync -q --require-hashes requirements/dev.txt
	VIRTUAL_ENV=.venv $(BIN)/uv pip install -q --no-deps --no-build-isolation -e .
	rm -f .venv/.bench .venv/.proofs; touch $@

.venv/.proofs: .venv/.dev requirements/proofs.txt
	VIRTUAL_ENV=.venv $(BIN)/uv pip install -q --no-deps --require-hashes -r requirements/proofs.txt
	touch $@

.venv/.bench: .venv/.dev requirements/bench.txt
	VIRTUAL_ENV=.venv $(BIN)/uv pip install -q --require-hashes -r requirements/bench.txt
	touch $@

